//! Who is quoted in the hits of a query: how often, under which names, where, from when to when.
//!
//! Quotes are counted by the names of their segment, names by speaker; and of those alone who are asked for it is
//! told where and when they speak.

use crate::article::Date;
use crate::index::{Bearer, Blocks, Reader};
use crate::query::Query;
use crate::quotes::SpeakerKind;
use crate::schema;
use crate::search::SearchError;
use crate::search::columns::{Articles, Counting, Dates, Days, MOST, Values, Waiting};
use crate::search::numbered::{Met, first_of, values};
use crate::search::plan::compile_quotes;
use crate::search::run::{each, run};
use foldhash::{HashMap, HashMapExt};
use tantivy::collector::Collector;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

/// Which of the speakers to tell of.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of these kinds; of any, where none is named.
    pub kinds: Vec<SpeakerKind>,
    /// So many of the most quoted; 0 for all.
    pub limit: usize,
}

/// The speakers of some quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakersFound {
    /// How many there are, of whatever kind.
    pub everybody: usize,
    /// How many there are of the kinds wanted.
    pub total: usize,
    /// The most quoted of these, most quoted first; equally often quoted ones by name.
    pub speakers: Vec<SpeakerHit>,
    /// What the reader should know ("3 people are named Marsh …").
    pub notes: Vec<String>,
}

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

/// The speakers of the quotes a query finds, or of those in the articles it finds.
pub fn speakers(reader: &Reader, query: &Query, wanted: &Wanted) -> Result<SpeakersFound, SearchError> {
    let plan = compile_quotes(reader, query)?;
    let parts = run(reader, &plan.query, &Speakers)?;
    let borne = |part: SegmentSpeakers| {
        let met = |column| Met { segment: part.segment, column, counts: &part.counts };
        let borne = part.names.as_ref().map(|names| met(names).bearers(reader)).transpose()?;
        Ok((part, borne.unwrap_or_default()))
    };
    let parts = each(reader, parts.into_iter(), borne)?;
    let entities = reader.entities()?;
    let mut counts = vec![0; entities.len()];
    for (part, borne) in &parts {
        borne.iter().for_each(|(name, by)| counts[by.speaker as usize] += part.counts[*name as usize]);
    }
    let met = (0..).zip(&counts).filter(|(_, count)| **count > 0).map(|(speaker, _)| speaker);
    let mut met: Vec<u32> = met.collect();
    let everybody = met.len();
    met.retain(|speaker| wanted.kinds.is_empty() || wanted.kinds.contains(&entities.kind(*speaker)));
    let total = met.len();
    let (met, _) = first_of(met, wanted.limit, |speaker| (counts[speaker as usize], entities.name(speaker)));
    let shown = Shown::of(&met, entities.len());
    let told = each(reader, parts.into_iter(), |(part, borne)| part.tell(&borne, &shown))?;
    let hit = |(speaker, told): (&u32, Told)| {
        let dates = |days: Option<Days>| days.and_then(|(first, last)| schema::date_between(first, last));
        SpeakerHit {
            name: entities.name(*speaker).to_owned(),
            kind: entities.kind(*speaker),
            count: counts[*speaker as usize],
            names: most_first(told.forms.iter().map(|(form, count)| (entities.form(*form), *count))),
            outlets: most_first(told.outlets.iter().map(|(outlet, count)| (outlet.as_str(), *count))),
            first: dates(told.first),
            last: dates(told.last.map(|(last, first)| (first, last))),
        }
    };
    let speakers = met.iter().zip(added(told, met.len())).map(hit).collect();
    Ok(SpeakersFound { everybody, total, speakers, notes: plan.notes })
}

fn most_first<'a>(counts: impl Iterator<Item = (&'a str, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.map(|(what, count)| (what.to_owned(), count)).collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// The speakers that are told of, and the place of each among them, by its number.
struct Shown {
    places: Vec<Option<u32>>,
    count: usize,
}

impl Shown {
    fn of(speakers: &[u32], all: usize) -> Shown {
        let mut places = vec![None; all];
        (0..).zip(speakers).for_each(|(place, speaker)| places[*speaker as usize] = Some(place));
        Shown { places, count: speakers.len() }
    }
}

/// Under which names, where and when somebody speaks.
#[derive(Clone, Default)]
struct Told {
    /// By number.
    forms: HashMap<u32, u64>,
    outlets: HashMap<String, u64>,
    /// First and last day the earliest date may mean.
    first: Option<Days>,
    /// Last and first day the latest date may mean.
    last: Option<Days>,
}

