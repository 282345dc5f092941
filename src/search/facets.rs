//! Counting hits by a value: exact, over the ordinals of fast columns, whatever the number of
//! segments or of different values. Names are read once all is counted.

use crate::article::Date;
use crate::index::{Blocks, Reader};
use crate::query::Query;
use crate::schema::{self, Declared, Of};
use crate::search::SearchError;
use crate::search::columns::{Articles, Counting, Dates, Days, Rows, Values, Waiting, articles};
use crate::search::numbered::{Met, Numbered};
use crate::search::plan;
use crate::search::run::{by_segment, each, run};
use foldhash::{HashMap, HashMapExt};
use tantivy::collector::Collector;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

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

    /// Whether hits are counted by their date.
    fn is_in_time(self) -> bool {
        matches!(self, FacetField::Year | FacetField::Month)
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

/// The hits of a query, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// How many hits there are: every print counts.
    pub total: usize,
    /// By each field.
    pub facets: Vec<Facet>,
    /// What the reader should know ("3 people are named Marsh …").
    pub notes: Vec<String>,
}

/// Counts the hits of a query by `fields`; at most `top` values each (0: all).
pub fn facets(
    reader: &Reader,
    query: &Query,
    fields: &[FacetField],
    top: usize,
) -> Result<Counts, SearchError> {
    let plan = plan::compile(reader, query)?;
    let counted = run(reader, &*plan.query, &Counter { fields })?;
    let total = counted.iter().map(|part| part.total).sum();
    Ok(Counts { total, facets: facets_of(reader, fields, &counted, top)?, notes: plan.notes })
}

/// The facets of a planned query.
pub(super) fn count(
    reader: &Reader,
    planned: &dyn tantivy::query::Query,
    fields: &[FacetField],
    top: usize,
) -> Result<Vec<Facet>, SearchError> {
    facets_of(reader, fields, &run(reader, planned, &Counter { fields })?, top)
}

/// The facets of what was counted.
pub(super) fn facets_of(
    reader: &Reader,
    fields: &[FacetField],
    counted: &[Counted],
    top: usize,
) -> Result<Vec<Facet>, SearchError> {
    let facet = |(at, field): (usize, &FacetField)| {
        if field.is_in_time() {
            return Ok(over_time(*field, counted));
        }
        let (mut met, mut missing) = (Vec::new(), 0);
        for part in counted {
            let tally = &part.tallies[at];
            missing += tally.missing;
            let column = tally.column.as_ref();
            met.extend(column.map(|column| Met { segment: part.segment, column, counts: &tally.counts }));
        }
        let values = Numbered::of(reader, *field, &met)?;
        let (most, left_out) = values.most(top);
        let value = |value: u32| Value {
            value: values.names[value as usize].clone().into_owned(),
            count: values.counts[value as usize],
        };
        Ok(Facet { field: *field, values: most.into_iter().map(value).collect(), left_out, missing })
    };
    each(reader, fields.iter().enumerate(), facet)
}

/// The counts of years or months.
fn over_time(field: FacetField, counted: &[Counted]) -> Facet {
    let mut by_date: HashMap<Option<Days>, u64> = HashMap::new();
    let counts = counted.iter().flat_map(|part| &part.by_date);
    counts.for_each(|(days, count)| *by_date.entry(*days).or_default() += count);
    // A year or month is written out once, not for each of its days.
    let (mut periods, mut missing) = (HashMap::<Date, u64>::new(), 0);
    by_date.into_iter().for_each(|(days, count)| match days.and_then(|days| period(field, days)) {
        Some(period) => *periods.entry(period).or_default() += count,
        None => missing += count,
    });
    let value = |(period, count): (Date, u64)| Value { value: period.to_string(), count };
    let mut values: Vec<Value> = periods.into_iter().map(value).collect();
    values.sort_unstable_by(|a, b| a.value.cmp(&b.value));
    Facet { field, values, left_out: 0, missing }
}

/// Counts hits by some facets.
pub(super) struct Counter<'a> {
    pub(super) fields: &'a [FacetField],
}

