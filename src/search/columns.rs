//! Columns, read for many hits at once: where the values of all of them lie is found in one go, and then they are
//! read. Asked hit by hit, a column is found anew for each, by two calls of what is not known when it is compiled.

use crate::index::Blocks;
use crate::schema::fields;
use std::fmt::Debug;
use std::ops::Range;
use tantivy::collector::SegmentCollector;
use tantivy::columnar::column_index::{MultiValueIndex, OptionalIndex};
use tantivy::columnar::{Column, ColumnIndex, ColumnValues, StrColumn};
use tantivy::{DocId, Score, SegmentReader, Term};

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
pub(super) const MOST: usize = 1024;

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

/// Where in a column the values of some documents lie.
#[derive(Default)]
pub(super) struct Rows {
    found: bool,
    /// The documents, as often as they have values.
    docs: Vec<DocId>,
    rows: Vec<u32>,
}

impl Rows {
    /// Makes them those of no documents.
    pub(super) fn clear(&mut self) {
        self.found = false;
        self.docs.clear();
        self.rows.clear();
    }

    /// Reads the values of some documents; finds the rows first, if they are not found already.
    fn read<T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static>(
        &mut self,
        column: Option<&Column<T>>,
        docs: &[DocId],
        values: &mut Vec<T>,
    ) {
        values.clear();
        let Some(column) = column else { return };
        if !self.found {
            match &column.index {
                ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) => {
                    self.find(&index.optional_index, &*index.start_index_column, docs);
                }
                index => index.docids_to_rowids(docs, &mut self.docs, &mut self.rows),
            }
            self.found = true;
        }
        values.resize(self.rows.len(), T::default());
        column.values.get_vals(&self.rows, values);
    }

    /// Finds the rows of some documents that may have several values: by the rank of each among those that have any,
    /// and where the values of each rank begin.
    fn find(&mut self, having: &OptionalIndex, begins: &dyn ColumnValues<u32>, docs: &[DocId]) {
        let (mut found, mut ranks) = (Vec::new(), Vec::new());
        having.rank_if_exists_batch(docs, &mut found, &mut ranks);
        let mut done = 0;
        for row in ranks.chunk_by(|rank, next| rank + 1 == *next) {
            let (first, past) = (row[0], row[row.len() - 1] + 1);
            let rows = begins.get_val(first)..begins.get_val(past);
            self.spread(begins, &found[done..done + row.len()], first, rows);
            done += row.len();
        }
    }

    /// Notes the rows of documents whose ranks follow one another, and whose values these are altogether. Most have
    /// one, and where all have, nothing more is asked; else it is asked of either half.
    fn spread(&mut self, begins: &dyn ColumnValues<u32>, docs: &[DocId], first: u32, rows: Range<u32>) {
        if docs.len() == rows.len() {
            self.docs.extend_from_slice(docs);
            self.rows.extend(rows);
        } else if let [doc] = docs {
            self.docs.extend(rows.clone().map(|_| *doc));
            self.rows.extend(rows);
        } else {
            let (left, right) = docs.split_at(docs.len() / 2);
            let middle = first + left.len() as u32;
            let border = begins.get_val(middle);
            self.spread(begins, left, first, rows.start..border);
            self.spread(begins, right, middle, border..rows.end);
        }
    }

    /// Each of these values with the place of its document.
    fn placed<T: Copy>(&self, docs: &[DocId], values: &[T]) -> impl Iterator<Item = (usize, T)> {
        let mut place = 0;
        self.docs.iter().zip(values).map(move |(doc, value)| {
            while docs[place] < *doc {
                place += 1;
            }
            (place, *value)
        })
    }
}

/// The values of a column; none where the segment has no such column.
pub(super) struct Values<T> {
    column: Option<Column<T>>,
    /// Whether they lie where those of other columns lie, in rows that are found once for all of these.
    is_alike: bool,
    /// Those of the documents that were asked for last.
    rows: Rows,
    values: Vec<T>,
}

impl Values<u64> {
    /// The ordinals of a column of text.
    pub(super) fn of_text(column: Option<&StrColumn>) -> Values<u64> {
        Values::of(column.map(|column| column.ords().clone()))
    }

    /// The same of a column that so many documents may have a value of: of several that all of them have, the rows
    /// are the same.
    pub(super) fn of_text_of(column: Option<&StrColumn>, all: u32) -> Values<u64> {
        let values = Values::of_text(column);
        Values { is_alike: values.single() == Some(all), ..values }
    }
}

