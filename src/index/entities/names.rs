use crate::index::IndexError;
use crate::index::blocks::Blocks;
use crate::index::entities::seen::Seen;
use crate::quotes::SpeakerKind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use tantivy::columnar::Column;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

/// How often a name speaks, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Quotes.
    pub(crate) count: u64,
    /// Quotes by kind of speaker, in the order of [`KINDS`].
    pub(crate) kinds: [u64; KINDS.len()],
    /// Where and when.
    pub(crate) seen: Seen,
}

/// All there are, in their order.
const KINDS: [SpeakerKind; 5] = [
    SpeakerKind::Person,
    SpeakerKind::Group,
    SpeakerKind::Org,
    SpeakerKind::Document,
    SpeakerKind::Anonymous,
];

const _: () = {
    let mut number = 0;
    while number < KINDS.len() {
        assert!(KINDS[number] as usize == number);
        number += 1;
    }
};

impl Named {
    /// Counts quotes of a speaker of this kind.
    pub(super) fn note_kind(&mut self, kind: SpeakerKind, quotes: u64) {
        self.kinds[kind as usize] += quotes;
    }

    /// Adds what another form of the same name has.
    pub(super) fn add(&mut self, other: &Named) {
        self.count += other.count;
        self.kinds.iter_mut().zip(other.kinds).for_each(|(sum, count)| *sum += count);
        self.seen.add(&other.seen);
    }

    /// The kind it has most often; the first of those equally often.
    pub(super) fn kind(&self) -> SpeakerKind {
        let most = KINDS.into_iter().max_by_key(|kind| (self.kinds[*kind as usize], Reverse(*kind)));
        most.unwrap_or(SpeakerKind::Person)
    }
}

/// Every name of a speaker in the index, as articles have it; each once, in the order of their letters.
pub(crate) fn names(searcher: &Searcher) -> Result<Vec<(String, Named)>, IndexError> {
    let mut all: Vec<(String, Named)> = Vec::new();
    let mut outlets = Outlets::default();
    for segment in searcher.segment_readers() {
        let Some(columns) = Columns::of(segment, &mut outlets)? else { continue };
        let mut counted = vec![Named::default(); columns.names.num_terms()];
        // The article looked at last, with its outlet and day: its quotes stand in a row.
        let mut last = (DocId::MAX, 0, None);
        for doc in segment.doc_ids_alive() {
            // One kind for each name, in the same order (see the sources of the schema).
            let kinds = columns.kinds.ords().values_for_doc(doc);
            let article = columns.blocks.article_of(doc);
            if article != last.0 {
                last = (article, columns.outlet(article), columns.day(article));
            }
            for (name, kind) in columns.names.ords().values_for_doc(doc).zip(kinds) {
                let Some(named) = counted.get_mut(name as usize) else { continue };
                named.count += 1;
                named.seen.note(last.1, last.2);
                if let Some(Some(kind)) = columns.kind_of.get(kind as usize) {
                    named.note_kind(*kind, 1);
                }
            }
        }
        counted.iter_mut().for_each(|named| named.seen.settle());
        let (ordinals, counted): (Vec<u64>, Vec<Named>) =
            (0..).zip(counted).filter(|(_, named)| named.count > 0).unzip();
        all.extend(terms(&columns.names, &ordinals)?.into_iter().zip(counted));
    }
    // Those of a segment are in order already.
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|(name, named), (before, sum)| {
        let same = name == before;
        if same {
            sum.add(named);
        }
        same
    });
    Ok(all)
}

/// The numbers of outlets, the same in all segments. 0 is an outlet that is not known.
#[derive(Default)]
struct Outlets {
    numbers: HashMap<String, u32>,
}

impl Outlets {
    fn number(&mut self, name: &str) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }
}

/// What a segment tells of who speaks where and when.
struct Columns {
    names: StrColumn,
    kinds: StrColumn,
    /// By ordinal.
    kind_of: Vec<Option<SpeakerKind>>,
    outlets: Option<StrColumn>,
    /// By ordinal, the number of the outlet.
    outlet_of: Vec<u32>,
    days: Option<Column<i64>>,
    blocks: Blocks,
}

impl Columns {
    fn of(segment: &SegmentReader, known: &mut Outlets) -> Result<Option<Columns>, IndexError> {
        let fast = segment.fast_fields();
        let (Some(names), Some(kinds)) = (fast.str("speaker")?, fast.str("speaker_kind")?) else {
            return Ok(None);
        };
        let outlets = fast.str("outlet")?;
        let outlet_of = outlets.as_ref().map_or(Ok(Vec::new()), |column| {
            Ok::<_, IndexError>(all_terms(column)?.iter().map(|name| known.number(name)).collect())
        })?;
        let kind = |name: &String| serde_json::from_value(serde_json::Value::from(name.as_str())).ok();
        let kind_of = all_terms(&kinds)?.iter().map(kind).collect();
        let days = fast.column_opt::<i64>("day")?;
        let blocks = Blocks::of(segment)?;
        Ok(Some(Columns { names, kinds, kind_of, outlets, outlet_of, days, blocks }))
    }

    fn outlet(&self, article: DocId) -> u32 {
        let ordinal = self.outlets.as_ref().and_then(|column| column.ords().first(article));
        ordinal.and_then(|ordinal| self.outlet_of.get(ordinal as usize)).copied().unwrap_or(0)
    }

    fn day(&self, article: DocId) -> Option<i64> {
        self.days.as_ref().and_then(|column| column.first(article))
    }
}

/// All values of a column, by ordinal.
fn all_terms(column: &StrColumn) -> Result<Vec<String>, IndexError> {
    let ordinals: Vec<u64> = (0..column.num_terms() as u64).collect();
    terms(column, &ordinals)
}

/// The values of these ordinals, which must be in order: read in one go, for to look up each by itself
/// would unpack its whole block each time.
fn terms(column: &StrColumn, ordinals: &[u64]) -> Result<Vec<String>, IndexError> {
    let mut terms = Vec::with_capacity(ordinals.len());
    let mut read = |term: &[u8]| terms.push(String::from_utf8_lossy(term).into_owned());
    column.dictionary().sorted_ords_to_term_cb(ordinals, &mut read).map_err(tantivy::TantivyError::from)?;
    Ok(terms)
}

/// The distinct values of a fast text field, with the number of documents, deleted ones left out.
pub(crate) fn values(searcher: &Searcher, field: &str) -> Result<BTreeMap<String, u64>, IndexError> {
    let mut all = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let Some(column) = segment.fast_fields().str(field)? else { continue };
        let mut counts = vec![0u64; column.num_terms()];
        for doc in segment.doc_ids_alive() {
            for ordinal in column.ords().values_for_doc(doc) {
                if let Some(count) = counts.get_mut(ordinal as usize) {
                    *count += 1;
                }
            }
        }
        let counted = || counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let ordinals: Vec<u64> = counted().map(|(ordinal, _)| ordinal as u64).collect();
        for (value, (_, count)) in terms(&column, &ordinals)?.into_iter().zip(counted()) {
            *all.entry(value).or_default() += count;
        }
    }
    Ok(all)
}
