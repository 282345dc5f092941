//! Which articles are copies of one another, and which sayings are reported more than once: a table
//! beside the documents, as the speakers' is.
//!
//! It follows from the articles of the index and nothing else, taken in the order of their dates and
//! ids: so neither threads nor the order of indexing change it. Each article is compared with the
//! first prints of the days before it; it joins the earliest it is a copy of, or is a first print
//! itself. So a copy is always like the first print, never only like a copy of a copy.

use crate::index::IndexError;
use crate::index::disk::Disk;
use crate::index::hashes::Hashes;
use crate::index::seal::{opened, sealed};
use crate::schema::{Shingles, fields, is_long, sample};
use foldhash::{HashMap, HashMapExt};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::ops::Range;
use std::path::Path;
use tantivy::{DocAddress, Searcher};
use xxhash_rust::xxh3::xxh3_64;

/// A copy is printed within so many days.
const DAYS: i64 = 7;

/// Values of a sample that make one band: two samples with an equal band are looked at.
const BAND: usize = 2;

/// Of two samples of 48 values, so many agree where the texts may be copies; of three tenths in common
/// 14 do on average, and one in a hundred such pairs falls below this.
const AGREE: usize = 7;

/// First prints with an equal band that are compared with one article: more are a form letter.
const MOST: usize = 64;

/// Articles printed more than once, and sayings reported more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// Every article of a group of copies, by its key, with the key of the first print.
    printed: Vec<(u64, u64)>,
    /// Sayings that several quotes report, in order.
    repeated: Hashes,
}

impl Copies {
    /// The first print of the article with this key, where it was printed more than once.
    pub fn first_print(&self, article: u64) -> Option<u64> {
        let at = self.printed.binary_search_by_key(&article, |(copy, _)| *copy).ok()?;
        Some(self.printed[at].1)
    }

    /// Every print of the article with this key, itself included, by key; none where it has no copy.
    pub fn prints(&self, article: u64) -> Vec<u64> {
        let Some(first) = self.first_print(article) else { return Vec::new() };
        self.printed.iter().filter(|(_, of)| *of == first).map(|(copy, _)| *copy).collect()
    }

    /// Groups of copies: the first print, and how many prints there are.
    pub fn groups(&self) -> BTreeMap<u64, usize> {
        let mut groups = BTreeMap::new();
        for (_, first) in &self.printed {
            *groups.entry(*first).or_default() += 1;
        }
        groups
    }

    /// What the reports of one saying have in common: long ones are one wherever they stand, short ones
    /// in the prints of one article, of which the first is asked for then.
    pub fn group_of_saying(&self, saying: u64, first_print: impl FnOnce() -> Option<u64>) -> Option<u64> {
        if is_long(saying) {
            return self.repeated.contains(saying).then_some(saying);
        }
        Some(xxh3_64(&[first_print()?.to_le_bytes(), saying.to_le_bytes()].concat()) & !1)
    }
}

/// The table of an index.
pub(crate) fn copies(searcher: &Searcher) -> Result<Copies, IndexError> {
    let mut prints = prints(searcher)?;
    prints.sort_by_key(|print| (print.day, print.key));
    let mut desk = Desk { searcher, firsts: VecDeque::new(), from: 0, bands: HashMap::new() };
    let mut first_of: BTreeMap<u64, u64> = BTreeMap::new();
    for print in prints {
        if let Some(first) = desk.first_print(&print)? {
            first_of.insert(first, first);
            first_of.insert(print.key, first);
        } else {
            desk.keep(print);
        }
    }
    Ok(Copies { printed: first_of.into_iter().collect(), repeated: Hashes::of(&repeated(searcher)?) })
}

/// An article as far as it is compared.
struct Print {
    key: u64,
    day: i64,
    address: DocAddress,
    sample: Vec<u16>,
}

impl Print {
    /// The bands of its sample, each with its number.
    fn bands(&self) -> impl Iterator<Item = u64> {
        let band = |(number, values): (usize, &[u16])| {
            let values = values.iter().fold(number as u64, |sum, v| sum << 32 ^ sum >> 32 ^ u64::from(*v));
            values.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64
        };
        self.sample.chunks(BAND).enumerate().map(band)
    }

    fn agrees(&self, other: &Print) -> bool {
        self.sample.iter().zip(&other.sample).filter(|(a, b)| a == b).count() >= AGREE
    }
}

/// The articles of an index with enough words to compare. Those without a date are of one day, far
/// from all others.
fn prints(searcher: &Searcher) -> Result<Vec<Print>, IndexError> {
    let mut prints = Vec::new();
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let fast = segment.fast_fields();
        let (Some(samples), Some(keys)) =
            (fast.column_opt::<u64>("likeness")?, fast.column_opt::<u64>("key")?)
        else {
            continue;
        };
        let days = fast.column_opt::<i64>("day")?;
        for doc in segment.doc_ids_alive() {
            let sample = sample(samples.values_for_doc(doc));
            let Some(key) = keys.first(doc).filter(|_| !sample.is_empty()) else { continue };
            let day = days.as_ref().and_then(|days| days.first(doc)).unwrap_or(i64::MIN);
            prints.push(Print { key, day, address: DocAddress::new(number as u32, doc), sample });
        }
    }
    Ok(prints)
}

/// The first prints of the last days, to be compared with the next article.
struct Desk<'a> {
    searcher: &'a Searcher,
    /// In the order of their dates, with all their rows of words once they were needed.
    firsts: VecDeque<(Print, Option<Shingles>)>,
    /// The number of the first of them, of all there ever were.
    from: usize,
    /// Their numbers, by band, in order.
    bands: HashMap<u64, VecDeque<usize>>,
}