impl<T: PartialOrd + Copy + Debug + Default + Send + Sync + 'static> Values<T> {
    pub(super) fn of(column: Option<Column<T>>) -> Values<T> {
        Values { column, is_alike: false, rows: Rows::default(), values: Vec::new() }
    }

    /// How many documents have a value, where some have one and none has several.
    fn single(&self) -> Option<u32> {
        match &self.column.as_ref()?.index {
            ColumnIndex::Optional(index) => Some(index.num_non_nulls()),
            _ => None,
        }
    }

    /// The values of some documents, which are in order, each once: every value with the place of its document
    /// among them.
    pub(super) fn read(&mut self, docs: &[DocId]) -> impl Iterator<Item = (usize, T)> {
        self.rows.clear();
        self.rows.read(self.column.as_ref(), docs, &mut self.values);
        self.rows.placed(docs, &self.values)
    }

    /// The same; `alike` are the rows of these documents in columns that are alike.
    pub(super) fn read_alike<'a>(
        &'a mut self,
        docs: &'a [DocId],
        alike: &'a mut Rows,
    ) -> impl Iterator<Item = (usize, T)> + 'a {
        self.rows.clear();
        let rows = if self.is_alike { alike } else { &mut self.rows };
        rows.read(self.column.as_ref(), docs, &mut self.values);
        rows.placed(docs, &self.values)
    }

    /// The first value of each of some documents, which are in order, each once.
    pub(super) fn first(&mut self, docs: &[DocId]) -> Vec<Option<T>> {
        self.first_alike(docs, &mut Rows::default())
    }

    /// The same; `alike` are the rows of these documents in columns that are alike.
    fn first_alike(&mut self, docs: &[DocId], alike: &mut Rows) -> Vec<Option<T>> {
        self.rows.clear();
        let rows = if self.is_alike { alike } else { &mut self.rows };
        rows.read(self.column.as_ref(), docs, &mut self.values);
        if rows.docs == docs {
            return self.values.iter().copied().map(Some).collect();
        }
        let mut firsts = vec![None; docs.len()];
        for (place, value) in rows.placed(docs, &self.values) {
            firsts[place].get_or_insert(value);
        }
        firsts
    }
}

/// How many articles a segment has, deleted ones among them.
pub(super) fn articles(segment: &SegmentReader) -> tantivy::Result<u32> {
    let unit = fields().unit;
    Ok(segment.inverted_index(unit)?.doc_freq(&Term::from_field_text(unit, "article"))?)
}

/// The articles of some hits.
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
        let mut articles = Articles {
            docs: Vec::with_capacity(hits.len()),
            hits: Vec::with_capacity(hits.len()),
            places: Vec::with_capacity(hits.len()),
        };
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
    alike: Rows,
}

impl Dates {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Dates> {
        let fast = segment.fast_fields();
        let first = Values::of(fast.column_opt("day")?);
        let last = Values::of(fast.column_opt("last_day")?);
        // A date has both, or is not known.
        let is_alike = first.single().is_some() && first.single() == last.single();
        Ok(Dates {
            first: Values { is_alike, ..first },
            last: Values { is_alike, ..last },
            alike: Rows::default(),
        })
    }

    /// The dates of some articles, which are in order, each once.
    pub(super) fn of_articles(&mut self, articles: &[DocId]) -> Vec<Option<Days>> {
        self.alike.clear();
        let first = self.first.first_alike(articles, &mut self.alike);
        let last = self.last.first_alike(articles, &mut self.alike);
        first.into_iter().zip(last).map(|(first, last)| first.zip(last)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Rows, Values};
    use crate::schema::{fields, register, schema};
    use tantivy::{Index, IndexWriter, Searcher, TantivyDocument};

    /// Documents with values of all sorts.
    fn documents() -> Searcher {
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
            // Four of five are quotes, and all of these but one have a cue.
            if number % 5 > 0 {
                document.add_text(fields().kind, ["direct", "mixed"][number as usize % 2]);
            }
            if number % 5 > 0 && number != 1501 {
                document.add_text(fields().cue, "say");
            }
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        index.reader().unwrap().searcher()
    }

    #[test]
    fn many_are_read_as_each_is_by_itself() {
        let searcher = documents();
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
                    // Another column that is alike is read from the rows of this one.
                    let alike = || Values { is_alike: true, ..Values::of(column.clone()) };
                    let (mut rows, mut other) = (Rows::default(), alike());
                    let whole: Vec<_> = alike().read_alike(&docs, &mut rows).collect();
                    assert_eq!(other.read_alike(&docs, &mut rows).collect::<Vec<_>>(), whole, "{name}");
                    assert_eq!(values.read(&docs).collect::<Vec<_>>(), whole, "{name}");
                    assert_eq!(other.first_alike(&docs, &mut rows), firsts, "{name}");
                }
            }
        }
    }

    #[test]
    fn columns_are_alike_where_all_that_may_have_a_value_have_one() {
        let searcher = documents();
        for segment in searcher.segment_readers() {
            let text = |name| segment.fast_fields().str(name).unwrap().unwrap();
            let (kind, cue) = (text("kind"), text("cue"));
            let quotes =
                (0..segment.max_doc()).filter(|doc| kind.ords().first(*doc).is_some()).count() as u32;
            let with_cue =
                (0..segment.max_doc()).filter(|doc| cue.ords().first(*doc).is_some()).count() as u32;
            let mut kinds = Values::of_text_of(Some(&kind), quotes);
            let mut cues = Values::of_text_of(Some(&cue), quotes);
            assert_eq!((kinds.is_alike, cues.is_alike), (true, with_cue == quotes));
            let (docs, mut rows) = ((0..segment.max_doc()).collect::<Vec<u32>>(), Rows::default());
            assert_eq!(kinds.read_alike(&docs, &mut rows).count(), quotes as usize);
            let places: Vec<usize> = cues.read_alike(&docs, &mut rows).map(|(place, _)| place).collect();
            assert_eq!(
                places,
                Values::of_text(Some(&cue)).read(&docs).map(|(place, _)| place).collect::<Vec<_>>()
            );
        }
    }
}
