//! Words near one another, phrases with room or wildcards, words that occur so many times: documents
//! whose words may do are looked for by tantivy, and each is then read for where they stand. (tantivy's own
//! slop counts a pair in the other order as further apart, and knows no sentences.)

use crate::index::Reader;
use crate::query::{Chain, Match, Within};
use crate::schema::{self, PARAGRAPH, SENTENCE, fields, schema};
use crate::search::SearchError;
use crate::search::inflected::{any_form, commonest};
use crate::search::leaves::{Boxed, FEW, all_of, any_of, one_of};
use crate::search::places::{Marks, Place, chained, how_many_beside, rows};
use crate::search::posted::{COMMON, Posted};
use crate::search::quoted::{OfQuotes, Quoted};
use crate::search::spots::Row;
use std::collections::BTreeSet;
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
    fn field(self) -> Field {
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
        let any = |terms: &Vec<String>| match terms.len() {
            ..=FEW => any_form(field, terms.clone()),
            _ => one_of(field, terms.iter().cloned()),
        };
        all_of(self.spots.iter().flatten().map(any).collect())
    }
}

#[derive(Clone, Debug)]
struct Positional {
    texts: Texts,
    words: Vec<Vec<Terms>>,
    links: Vec<Within>,
    least: usize,
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

/// A row of words in the postings of a segment, by their numbers; None for any word.
struct PostedRow {
    spots: Vec<Option<usize>>,
    slop: u32,
}

/// The texts that may do, and where the words that are asked for stand in them, text after text. The lists are used
/// again for each.
pub(super) struct Standing {
    /// The texts; None where they are those that each word stands in.
    candidates: Option<Box<dyn Scorer>>,
    doc: DocId,
    /// Of each word.
    posted: Vec<Posted>,
    /// The words, the rarest first.
    rarest: Vec<usize>,
    /// Of the marks of sentences and of paragraphs, where they are needed.
    sentences: Option<Posted>,
    paragraphs: Option<Posted>,
    asked: Sought,
    /// Where they stand in the text that was read last.
    text: Stood,
    /// Where they stand in the quote of it that was looked at last.
    quote: Stood,
}

/// What is asked, of words by their numbers.
struct Sought {
    /// For each word of the chain, the rows that may stand there.
    words: Vec<Vec<PostedRow>>,
    links: Vec<Within>,
    least: usize,
    /// The words that cannot be missing.
    needed: Vec<usize>,
    /// Where each stands in the text that is looked at.
    places: Vec<Vec<Place>>,
}

/// Where each word stands in one text, and where sentences and paragraphs begin.
#[derive(Default)]
struct Stood {
    words: Vec<Vec<u32>>,
    marks: Marks,
}

impl Standing {
    fn of(
        segment: &SegmentReader,
        asked: &Positional,
        candidates: Option<Box<dyn Scorer>>,
    ) -> tantivy::Result<Standing> {
        let Positional { texts, words, links, least } = asked;
        let read = |terms: &[String]| Posted::of(segment, texts.field(), terms);
        let each: BTreeSet<&[String]> =
            words.iter().flatten().flat_map(|row| row.spots.iter().filter_map(Option::as_deref)).collect();
        let each: Vec<&[String]> = each.into_iter().collect();
        let number = |terms: &[String]| each.binary_search(&terms).ok();
        let row = |terms: &Terms| PostedRow {
            spots: terms.spots.iter().map(|spot| spot.as_deref().and_then(number)).collect(),
            slop: terms.slop,
        };
        let mark = |mark: &str, needed: Within| {
            links.contains(&needed).then(|| read(&[mark.to_owned()])).transpose()
        };
        let words: Vec<Vec<PostedRow>> = words.iter().map(|rows| rows.iter().map(row).collect()).collect();
        let alone = words.iter().filter(|rows| rows.len() == 1).flatten();
        let needed = alone.flat_map(|row| row.spots.iter().flatten()).copied().collect();
        let none = || Stood { words: vec![Vec::new(); each.len()], marks: Marks::default() };
        let posted = each.iter().map(|terms| read(terms)).collect::<tantivy::Result<Vec<Posted>>>()?;
        let mut rarest: Vec<usize> = (0..posted.len()).collect();
        rarest.sort_by_key(|word| posted[*word].most());
        let mut standing = Standing {
            candidates,
            doc: 0,
            posted,
            rarest,
            sentences: mark(SENTENCE, Within::Sentence)?,
            paragraphs: mark(PARAGRAPH, Within::Paragraph)?,
            asked: Sought {
                places: vec![Vec::new(); words.len()],
                words,
                links: links.clone(),
                least: *least,
                needed,
            },
            text: none(),
            quote: none(),
        };
        standing.seek(0);
        Ok(standing)
    }

