//! Who is quoted in the hits of a query: how often, under which names, where, from when to when.

use crate::article::Date;
use crate::index::{Blocks, Reader};
use crate::query::Query;
use crate::quotes::SpeakerKind;
use crate::schema;
use crate::search::SearchError;
use crate::search::plan::compile_quotes;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// A speaker as the quotes found show him.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerHit {
    /// The name he is shown under.
    pub name: String,
    /// What sort of speaker it is.
    pub kind: SpeakerKind,
    /// Hits that are his.
    pub count: u64,
    /// The names articles give him, with their hits; most first.
    pub names: Vec<(String, u64)>,
    /// The outlets that quote him, with their hits; most first.
    pub outlets: Vec<(String, u64)>,
    /// The earliest date.
    pub first: Option<Date>,
    /// The latest date.
    pub last: Option<Date>,
}

/// The speakers of the quotes a query finds, or of those in the articles it finds: most quoted
/// first, equally often quoted ones by name; and what the reader should know of how it was
/// understood.
pub fn speakers(reader: &Reader, query: &Query) -> Result<(Vec<SpeakerHit>, Vec<String>), SearchError> {
    let plan = compile_quotes(reader, query)?;
    let entities = reader.entities()?;
    let mut all: BTreeMap<(&str, SpeakerKind), (Seen, Counts)> = BTreeMap::new();
    for (form, seen) in reader.searcher().search(&plan.query, &Speakers)? {
        // The table of speakers holds every name of the index.
        let Some(entity) = entities.entity(&form) else { continue };
        let (sum, names) = all.entry((&entity.name, entity.kind)).or_default();
        names.push((form, seen.count));
        sum.add(seen);
    }
    let quoted = |((name, kind), (seen, names)): ((&str, SpeakerKind), (Seen, Counts))| SpeakerHit {
        name: name.to_owned(),
        kind,
        count: seen.count,
        names: most_first(names),
        outlets: most_first(seen.outlets.into_iter().collect()),
        first: seen.first.and_then(|(day, last_day)| schema::date_between(day, last_day)),
        last: seen.last.and_then(|(last_day, day)| schema::date_between(day, last_day)),
    };
    let mut all: Vec<SpeakerHit> = all.into_iter().map(quoted).collect();
    // The map has sorted by name; the sort is stable.
    all.sort_by_key(|q| std::cmp::Reverse(q.count));
    Ok((all, plan.notes))
}

/// Names with their hits.
type Counts = Vec<(String, u64)>;

fn most_first(mut counts: Counts) -> Counts {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// How often, where and when a name speaks.
#[derive(Clone, Debug, Default)]
struct Seen {
    count: u64,
    outlets: BTreeMap<String, u64>,
    /// First and last day the earliest date may mean.
    first: Option<(i64, i64)>,
    /// Last and first day the latest date may mean.
    last: Option<(i64, i64)>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.count += other.count;
        for (outlet, count) in other.outlets {
            *self.outlets.entry(outlet).or_default() += count;
        }
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }
}

/// Collects how often, where and when each name speaks.
struct Speakers;

impl Collector for Speakers {
    type Fruit = BTreeMap<String, Seen>;
    type Child = SegmentSpeakers;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentSpeakers> {
        let fast = segment.fast_fields();
        Ok(SegmentSpeakers {
            names: fast.str("speaker")?,
            outlets: fast.str("outlet")?,
            first_days: fast.column_opt("day")?,
            last_days: fast.column_opt("last_day")?,
            blocks: Blocks::of(segment)?,
            tallies: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<BTreeMap<String, Seen>>) -> tantivy::Result<Self::Fruit> {
        let mut merged: BTreeMap<String, Seen> = BTreeMap::new();
        for (name, seen) in segments.into_iter().flatten() {
            merged.entry(name).or_default().add(seen);
        }
        Ok(merged)
    }
}

/// The same in one segment, by ordinals.
struct SegmentSpeakers {
    names: Option<StrColumn>,
    outlets: Option<StrColumn>,
    first_days: Option<Column<i64>>,
    last_days: Option<Column<i64>>,
    blocks: Blocks,
    tallies: BTreeMap<u64, Tally>,
}

#[derive(Default)]
struct Tally {
    count: u64,
    outlets: BTreeMap<u64, u64>,
    first: Option<(i64, i64)>,
    last: Option<(i64, i64)>,
}

impl SegmentCollector for SegmentSpeakers {
    type Fruit = BTreeMap<String, Seen>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(names) = &self.names else { return };
        let article = self.blocks.article_of(doc);
        let day = |column: &Option<Column<i64>>| column.as_ref().and_then(|c| c.first(article));
        let days = day(&self.first_days).zip(day(&self.last_days));
        let outlet = self.outlets.as_ref().and_then(|c| c.ords().first(article));
        for name in names.ords().values_for_doc(doc) {
            let tally = self.tallies.entry(name).or_default();
            tally.count += 1;
            if let Some(outlet) = outlet {
                *tally.outlets.entry(outlet).or_default() += 1;
            }
            tally.first = [tally.first, days].into_iter().flatten().min();
            tally.last = tally.last.max(days.map(|(first, last)| (last, first)));
        }
    }

    fn harvest(self) -> Self::Fruit {
        let named: Vec<u64> = self.tallies.keys().copied().collect();
        let quoting: BTreeSet<u64> = self.tallies.values().flat_map(|t| t.outlets.keys().copied()).collect();
        let names = terms(self.names.as_ref(), &named);
        let outlets = terms(self.outlets.as_ref(), &quoting.into_iter().collect::<Vec<_>>());
        let seen = |(name, tally): (u64, Tally)| {
            let Tally { count, outlets: counts, first, last } = tally;
            let counts = counts.into_iter();
            let outlets = counts.filter_map(|(o, count)| Some((outlets.get(&o)?.clone(), count))).collect();
            Some((names.get(&name)?.clone(), Seen { count, outlets, first, last }))
        };
        self.tallies.into_iter().filter_map(seen).collect()
    }
}

/// The values of these ordinals, which are in order; none where they cannot be read.
fn terms(column: Option<&StrColumn>, ordinals: &[u64]) -> BTreeMap<u64, String> {
    let mut terms = Vec::new();
    let mut read = |term: &[u8]| terms.push(String::from_utf8_lossy(term).into_owned());
    // A collector's harvest cannot fail: a damaged block costs its names.
    let _ = column.map(|column| column.dictionary().sorted_ords_to_term_cb(ordinals, &mut read));
    ordinals.iter().copied().zip(terms).collect()
}
