//! Who is quoted in the hits of a query: how often, under which names, where, from when to when.

use crate::article::Date;
use crate::index::{Blocks, Reader};
use crate::query::Query;
use crate::quotes::SpeakerKind;
use crate::schema;
use crate::search::SearchError;
use crate::search::columns::{Articles, Counting, Dates, Days, Values, Waiting};
use crate::search::facets::FacetField;
use crate::search::plan::compile_quotes;
use crate::search::run::{by_segment, run};
use foldhash::{HashMap, HashMapExt};
use std::borrow::Cow;
use std::cmp::Reverse;
use tantivy::collector::Collector;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentOrdinal, SegmentReader, TantivyError};

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
    let mut found = Found::default();
    for part in run(reader, &plan.query, &Speakers)? {
        found.add(reader, &part)?;
    }
    Ok((found.speakers(), plan.notes))
}

/// Names with their hits.
type Counts = Vec<(String, u64)>;

fn most_first(counts: &mut Counts) {
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
}

/// How often and when somebody speaks.
#[derive(Clone, Copy, Default)]
struct Seen {
    count: u64,
    /// First and last day the earliest date may mean.
    first: Option<Days>,
    /// Last and first day the latest date may mean.
    last: Option<Days>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.count += other.count;
        self.first = match (self.first, other.first) {
            (Some(known), Some(other)) => Some(known.min(other)),
            (known, other) => known.or(other),
        };
        self.last = self.last.max(other.last);
    }
}

/// Speakers and outlets, each by its number here, as part after part of the index names them.
#[derive(Default)]
struct Found<'a> {
    numbers: HashMap<(&'a str, SpeakerKind), usize>,
    speakers: Vec<(&'a str, SpeakerKind, Seen)>,
    /// The forms of names: whose, and how often.
    forms: HashMap<&'a str, (usize, u64)>,
    outlets: HashMap<Cow<'a, str>, usize>,
    /// How often an outlet quotes a speaker.
    quoting: HashMap<(usize, usize), u64>,
}

impl<'a> Found<'a> {
    fn add(&mut self, reader: &'a Reader, part: &SegmentSpeakers) -> Result<(), SearchError> {
        let Some(names) = &part.names else { return Ok(()) };
        let mut ordinals: Vec<u64> = part.seen.keys().copied().collect();
        ordinals.sort_unstable();
        let bearers = reader.entities()?.bearers(part.segment, names, &ordinals);
        let mut speakers = HashMap::with_capacity(ordinals.len());
        for (bearer, ordinal) in bearers.map_err(TantivyError::from)?.into_iter().zip(ordinals) {
            // The table of speakers holds every name of the index.
            let (Some(bearer), Some(seen)) = (bearer, part.seen.get(&ordinal)) else { continue };
            let number = *self.numbers.entry((bearer.name, bearer.kind)).or_insert(self.speakers.len());
            if number == self.speakers.len() {
                self.speakers.push((bearer.name, bearer.kind, Seen::default()));
            }
            self.speakers[number].2.add(*seen);
            self.forms.entry(bearer.form).or_insert((number, 0)).1 += seen.count;
            speakers.insert(ordinal, number);
        }
        let outlets = self.outlets_of(reader, part)?;
        part.quoting.iter().for_each(|((name, outlet), count)| {
            if let Some((speaker, outlet)) = speakers.get(name).zip(outlets.get(outlet)) {
                *self.quoting.entry((*speaker, *outlet)).or_default() += count;
            }
        });
        Ok(())
    }

    /// The numbers of the outlets of a part, by their ordinals there.
    fn outlets_of(
        &mut self,
        reader: &'a Reader,
        part: &SegmentSpeakers,
    ) -> Result<HashMap<u64, usize>, SearchError> {
        let mut met: Vec<u64> = part.quoting.keys().map(|(_, outlet)| *outlet).collect();
        met.sort_unstable();
        met.dedup();
        let Some((column, field)) = part.outlets.as_ref().zip(FacetField::named("outlet")) else {
            return Ok(HashMap::new());
        };
        let names = field.names(reader, part.segment, column, &met)?;
        let next = |name| {
            let next = self.outlets.len();
            *self.outlets.entry(name).or_insert(next)
        };
        Ok(met.iter().copied().zip(names.into_iter().map(next)).collect())
    }

    /// All of them, in order.
    fn speakers(self) -> Vec<SpeakerHit> {
        let hit = |(name, kind, seen): (&str, SpeakerKind, Seen)| SpeakerHit {
            name: name.to_owned(),
            kind,
            count: seen.count,
            names: Vec::new(),
            outlets: Vec::new(),
            first: seen.first.and_then(|(day, last_day)| schema::date_between(day, last_day)),
            last: seen.last.and_then(|(last_day, day)| schema::date_between(day, last_day)),
        };
        let mut all: Vec<SpeakerHit> = self.speakers.into_iter().map(hit).collect();
        self.forms.into_iter().for_each(|(form, (speaker, count))| {
            all[speaker].names.push((form.to_owned(), count));
        });
        let outlets: HashMap<usize, Cow<str>> = self.outlets.into_iter().map(|(o, n)| (n, o)).collect();
        self.quoting.into_iter().for_each(|((speaker, outlet), count)| {
            let name = outlets.get(&outlet).map(|name| (**name).to_owned()).unwrap_or_default();
            all[speaker].outlets.push((name, count));
        });
        for speaker in &mut all {
            most_first(&mut speaker.names);
            most_first(&mut speaker.outlets);
        }
        all.sort_unstable_by(|a, b| {
            (Reverse(a.count), &a.name, a.kind).cmp(&(Reverse(b.count), &b.name, b.kind))
        });
        all
    }
}

/// Collects how often, where and when each name speaks.
struct Speakers;

impl Collector for Speakers {
    type Fruit = Vec<SegmentSpeakers>;
    type Child = Waiting<SegmentSpeakers>;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let fast = segment.fast_fields();
        let (names, outlets) = (fast.str("speaker")?, fast.str("outlet")?);
        Ok(Waiting::on(SegmentSpeakers {
            segment: number,
            speaking: Values::of_text(names.as_ref()),
            names,
            printing: Values::of_text(outlets.as_ref()),
            outlets,
            dates: Dates::of(segment)?,
            blocks: Blocks::of(segment)?,
            seen: HashMap::new(),
            quoting: HashMap::new(),
        }))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<SegmentSpeakers>) -> tantivy::Result<Vec<SegmentSpeakers>> {
        Ok(by_segment(parts, |part| part.segment, SegmentSpeakers::add))
    }
}

