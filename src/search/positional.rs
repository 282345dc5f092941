//! Words near one another, phrases with room or wildcards, words that occur so many times: documents
//! whose words may do are looked for by tantivy, and each is then read for where they stand. (tantivy's own
//! slop counts a pair in the other order as further apart, and knows no sentences.)

use crate::index::Reader;
use crate::query::{Chain, Match, Within};
use crate::schema::{fields, schema};
use crate::search::SearchError;
use crate::search::inflected::{any_form, commonest};
use crate::search::leaves::{Boxed, FEW, all_of, any_of, one_of};
use crate::search::places::{Marks, Place, chained};
use crate::search::posted::COMMON;
use crate::search::quoted::{OfQuotes, Quoted};
use crate::search::spots::Row;
use crate::search::standing::Standing;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

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
    pub(super) fn places(&self, mut words: Vec<Vec<Place>>, marks: &Marks) -> Vec<Vec<Place>> {
        chained(&mut words, &self.links, marks);
        if words.first().is_some_and(|first| first.len() >= self.least) { words } else { Vec::new() }
    }
}

/// Whose words are read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Texts {
    /// Those of a field.
    Field(Field),
    /// Those that the quotes of an article report: words of its body.
    Quotes,
}

impl Texts {
    /// Where the words are kept.
    pub(super) fn field(self) -> Field {
        match self {
            Texts::Field(field) => field,
            Texts::Quotes => fields().body,
        }
    }
}

/// The query for what is asked of the words of these texts.
pub(super) fn query(reader: &Reader, texts: Texts, asked: Asked) -> Result<Boxed, SearchError> {
    let field = texts.field();
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
    Ok(Box::new(Positional { texts, words: searched, links, least }))
}

/// The places of more terms than this are not read for one condition.
const MOST_TERMS: usize = 8192;

/// A row as the index knows it.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// The terms that fit each place; None where any word does.
    pub spots: Vec<Option<Vec<String>>>,
    /// How many other words may stand among them.
    pub slop: u32,
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
        let any = |terms: &Vec<String>| match terms.len() {
            ..=FEW => any_form(field, terms.clone()),
            _ => one_of(field, terms.iter().cloned()),
        };
        all_of(self.spots.iter().flatten().map(any).collect())
    }
}

/// What is asked, as the index knows it.
#[derive(Clone, Debug)]
pub(super) struct Positional {
    pub texts: Texts,
    /// For each word of the chain, the rows that may stand there.
    pub words: Vec<Vec<Terms>>,
    pub links: Vec<Within>,
    /// How many places are enough.
    pub least: usize,
}

impl Query for Positional {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let field = self.texts.field();
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => Some(match self.texts {
                Texts::Field(_) => self.similarity(scoring, statistics_provider)?,
                Texts::Quotes => self.similarity(scoring, &OfQuotes(statistics_provider))?,
            }),
            EnableScoring::Disabled { .. } => None,
        };
        let any = |rows: &Vec<Terms>| any_of(rows.iter().map(|row| row.candidates(field)).collect());
        let candidates = (!self.is_plain()).then(|| {
            let candidates = all_of(self.words.iter().map(any).collect());
            candidates.weight(EnableScoring::disabled_from_schema(schema()))
        });
        let candidates = candidates.transpose()?;
        Ok(Box::new(PositionalWeight { asked: self.clone(), candidates, similarity }))
    }
}

impl Positional {
    /// Whether a text must hold each of its words, and each has few forms: then the lists that are read for their places
    /// tell by themselves which texts may do.
    fn is_plain(&self) -> bool {
        let few = |spot: &Option<Vec<String>>| spot.as_ref().is_some_and(|terms| terms.len() <= COMMON);
        self.words.iter().all(|rows| matches!(&rows[..], [row] if row.spots.iter().all(few)))
    }

    /// What a match is worth: the sum over the places of the first row of each word, each as telling as the
    /// commonest word that fits it.
    fn similarity(
        &self,
        scoring: EnableScoring<'_>,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Bm25Weight> {
        let field = self.texts.field();
        let mut telling = Vec::new();
        for spot in
            self.words.iter().filter_map(|rows| rows.first()).flat_map(|row| row.spots.iter().flatten())
        {
            telling.extend(commonest(scoring, spot.iter().map(|t| Term::from_field_text(field, t)))?);
        }
        Bm25Weight::for_terms(statistics, &telling)
    }
}

struct PositionalWeight {
    asked: Positional,
    /// Where the lists of its words do not tell which texts may do.
    candidates: Option<Box<dyn Weight>>,
    similarity: Option<Bm25Weight>,
}

impl Weight for PositionalWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let candidates = self.candidates.as_ref().map(|candidates| candidates.scorer(segment, 1.0));
        let words = Standing::of(segment, &self.asked, candidates.transpose()?)?;
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost));
        let field = match self.asked.texts {
            Texts::Field(field) => field,
            Texts::Quotes => return Ok(Box::new(Quoted::new(segment, words, similarity)?)),
        };
        let norms = match segment.fieldnorms_readers().get_field(field)? {
            Some(norms) if similarity.is_some() => norms,
            _ => FieldNormReader::constant(segment.max_doc(), 1),
        };
        let mut scorer = PositionalScorer { words, found: 0, similarity, norms };
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

struct PositionalScorer {
    words: Standing,
    /// How many places of the first word take part in this document.
    found: u32,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
}

impl PositionalScorer {
    /// Goes on from the candidate at hand to the first document that matches.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.words.doc();
            if doc == TERMINATED {
                return doc;
            }
            self.words.read(doc);
            self.found = self.words.taking_part();
            if self.found > 0 {
                return doc;
            }
            self.words.advance();
        }
    }
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        if self.doc() < TERMINATED {
            self.words.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.words.seek(target);
            return self.settle();
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.words.doc()
    }

    fn size_hint(&self) -> u32 {
        self.words.size_hint()
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        let norm = self.norms.fieldnorm_id(self.doc());
        self.similarity.as_ref().map_or(1.0, |similarity| similarity.score(norm, self.found))
    }
}
