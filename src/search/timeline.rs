//! The hits of a query over time: exact, by the dates of fast columns, in periods without a gap.

use crate::article::Date;
use crate::index::{Blocks, Reader};
use crate::query::Query;
use crate::schema;
use crate::search::columns::{Articles, Counting, Dates, Days, Values, Waiting};
use crate::search::facets::FacetField;
use crate::search::hits::{Hit, Hits, Sort};
use crate::search::numbered::{Met, Numbered};
use crate::search::plan::{self, SearchError};
use crate::search::ranked::{Collected, Order, Ranked, SegmentRanked};
use crate::search::run::{by_segment, run};
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

/// How long one period of a timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day: `2018-07-16`.
    Day,
    /// A week, Monday to Sunday, as ISO 8601 numbers them: `2018-W29`.
    Week,
    /// A month: `2018-07`.
    Month,
    /// A year: `2018`.
    Year,
}

impl Period {
    /// From the shortest to the longest.
    pub const ALL: [Period; 4] = [Period::Day, Period::Week, Period::Month, Period::Year];

    /// As it is typed and printed.
    pub fn name(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        }
    }

    /// The first day of the period a day lies in, in days since 1970.
    fn start(self, day: i64) -> i64 {
        let (year, month, _) = Date::from_days(day).parts();
        let first = match self {
            Period::Day => return day,
            // 1 January 1970 was a Thursday.
            Period::Week => return day - (day + 3).rem_euclid(7),
            Period::Month => month.and_then(|month| Date::day(year, month, 1)),
            Period::Year => Date::day(year, 1, 1),
        };
        first.map_or(day, Date::days)
    }

    /// The first day of the period behind the one that starts there.
    fn next(self, start: i64) -> i64 {
        match self {
            Period::Day => start + 1,
            Period::Week => start + 7,
            Period::Month => self.start(start + 31),
            Period::Year => self.start(start + 366),
        }
    }

    fn label(self, start: i64) -> String {
        let date = Date::from_days(start).to_string();
        match self {
            Period::Day => date,
            Period::Week => {
                // A week belongs to the year of its Thursday.
                let thursday = start + 3;
                let year = Period::Year.start(thursday);
                format!("{}-W{:02}", &Date::from_days(year).to_string()[..4], (thursday - year) / 7 + 1)
            }
            Period::Month => date[..7].to_owned(),
            Period::Year => date[..4].to_owned(),
        }
    }
}

/// The hits of a query over time.
#[derive(Debug)]
pub struct Timeline {
    /// How long each period is.
    pub period: Period,
    /// By what the counts are split.
    pub split: Option<FacetField>,
    /// The commonest values of that, most hits first; each period counts them in this order.
    pub values: Vec<String>,
    /// The periods from the first with a hit to the last, empty ones between them included.
    pub rows: Vec<PeriodCount>,
    /// All hits, dated or not.
    pub total: u64,
    /// Hits of which no date is known.
    pub undated: u64,
    /// Hits whose date is not known well enough to lie in one period: a month only, in a timeline by day.
    pub vague: u64,
    /// The earliest hit, if any is dated.
    pub first: Option<Hit>,
    /// The latest hit, if any is dated.
    pub last: Option<Hit>,
    /// What the reader should know of how the query was understood.
    pub notes: Vec<String>,
}

/// The hits of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodCount {
    /// `2018-07-16`, `2018-W29`, `2018-07` or `2018`.
    pub label: String,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Hits in it.
    pub count: u64,
    /// Hits in it of each of [`Timeline::values`].
    pub values: Vec<u64>,
}

/// Longer timelines are refused: they come of a mistaken date.
const MOST_PERIODS: usize = 40_000;

/// Counts the hits of a query over time, by periods that suit their span where none is stated; at most
/// `top` values of what they are split by (0: all).
pub fn timeline(
    reader: &Reader,
    query: &Query,
    by: Option<Period>,
    split: Option<FacetField>,
    top: usize,
) -> Result<Timeline, SearchError> {
    let plan = plan::compile(reader, query)?;
    let Found { dated: counted, first, last } = run(reader, &*plan.query, &Dated { split })?;
    let all = OverTime::of(&counted);
    let values = most_hits(reader, split, &counted, top)?;
    let period = by.unwrap_or_else(|| all.suits());
    let (counts, vague) = all.by(period);
    let end = |found| -> Result<Option<Hit>, SearchError> {
        let mut hits = Hits::of(reader, query, found)?;
        if all.dated.is_empty() { Ok(None) } else { hits.next().transpose() }
    };
    Ok(Timeline {
        period,
        split,
        rows: rows(period, &counts, &values)?,
        values: values.into_iter().map(|(value, _)| value).collect(),
        total: all.total(),
        undated: all.undated,
        vague,
        first: end(first)?,
        last: end(last)?,
        notes: plan.notes,
    })
}

