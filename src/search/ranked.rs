//! The first hits in an order that is the same on every run: by score or date, then date, then article,
//! and within an article as they stand in it.

use crate::search::Sort;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// In which order, and how many hits are kept.
#[derive(Clone, Copy)]
pub(super) struct Order {
    pub sort: Sort,
    pub keep: usize,
}

/// Collects the number of hits and the first `keep` of them.
pub(super) struct Ranked {
    order: Order,
}

impl Ranked {
    pub(super) fn new(order: Order) -> Ranked {
        Ranked { order }
    }
}

/// A hit with its place in the order.
pub(super) struct Row {
    pub address: DocAddress,
    pub score: Score,
    key: Key,
}

/// What decides: the smaller comes first.
#[derive(Clone, Copy)]
struct Key {
    first: f64,
    date: Reverse<i64>,
    /// The article's id as a number.
    article: u64,
    /// Where in it a quote begins.
    start: u64,
}

impl Ord for Row {
    fn cmp(&self, other: &Row) -> Ordering {
        let rest = |row: &Row| (row.key.date, row.key.article, row.key.start);
        self.key.first.total_cmp(&other.key.first).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Row) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Row {}

/// The leading part of the key: smaller is earlier in the list. Unknown dates come last.
fn leading(sort: Sort, score: Score, date: i64) -> f64 {
    match (sort, date) {
        (Sort::Relevance, _) => -f64::from(score),
        (_, i64::MIN) => f64::INFINITY,
        (Sort::Newest, date) => -(date as f64),
        (Sort::Oldest, date) => date as f64,
    }
}

impl Collector for Ranked {
    type Fruit = (usize, Vec<Row>);
    type Child = SegmentRanked;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentRanked> {
        let fast = reader.fast_fields();
        Ok(SegmentRanked {
            order: self.order,
            segment,
            date: fast.column_opt("day")?,
            article: fast.column_opt("article_key")?,
            start: fast.column_opt("start")?,
            total: 0,
            kept: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<(usize, Vec<Row>)>) -> tantivy::Result<(usize, Vec<Row>)> {
        let total = segments.iter().map(|(total, _)| total).sum();
        let mut rows: Vec<Row> = segments.into_iter().flat_map(|(_, rows)| rows).collect();
        rows.sort();
        rows.truncate(self.order.keep);
        Ok((total, rows))
    }
}

pub(super) struct SegmentRanked {
    order: Order,
    segment: SegmentOrdinal,
    date: Option<Column<i64>>,
    article: Option<Column<u64>>,
    start: Option<Column<u64>>,
    total: usize,
    kept: BinaryHeap<Row>,
}

impl SegmentCollector for SegmentRanked {
    type Fruit = (usize, Vec<Row>);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        let date = self.date.as_ref().and_then(|d| d.first(doc)).unwrap_or(i64::MIN);
        let number = |column: &Option<Column<u64>>| column.as_ref().and_then(|c| c.first(doc)).unwrap_or(0);
        let key = Key {
            first: leading(self.order.sort, score, date),
            date: Reverse(date),
            article: number(&self.article),
            start: number(&self.start),
        };
        let row = Row { address: DocAddress::new(self.segment, doc), score, key };
        if self.kept.len() < self.order.keep {
            self.kept.push(row);
        } else if let Some(mut last) = self.kept.peek_mut()
            && row < *last
        {
            *last = row;
        }
    }

    fn harvest(self) -> (usize, Vec<Row>) {
        (self.total, self.kept.into_sorted_vec())
    }
}