    /// The text that may do.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// Goes to the first text at `target` or behind that may do.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        self.doc = match &mut self.candidates {
            Some(candidates) if candidates.doc() < target => candidates.seek(target),
            Some(candidates) => candidates.doc(),
            None => self.together(target),
        };
        self.doc
    }

    /// Goes to the next text that may do.
    pub(super) fn advance(&mut self) -> DocId {
        match &mut self.candidates {
            Some(candidates) => self.doc = candidates.advance(),
            None => self.doc = self.together(self.doc + 1),
        }
        self.doc
    }

    /// About how many texts there may be.
    pub(super) fn size_hint(&self) -> u32 {
        let most = || self.rarest.first().map_or(0, |word| self.posted[*word].most());
        self.candidates.as_ref().map_or_else(most, |candidates| candidates.size_hint())
    }

    /// The first text at `target` or behind in which all words stand.
    fn together(&mut self, mut target: DocId) -> DocId {
        'next: while target < TERMINATED {
            for word in &self.rarest {
                let at = self.posted[*word].seek(target);
                if at > target {
                    target = at;
                    continue 'next;
                }
            }
            return target;
        }
        TERMINATED
    }

    /// Reads where they stand in a text. Texts are asked for from first to last.
    pub(super) fn read(&mut self, doc: DocId) {
        for (posted, places) in self.posted.iter_mut().zip(&mut self.text.words) {
            posted.read(doc, places);
        }
        let Marks { sentences, paragraphs } = &mut self.text.marks;
        for (posted, starts) in [(&mut self.sentences, sentences), (&mut self.paragraphs, paragraphs)] {
            if let Some(posted) = posted {
                posted.read(doc, starts);
            }
        }
    }

    /// How many places of the first word take part in what is asked, none where that is not there.
    pub(super) fn taking_part(&mut self) -> u32 {
        self.asked.taking_part(&self.text)
    }

    /// The same within the words of a quote of this text alone.
    pub(super) fn taking_part_of(&mut self, quote: &schema::Pieces) -> u32 {
        if let Some(word) = self.asked.one_word() {
            return self.asked.enough(schema::how_many_within(quote, &self.text.words[word]));
        }
        for (within, places) in self.quote.words.iter_mut().zip(&self.text.words) {
            schema::within(quote, places, within);
        }
        if self.asked.needed.iter().any(|word| self.quote.words[*word].is_empty()) {
            return 0;
        }
        if !self.asked.links.is_empty() {
            let Marks { sentences, paragraphs } = &self.text.marks;
            schema::begun_within(quote, sentences, &mut self.quote.marks.sentences);
            schema::begun_within(quote, paragraphs, &mut self.quote.marks.paragraphs);
        }
        self.asked.taking_part(&self.quote)
    }

    /// Of the words that cannot be missing, the places of the one that is rarest in this text; None where
    /// there are others for each.
    pub(super) fn needed(&self) -> Option<&[u32]> {
        let places = self.asked.needed.iter().map(|word| &self.text.words[*word][..]);
        places.min_by_key(|places| places.len())
    }
}

impl Sought {
    fn taking_part(&mut self, stood: &Stood) -> u32 {
        let single = |at: usize| single_word(self.words.get(at)?);
        let found = match (single(0), single(1), &self.links[..]) {
            (Some(word), _, []) => stood.words[word].len(),
            (Some(word), Some(other), [within]) => {
                how_many_beside(&stood.words[word], &stood.words[other], *within, &stood.marks)
            }
            _ => self.chained(stood),
        };
        self.enough(found)
    }

    /// So many, if they are enough.
    fn enough(&self, found: usize) -> u32 {
        if found >= self.least { u32::try_from(found).unwrap_or(u32::MAX) } else { 0 }
    }

    /// The word that is asked for, if it is one, and nothing is asked of its neighbours.
    fn one_word(&self) -> Option<usize> {
        if let [rows] = &self.words[..] { single_word(rows) } else { None }
    }

    fn chained(&mut self, stood: &Stood) -> usize {
        let whole = |row: &PostedRow| row.spots.iter().flatten().all(|word| !stood.words[*word].is_empty());
        if !self.words.iter().all(|rows| rows.iter().any(whole)) {
            return 0;
        }
        for (rows, places) in self.words.iter().zip(&mut self.places) {
            places.clear();
            for row in rows {
                row.add_to(places, stood);
            }
            if rows.len() > 1 {
                places.sort_unstable();
                places.dedup();
            }
        }
        chained(&mut self.places, &self.links, &stood.marks);
        self.places.first().map_or(0, Vec::len)
    }
}

/// The word of a chain, where it is a single one.
fn single_word(rows: &[PostedRow]) -> Option<usize> {
    let [PostedRow { spots, .. }] = rows else { return None };
    if let [word] = spots[..] { word } else { None }
}

impl PostedRow {
    /// Adds where the row stands.
    fn add_to(&self, places: &mut Vec<Place>, stood: &Stood) {
        if let [Some(word)] = self.spots[..] {
            places.extend(stood.words[word].iter().map(|at| Place { first: *at, last: *at }));
            return;
        }
        let spots = self.spots.iter().map(|spot| spot.map(|word| &stood.words[word][..]));
        rows(&spots.collect::<Vec<_>>(), self.slop, places);
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
