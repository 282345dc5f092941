//! The first hits in an order that is the same on every run: by score or date, then date, then article,
//! and within an article as they stand in it. Of the hits that are copies of one another the first print
//! alone is kept, in its own place, with the number of the others.

use crate::index::{Blocks, Copies, Place};
use crate::query::Unit;
use crate::search::Sort;
use foldhash::{HashMap, HashMapExt};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
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
    /// What is kept together, if copies are.
    together: Option<Together>,
}

impl Ranked {
    pub(super) fn new(order: Order, together: Option<Together>) -> Ranked {
        Ranked { order, together }
    }
}

/// Which hits are copies of one another.
#[derive(Clone)]
pub(super) struct Together {
    pub copies: Arc<Copies>,
    pub unit: Unit,
}

/// What was collected: hits, copies that stand under one of them, and the first of the hits.
#[derive(Default)]
pub(super) struct Collected {
    pub total: usize,
    pub copies: usize,
    pub rows: Vec<Row>,
}

/// A hit with its place in the order.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub place: Place,
    pub score: Score,
    /// Hits that are copies of this one.
    pub copies: usize,
    key: Key,
}

/// What decides: the smaller comes first.
#[derive(Clone, Copy)]
struct Key {
    first: f64,
    date: Reverse<i64>,
    /// The article's id as a number.
    article: u64,
    /// The number of a quote in it.
    nth: u32,
}

impl Row {
    /// What decides which of several copies was first: the smaller was. Unknown dates come last.
    fn print(&self) -> (bool, i64, u64, u32) {
        let Key { date: Reverse(date), article, nth, .. } = self.key;
        (date == i64::MIN, date, article, nth)
    }

    /// The earlier of two copies, with the other counted.
    fn with(self, other: Row) -> Row {
        let copies = self.copies + other.copies + 1;
        let first = if other.print() < self.print() { other } else { self };
        Row { copies, ..first }
    }
}

/// Hits that have copies, by what they have in common.
type Groups = HashMap<u64, Row>;

fn add(groups: &mut Groups, group: u64, row: Row) {
    match groups.entry(group) {
        Entry::Vacant(place) => drop(place.insert(row)),
        Entry::Occupied(mut place) => {
            let known = *place.get();
            place.insert(known.with(row));
        }
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Row) -> Ordering {
        let rest = |row: &Row| (row.key.date, row.key.article, row.key.nth);
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

impl Collector for Ranked {
    type Fruit = Collected;
    type Child = SegmentRanked;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentRanked> {
        let fast = reader.fast_fields();
        Ok(SegmentRanked {
            order: self.order,
            segment,
            date: fast.column_opt("day")?,
            key: fast.column_opt("key")?,
            blocks: Blocks::of(reader)?,
            saying: fast.column_opt("saying")?,
            together: self.together.clone(),
            groups: Groups::new(),
            total: 0,
            kept: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<(Collected, Groups)>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        let mut together = Groups::new();
        for (found, groups) in segments {
            all.total += found.total;
            all.rows.extend(found.rows);
            let (more, fewer) =
                if groups.len() > together.len() { (groups, together) } else { (together, groups) };
            together = more;
            fewer.into_iter().for_each(|(group, row)| add(&mut together, group, row));
        }
        all.total += together.len();
        all.copies = together.values().map(|row| row.copies).sum();
        all.rows.extend(together.into_values());
        if all.rows.len() > self.order.keep {
            all.rows.select_nth_unstable(self.order.keep);
            all.rows.truncate(self.order.keep);
        }
        all.rows.sort_unstable();
        Ok(all)
    }
}

pub(super) struct SegmentRanked {
    order: Order,
    segment: SegmentOrdinal,
    date: Option<Column<i64>>,
    key: Option<Column<u64>>,
    blocks: Blocks,
    saying: Option<Column<u64>>,
    together: Option<Together>,
    groups: Groups,
    total: usize,
    kept: BinaryHeap<Row>,
}

impl SegmentRanked {
    fn date(&self, article: DocId) -> i64 {
        self.date.as_ref().and_then(|date| date.first(article)).unwrap_or(i64::MIN)
    }

    fn key(&self, article: DocId) -> u64 {
        self.key.as_ref().and_then(|key| key.first(article)).unwrap_or(0)
    }

    /// The leading part of a hit's key: smaller is earlier in the list. Unknown dates come last.
    fn leading(&self, article: DocId, score: Score) -> f64 {
        match self.order.sort {
            Sort::Relevance => -f64::from(score),
            Sort::Newest | Sort::Oldest => match self.date(article) {
                i64::MIN => f64::INFINITY,
                date if self.order.sort == Sort::Newest => -(date as f64),
                date => date as f64,
            },
        }
    }

    fn row(&self, article: DocId, nth: u32, score: Score) -> Row {
        let key = Key {
            first: self.leading(article, score),
            date: Reverse(self.date(article)),
            article: self.key(article),
            nth,
        };
        let place = Place { article: DocAddress::new(self.segment, article), nth };
        Row { place, score, copies: 0, key }
    }

    /// What a hit has in common with its copies; None where it has none.
    fn group(&self, doc: DocId, article: DocId) -> Option<u64> {
        let Together { copies, unit } = self.together.as_ref()?;
        match unit {
            Unit::Articles => copies.first_print(self.key(article)),
            Unit::Quotes => copies.group_of_quote(self.key(article), self.saying.as_ref()?.first(doc)?),
        }
    }
}

impl SegmentCollector for SegmentRanked {
    type Fruit = (Collected, Groups);

    fn collect(&mut self, doc: DocId, score: Score) {
        let nth = self.blocks.nth(doc);
        let article = doc.saturating_sub(nth);
        if let Some(group) = self.group(doc, article) {
            let row = self.row(article, nth, score);
            add(&mut self.groups, group, row);
            return;
        }
        self.total += 1;
        if self.kept.len() < self.order.keep {
            self.kept.push(self.row(article, nth, score));
            return;
        }
        // Most hits come behind those that are kept, and nothing else of them is read.
        let first = self.leading(article, score);
        if self.kept.peek().is_none_or(|last| first.total_cmp(&last.key.first).is_gt()) {
            return;
        }
        let row = self.row(article, nth, score);
        if let Some(mut last) = self.kept.peek_mut()
            && row < *last
        {
            *last = row;
        }
    }

    fn harvest(self) -> (Collected, Groups) {
        (Collected { total: self.total, copies: 0, rows: self.kept.into_sorted_vec() }, self.groups)
    }
}