/// From when to when hits are dated.
pub(super) struct Spanned {
    pub total: u64,
    pub undated: u64,
    pub first: Option<Date>,
    pub last: Option<Date>,
}

/// From when to when the hits of a query are dated, and how many are not.
pub(super) fn span(reader: &Reader, query: &Query) -> Result<Spanned, SearchError> {
    let plan = plan::compile(reader, query)?;
    let all = OverTime::of(&run(reader, &*plan.query, &Dated { split: None })?.dated);
    let date = |(day, last_day): &Days| schema::date_between(*day, *last_day);
    let first = all.dated.keys().next().and_then(date);
    let last = all.dated.keys().max_by_key(|(day, last_day)| (*last_day, *day)).and_then(date);
    Ok(Spanned { total: all.total(), undated: all.undated, first, last })
}

/// The periods from the first with a hit to the last.
fn rows(
    period: Period,
    counts: &BTreeMap<i64, u64>,
    values: &[(String, OverTime)],
) -> Result<Vec<PeriodCount>, SearchError> {
    let values: Vec<BTreeMap<i64, u64>> =
        values.iter().map(|(_, over_time)| over_time.by(period).0).collect();
    let ends = counts.first_key_value().zip(counts.last_key_value());
    let Some(((first, _), (last, _))) = ends else { return Ok(Vec::new()) };
    let starts = std::iter::successors(Some(*first), |start| Some(period.next(*start)));
    let starts: Vec<i64> = starts.take_while(|start| start <= last).take(MOST_PERIODS + 1).collect();
    if starts.len() > MOST_PERIODS {
        return Err(SearchError::TooWide(format!(
            "from {} to {} there are more than {MOST_PERIODS} {}s: take longer periods, or narrow the query \
             with date:",
            Date::from_days(*first),
            Date::from_days(*last),
            period.name()
        )));
    }
    let row = |start: i64| PeriodCount {
        label: period.label(start),
        from: Date::from_days(start),
        to: Date::from_days(period.next(start) - 1),
        count: counts.get(&start).copied().unwrap_or(0),
        values: values.iter().map(|counts| counts.get(&start).copied().unwrap_or(0)).collect(),
    };
    Ok(starts.into_iter().map(row).collect())
}

/// Hits by their dates.
#[derive(Clone, Debug, Default)]
struct OverTime {
    dated: BTreeMap<Days, u64>,
    undated: u64,
}

impl OverTime {
    fn add(&mut self, days: Option<Days>, count: u64) {
        match days {
            Some(days) => *self.dated.entry(days).or_default() += count,
            None => self.undated += count,
        }
    }

    /// All hits.
    fn of(parts: &[SegmentDated]) -> OverTime {
        let mut all = OverTime::default();
        let counts = parts.iter().flat_map(|part| part.known.iter().zip(&part.counts));
        counts.for_each(|(days, count)| all.add(*days, *count));
        all
    }

    fn total(&self) -> u64 {
        self.undated + self.dated.values().sum::<u64>()
    }

    /// Hits by the first day of their period, and how many are not known to lie in one.
    fn by(&self, period: Period) -> (BTreeMap<i64, u64>, u64) {
        let (mut counts, mut vague) = (BTreeMap::new(), 0);
        // Dates are in order: the calendar is asked once for each period, not for each day.
        let mut here = 0..0;
        for ((first, last), count) in &self.dated {
            if !here.contains(first) {
                let start = period.start(*first);
                here = start..period.next(start);
            }
            if here.contains(last) {
                *counts.entry(here.start).or_default() += count;
            } else {
                vague += count;
            }
        }
        (counts, vague)
    }

