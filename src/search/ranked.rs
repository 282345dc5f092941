//! The first hits in an order that is the same on every run: by score or date, then date, then id.

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
    date: i64,
    key: u64,
}

/// What decides: the smaller comes first. Keys are in the order of ids.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    first: f64,
    date: Reverse<i64>,
    key: u64,
    doc: DocId,
    score: Score,
}

impl Eq for Key {}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        self.first.total_cmp(&other.first).then(self.date.cmp(&other.date)).then(self.key.cmp(&other.key))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

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
            key: fast.column_opt("key")?,
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
        let lead = |row: &Row| leading(self.order.sort, row.score, row.date);
        rows.sort_by(|a, b| lead(a).total_cmp(&lead(b)).then(b.date.cmp(&a.date)).then(a.key.cmp(&b.key)));
        rows.truncate(self.order.keep);
        Ok((total, rows))
    }
}

pub(super) struct SegmentRanked {
    order: Order,
    segment: SegmentOrdinal,
    date: Option<Column<i64>>,
    key: Option<Column<u64>>,
    total: usize,
    kept: BinaryHeap<Key>,
}

impl SegmentCollector for SegmentRanked {
    type Fruit = (usize, Vec<Row>);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        let date = self.date.as_ref().and_then(|d| d.first(doc)).unwrap_or(i64::MIN);
        let key = self.key.as_ref().and_then(|k| k.first(doc)).unwrap_or(u64::MAX);
        let key = Key { first: leading(self.order.sort, score, date), date: Reverse(date), key, doc, score };
        if self.kept.len() < self.order.keep {
            self.kept.push(key);
        } else if let Some(mut last) = self.kept.peek_mut()
            && key < *last
        {
            *last = key;
        }
    }

    fn harvest(self) -> (usize, Vec<Row>) {
        let row = |key: Key| Row {
            address: DocAddress::new(self.segment, key.doc),
            score: key.score,
            date: key.date.0,
            key: key.key,
        };
        let rows = self.kept.into_sorted_vec().into_iter().map(row).collect();
        (self.total, rows)
    }
}
