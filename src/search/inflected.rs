//! A word in any of its inflections. The index holds words as they are written; which of them are
//! inflections of one is found in its dictionary when it is asked, so that texts cost nothing for it.

use crate::index::Reader;
use crate::schema;
use crate::search::SearchError;
use crate::search::leaves::{Boxed, term};
use std::collections::BTreeSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// The words of a field that have the stem of a folded word, in order; always that word itself.
pub(super) fn inflections(reader: &Reader, field: Field, word: &str) -> Result<Vec<String>, SearchError> {
    let stem = schema::stem(word);
    let start = schema::beginning(&stem);
    let mut found = BTreeSet::from([word.to_owned()]);
    for segment in reader.searcher().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut words = inverted.terms().range().ge(start).into_stream().map_err(TantivyError::from)?;
        while let Some((word, _)) = words.next() {
            let Some(word) = std::str::from_utf8(word).ok().filter(|word| word.starts_with(start)) else {
                break;
            };
            if !found.contains(word) && schema::stem(word) == stem {
                found.insert(word.to_owned());
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Documents that hold any of these words, scored as if they were one.
pub(super) fn any_form(field: Field, mut words: Vec<String>) -> Boxed {
    match words.pop() {
        Some(word) if words.is_empty() => term(field, &word),
        last => {
            words.extend(last);
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            Box::new(AnyForm { field, terms })
        }
    }
}

/// How telling words are that are counted as one: as much as the commonest of them.
pub(super) fn commonest(
    scoring: EnableScoring<'_>,
    terms: impl Iterator<Item = Term>,
) -> tantivy::Result<Option<Term>> {
    let EnableScoring::Enabled { statistics_provider, .. } = scoring else { return Ok(None) };
    let mut commonest: Option<(u64, Term)> = None;
    for term in terms {
        let count = statistics_provider.doc_freq(&term)?;
        if commonest.as_ref().is_none_or(|(most, _)| count > *most) {
            commonest = Some((count, term));
        }
    }
    Ok(commonest.map(|(_, term)| term))
}

#[derive(Clone, Debug)]
struct AnyForm {
    field: Field,
    terms: Vec<Term>,
}

impl Query for AnyForm {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match (commonest(scoring, self.terms.iter().cloned())?, scoring) {
            (Some(term), EnableScoring::Enabled { statistics_provider, .. }) => {
                Some(Bm25Weight::for_terms(statistics_provider, &[term])?)
            }
            _ => None,
        };
        Ok(Box::new(AnyFormWeight { asked: self.clone(), similarity }))
    }
}

struct AnyFormWeight {
    asked: AnyForm,
    similarity: Option<Bm25Weight>,
}

impl Weight for AnyFormWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = segment.inverted_index(self.asked.field)?;
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost));
        let needed =
            if similarity.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut lists = Vec::new();
        for term in &self.asked.terms {
            lists.extend(inverted.read_postings(term, needed)?);
        }
        let norms = match segment.fieldnorms_readers().get_field(self.asked.field)? {
            Some(norms) => norms,
            None => FieldNormReader::constant(segment.max_doc(), 1),
        };
        let mut scorer = AnyFormScorer { lists, first: 0, doc: 0, ahead: 0, similarity, norms };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("a word in any inflection", scorer.score()))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

struct AnyFormScorer {
    /// A word has few forms: looking at each is quicker than keeping them in order.
    lists: Vec<SegmentPostings>,
    /// The list that stands at this document; mostly the one of the commonest form.
    first: usize,
    doc: DocId,
    /// Where the next of the others stands: at this document, or further on.
    ahead: DocId,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
}

impl AnyFormScorer {
    /// Looks where each list stands.
    fn settle(&mut self) -> DocId {
        (self.doc, self.ahead) = (TERMINATED, TERMINATED);
        for (number, doc) in self.lists.iter().map(DocSet::doc).enumerate() {
            if doc < self.doc {
                self.ahead = self.doc;
                (self.first, self.doc) = (number, doc);
            } else {
                self.ahead = self.ahead.min(doc);
            }
        }
        self.doc
    }

    /// The first list has moved on; as long as it stands before the others, nothing is asked of them.
    fn moved_to(&mut self, doc: DocId) -> DocId {
        if doc < self.ahead {
            self.doc = doc;
            return doc;
        }
        self.settle()
    }
}

impl DocSet for AnyFormScorer {
    fn advance(&mut self) -> DocId {
        if self.doc < self.ahead {
            let next = self.lists[self.first].advance();
            return self.moved_to(next);
        }
        let here = self.doc;
        for list in self.lists.iter_mut().filter(|list| list.doc() == here) {
            list.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target && target <= self.ahead {
            let next = self.lists[self.first].seek(target);
            return self.moved_to(next);
        }
        for list in self.lists.iter_mut().filter(|list| list.doc() < target) {
            list.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(DocSet::size_hint).max().unwrap_or(0)
    }
}

impl Scorer for AnyFormScorer {
    fn score(&mut self) -> Score {
        let Some(similarity) = &self.similarity else { return 1.0 };
        let count = if self.doc < self.ahead {
            self.lists[self.first].term_freq()
        } else {
            self.lists.iter().filter(|list| list.doc() == self.doc).map(Postings::term_freq).sum()
        };
        similarity.score(self.norms.fieldnorm_id(self.doc), count)
    }
}