    /// The shortest period that sets the span in some thirty lines or a few more, and in which most dates
    /// are known.
    fn suits(&self) -> Period {
        let first = self.dated.keys().map(|days| days.0).min();
        let last = self.dated.keys().map(|days| days.1).max();
        let span = first.zip(last).map_or(0, |(first, last)| last - first);
        let fits = |period: Period| match period {
            Period::Day => span <= 31,
            Period::Week => span <= 26 * 7,
            Period::Month => span <= 4 * 366,
            Period::Year => true,
        };
        let known = |period: Period| 2 * self.by(period).1 <= self.total() - self.undated;
        Period::ALL.into_iter().find(|period| fits(*period) && known(*period)).unwrap_or(Period::Year)
    }
}

/// The `top` values with most hits (0: all), each over time.
fn most_hits(
    reader: &Reader,
    split: Option<FacetField>,
    parts: &[SegmentDated],
    top: usize,
) -> Result<Vec<(String, OverTime)>, SearchError> {
    let Some(field) = split else { return Ok(Vec::new()) };
    let counts: Vec<Vec<u64>> = parts.iter().map(SegmentDated::by_value).collect();
    let (mut split, mut met) = (Vec::new(), Vec::new());
    for (part, counts) in parts.iter().zip(&counts) {
        let Some(column) = &part.values else { continue };
        split.push(part);
        met.push(Met { segment: part.segment, column, counts });
    }
    let values = Numbered::of(reader, field, &met)?;
    let (most, _) = values.most(top);
    let mut places = vec![None; values.names.len()];
    (0..).zip(&most).for_each(|(place, value)| places[*value as usize] = Some(place));
    let mut over_time = vec![OverTime::default(); most.len()];
    for ((part, met), of_ordinals) in split.into_iter().zip(&met).zip(&values.of_ordinals) {
        let mut place_of = vec![None; met.counts.len()];
        of_ordinals.iter().for_each(|(ordinal, value)| place_of[*ordinal as usize] = places[*value as usize]);
        part.add_to(&mut over_time, &place_of);
    }
    let name = |value: &u32| values.names[*value as usize].clone().into_owned();
    Ok(most.iter().map(name).zip(over_time).collect())
}

/// Collects the dates of hits, and which are the first and the last.
struct Dated {
    split: Option<FacetField>,
}

/// What was collected.
struct Found {
    dated: Vec<SegmentDated>,
    first: Collected,
    last: Collected,
}

/// The first hit in an order by date.
fn end(sort: Sort) -> Ranked {
    Ranked::new(Order { sort, keep: 1 }, None)
}

impl Collector for Dated {
    type Fruit = Found;
    type Child = Waiting<SegmentFound>;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let values = match self.split {
            Some(field) => segment.fast_fields().str(field.name())?,
            None => None,
        };
        let dated = SegmentDated {
            segment: number,
            of_article: self.split.is_some_and(FacetField::is_of_article),
            ordinals: Values::of_text(values.as_ref()),
            values,
            numbers: HashMap::new(),
            known: Vec::new(),
            counts: Vec::new(),
            hits: Vec::new(),
        };
        Ok(Waiting::on(SegmentFound {
            dates: Dates::of(segment)?,
            blocks: Blocks::of(segment)?,
            dated,
            span: None,
            first: end(Sort::Oldest).for_segment(number, segment)?,
            last: end(Sort::Newest).for_segment(number, segment)?,
        }))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<SegmentFound>) -> tantivy::Result<Found> {
        let (mut dated, mut first, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            dated.push(part.dated);
            first.push(part.first.harvest());
            last.push(part.last.harvest());
        }
        let (first, last) = (end(Sort::Oldest).merge_fruits(first)?, end(Sort::Newest).merge_fruits(last)?);
        Ok(Found { dated: by_segment(dated, |part| part.segment, SegmentDated::join), first, last })
    }
}

/// The same in a segment, or in a part of it.
struct SegmentFound {
    dates: Dates,
    blocks: Blocks,
    dated: SegmentDated,
    /// The first and the last day of the hits so far.
    span: Option<Days>,
    first: SegmentRanked,
    last: SegmentRanked,
}

