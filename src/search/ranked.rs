//! The first hits in an order that is the same on every run: by score or date, then date, then article,
//! and within an article as they stand in it. Of the hits that are copies of one another the first print
//! alone is kept, in its own place, with the number of the others.

use crate::index::{Blocks, Copies, Place};
use crate::query::Unit;
use crate::search::Sort;
use crate::search::columns::{Articles, MOST, Values};
use foldhash::{HashMap, HashMapExt};
use std::cmp::{Ordering, Reverse};
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

    /// Makes it the earlier of two copies, with the other counted.
    fn add(&mut self, other: Row) {
        let copies = self.copies + other.copies + 1;
        if other.print() < self.print() {
            *self = other;
        }
        self.copies = copies;
    }
}

/// Hits that have copies, by what they have in common.
type Groups = HashMap<u64, Row>;

fn add(groups: &mut Groups, group: u64, row: Row) {
    groups.entry(group).and_modify(|known| known.add(row)).or_insert(row);
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
        let (date, key) = (fast.column_opt("day")?, fast.column_opt("key")?);
        let saying = match &self.together {
            Some(together) if together.unit == Unit::Quotes => Some(fast.column_opt("saying")?),
            _ => None,
        };
        let waiting = |saying| Unranked {
            hits: Vec::new(),
            sayings: Values::of(saying),
            keys: Values::of(key.clone()),
            dates: Values::of(date.clone()),
        };
        Ok(SegmentRanked {
            order: self.order,
            segment,
            waiting: saying.map(waiting),
            date,
            key,
            blocks: Blocks::of(reader)?,
            together: self.together.clone(),
            groups: Groups::new(),
            total: 0,
            kept: Vec::new(),
            last: None,
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
    /// Quotes, where it is asked of each whether it has copies.
    waiting: Option<Unranked>,
    together: Option<Together>,
    groups: Groups,
    total: usize,
    /// Hits without copies that may be among the first.
    kept: Vec<Row>,
    /// As soon as there are enough, what comes behind this one is none of the first.
    last: Option<Row>,
}

/// Quotes that wait until there are enough of them for their columns to be read.
struct Unranked {
    hits: Vec<(DocId, Score)>,
    sayings: Values<u64>,
    keys: Values<u64>,
    dates: Values<i64>,
}

/// So many hits wait at least until they are put in order.
const FEW: usize = 256;

/// What of an article decides the place of its hits.
#[derive(Clone, Copy)]
struct Print {
    article: DocId,
    date: i64,
    key: u64,
}

/// The date of an article that has none: before all others.
const NEVER: i64 = i64::MIN;

impl SegmentRanked {
    fn print(&self, article: DocId) -> Print {
        Print { article, date: self.date(article), key: self.key(article) }
    }

    fn date(&self, article: DocId) -> i64 {
        self.date.as_ref().and_then(|date| date.first(article)).unwrap_or(NEVER)
    }

    fn key(&self, article: DocId) -> u64 {
        self.key.as_ref().and_then(|key| key.first(article)).unwrap_or(0)
    }

    /// The leading part of a hit's key: smaller is earlier in the list. Unknown dates come last.
    fn leading(&self, score: Score, date: impl FnOnce() -> i64) -> f64 {
        match self.order.sort {
            Sort::Relevance => -f64::from(score),
            Sort::Newest | Sort::Oldest => match date() {
                NEVER => f64::INFINITY,
                date if self.order.sort == Sort::Newest => -(date as f64),
                date => date as f64,
            },
        }
    }

    fn row(&self, print: Print, nth: u32, score: Score) -> Row {
        let Print { article, date, key } = print;
        let first = self.leading(score, || date);
        let key = Key { first, date: Reverse(date), article: key, nth };
        let place = Place { article: DocAddress::new(self.segment, article), nth };
        Row { place, score, copies: 0, key }
    }

    /// Keeps a hit without copies if it may be one of the first; its row is made where it may be.
    fn keep(&mut self, first: f64, row: impl FnOnce(&SegmentRanked) -> Row) {
        self.total += 1;
        // Most hits come behind those that are kept, and nothing else of them is read.
        if self.last.is_some_and(|last| first.total_cmp(&last.key.first).is_gt()) {
            return;
        }
        let row = row(self);
        if self.last.is_some_and(|last| row > last) {
            return;
        }
        self.kept.push(row);
        // An archive lies in the order of its dates, so that each hit may come before all others: they are put in
        // order when there are twice as many as wanted, not one by one.
        if self.kept.len() >= self.order.keep.saturating_mul(2).max(FEW) {
            self.cut();
        }
    }

    /// Lets go of what is none of the first.
    fn cut(&mut self) {
        if self.kept.len() <= self.order.keep {
            return;
        }
        if let Some(last) = self.order.keep.checked_sub(1) {
            let (_, last, _) = self.kept.select_nth_unstable(last);
            self.last = Some(*last);
        }
        self.kept.truncate(self.order.keep);
    }

    /// Looks at the quotes that wait, column after column.
    fn look(&mut self, waiting: &mut Unranked) {
        let docs: Vec<DocId> = waiting.hits.iter().map(|hit| hit.0).collect();
        let articles = Articles::of(&self.blocks, &docs);
        let dates = waiting.dates.first(&articles.docs);
        let keys = waiting.keys.first(&articles.docs);
        let sayings = waiting.sayings.first(&docs);
        // First for all of them: where the next stands is fetched while one is waited for.
        let copies = self.together.as_ref().map(|together| &together.copies);
        let mut last = None;
        let group = |(place, saying): (&usize, Option<u64>)| {
            let (copies, saying) = copies.zip(saying)?;
            // The quotes of an article stand in a row.
            copies.group_of_saying(saying, || match last {
                Some((at, first)) if at == *place => first,
                _ => last.insert((*place, copies.first_print(keys[*place].unwrap_or(0)))).1,
            })
        };
        let groups: Vec<Option<u64>> = articles.places.iter().zip(sayings).map(group).collect();
        for (((doc, score), place), group) in waiting.hits.drain(..).zip(articles.places).zip(groups) {
            let article = articles.docs[place];
            let date = dates[place].unwrap_or(NEVER);
            let print = Print { article, date, key: keys[place].unwrap_or(0) };
            match group {
                Some(group) => {
                    let row = self.row(print, doc - article, score);
                    add(&mut self.groups, group, row);
                }
                None => {
                    let first = self.leading(score, || date);
                    self.keep(first, |ranked| ranked.row(print, doc - article, score));
                }
            }
        }
    }
}

impl SegmentCollector for SegmentRanked {
    type Fruit = (Collected, Groups);

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(waiting) = &mut self.waiting {
            waiting.hits.push((doc, score));
            if waiting.hits.len() == MOST
                && let Some(mut waiting) = self.waiting.take()
            {
                self.look(&mut waiting);
                self.waiting = Some(waiting);
            }
            return;
        }
        let nth = self.blocks.nth(doc);
        let article = doc.saturating_sub(nth);
        let copies = self.together.as_ref().map(|together| &together.copies);
        if let Some(group) = copies.and_then(|copies| copies.first_print(self.key(article))) {
            let row = self.row(self.print(article), nth, score);
            add(&mut self.groups, group, row);
            return;
        }
        let first = self.leading(score, || self.date(article));
        self.keep(first, |ranked| ranked.row(ranked.print(article), nth, score));
    }

    fn harvest(mut self) -> (Collected, Groups) {
        if let Some(mut waiting) = self.waiting.take() {
            self.look(&mut waiting);
        }
        self.cut();
        (Collected { total: self.total, copies: 0, rows: self.kept }, self.groups)
    }
}