impl Collector for Counter<'_> {
    type Fruit = Vec<Counted>;
    type Child = Waiting<Counted>;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let articles = articles(segment)?;
        let all = |field: &FacetField| match field {
            FacetField::Column(Declared { of: Of::Both, .. }) => segment.max_doc(),
            FacetField::Column(Declared { of: Of::Quote, .. }) => segment.max_doc().saturating_sub(articles),
            _ => articles,
        };
        let tally = |field: &FacetField| Tally::of(*field, segment, all(field));
        let in_time = self.fields.iter().any(|field| field.is_in_time());
        Ok(Waiting::on(Counted {
            segment: number,
            total: 0,
            blocks: Blocks::of(segment)?,
            of_article: self.fields.iter().map(|field| field.is_of_article()).collect(),
            tallies: self.fields.iter().map(tally).collect::<tantivy::Result<_>>()?,
            dates: in_time.then(|| Dates::of(segment)).transpose()?,
            by_date: HashMap::new(),
        }))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<Counted>) -> tantivy::Result<Vec<Counted>> {
        Ok(by_segment(parts, |part| part.segment, Counted::add))
    }
}

/// What was counted in a segment.
pub(super) struct Counted {
    segment: SegmentOrdinal,
    /// Hits.
    total: usize,
    blocks: Blocks,
    /// Of each facet, whether a quote has it from its article.
    of_article: Vec<bool>,
    tallies: Vec<Tally>,
    /// Where the hits are counted by date, whatever facets ask for it.
    dates: Option<Dates>,
    by_date: HashMap<Option<Days>, u64>,
}

impl Counting for Counted {
    /// Facet after facet; what hits have from their article, once for all of them.
    fn count(&mut self, hits: &[DocId]) {
        self.total += hits.len();
        let articles = Articles::of(&self.blocks, hits);
        let once = vec![1; hits.len()];
        let (mut of_articles, mut of_quotes) = (Rows::default(), Rows::default());
        for (tally, of_article) in self.tallies.iter_mut().zip(&self.of_article) {
            if *of_article {
                tally.count(&articles.docs, &articles.hits, &mut of_articles);
            } else {
                tally.count(hits, &once, &mut of_quotes);
            }
        }
        let days = self.dates.as_mut().map(|dates| dates.of_articles(&articles.docs));
        for (days, hits) in days.into_iter().flatten().zip(&articles.hits) {
            *self.by_date.entry(days).or_default() += hits;
        }
    }
}

impl Counted {
    /// Adds another part of the segment.
    fn add(&mut self, other: Counted) {
        self.total += other.total;
        self.tallies.iter_mut().zip(other.tallies).for_each(|(tally, other)| tally.add(other));
        other.by_date.into_iter().for_each(|(days, count)| *self.by_date.entry(days).or_default() += count);
    }
}

/// The counting of one facet, by ordinal of a text column. A segment that has no such column has no values; what
/// is counted by date has none either.
struct Tally {
    column: Option<StrColumn>,
    ordinals: Values<u64>,
    counts: Vec<u64>,
    missing: u64,
}

impl Tally {
    /// That of a facet which so many documents of the segment may have.
    fn of(field: FacetField, segment: &SegmentReader, all: u32) -> tantivy::Result<Tally> {
        let column = if field.is_in_time() { None } else { segment.fast_fields().str(field.name())? };
        let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
        Ok(Tally { ordinals: Values::of_text_of(column.as_ref(), all), column, counts, missing: 0 })
    }

    /// Counts documents, which are in order, each as so many hits; `alike` are their rows in columns that are alike.
    fn count(&mut self, docs: &[DocId], hits: &[u64], alike: &mut Rows) {
        let (mut known, mut last) = (0, None);
        for (place, ordinal) in self.ordinals.read_alike(docs, alike) {
            let Some(count) = self.counts.get_mut(ordinal as usize) else { continue };
            *count += hits[place];
            if last.replace(place) != Some(place) {
                known += hits[place];
            }
        }
        self.missing += hits.iter().sum::<u64>() - known;
    }

    /// Adds that of another part of the segment.
    fn add(&mut self, other: Tally) {
        self.counts.iter_mut().zip(other.counts).for_each(|(count, other)| *count += other);
        self.missing += other.missing;
    }
}

/// The year or the month of a date. One known only as a year belongs to no month.
fn period(field: FacetField, (first, last): Days) -> Option<Date> {
    let (year, month, _) = Date::from_days(first).parts();
    match field {
        FacetField::Month => Date::month(year, month?).filter(|_| last - first <= 30),
        _ => Date::year(year).filter(|_| last - first <= 365),
    }
}
