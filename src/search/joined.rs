//! Joins between the two kinds of document: the quotes of articles, the articles of quotes. An article's
//! quotes stand behind it in the index, so one step leads from either to the other.

use crate::index::Blocks;
use crate::query::Unit;
use crate::schema;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// The documents of `unit` that belong to a document of the other. A join has no score.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) unit: Unit,
    pub(super) other: Box<dyn Query>,
}

impl Clone for Joined {
    fn clone(&self) -> Joined {
        Joined { unit: self.unit, other: self.other.box_clone() }
    }
}

impl Query for Joined {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let other = self.other.weight(EnableScoring::disabled_from_schema(schema::schema()))?;
        Ok(Box::new(JoinedWeight { unit: self.unit, other }))
    }
}

struct JoinedWeight {
    unit: Unit,
    other: Box<dyn Weight>,
}

impl Weight for JoinedWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (blocks, other) = (Blocks::of(segment)?, self.other.scorer(segment, 1.0)?);
        Ok(match self.unit {
            Unit::Quotes => Box::new(QuotesOf::new(other, blocks, segment.max_doc())),
            Unit::Articles => Box::new(ArticlesOf::new(other, blocks)),
        })
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(segment, 1.0)?.seek(doc) == doc {
            Ok(Explanation::new("belongs to a document of the other kind", 0.0))
        } else {
            Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
        }
    }
}

/// The quotes of articles.
struct QuotesOf {
    articles: Box<dyn Scorer>,
    blocks: Blocks,
    /// One past the last document.
    end: DocId,
    doc: DocId,
}

impl QuotesOf {
    fn new(articles: Box<dyn Scorer>, blocks: Blocks, end: DocId) -> QuotesOf {
        let mut quotes = QuotesOf { articles, blocks, end, doc: 0 };
        quotes.go_to(0);
        quotes
    }

    /// Goes to the first quote at `from` or behind.
    fn go_to(&mut self, from: DocId) -> DocId {
        self.doc = loop {
            let article = self.articles.doc();
            let quote = from.max(article.saturating_add(1));
            if article == TERMINATED || quote >= self.end {
                break TERMINATED;
            }
            let its_article = self.blocks.article_of(quote);
            if its_article == article {
                break quote;
            }
            // What stands behind the last quote of an article is the next article.
            self.articles.seek(its_article.max(article + 1));
        };
        self.doc
    }
}

impl DocSet for QuotesOf {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.go_to(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        // An article of the news holds about ten.
        self.articles.size_hint().saturating_mul(10).min(self.end)
    }
}

impl Scorer for QuotesOf {
    fn score(&mut self) -> Score {
        0.0
    }
}

/// The articles of quotes, each once.
struct ArticlesOf {
    quotes: Box<dyn Scorer>,
    blocks: Blocks,
    doc: DocId,
}

impl ArticlesOf {
    fn new(quotes: Box<dyn Scorer>, blocks: Blocks) -> ArticlesOf {
        let mut articles = ArticlesOf { quotes, blocks, doc: 0 };
        articles.go_to(0);
        articles
    }

    /// Goes to the first article at `from` or behind.
    fn go_to(&mut self, from: DocId) -> DocId {
        if self.quotes.doc() < from {
            self.quotes.seek(from);
        }
        self.doc = loop {
            match self.quotes.doc() {
                TERMINATED => break TERMINATED,
                quote => match self.blocks.article_of(quote) {
                    article if article >= from => break article,
                    _ => self.quotes.advance(),
                },
            };
        };
        self.doc
    }
}

impl DocSet for ArticlesOf {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.go_to(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.quotes.size_hint()
    }
}

impl Scorer for ArticlesOf {
    fn score(&mut self) -> Score {
        0.0
    }
}