impl Counting for SegmentFound {
    fn count(&mut self, hits: &[DocId]) {
        let articles = Articles::of(&self.blocks, hits);
        let days = self.dates.of_articles(&articles.docs);
        self.dated.add(hits, &articles, &days);
        let known = || days.iter().flatten().map(|(day, _)| *day);
        let Some((first, last)) = known().min().zip(known().max()) else { return };
        let (first_so_far, last_so_far) = self.span.unwrap_or((first, last));
        // An archive mostly lies in the order of its dates: of these hits those of the first and of the last day.
        for (hit, place) in hits.iter().zip(&articles.places) {
            let Some((day, _)) = days[*place] else { continue };
            if day == first && first <= first_so_far {
                self.first.collect(*hit, 0.0);
            }
            if day == last && last >= last_so_far {
                self.last.collect(*hit, 0.0);
            }
        }
        self.span = Some((first.min(first_so_far), last.max(last_so_far)));
    }
}

/// The dates of hits.
struct SegmentDated {
    segment: SegmentOrdinal,
    values: Option<StrColumn>,
    ordinals: Values<u64>,
    of_article: bool,
    /// The dates met, by number.
    known: Vec<Option<Days>>,
    numbers: HashMap<Option<Days>, usize>,
    /// How many hits have each.
    counts: Vec<u64>,
    /// The value of each hit by its ordinal, and its date by number: most values are not shown, and only then
    /// is it known which are.
    hits: Vec<(u32, u32)>,
}

impl SegmentDated {
    /// Adds hits with their articles, and the dates of these.
    fn add(&mut self, hits: &[DocId], articles: &Articles, days: &[Option<Days>]) {
        let dates: Vec<usize> = days.iter().map(|days| self.number(*days)).collect();
        for (date, hits) in dates.iter().zip(&articles.hits) {
            self.counts[*date] += hits;
        }
        if self.of_article {
            for (place, value) in self.ordinals.read(&articles.docs) {
                let hit = (value as u32, dates[place] as u32);
                self.hits.extend(std::iter::repeat_n(hit, articles.hits[place] as usize));
            }
        } else {
            let hits = self.ordinals.read(hits);
            self.hits.extend(hits.map(|(hit, value)| (value as u32, dates[articles.places[hit]] as u32)));
        }
    }

    /// Adds those of another part of the segment.
    fn join(&mut self, other: SegmentDated) {
        let numbers: Vec<usize> = other.known.iter().map(|days| self.number(*days)).collect();
        for (number, count) in numbers.iter().zip(other.counts) {
            self.counts[*number] += count;
        }
        self.hits.extend(other.hits.iter().map(|(value, date)| (*value, numbers[*date as usize] as u32)));
    }

    /// How many hits have each value, by ordinal.
    fn by_value(&self) -> Vec<u64> {
        let mut counts = vec![0; self.values.as_ref().map_or(0, |column| column.num_terms())];
        for (value, _) in &self.hits {
            if let Some(count) = counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// Adds the hits that have a value with a place to what there is in that place.
    fn add_to(&self, places: &mut [OverTime], place_of: &[Option<usize>]) {
        let mut counts: HashMap<(usize, u32), u64> = HashMap::new();
        for (value, date) in &self.hits {
            if let Some(Some(place)) = place_of.get(*value as usize).copied() {
                *counts.entry((place, *date)).or_default() += 1;
            }
        }
        counts.into_iter().for_each(|((place, date), count)| {
            places[place].add(self.known[date as usize], count);
        });
    }

    /// The number of a date.
    fn number(&mut self, days: Option<Days>) -> usize {
        let number = *self.numbers.entry(days).or_insert(self.known.len());
        if number == self.known.len() {
            self.known.push(days);
            self.counts.push(0);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::article::Date;

    #[test]
    fn periods_are_those_of_the_calendar() {
        let cases = [
            (Period::Day, "2016-02-29", "2016-02-29", "2016-03-01"),
            (Period::Week, "2021-01-03", "2020-W53", "2021-01-04"),
            (Period::Week, "2018-12-31", "2019-W01", "2019-01-07"),
            (Period::Week, "1969-12-31", "1970-W01", "1970-01-05"),
            (Period::Month, "2016-01-31", "2016-01", "2016-02-01"),
            (Period::Month, "2015-02-01", "2015-02", "2015-03-01"),
            (Period::Year, "2016-12-31", "2016", "2017-01-01"),
            (Period::Year, "2015-01-01", "2015", "2016-01-01"),
        ];
        for (period, day, label, next) in cases {
            let start = period.start(day.parse::<Date>().unwrap().days());
            assert_eq!(period.label(start), label, "{day}");
            assert_eq!(Date::from_days(period.next(start)).to_string(), next, "{day}");
        }
    }
}
