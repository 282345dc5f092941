//! Counting hits by a value: exact, over the ordinals of fast columns, whatever the number of
//! segments or of different values.

use crate::article::Date;
use crate::index::{Blocks, Entities, Reader};
use crate::schema::{self, Declared, Of};
use crate::search::SearchError;
use std::collections::BTreeMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// What hits can be counted by: any declared facet, and the year and month of the date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FacetField {
    /// The values of a column. Speakers are counted as the archive knows them: all forms of a name
    /// are one value.
    Column(&'static Declared),
    /// Year of publication.
    Year,
    /// Month of publication.
    Month,
}

impl FacetField {
    /// The facet of that name.
    pub fn named(name: &str) -> Option<FacetField> {
        match name {
            "year" => Some(FacetField::Year),
            "month" => Some(FacetField::Month),
            other => schema::facet(other).map(FacetField::Column),
        }
    }

    /// All there are, in the order declared.
    pub fn all() -> Vec<FacetField> {
        let columns = schema::declared().iter().filter(|d| d.facet).map(FacetField::Column);
        columns.chain([FacetField::Year, FacetField::Month]).collect()
    }

    /// The name it is asked for by.
    pub fn name(self) -> &'static str {
        match self {
            FacetField::Column(declared) => &declared.name,
            FacetField::Year => "year",
            FacetField::Month => "month",
        }
    }

    /// Whether a quote has it from its article.
    pub(super) fn is_of_article(self) -> bool {
        !matches!(self, FacetField::Column(Declared { of: Of::Quote | Of::Both, .. }))
    }
}

/// The counts of one facet.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// By what it counts.
    pub field: FacetField,
    /// Values with their counts, the largest first, equal ones by name; years and months in order
    /// of time.
    pub values: Vec<Value>,
    /// Values there are beyond the ones listed.
    pub left_out: usize,
    /// Hits that have no such value.
    pub missing: u64,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// As it is printed.
    pub value: String,
    /// Hits that have it.
    pub count: u64,
}

/// Counts the hits of a planned query by `fields`; at most `top` values each (0: all).
pub(super) fn count(
    reader: &Reader,
    planned: &dyn tantivy::query::Query,
    fields: &[FacetField],
    top: usize,
) -> Result<Vec<Facet>, SearchError> {
    let entities = reader.entities()?;
    let counted = reader.searcher().search(planned, &Counter { fields: fields.to_vec() })?;
    let facet = |(field, counts): (FacetField, Counts)| finish(field, counts, entities, top);
    Ok(fields.iter().copied().zip(counted).map(facet).collect())
}

/// Folds the forms of a speaker's name into one value, sorts, cuts.
fn finish(field: FacetField, counts: Counts, entities: &Entities, top: usize) -> Facet {
    let mut values = BTreeMap::<String, u64>::new();
    for (value, count) in counts.values {
        let shown = if field.name() == "speaker" { entities.canonical(&value).to_owned() } else { value };
        *values.entry(shown).or_default() += count;
    }
    let mut values: Vec<Value> = values.into_iter().map(|(value, count)| Value { value, count }).collect();
    let in_time = matches!(field, FacetField::Year | FacetField::Month);
    // The map has sorted by name, and so by time; the sort is stable.
    if !in_time {
        values.sort_by_key(|v| std::cmp::Reverse(v.count));
    }
    let keep = if top == 0 || in_time { values.len() } else { top };
    let left_out = values.len().saturating_sub(keep);
    values.truncate(keep);
    Facet { field, values, left_out, missing: counts.missing }
}

/// Counts of one facet before names are folded.
#[derive(Debug, Default)]
struct Counts {
    values: BTreeMap<String, u64>,
    missing: u64,
}

struct Counter {
    fields: Vec<FacetField>,
}

