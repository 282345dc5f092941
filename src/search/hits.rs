//! Hits: found, put in order, and rebuilt as the article and the quote they are.

use crate::article::Article;
use crate::index::{IndexError, Reader};
use crate::query::{Query, Unit};
use crate::quotes::{Quote, Speaker, SpeakerKind};
use crate::schema;
use crate::search::facets::{self, Facet, FacetField};
use crate::search::matches::{Needles, around};
use crate::search::plan::{self, SearchError};
use crate::search::ranked::{Order, Ranked, Row, Together};
use crate::text::Span;
use std::sync::Arc;

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
    let order = Order {
        sort: page.sort,
        keep: if page.limit == 0 { usize::MAX } else { page.offset.saturating_add(page.limit) },
    };
    let together = || reader.copies().map(|copies| Together { copies: Arc::clone(copies), unit: query.unit });
    let together = if page.all_copies { None } else { Some(together()?) };
    let found = reader.searcher().search(&*plan.query, &Ranked::new(order, together))?;
    let needles = Needles::of(query, reader)?;
    let mut shelf = Shelf { reader, last: None };
    let mut hits = Vec::new();
    for row in found.rows.into_iter().skip(page.offset) {
        hits.push(shelf.hit(&row, &needles, query.unit)?);
    }
    let facets =
        if fields.is_empty() { Vec::new() } else { facets::count(reader, &*plan.query, fields, top)? };
    Ok(Answer { total: found.total, copies: found.copies, hits, facets, notes: plan.notes })
}

/// More ids than this are not listed where one was meant.
const MOST_IDS: usize = 5;

/// The quotes or articles whose id begins with `start`, a few at most.
pub fn with_id(reader: &Reader, start: &str) -> Result<Vec<Hit>, SearchError> {
    let mut shelf = Shelf { reader, last: None };
    let none = Needles::default();
    let mut hits = Vec::new();
    for id in reader.ids(start, MOST_IDS)? {
        if let Some((of, quote)) = reader.quote(&id)? {
            hits.push(Hit::Quote(Box::new(shelf.quote(&of, id, quote, &none)?)));
        } else if let Some(article) = reader.article(&id)? {
            hits.push(Hit::Article(ArticleHit {
                article: Arc::new(article),
                matches: Vec::new(),
                score: 0.0,
                copies: 0,
            }));
        }
    }
    Ok(hits)
}

/// The quotes of an article with their ids, in the order of the text.
pub fn quotes_of(reader: &Reader, article: &str) -> Result<Vec<(String, Quote)>, SearchError> {
    Ok(reader.quotes_of(article)?)
}

/// Takes documents from the store; the article of the last quote is kept at hand, for neighbours
/// often come from one article.
struct Shelf<'a> {
    reader: &'a Reader,
    last: Option<Arc<Article>>,
}

impl Shelf<'_> {
    fn hit(&mut self, row: &Row, needles: &Needles, unit: Unit) -> Result<Hit, SearchError> {
        let Row { address, score, copies, .. } = *row;
        if unit == Unit::Articles {
            let article =
                Arc::new(schema::article_from(&self.reader.document(address)?).map_err(IndexError::from)?);
            let matches = needles.in_article(&article);
            return Ok(Hit::Article(ArticleHit { article, matches, score, copies }));
        }
        let (of, id, quote) =
            schema::quote_from(&self.reader.document(address)?).map_err(IndexError::from)?;
        Ok(Hit::Quote(Box::new(QuoteHit { score, copies, ..self.quote(&of, id, quote, needles)? })))
    }

    fn quote(
        &mut self,
        of: &str,
        id: String,
        quote: Quote,
        needles: &Needles,
    ) -> Result<QuoteHit, SearchError> {
        let article = match &self.last {
            Some(last) if last.id == of => Arc::clone(last),
            _ => Arc::new(self.article_of(of)?),
        };
        self.last = Some(Arc::clone(&article));
        let entities = self.reader.entities()?;
        let name = quote.attribution.speaker.as_ref().and_then(|s| s.name.as_deref());
        let speaker = name.map(|name| entities.canonical(name).to_owned());
        let matches = needles.in_quote(&article, &quote);
        Ok(QuoteHit { id, article, quote, speaker, matches, score: 0.0, copies: 0 })
    }

    fn article_of(&self, id: &str) -> Result<Article, SearchError> {
        let missing = || IndexError::damaged(self.reader.dir(), format!("article {id} is missing"));
        Ok(self.reader.article(id)?.ok_or_else(missing)?)
    }
}
