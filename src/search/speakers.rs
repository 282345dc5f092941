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
use crate::search::run::{by_segment, each, run, shared};
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
    let segments = run(reader, &plan.query, &Speakers)?;
    let entities = reader.entities()?;
    let borne = each(reader, segments.iter(), |segment| segment.bearers(reader))?;
    let mut counts = vec![0; entities.len()];
    for (segment, borne) in segments.iter().zip(&borne) {
        borne.iter().for_each(|(name, by)| counts[by.speaker as usize] += segment.counts[*name as usize]);
    }
    let met = (0..).zip(&counts).filter(|(_, count)| **count > 0).map(|(speaker, _)| speaker);
    let mut met: Vec<u32> = met.collect();
    let everybody = met.len();
    met.retain(|speaker| wanted.kinds.is_empty() || wanted.kinds.contains(&entities.kind(*speaker)));
    let total = met.len();
    let (met, _) = first_of(met, wanted.limit, |speaker| (counts[speaker as usize], entities.name(speaker)));
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
    let told = told_of(reader, &met, &segments, &borne)?;
    let speakers = met.iter().zip(told).map(hit).collect();
    Ok(SpeakersFound { everybody, total, speakers, notes: plan.notes })
}

/// What is to be told of these speakers, in their order.
fn told_of(
    reader: &Reader,
    shown: &[u32],
    segments: &[SegmentSpeakers],
    borne: &[Vec<(u64, Bearer)>],
) -> Result<Vec<Told>, SearchError> {
    let mut all = vec![Told::default(); shown.len()];
    let mut places = vec![None; reader.entities()?.len()];
    (0..).zip(shown).for_each(|(place, speaker)| places[*speaker as usize] = Some(place));
    for (segment, borne) in segments.iter().zip(borne) {
        // The place of the speaker whose each name is.
        let mut place_of: Vec<Option<u32>> = vec![None; segment.counts.len()];
        for (name, bearer) in borne {
            let Some(place) = places[bearer.speaker as usize] else { continue };
            place_of[*name as usize] = Some(place);
            *all[place as usize].forms.entry(bearer.form).or_default() += segment.counts[*name as usize];
        }
        let told = each(reader, shared(reader, &segment.said), |said| segment.tell(reader, said, &place_of))?;
        told.into_iter().flatten().for_each(|(place, told)| all[place as usize].add(told));
    }
    Ok(all)
}

fn most_first<'a>(counts: impl Iterator<Item = (&'a str, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.map(|(what, count)| (what.to_owned(), count)).collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
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

/// Collects who speaks.
struct Speakers;

impl Collector for Speakers {
    type Fruit = Vec<SegmentSpeakers>;
    type Child = Waiting<SegmentSpeakers>;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let names = segment.fast_fields().str("speaker")?;
        Ok(Waiting::on(SegmentSpeakers {
            segment: number,
            speaking: Values::of_text(names.as_ref()),
            counts: vec![0; names.as_ref().map_or(0, |names| names.num_terms())],
            said: Vec::new(),
            names,
        }))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<SegmentSpeakers>) -> tantivy::Result<Vec<SegmentSpeakers>> {
        Ok(by_segment(parts, |part| part.segment, SegmentSpeakers::add))
    }
}

/// Who speaks in a segment, or in a part of it.
struct SegmentSpeakers {
    segment: SegmentOrdinal,
    names: Option<StrColumn>,
    /// The names of quotes, by ordinal.
    speaking: Values<u64>,
    /// Quotes by name.
    counts: Vec<u64>,
    /// Every quote with each of its names; in order within a part.
    said: Vec<(DocId, u32)>,
}

impl Counting for SegmentSpeakers {
    fn count(&mut self, hits: &[DocId]) {
        for (hit, name) in self.speaking.read(hits) {
            let Some(count) = self.counts.get_mut(name as usize) else { continue };
            *count += 1;
            self.said.push((hits[hit], name as u32));
        }
    }
}

impl SegmentSpeakers {
    /// Adds another part of the segment.
    fn add(&mut self, other: SegmentSpeakers) {
        self.counts.iter_mut().zip(other.counts).for_each(|(count, other)| *count += other);
        self.said.extend(other.said);
    }

    /// The bearers of the names that are met, with the names' ordinals.
    fn bearers(&self, reader: &Reader) -> Result<Vec<(u64, Bearer)>, SearchError> {
        let Some(column) = &self.names else { return Ok(Vec::new()) };
        Met { segment: self.segment, column, counts: &self.counts }.bearers(reader)
    }

    /// Where and when speakers speak in some of the quotes, those whose names have a place.
    fn tell(
        &self,
        reader: &Reader,
        said: &[(DocId, u32)],
        place_of: &[Option<u32>],
    ) -> Result<HashMap<u32, Told>, SearchError> {
        let segment = reader.searcher().segment_reader(self.segment);
        let mut printing = Printing::of(self.segment, segment)?;
        let mut theirs: Vec<(DocId, u32)> = Vec::with_capacity(MOST);
        for (quote, name) in said {
            // Parts are in order, each by itself.
            if theirs.len() == MOST || theirs.last().is_some_and(|(before, _)| before > quote) {
                printing.take(&theirs);
                theirs.clear();
            }
            theirs.extend(place_of[*name as usize].map(|place| (*quote, place)));
        }
        printing.take(&theirs);
        printing.told()
    }
}

/// Where and when speakers speak, as it is read from a segment.
struct Printing {
    number: SegmentOrdinal,
    column: Option<StrColumn>,
    outlets: Values<u64>,
    dates: Dates,
    blocks: Blocks,
    told: HashMap<u32, Told>,
    /// How often each outlet prints each speaker.
    printed: HashMap<(u32, u64), u64>,
}

impl Printing {
    fn of(number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Printing> {
        let column = segment.fast_fields().str("outlet")?;
        Ok(Printing {
            number,
            outlets: Values::of_text(column.as_ref()),
            column,
            dates: Dates::of(segment)?,
            blocks: Blocks::of(segment)?,
            told: HashMap::new(),
            printed: HashMap::new(),
        })
    }

    /// Takes in quotes, which are in order, each with the place of its speaker.
    fn take(&mut self, quotes: &[(DocId, u32)]) {
        let docs: Vec<DocId> = quotes.iter().map(|(quote, _)| *quote).collect();
        let articles = Articles::of(&self.blocks, &docs);
        let (days, outlets) = (self.dates.of_articles(&articles.docs), self.outlets.first(&articles.docs));
        for ((_, place), article) in quotes.iter().zip(articles.places) {
            self.told.entry(*place).or_default().on(days[article]);
            if let Some(outlet) = outlets[article] {
                *self.printed.entry((*place, outlet)).or_default() += 1;
            }
        }
    }

    /// What was read, the outlets by their names.
    fn told(mut self) -> Result<HashMap<u32, Told>, SearchError> {
        let Some(column) = &self.column else { return Ok(self.told) };
        let mut counts = vec![0; column.num_terms()];
        self.printed.iter().for_each(|((_, outlet), count)| {
            if let Some(sum) = counts.get_mut(*outlet as usize) {
                *sum += count;
            }
        });
        let (names, numbers) = values(&[Met { segment: self.number, column, counts: &counts }])?;
        let numbers: HashMap<u64, u32> = numbers.into_iter().flatten().collect();
        self.printed.into_iter().for_each(|((place, outlet), count)| {
            if let Some(number) = numbers.get(&outlet) {
                let outlets = &mut self.told.entry(place).or_default().outlets;
                *outlets.entry(names[*number as usize].to_string()).or_default() += count;
            }
        });
        Ok(self.told)
    }
}