impl Told {
    fn on(&mut self, days: Option<Days>) {
        let Some((first, last)) = days else { return };
        self.first = Some(self.first.map_or((first, last), |known| known.min((first, last))));
        self.last = self.last.max(Some((last, first)));
    }

    fn add(&mut self, other: Told) {
        other.forms.into_iter().for_each(|(form, count)| *self.forms.entry(form).or_default() += count);
        other.outlets.into_iter().for_each(|(name, count)| *self.outlets.entry(name).or_default() += count);
        self.on(other.first);
        self.on(other.last.map(|(last, first)| (first, last)));
    }
}

/// What the parts of the index tell of so many speakers.
fn added(parts: Vec<Vec<Told>>, speakers: usize) -> Vec<Told> {
    let mut all = vec![Told::default(); speakers];
    for part in parts {
        all.iter_mut().zip(part).for_each(|(told, more)| told.add(more));
    }
    all
}

/// Collects who speaks.
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
            counts: vec![0; names.as_ref().map_or(0, |names| names.num_terms())],
            said: Vec::new(),
            names,
            printing: Values::of_text(outlets.as_ref()),
            outlets,
            dates: Dates::of(segment)?,
            blocks: Blocks::of(segment)?,
        }))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<SegmentSpeakers>) -> tantivy::Result<Vec<SegmentSpeakers>> {
        Ok(parts)
    }
}

/// Who speaks in a part of a segment.
struct SegmentSpeakers {
    segment: SegmentOrdinal,
    names: Option<StrColumn>,
    outlets: Option<StrColumn>,
    /// The names of quotes, and the outlets of articles, by ordinal.
    speaking: Values<u64>,
    printing: Values<u64>,
    dates: Dates,
    blocks: Blocks,
    /// Quotes by name.
    counts: Vec<u64>,
    /// Every quote with each of its names, in order.
    said: Vec<(DocId, u32)>,
}

impl Counting for SegmentSpeakers {
    fn count(&mut self, hits: &[DocId]) {
        for (hit, name) in self.speaking.read(hits) {
            self.counts[name as usize] += 1;
            self.said.push((hits[hit], name as u32));
        }
    }
}

impl SegmentSpeakers {
    /// Tells of each speaker that is shown.
    fn tell(mut self, borne: &[(u64, Bearer)], shown: &Shown) -> Result<Vec<Told>, SearchError> {
        let mut told = vec![Told::default(); shown.count];
        let mut places = vec![None; self.counts.len()];
        for (name, bearer) in borne {
            let Some(place) = shown.places[bearer.speaker as usize] else { continue };
            places[*name as usize] = Some(place);
            *told[place as usize].forms.entry(bearer.form).or_default() += self.counts[*name as usize];
        }
        let said = std::mem::take(&mut self.said);
        let theirs = said.into_iter().filter_map(|(quote, name)| Some((quote, places[name as usize]?)));
        let theirs: Vec<(DocId, u32)> = theirs.collect();
        let mut printed: HashMap<(u32, u64), u64> = HashMap::new();
        for some in theirs.chunks(MOST) {
            let quotes: Vec<DocId> = some.iter().map(|(quote, _)| *quote).collect();
            let articles = Articles::of(&self.blocks, &quotes);
            let (days, outlets) =
                (self.dates.of_articles(&articles.docs), self.printing.first(&articles.docs));
            for ((_, place), article) in some.iter().zip(articles.places) {
                told[*place as usize].on(days[article]);
                if let Some(outlet) = outlets[article] {
                    *printed.entry((*place, outlet)).or_default() += 1;
                }
            }
        }
        let Some(column) = &self.outlets else { return Ok(told) };
        let mut counts = vec![0; column.num_terms()];
        printed.iter().for_each(|((_, outlet), count)| counts[*outlet as usize] += count);
        let (names, numbers) = values(&[Met { segment: self.segment, column, counts: &counts }])?;
        let numbers: HashMap<u64, u32> = numbers.into_iter().flatten().collect();
        printed.into_iter().for_each(|((place, outlet), count)| {
            let name = numbers.get(&outlet).map_or("", |number| &names[*number as usize]);
            *told[place as usize].outlets.entry(name.to_owned()).or_default() += count;
        });
        Ok(told)
    }
}
