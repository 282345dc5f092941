//! Hits: found, put in order, and rebuilt as the article and the quote they are.

use crate::article::Article;
use crate::index::{IndexError, Place, Reader};
use crate::query::Query;
use crate::quotes::{Quote, Speaker, SpeakerKind};
use crate::search::facets::{self, Counted, Counter, Facet, FacetField};
use crate::search::matches::{Needles, around};
use crate::search::plan::{self, Plan, SearchError};
use crate::search::ranked::{Collected, Order, Ranked, Row, Together};
use crate::search::run::{each, run, shared};
use crate::text::Span;
use std::sync::Arc;
use std::vec::IntoIter;
use tantivy::DocAddress;

/// In which order hits come. Ties go by date, newest first, then by article, and within
/// one in the order of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Best match first (BM25 over the words; names and other conditions do not count).
    Relevance,
    /// Latest first; articles without a date last.
    Newest,
    /// Earliest first; articles without a date last.
    Oldest,
}

/// Which hits are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The order.
    pub sort: Sort,
    /// How many to leave out.
    pub offset: usize,
    /// How many at most; 0 for all.
    pub limit: usize,
    /// Whether every copy is a hit of its own, or counted under its first print.
    pub all_copies: bool,
}

/// What was found.
#[derive(Debug)]
pub struct Answer {
    /// How many hits there are in all, copies not counted.
    pub total: usize,
    /// How many more there are that are copies of one of these; 0 where every copy is a hit.
    pub copies: usize,
    /// The page asked for.
    pub hits: Vec<Hit>,
    /// Counts over all hits and their copies: every print counts.
    pub facets: Vec<Facet>,
    /// What the reader should know ("3 people are named Marsh …").
    pub notes: Vec<String>,
}

/// A quote or an article that answers the query.
#[derive(Debug)]
pub enum Hit {
    /// A quote.
    Quote(Box<QuoteHit>),
    /// An article.
    Article(ArticleHit),
}

impl Hit {
    /// The article, or the one the quote stands in.
    pub fn article(&self) -> &Article {
        match self {
            Hit::Quote(hit) => &hit.article,
            Hit::Article(hit) => &hit.article,
        }
    }

    /// The id to `show` it by.
    pub fn id(&self) -> &str {
        match self {
            Hit::Quote(hit) => &hit.id,
            Hit::Article(hit) => &hit.article.id,
        }
    }

    /// The same as an answer to a query.
    fn ranked(self, score: f32, copies: usize) -> Hit {
        match self {
            Hit::Quote(hit) => Hit::Quote(Box::new(QuoteHit { score, copies, ..*hit })),
            Hit::Article(hit) => Hit::Article(ArticleHit { score, copies, ..hit }),
        }
    }

    /// Further hits that are copies of this one.
    pub fn copies(&self) -> usize {
        match self {
            Hit::Quote(hit) => hit.copies,
            Hit::Article(hit) => hit.copies,
        }
    }
}

/// A quote that answers the query.
#[derive(Debug)]
pub struct QuoteHit {
    /// Its id.
    pub id: String,
    /// The article it stands in.
    pub article: Arc<Article>,
    /// The quote.
    pub quote: Quote,
    /// Who said it, as the archive knows them.
    pub speaker: Option<String>,
    /// The words of the query, as spans of the article's text, in order.
    pub matches: Vec<Span>,
    /// How well it matches.
    pub score: f32,
    /// Further hits that report the same words of the same speaker.
    pub copies: usize,
}

/// How much of a paragraph is shown around a quote, in bytes to either side.
const REACH: usize = 180;

impl QuoteHit {
    /// Who said it, as the archive knows them.
    pub fn speaker_name(&self) -> Option<&str> {
        self.speaker.as_deref()
    }

    /// The words that mark the speaker.
    pub fn mention(&self) -> Option<&str> {
        self.quote.attribution.mention.map(|m| self.article.text.slice(m))
    }

    /// The reported words as one line.
    pub fn words(&self) -> String {
        self.quote.words(&self.article.text)
    }

    /// Where the query's words lie in [`words`](QuoteHit::words), in characters.
    pub fn text_matches(&self) -> Vec<[usize; 2]> {
        self.quote.words_with(&self.article.text, &self.matches).1
    }

    /// The part of the paragraph the quote stands in.
    pub fn context(&self) -> Span {
        let attribution = &self.quote.attribution;
        let span = self.quote.span();
        // The words that mark the speaker belong to the picture, where they are near.
        let near = attribution.mention.filter(|m| (m.start.abs_diff(span.start) as usize) < REACH);
        around(&self.article.text, near.map_or(span, |m| span.cover(m)), REACH)
    }

