//! Words near one another, phrases with room or wildcards, words that occur so many times: documents
//! whose words may do are looked for by tantivy, and each is then read for where they stand. (tantivy's own
//! slop counts a pair in the other order as further apart, and knows no sentences.)

use crate::index::Reader;
use crate::query::{Chain, Match, Within};
use crate::schema::{PARAGRAPH, SENTENCE};
use crate::search::leaves::{Boxed, all_of, any_of, one_of};
use crate::search::places::{Marks, Place, chained, rows};
use crate::search::plan::SearchError;
use crate::search::spots::Row;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

/// What is asked of the words of a text.
pub(super) struct Asked {
    /// Rows of words, any of which may stand at each place of the chain.
    pub words: Vec<Vec<Row>>,
    /// How near each is to the one before.
    pub links: Vec<Within>,
    /// How often the first must stand there.
    pub least: usize,
}

impl Asked {
    /// What a condition on words asks; None where it is none.
    pub(super) fn of(sought: &Match) -> Option<Asked> {
        let rows = |words: &[Match]| words.iter().filter_map(Row::of).collect::<Vec<Row>>();
        Some(match sought {
            Match::Near(Chain { first, rest }) => Asked {
                words: std::iter::once(rows(first)).chain(rest.iter().map(|(_, w)| rows(w))).collect(),
                links: rest.iter().map(|(within, _)| *within).collect(),
                least: 1,
            },
            Match::AtLeast(least, words) => {
                Asked { words: vec![rows(words)], links: Vec::new(), least: *least as usize }
            }
            other => Asked { words: vec![vec![Row::of(other)?]], links: Vec::new(), least: 1 },
        })
    }

    /// The places that take part, word by word of the chain; none where too few do.
    pub(super) fn places(&self, words: Vec<Vec<Place>>, marks: &Marks) -> Vec<Vec<Place>> {
        let found = chained(words, &self.links, marks);
        if found.first().is_some_and(|first| first.len() >= self.least) { found } else { Vec::new() }
    }
}

/// The query for what is asked of the words of a field.
pub(super) fn query(reader: &Reader, field: Field, asked: Asked) -> Result<Boxed, SearchError> {
    let Asked { words, links, least } = asked;
    let (mut searched, mut terms) = (Vec::new(), 0);
    for rows in words {
        let rows: Result<Vec<Option<Terms>>, SearchError> =
            rows.into_iter().map(|row| Terms::of(reader, field, row)).collect();
        let rows: Vec<Terms> = rows?.into_iter().flatten().collect();
        if rows.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        terms += rows.iter().map(Terms::count).sum::<usize>();
        if terms > MOST_TERMS {
            return Err(SearchError::TooWide(format!(
                "the wildcards of this condition stand for more than {MOST_TERMS} words of this archive\n  \
                 more of their letters narrow it"
            )));
        }
        searched.push(rows);
    }
    Ok(Box::new(Positional { field, words: searched, links, least }))
}

/// The places of more terms than this are not read for one condition.
const MOST_TERMS: usize = 8192;

/// A row as the index knows it.
#[derive(Clone, Debug)]
struct Terms {
    /// The terms that fit each place; None where any word does.
    spots: Vec<Option<Vec<String>>>,
    slop: u32,
}

impl Terms {
    /// None where one place fits no word of the archive.
    fn of(reader: &Reader, field: Field, row: Row) -> Result<Option<Terms>, SearchError> {
        let spots: Result<Vec<_>, SearchError> =
            row.spots.iter().map(|spot| spot.terms(reader, field)).collect();
        let spots = spots?;
        let lost = spots.iter().any(|terms| terms.as_ref().is_some_and(Vec::is_empty));
        Ok((!lost).then_some(Terms { spots, slop: row.slop }))
    }

    fn count(&self) -> usize {
        self.spots.iter().flatten().map(Vec::len).sum()
    }

    /// Documents that hold a word for each place.
    fn candidates(&self, field: Field) -> Boxed {
        all_of(self.spots.iter().flatten().map(|terms| one_of(field, terms.iter().cloned())).collect())
    }
}

#[derive(Clone, Debug)]
struct Positional {
    field: Field,
    words: Vec<Vec<Terms>>,
    links: Vec<Within>,
    least: usize,
}

