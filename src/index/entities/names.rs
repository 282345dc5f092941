use crate::index::IndexError;
use crate::quotes::SpeakerKind;
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;
use tantivy::{Searcher, SegmentReader};

/// How often a name speaks, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Quotes.
    pub(crate) count: u64,
    /// Quotes by kind of speaker.
    pub(crate) kinds: BTreeMap<SpeakerKind, u64>,
}

impl Named {
    /// The kind it has most often; the first of those equally often.
    pub(super) fn kind(&self) -> SpeakerKind {
        let most = self.kinds.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map_or(SpeakerKind::Person, |(kind, _)| *kind)
    }
}

/// Every name of a speaker in the index, as articles have it.
pub(crate) fn names(searcher: &Searcher) -> Result<BTreeMap<String, Named>, IndexError> {
    let mut all: BTreeMap<String, Named> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let Some((names, kinds)) = columns(segment)? else { continue };
        let kind_of = kinds_by_ordinal(&kinds)?;
        let mut counted: BTreeMap<u64, Named> = BTreeMap::new();
        for doc in segment.doc_ids_alive() {
            // One kind for each name, in the same order (see the sources of the schema).
            let kinds = kinds.ords().values_for_doc(doc);
            for (name, kind) in names.ords().values_for_doc(doc).zip(kinds) {
                let named = counted.entry(name).or_default();
                named.count += 1;
                if let Some(Some(kind)) = kind_of.get(kind as usize) {
                    *named.kinds.entry(*kind).or_default() += 1;
                }
            }
        }
        for (ordinal, named) in counted {
            let mut name = String::new();
            names.ord_to_str(ordinal, &mut name).map_err(tantivy::TantivyError::from)?;
            let sum = all.entry(name).or_default();
            sum.count += named.count;
            for (kind, count) in named.kinds {
                *sum.kinds.entry(kind).or_default() += count;
            }
        }
    }
    Ok(all)
}

fn columns(segment: &SegmentReader) -> Result<Option<(StrColumn, StrColumn)>, IndexError> {
    let fast = segment.fast_fields();
    Ok(fast.str("speaker")?.zip(fast.str("speaker_kind")?))
}

fn kinds_by_ordinal(column: &StrColumn) -> Result<Vec<Option<SpeakerKind>>, IndexError> {
    let mut kinds = Vec::new();
    let mut text = String::new();
    for ordinal in 0..column.num_terms() as u64 {
        text.clear();
        column.ord_to_str(ordinal, &mut text).map_err(tantivy::TantivyError::from)?;
        kinds.push(serde_json::from_value(serde_json::Value::from(text.as_str())).ok());
    }
    Ok(kinds)
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
        for (ordinal, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let mut value = String::new();
            column.ord_to_str(ordinal as u64, &mut value).map_err(tantivy::TantivyError::from)?;
            *all.entry(value).or_default() += count;
        }
    }
    Ok(all)
}
