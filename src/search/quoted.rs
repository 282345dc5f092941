//! Quotes that report words asked for: an article whose body holds the words is read for where they stand,
//! and each of its quotes for whether they stand in it.

use crate::index::Blocks;
use crate::schema::{Reported, words_of};
use crate::search::positional::{Standing, Stood};
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
    /// Of the article that was read last: where the words stand in it, and in which quotes they may.
    read: Option<(DocId, Stood)>,
    reported: Reported,
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
        let (blocks, end) = (Blocks::of(segment)?, segment.max_doc());
        let (read, reported) = (None, Reported::default());
        let mut quoted =
            Quoted { articles, words, blocks, kept, end, similarity, read, reported, doc: 0, found: 0 };
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
            let first = from.max(article + 1);
            let quotes = self.quotes_of(article);
            if let Some(quote) = (first..=article + quotes).find(|quote| self.matches(article, *quote)) {
                break quote;
            }
            // A quote further on belongs to an article further on.
            let behind = article + quotes + 1;
            let next = if from > behind { self.blocks.article_of(from) } else { behind };
            self.articles.seek(next.max(article + 1));
        };
        self.doc
    }

    /// Reads an article, if it was not read last, and tells how many quotes it has.
    fn quotes_of(&mut self, article: DocId) -> u32 {
        if self.read.as_ref().is_none_or(|(read, _)| *read != article) {
            self.reported.read(self.kept.iter().flat_map(|kept| kept.values_for_doc(article)));
            self.read = Some((article, self.words.at(article)));
        }
        u32::try_from(self.reported.len()).unwrap_or(0)
    }

    fn matches(&mut self, article: DocId, quote: DocId) -> bool {
        let Some((_, stood)) = &self.read else { return false };
        let words = self.reported.quote((quote - article - 1) as usize);
        self.found = stood.within(words).map_or(0, |stood| self.words.taking_part(&stood));
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
        let quotes = self.quotes_of(article);
        if (article + 1..=article + quotes).contains(&target) && self.matches(article, target) {
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
        let Some((similarity, (article, _))) = self.similarity.as_ref().zip(self.read.as_ref()) else {
            return 1.0;
        };
        let words = words_of(self.reported.quote((self.doc - article - 1) as usize));
        similarity.score(FieldNormReader::fieldnorm_to_id(words), self.found)
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