impl Query for Positional {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { searcher, statistics_provider } => {
                let terms = self.telling(searcher)?;
                Some(Bm25Weight::for_terms(statistics_provider, &terms)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        let any = |rows: &Vec<Terms>| any_of(rows.iter().map(|row| row.candidates(self.field)).collect());
        let candidates = all_of(self.words.iter().map(any).collect());
        let candidates = candidates.weight(EnableScoring::disabled_from_schema(crate::schema::schema()))?;
        Ok(Box::new(PositionalWeight { asked: self.clone(), candidates, similarity }))
    }
}

impl Positional {
    /// The commonest term of each place of the first row of each word: what a match is worth is the sum of
    /// theirs.
    fn telling(&self, searcher: &Searcher) -> tantivy::Result<Vec<Term>> {
        let mut telling = Vec::new();
        for terms in
            self.words.iter().filter_map(|rows| rows.first()).flat_map(|row| row.spots.iter().flatten())
        {
            let mut commonest: Option<(u64, Term)> = None;
            for term in terms.iter().map(|t| Term::from_field_text(self.field, t)) {
                let count = searcher.doc_freq(&term)?;
                if commonest.as_ref().is_none_or(|(most, _)| count > *most) {
                    commonest = Some((count, term));
                }
            }
            telling.extend(commonest.map(|(_, term)| term));
        }
        Ok(telling)
    }
}

struct PositionalWeight {
    asked: Positional,
    candidates: Box<dyn Weight>,
    similarity: Option<Bm25Weight>,
}

impl Weight for PositionalWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Positional { field, words, links, least } = &self.asked;
        let read = |terms: &[String]| Posted::of(segment, *field, terms);
        let row = |terms: &Terms| {
            let spots: tantivy::Result<Vec<Option<Posted>>> =
                terms.spots.iter().map(|spot| spot.as_ref().map(|terms| read(terms)).transpose()).collect();
            Ok((spots?, terms.slop))
        };
        let rows = |rows: &Vec<Terms>| rows.iter().map(row).collect::<tantivy::Result<Vec<_>>>();
        let mark = |mark: &str, needed: Within| {
            if links.contains(&needed) { read(&[mark.to_owned()]) } else { Ok(Posted::default()) }
        };
        let norms = match segment.fieldnorms_readers().get_field(*field)? {
            Some(norms) if self.similarity.is_some() => norms,
            _ => FieldNormReader::constant(segment.max_doc(), 1),
        };
        let mut scorer = PositionalScorer {
            candidates: self.candidates.scorer(segment, 1.0)?,
            words: words.iter().map(rows).collect::<tantivy::Result<_>>()?,
            sentences: mark(SENTENCE, Within::Sentence)?,
            paragraphs: mark(PARAGRAPH, Within::Paragraph)?,
            links: links.clone(),
            least: *least,
            found: 0,
            similarity: self.similarity.as_ref().map(|similarity| similarity.boost_by(boost)),
            norms,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            Ok(Explanation::new("words in their places", scorer.score()))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

/// The documents that hold any of some terms, and where.
#[derive(Default)]
struct Posted {
    lists: Vec<SegmentPostings>,
    /// The document each list stands at, the first on top; lists at their end are gone.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
}

impl Posted {
    fn of(segment: &SegmentReader, field: Field, terms: &[String]) -> tantivy::Result<Posted> {
        let inverted = segment.inverted_index(field)?;
        let mut lists = Vec::new();
        for term in terms {
            let term = Term::from_field_text(field, term);
            lists.extend(inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let at = lists.iter().enumerate().map(|(list, postings)| Reverse((postings.doc(), list)));
        let ahead = at.filter(|Reverse((doc, _))| *doc != TERMINATED).collect();
        Ok(Posted { lists, ahead })
    }

    /// The positions in a document, in order. Documents are asked for from first to last.
    fn at(&mut self, doc: DocId) -> Vec<u32> {
        let mut positions = Vec::new();
        while let Some(Reverse((at, list))) = self.ahead.peek().copied().filter(|Reverse((at, _))| *at <= doc)
        {
            self.ahead.pop();
            let postings = &mut self.lists[list];
            let at = if at < doc { postings.seek(doc) } else { at };
            if at == doc {
                postings.append_positions_with_offset(0, &mut positions);
            }
            let next = if at == doc { postings.advance() } else { at };
            if next != TERMINATED {
                self.ahead.push(Reverse((next, list)));
            }
        }
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}

struct PositionalScorer {
    candidates: Box<dyn Scorer>,
    words: Vec<Vec<(Vec<Option<Posted>>, u32)>>,
    sentences: Posted,
    paragraphs: Posted,
    links: Vec<Within>,
    least: usize,
    /// How many places of the first word take part in this document.
    found: u32,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
}

impl PositionalScorer {
    /// Goes on from the candidate at hand to the first document that matches.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.candidates.doc();
            if doc == TERMINATED || self.matches(doc) {
                return doc;
            }
            self.candidates.advance();
        }
    }

    fn matches(&mut self, doc: DocId) -> bool {
        let mut places = Vec::with_capacity(self.words.len());
        for rows_of_word in &mut self.words {
            let mut found = Vec::new();
            for (spots, slop) in rows_of_word {
                let positions: Vec<_> =
                    spots.iter_mut().map(|spot| spot.as_mut().map(|posted| posted.at(doc))).collect();
                found.extend(rows(&positions, *slop));
            }
            found.sort_unstable();
            found.dedup();
            places.push(found);
        }
        let marks = Marks { sentences: self.sentences.at(doc), paragraphs: self.paragraphs.at(doc) };
        let found = chained(places, &self.links, &marks).first().map_or(0, Vec::len);
        self.found = u32::try_from(found).unwrap_or(u32::MAX);
        found >= self.least
    }
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() < target {
            self.candidates.seek(target);
            return self.settle();
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        let norm = self.norms.fieldnorm_id(self.doc());
        self.similarity.as_ref().map_or(1.0, |similarity| similarity.score(norm, self.found))
    }
}