impl Collector for Counter {
    type Fruit = Vec<Counts>;
    type Child = SegmentCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let tally = |field: &FacetField| Ok((*field, Tally::of(*field, segment)?));
        let columns = self.fields.iter().map(tally).collect::<tantivy::Result<_>>()?;
        Ok(SegmentCounter { columns, blocks: Blocks::of(segment)? })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<Counts>>) -> tantivy::Result<Vec<Counts>> {
        let mut merged: Vec<Counts> = self.fields.iter().map(|_| Counts::default()).collect();
        for (total, counts) in segments.into_iter().flat_map(|s| s.into_iter().enumerate()) {
            merged[total].missing += counts.missing;
            for (value, count) in counts.values {
                *merged[total].values.entry(value).or_default() += count;
            }
        }
        Ok(merged)
    }
}

struct SegmentCounter {
    columns: Vec<(FacetField, Tally)>,
    blocks: Blocks,
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Vec<Counts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let article = self.blocks.article_of(doc);
        for (field, column) in &mut self.columns {
            column.count(if field.is_of_article() { article } else { doc });
        }
    }

    fn harvest(self) -> Vec<Counts> {
        self.columns.into_iter().map(|(_, column)| column.finish()).collect()
    }
}

/// The counting of one facet in one segment.
enum Tally {
    /// By ordinal of a text column.
    Text { column: StrColumn, counts: Vec<u64>, missing: u64 },
    /// By year or month of the first day the date may mean, in days since 1970.
    Time { first: Column<i64>, last: Column<i64>, monthly: bool, counts: BTreeMap<i64, u64>, missing: u64 },
    /// The segment has no such column: every hit lacks it.
    Absent { missing: u64 },
}

impl Tally {
    fn of(field: FacetField, segment: &SegmentReader) -> tantivy::Result<Tally> {
        let fast = segment.fast_fields();
        if matches!(field, FacetField::Year | FacetField::Month) {
            return Ok(match (fast.column_opt::<i64>("day")?, fast.column_opt::<i64>("last_day")?) {
                (Some(first), Some(last)) => Tally::Time {
                    first,
                    last,
                    monthly: field == FacetField::Month,
                    counts: BTreeMap::new(),
                    missing: 0,
                },
                _ => Tally::Absent { missing: 0 },
            });
        }
        Ok(match fast.str(field.name())? {
            Some(column) => {
                let counts = vec![0; column.num_terms()];
                Tally::Text { column, counts, missing: 0 }
            }
            None => Tally::Absent { missing: 0 },
        })
    }

    fn count(&mut self, doc: DocId) {
        match self {
            Tally::Text { column, counts, missing } => {
                let mut known = false;
                for ord in column.ords().values_for_doc(doc) {
                    counts[ord as usize] += 1;
                    known = true;
                }
                *missing += u64::from(!known);
            }
            Tally::Time { first, last, monthly, counts, missing } => {
                // A date known only as a year belongs to no month.
                let longest = if *monthly { 30 } else { 365 };
                let day = first.first(doc).zip(last.first(doc)).filter(|(from, to)| to - from <= longest);
                match day {
                    Some((day, _)) => *counts.entry(day).or_default() += 1,
                    None => *missing += 1,
                }
            }
            Tally::Absent { missing } => *missing += 1,
        }
    }

    fn finish(self) -> Counts {
        match self {
            Tally::Absent { missing } => Counts { values: BTreeMap::new(), missing },
            Tally::Text { column, counts, missing } => {
                let mut values = BTreeMap::new();
                let mut name = String::new();
                for (ord, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                    name.clear();
                    if column.ord_to_str(ord as u64, &mut name).is_ok_and(|found| found) {
                        values.insert(name.clone(), count);
                    }
                }
                Counts { values, missing }
            }
            Tally::Time { monthly, counts, missing, .. } => {
                let mut values = BTreeMap::<String, u64>::new();
                for (day, count) in counts {
                    let date = Date::from_days(day).to_string();
                    let shown = if monthly { &date[..7] } else { &date[..4] };
                    *values.entry(shown.to_owned()).or_default() += count;
                }
                Counts { values, missing }
            }
        }
    }
}
