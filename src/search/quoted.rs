//! Quotes that report words asked for: an article whose body holds the words is read for where they stand,
//! and each of its quotes for whether they stand in it.

use crate::index::Blocks;
use crate::schema::{KeptQuote, all_quotes, count, holding, in_sets, piece, words_of};
use crate::search::standing::Standing;
use std::ops::Range;
use std::sync::{Arc, LazyLock};
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, Scorer};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

pub(super) struct Quoted {
    /// Articles that hold the words, and where.
    words: Standing,
    blocks: Blocks,
    /// What is kept of the words of quotes, one value for each document, and of some beside it.
    kept: Option<Arc<dyn ColumnValues>>,
    pieces_beside: Option<Column<u64>>,
    /// One past the last document.
    end: DocId,
    similarity: Option<Bm25Weight>,
    /// The article that was read last.
    read: Option<DocId>,
    /// How many quotes it has, and what is kept of them, in whole sets.
    all: DocId,
    values: Vec<u64>,
    /// Its quotes that may match.
    quotes: Vec<KeptQuote>,
    /// The words of the quote that was looked at last.
    pieces: Vec<Range<u32>>,
    doc: DocId,
    /// How many places of the first word take part in this quote.
    found: u32,
}

impl Quoted {
    pub(super) fn new(
        segment: &SegmentReader,
        words: Standing,
        similarity: Option<Bm25Weight>,
    ) -> tantivy::Result<Quoted> {
        let kept: Option<Column<u64>> = segment.fast_fields().column_opt("reported")?;
        let mut quoted = Quoted {
            words,
            blocks: Blocks::of(segment)?,
            // Each document has a value; only of a damaged index another may be said.
            kept: kept.filter(|kept| matches!(kept.index, ColumnIndex::Full)).map(|kept| kept.values),
            pieces_beside: segment.fast_fields().column_opt("pieces")?,
            end: segment.max_doc(),
            similarity,
            read: None,
            all: 0,
            values: Vec::new(),
            quotes: Vec::new(),
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
            let article = self.words.doc();
            if article == TERMINATED || from >= self.end {
                break TERMINATED;
            }
            self.read(article);
            let first = self.quotes.partition_point(|quote| article + 1 + quote.number < from);
            if let Some(at) = (first..self.quotes.len()).find(|at| self.matches(article, self.quotes[*at])) {
                break article + 1 + self.quotes[at].number;
            }
            // A quote further on belongs to an article further on.
            let behind = article + 1 + self.all;
            let next = if from > behind { self.blocks.article_of(from) } else { behind };
            self.words.seek(next.max(article + 1));
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
            // An article's quotes stand behind it, within its segment.
            let behind = self.end.saturating_sub(article + 1) as usize;
            let all = count(kept.get_val(article)).min(behind);
            // Whole sets are read quicker than parts of them.
            self.values.resize(in_sets(all), 0);
            let read = self.values.len().min(behind);
            kept.get_range(u64::from(article) + 1, &mut self.values[..read]);
            self.values[all..].fill(0);
            self.all = all as DocId;
        }
        self.words.read(article);
        match self.words.needed() {
            Some(places) => holding(&self.values, places, &mut self.quotes),
            None => all_quotes(&self.values[..self.all as usize], &mut self.quotes),
        }
    }

    /// Whether the words stand in a quote of the article that was read.
    fn matches(&mut self, article: DocId, quote: KeptQuote) -> bool {
        self.pieces.clear();
        match (quote.words(), &self.pieces_beside) {
            (Some(words), _) => self.pieces.push(words),
            (None, Some(beside)) => {
                self.pieces.extend(beside.values_for_doc(article + 1 + quote.number).map(piece));
            }
            (None, None) => {}
        }
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
        if self.words.doc() < article {
            self.words.seek(article);
        }
        let at = self.words.doc();
        if at != article {
            return SeekDangerResult::SeekLowerBound(if at == TERMINATED { at } else { at.max(target) + 1 });
        }
        self.read(article);
        let at = self.quotes.binary_search_by_key(&target, |quote| article + 1 + quote.number);
        if at.is_ok_and(|at| self.matches(article, self.quotes[at])) {
            self.doc = target;
            return SeekDangerResult::Found;
        }
        SeekDangerResult::SeekLowerBound(target + 1)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.words.size_hint()
    }
}

impl Scorer for Quoted {
    fn score(&mut self) -> Score {
        let Some(similarity) = &self.similarity else { return 1.0 };
        similarity.score(norm(words_of(&self.pieces)), self.found)
    }
}

/// The length of a quote, as lengths are kept.
fn norm(words: u32) -> u8 {
    let known = NORMS.get(words as usize).copied();
    known.unwrap_or_else(|| FieldNormReader::fieldnorm_to_id(words))
}

/// Those of short quotes, which are looked for in a list otherwise.
static NORMS: LazyLock<[u8; 128]> =
    LazyLock::new(|| std::array::from_fn(|words| FieldNormReader::fieldnorm_to_id(words as u32)));

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