    /// Whether the words that mark the speaker stand in the context, and the source is no unnamed one.
    pub fn shows_mention(&self) -> bool {
        let anonymous = |s: &Speaker| s.kind == SpeakerKind::Anonymous;
        let attribution = &self.quote.attribution;
        let context = self.context();
        attribution.mention.is_some_and(|m| context.contains(m))
            && !attribution.speaker.as_ref().is_some_and(anonymous)
    }

    /// The context, where it tells more than the quote itself.
    pub fn context_beyond_words(&self) -> Option<Span> {
        let context = self.context();
        let said: usize = self.quote.pieces.iter().map(|p| p.len()).sum();
        (context.len() > said + 3).then_some(context)
    }
}

/// An article that answers the query.
#[derive(Debug)]
pub struct ArticleHit {
    /// The article.
    pub article: Arc<Article>,
    /// The words of the query in its text, in order.
    pub matches: Vec<Span>,
    /// How well it matches.
    pub score: f32,
    /// Further hits that are copies of this article.
    pub copies: usize,
}

impl ArticleHit {
    /// The first place with a match, or the beginning.
    pub fn context(&self) -> Span {
        let text = &self.article.text;
        let first = self.matches.first().copied();
        let start = || {
            text.paragraphs()
                .first()
                .map_or(Span::new(0, 0), |p| Span::new(p.start as usize, p.start as usize))
        };
        around(text, first.unwrap_or_else(start), REACH)
    }
}

/// Answers a query: the page of hits, and the counts over all of them.
pub fn answer(
    reader: &Reader,
    query: &Query,
    page: Page,
    fields: &[FacetField],
    top: usize,
) -> Result<Answer, SearchError> {
    let plan = plan::compile(reader, query)?;
    let (mut found, counted) = found(reader, query, &plan, page, fields)?;
    let hits = found.all()?;
    let facets = facets::facets_of(reader, fields, &counted, top)?;
    Ok(Answer { total: found.total, copies: found.copies, hits, facets, notes: plan.notes })
}

/// Finds what answers a query and hands it out hit by hit: however many there are, one article is held at a
/// time.
pub fn hits<'a>(reader: &'a Reader, query: &Query, page: Page) -> Result<Hits<'a>, SearchError> {
    let plan = plan::compile(reader, query)?;
    let (found, _) = found(reader, query, &plan, page, &[])?;
    Ok(Hits { notes: plan.notes, ..found })
}

/// Finds hits, and counts them by facets on the way.
fn found<'a>(
    reader: &'a Reader,
    query: &Query,
    plan: &Plan,
    page: Page,
    fields: &[FacetField],
) -> Result<(Hits<'a>, Vec<Counted>), SearchError> {
    let order = Order {
        sort: page.sort,
        keep: if page.limit == 0 { usize::MAX } else { page.offset.saturating_add(page.limit) },
    };
    let together = || reader.copies().map(|copies| Together { copies: Arc::clone(copies), unit: query.unit });
    let together = if page.all_copies { None } else { Some(together()?) };
    let counter = (!fields.is_empty()).then_some(Counter { fields });
    let (mut found, counted) = run(reader, &*plan.query, &(Ranked::new(order, together), counter))?;
    found.rows.drain(..page.offset.min(found.rows.len()));
    Ok((Hits::of(reader, query, found)?, counted.unwrap_or_default()))
}

/// The hits of a query, in order, each taken from the store when it is asked for.
pub struct Hits<'a> {
    /// How many hits there are in all, copies not counted.
    pub total: usize,
    /// How many more there are that are copies of one of these; 0 where every copy is a hit.
    pub copies: usize,
    /// What the reader should know ("3 people are named Marsh …").
    pub notes: Vec<String>,
    rows: IntoIter<Row>,
    needles: Needles,
    shelf: Shelf<'a>,
}

impl<'a> Hits<'a> {
    /// The hits that were collected for a query.
    pub(super) fn of(reader: &'a Reader, query: &Query, found: Collected) -> Result<Hits<'a>, SearchError> {
        Ok(Hits {
            total: found.total,
            copies: found.copies,
            notes: Vec::new(),
            rows: found.rows.into_iter(),
            needles: Needles::of(query, reader)?,
            shelf: Shelf { reader, last: None },
        })
    }
}

impl Hits<'_> {
    /// All that are left, unpacked on all cores in a large archive.
    fn all(&mut self) -> Result<Vec<Hit>, SearchError> {
        let (reader, needles) = (self.shelf.reader, &self.needles);
        let some = |rows: &[Row]| {
            let mut shelf = Shelf { reader, last: None };
            rows.iter().map(|row| shelf.answer(row, needles)).collect::<Result<Vec<Hit>, SearchError>>()
        };
        let hits = each(reader, shared(reader, self.rows.as_slice()), some)?;
        self.rows = IntoIter::default();
        Ok(hits.into_iter().flatten().collect())
    }