impl Desk<'_> {
    /// The earliest first print this is a copy of.
    fn first_print(&mut self, print: &Print) -> Result<Option<u64>, IndexError> {
        self.clear_before(print.day.saturating_sub(DAYS));
        let mut near: Vec<usize> = Vec::new();
        for band in print.bands() {
            near.extend(self.bands.get(&band).into_iter().flat_map(|known| known.iter().rev().take(MOST)));
        }
        near.sort_unstable();
        near.dedup();
        let mut rows = None;
        for number in near {
            let Some((first, first_rows)) = self.firsts.get_mut(number - self.from) else { continue };
            if !first.agrees(print) {
                continue;
            }
            let days = first.day.abs_diff(print.day);
            if rows.is_none() {
                rows = Some(shingles(self.searcher, print.address)?);
            }
            if first_rows.is_none() {
                *first_rows = Some(shingles(self.searcher, first.address)?);
            }
            if rows.as_ref().zip(first_rows.as_ref()).is_some_and(|(a, b)| a.is_copy(b, days)) {
                return Ok(Some(first.key));
            }
        }
        Ok(None)
    }

    fn keep(&mut self, print: Print) {
        let number = self.from + self.firsts.len();
        for band in print.bands() {
            self.bands.entry(band).or_default().push_back(number);
        }
        self.firsts.push_back((print, None));
    }

    /// Takes off what was printed before this day.
    fn clear_before(&mut self, day: i64) {
        while self.firsts.front().is_some_and(|(first, _)| first.day < day) {
            let Some((first, _)) = self.firsts.pop_front() else { return };
            for band in first.bands() {
                if let Some(known) = self.bands.get_mut(&band) {
                    if known.front() == Some(&self.from) {
                        known.pop_front();
                    }
                    if known.is_empty() {
                        self.bands.remove(&band);
                    }
                }
            }
            self.from += 1;
        }
    }
}

fn shingles(searcher: &Searcher, at: DocAddress) -> Result<Shingles, IndexError> {
    use tantivy::schema::Value;
    let document: tantivy::TantivyDocument = searcher.doc(at)?;
    let text = document.get_first(fields().text).and_then(|text| text.as_str());
    Ok(Shingles::of(text.unwrap_or_default()))
}

/// The long sayings that more than one quote reports.
fn repeated(searcher: &Searcher) -> Result<Vec<u64>, IndexError> {
    let mut all = Vec::new();
    for segment in searcher.segment_readers() {
        let Some(sayings) = segment.fast_fields().column_opt::<u64>("saying")? else { continue };
        let said = segment.doc_ids_alive().filter_map(|doc| sayings.first(doc));
        all.extend(said.filter(|saying| is_long(*saying)));
    }
    all.sort_unstable();
    let mut repeated: Vec<u64> = all.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
    repeated.dedup();
    Ok(repeated)
}

/// The name of the file.
pub(crate) const NAME: &str = "copies.bin";
/// Raised when the table or what counts as a copy changes.
const VERSION: u64 = 1;

/// Writes the table beside the documents of a commit: version, commit, the two lengths and the numbers,
/// in eight bytes each, sealed.
pub(crate) fn write(disk: &Disk, copies: &Copies, folder: &Path, opstamp: u64) -> Result<(), IndexError> {
    let repeated = copies.repeated.bytes();
    let head = [VERSION, opstamp, copies.printed.len() as u64, repeated.len() as u64 / 8];
    let printed = copies.printed.iter().flat_map(|(copy, first)| [*copy, *first]);
    let mut bytes: Vec<u8> = head.into_iter().chain(printed).flat_map(u64::to_le_bytes).collect();
    bytes.extend_from_slice(repeated);
    disk.replace(&folder.join(NAME), &sealed(&bytes))
}

/// The table beside the documents, if it is whole and belongs to this commit.
pub(crate) fn read(folder: &Path, opstamp: u64) -> Option<Copies> {
    let file = fs::read(folder.join(NAME)).ok()?;
    let table = Table::of(opened(&file)?).filter(|table| table.opstamp == opstamp)?;
    let pair = |[copy, first]: &[[u8; 8]; 2]| (u64::from_le_bytes(*copy), u64::from_le_bytes(*first));
    let (eights, _) = file[table.printed].as_chunks();
    let printed = eights.as_chunks().0.iter().map(pair).collect();
    Some(Copies { printed, repeated: Hashes::within(file, table.repeated) })
}

/// Whether this is a table of copies of ours.
pub(crate) fn is_table(content: &[u8]) -> bool {
    Table::of(content).is_some()
}

/// The commit a table belongs to, and where in its bytes its parts are.
struct Table {
    opstamp: u64,
    printed: Range<usize>,
    repeated: Range<usize>,
}

impl Table {
    fn of(content: &[u8]) -> Option<Table> {
        let head: &[[u8; 8]; 4] = content.as_chunks().0.first_chunk()?;
        let [version, opstamp, printed, repeated] = head.map(u64::from_le_bytes);
        let (printed, repeated) = (usize::try_from(printed).ok()?, usize::try_from(repeated).ok()?);
        let first = size_of_val(head);
        let middle = first.checked_add(printed.checked_mul(16)?)?;
        let whole = middle.checked_add(repeated.checked_mul(8)?)? == content.len();
        let table = Table { opstamp, printed: first..middle, repeated: middle..content.len() };
        (version == VERSION && whole).then_some(table)
    }
}
