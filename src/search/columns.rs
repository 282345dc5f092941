//! Columns, read for many hits at once: where the values of all of them lie is found in one go, and then they are
//! read. Asked hit by hit, a column is found anew for each, by two calls of what is not known when it is compiled.

use crate::index::Blocks;
use std::fmt::Debug;
use tantivy::collector::SegmentCollector;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentReader};

/// What is made of the hits of a segment, some at a time.
pub(super) trait Counting: 'static + Send {
    /// Counts hits, which are in order.
    fn count(&mut self, hits: &[DocId]);
}

/// Hits that wait until there are enough of them to be counted.
pub(super) struct Waiting<C> {
    hits: Vec<DocId>,
    counting: C,
}

/// So many hits wait: what is read of them stays in the processor's cache.
const MOST: usize = 1024;

impl<C: Counting> Waiting<C> {
    pub(super) fn on(counting: C) -> Waiting<C> {
        Waiting { hits: Vec::new(), counting }
    }

    fn count(&mut self) {
        self.counting.count(&self.hits);
        self.hits.clear();
    }
}

impl<C: Counting> SegmentCollector for Waiting<C> {
    type Fruit = C;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.hits.push(doc);
        if self.hits.len() == MOST {
            self.count();
        }
    }

    fn harvest(mut self) -> C {
        self.count();
        self.counting
    }
}

/// The values of a column; none where the segment has no such column.
pub(super) struct Values<T> {
    column: Option<Column<T>>,
    /// The documents that were asked for last, as often as they have values.
    docs: Vec<DocId>,
    /// Where in the column their values are, and which they are.
    rows: Vec<u32>,
    values: Vec<T>,
}

impl Values<u64> {
    /// The ordinals of a column of text.
    pub(super) fn of_text(column: Option<&StrColumn>) -> Values<u64> {
        Values::of(column.map(|column| column.ords().clone()))
    }
}

impl<T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static> Values<T> {
    pub(super) fn of(column: Option<Column<T>>) -> Values<T> {
        Values { column, docs: Vec::new(), rows: Vec::new(), values: Vec::new() }
    }

    /// The values of some documents, which are in order, each once: every value with the place of its document
    /// among them.
    pub(super) fn read(&mut self, docs: &[DocId]) -> impl Iterator<Item = (usize, T)> {
        self.docs.clear();
        self.rows.clear();
        if let Some(column) = &self.column {
            column.row_ids_for_docs(docs, &mut self.docs, &mut self.rows);
            self.values.resize(self.rows.len(), T::default());
            column.values.get_vals(&self.rows, &mut self.values);
        }
        let mut place = 0;
        self.docs.iter().zip(&self.values).map(move |(doc, value)| {
            while docs[place] < *doc {
                place += 1;
            }
            (place, *value)
        })
    }

    /// The first value of each of some documents, which are in order, each once.
    pub(super) fn first(&mut self, docs: &[DocId]) -> Vec<Option<T>> {
        let mut firsts = vec![None; docs.len()];
        for (place, value) in self.read(docs) {
            firsts[place].get_or_insert(value);
        }
        firsts
    }
}

/// The articles of some hits.
#[derive(Default)]
pub(super) struct Articles {
    /// Each once, in order.
    pub docs: Vec<DocId>,
    /// How many of the hits are it, or stand in it.
    pub hits: Vec<u64>,
    /// The place of each hit's article among them.
    pub places: Vec<usize>,
}

impl Articles {
    /// Those of some hits, which are in order.
    pub(super) fn of(blocks: &Blocks, hits: &[DocId]) -> Articles {
        let mut articles = Articles::default();
        for (hit, nth) in hits.iter().zip(blocks.nths(hits)) {
            let article = hit.saturating_sub(nth);
            if articles.docs.last() != Some(&article) {
                articles.docs.push(article);
                articles.hits.push(0);
            }
            let place = articles.docs.len() - 1;
            articles.hits[place] += 1;
            articles.places.push(place);
        }
        articles
    }
}

/// The first and the last day a date may mean, in days since 1970.
pub(super) type Days = (i64, i64);

/// The dates of the articles of a segment.
pub(super) struct Dates {
    first: Values<i64>,
    last: Values<i64>,
}

impl Dates {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Dates> {
        let fast = segment.fast_fields();
        Ok(Dates {
            first: Values::of(fast.column_opt("day")?),
            last: Values::of(fast.column_opt("last_day")?),
        })
    }

    /// The dates of some articles, which are in order, each once.
    pub(super) fn of_articles(&mut self, articles: &[DocId]) -> Vec<Option<Days>> {
        let (first, last) = (self.first.first(articles), self.last.first(articles));
        first.into_iter().zip(last).map(|(first, last)| first.zip(last)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Values;
    use crate::schema::{fields, register, schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    #[test]
    fn many_are_read_as_each_is_by_itself() {
        let index = Index::builder().schema(schema().clone()).create_in_ram().unwrap();
        register(&index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
        for number in 0..3000 {
            let mut document = TantivyDocument::default();
            // None, one or two values.
            for value in 0..number % 3 {
                document.add_u64(fields().length, number + value);
            }
            document.add_u64(fields().key, number * number);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        for segment in searcher.segment_readers() {
            for name in ["length", "key", "nth"] {
                let column = segment.fast_fields().column_opt::<u64>(name).unwrap();
                let mut values = Values::of(column.clone());
                for step in [1, 2, 7, 500] {
                    let docs: Vec<u32> = (0..segment.max_doc()).step_by(step).collect();
                    let of = |doc: u32| column.iter().flat_map(move |column| column.values_for_doc(doc));
                    let each = docs.iter().enumerate().flat_map(|(at, doc)| of(*doc).map(move |v| (at, v)));
                    assert_eq!(values.read(&docs).collect::<Vec<_>>(), each.collect::<Vec<_>>(), "{name}");
                    let firsts: Vec<Option<u64>> = docs.iter().map(|doc| of(*doc).next()).collect();
                    assert_eq!(values.first(&docs), firsts, "{name}");
                }
            }
        }
    }
}