    /// The digits of the ids of those that are left, as numbers.
    pub fn keys(&self) -> Result<Vec<u64>, SearchError> {
        let searcher = self.shelf.reader.searcher();
        let segments = searcher.segment_readers().iter();
        let columns = segments.map(|s| s.fast_fields().u64("key")).collect::<tantivy::Result<Vec<_>>>()?;
        // An article's quotes stand behind it.
        let key = |row: &Row| {
            let Place { article, nth } = row.place;
            columns[article.segment_ord as usize].first(article.doc_id + nth).unwrap_or(0)
        };
        Ok(self.rows.as_slice().iter().map(key).collect())
    }

    /// Leaves out those whose id is not `wanted`.
    pub fn keep(&mut self, wanted: impl Fn(u64) -> bool) -> Result<(), SearchError> {
        let keys = self.keys()?;
        let rows = std::mem::take(&mut self.rows).zip(keys);
        self.rows = rows.filter(|(_, key)| wanted(*key)).map(|(row, _)| row).collect::<Vec<_>>().into_iter();
        Ok(())
    }
}

impl ExactSizeIterator for Hits<'_> {
    fn len(&self) -> usize {
        self.rows.len()
    }
}

impl Iterator for Hits<'_> {
    type Item = Result<Hit, SearchError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(self.shelf.answer(&row, &self.needles))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

/// More ids than this are not listed where one was meant.
const MOST_IDS: usize = 5;

/// The quotes or articles whose id begins with `start`, a few at most.
pub fn with_id(reader: &Reader, start: &str) -> Result<Vec<Hit>, SearchError> {
    let mut shelf = Shelf { reader, last: None };
    let none = Needles::default();
    reader.with_id(start, MOST_IDS)?.into_iter().map(|place| shelf.hit(place, &none)).collect()
}

/// The quotes of an article with their ids, in the order of the text.
pub fn quotes_of(reader: &Reader, article: &str) -> Result<Vec<(String, Quote)>, SearchError> {
    let quotes = reader.article(article)?.map(|(_, quotes)| quotes).unwrap_or_default();
    Ok(quotes.into_iter().map(|quote| (quote.id(article), quote)).collect())
}

/// The same as hits.
pub(super) fn hits_of(reader: &Reader, article: &str) -> Result<Vec<Hit>, SearchError> {
    let Some(article) = reader.address(article)? else { return Ok(Vec::new()) };
    let mut shelf = Shelf { reader, last: None };
    let none = Needles::default();
    let quotes = shelf.article(article)?.1.len() as u32;
    (1..=quotes).map(|nth| shelf.hit(Place { article, nth }, &none)).collect()
}

/// Takes articles from the store; the last is kept at hand, for hits often come from one article.
struct Shelf<'a> {
    reader: &'a Reader,
    last: Option<(DocAddress, Arc<Article>, Vec<Quote>)>,
}

impl Shelf<'_> {
    fn answer(&mut self, row: &Row, needles: &Needles) -> Result<Hit, SearchError> {
        Ok(self.hit(row.place, needles)?.ranked(row.score, row.copies))
    }

    fn hit(&mut self, place: Place, needles: &Needles) -> Result<Hit, SearchError> {
        let reader = self.reader;
        let (article, quotes) = self.article(place.article)?;
        if place.nth == 0 {
            let matches = needles.in_article(article);
            return Ok(Hit::Article(ArticleHit {
                article: Arc::clone(article),
                matches,
                score: 0.0,
                copies: 0,
            }));
        }
        let missing = || IndexError::damaged(reader.dir(), format!("a quote of {} is missing", article.id));
        let quote = quotes.get(place.nth as usize - 1).cloned().ok_or_else(missing)?;
        let entities = reader.entities()?;
        let name = quote.attribution.speaker.as_ref().and_then(|s| s.name.as_deref());
        let speaker = name.map(|name| entities.canonical(name).to_owned());
        let matches = needles.in_quote(article, &quote);
        let (id, article) = (quote.id(&article.id), Arc::clone(article));
        Ok(Hit::Quote(Box::new(QuoteHit { id, article, quote, speaker, matches, score: 0.0, copies: 0 })))
    }

    fn article(&mut self, at: DocAddress) -> Result<(&Arc<Article>, &[Quote]), SearchError> {
        let (_, article, quotes) = match self.last.take() {
            Some(last) if last.0 == at => self.last.insert(last),
            _ => {
                let (article, quotes) = self.reader.article_at(at)?;
                self.last.insert((at, Arc::new(article), quotes))
            }
        };
        Ok((article, quotes))
    }
}
