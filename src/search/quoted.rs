//! Quotes that report words asked for: an article whose body holds the words is read for where they stand,
//! and each of its quotes for whether they stand in it.

use crate::index::Blocks;
use crate::schema::{KeptQuote, all_quotes, holding, words_of};
use crate::search::positional::Standing;
use std::ops::Range;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, Scorer};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

pub(super) struct Quoted {
    /// Articles that hold the words.
    articles: Box<dyn Scorer>,
    words: Standing,
    blocks: Blocks,
    kept: Option<Column<u64>>,
    /// One past the last document.
    end: DocId,
    similarity: Option<Bm25Weight>,
    /// The article that was read last.
    read: Option<DocId>,
    /// What its column keeps of its quotes.
    values: Vec<u64>,
    /// Its quotes that may match, and how many there are in all.
    quotes: Vec<KeptQuote>,
    all: u32,
    /// The words of the quote that was looked at last.
    pieces: Vec<Range<u32>>,
    doc: DocId,
    /// How many places of the first word take part in this quote.
    found: u32,
}

impl Quoted {
    pub(super) fn new(
        segment: &SegmentReader,
        articles: Box<dyn Scorer>,
        words: Standing,
        similarity: Option<Bm25Weight>,
    ) -> tantivy::Result<Quoted> {
        let kept = segment.fast_fields().column_opt("reported")?;
        let mut quoted = Quoted {
            articles,
            words,
            blocks: Blocks::of(segment)?,
            kept,
            end: segment.max_doc(),
            similarity,
            read: None,
            values: Vec::new(),
            quotes: Vec::new(),
            all: 0,
            pieces: Vec::new(),
            doc: 0,
            found: 0,
        };
        quoted.go_to(0);
        Ok(quoted)
    }

    /// Goes to the first quote at `from` or behind.
    fn go_to(&mut self, from: DocId) -> DocId {
        self.doc = loop {
            let article = self.articles.doc();
            if article == TERMINATED || from >= self.end {
                break TERMINATED;
            }
            self.read(article);
            let first = self.quotes.partition_point(|quote| article + 1 + quote.number < from);
            if let Some(at) = (first..self.quotes.len()).find(|at| self.matches(self.quotes[*at])) {
                break article + 1 + self.quotes[at].number;
            }
            // A quote further on belongs to an article further on.
            let behind = article + 1 + self.all;
            let next = if from > behind { self.blocks.article_of(from) } else { behind };
            self.articles.seek(next.max(article + 1));
        };
        self.doc
    }

    /// Reads an article, if it was not read last.
    fn read(&mut self, article: DocId) {
        if self.read == Some(article) {
            return;
        }
        self.read = Some(article);
        if let Some(kept) = &self.kept {
            let rows = kept.index.value_row_ids(article);
            self.values.resize(rows.len(), 0);
            kept.values.get_range(u64::from(rows.start), &mut self.values);
        }
        self.words.read(article);
        self.all = match self.words.needed() {
            Some(places) => holding(&self.values, places, &mut self.quotes),
            None => all_quotes(&self.values, &mut self.quotes),
        };
    }

    /// Whether the words stand in a quote of the article that was read.
    fn matches(&mut self, quote: KeptQuote) -> bool {
        quote.read(&self.values, &mut self.pieces);
        self.found = self.words.taking_part_of(&self.pieces);
        self.found > 0
    }
}

impl DocSet for Quoted {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.go_to(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.go_to(target) }
    }

    /// Looks at the one quote, and reads nothing further.
    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= self.end {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        let article = self.blocks.article_of(target);
        if self.articles.doc() < article {
            self.articles.seek(article);
        }
        let at = self.articles.doc();
        if at != article {
            return SeekDangerResult::SeekLowerBound(if at == TERMINATED { at } else { at.max(target) + 1 });
        }
        self.read(article);
        let at = self.quotes.binary_search_by_key(&target, |quote| article + 1 + quote.number);
        if at.is_ok_and(|at| self.matches(self.quotes[at])) {
            self.doc = target;
            return SeekDangerResult::Found;
        }
        SeekDangerResult::SeekLowerBound(target + 1)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.articles.size_hint()
    }
}

impl Scorer for Quoted {
    fn score(&mut self) -> Score {
        let Some(similarity) = &self.similarity else { return 1.0 };
        similarity.score(FieldNormReader::fieldnorm_to_id(words_of(&self.pieces)), self.found)
    }
}

/// What is known of the words of quotes: as often as in articles, in shorter texts.
pub(super) struct OfQuotes<'a>(pub(super) &'a dyn Bm25StatisticsProvider);

/// Quotes of the news have about so many words; in longer ones each counts for less.
const USUAL_WORDS: u64 = 25;

impl Bm25StatisticsProvider for OfQuotes<'_> {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.0.total_num_docs()? * USUAL_WORDS)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.0.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.0.doc_freq(term)
    }
}