/// The same in one segment, by ordinals.
struct SegmentSpeakers {
    segment: SegmentOrdinal,
    names: Option<StrColumn>,
    outlets: Option<StrColumn>,
    /// The names of quotes, and the outlets of articles, by ordinal.
    speaking: Values<u64>,
    printing: Values<u64>,
    dates: Dates,
    blocks: Blocks,
    seen: HashMap<u64, Seen>,
    /// How often an outlet prints a name.
    quoting: HashMap<(u64, u64), u64>,
}

impl SegmentSpeakers {
    /// Adds what was collected in another part of the segment.
    fn add(&mut self, other: SegmentSpeakers) {
        other.seen.into_iter().for_each(|(name, seen)| self.seen.entry(name).or_default().add(seen));
        let quoting = other.quoting.into_iter();
        quoting.for_each(|(names, count)| *self.quoting.entry(names).or_default() += count);
    }
}

impl Counting for SegmentSpeakers {
    fn count(&mut self, hits: &[DocId]) {
        let articles = Articles::of(&self.blocks, hits);
        let (days, outlets) = (self.dates.of_articles(&articles.docs), self.printing.first(&articles.docs));
        for (hit, name) in self.speaking.read(hits) {
            let (days, outlet) = (days[articles.places[hit]], outlets[articles.places[hit]]);
            let seen = Seen { count: 1, first: days, last: days.map(|(first, last)| (last, first)) };
            self.seen.entry(name).or_default().add(seen);
            if let Some(outlet) = outlet {
                *self.quoting.entry((name, outlet)).or_default() += 1;
            }
        }
    }
}
