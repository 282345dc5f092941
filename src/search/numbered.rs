//! The values of a facet, numbered: a segment has ordinals of its own, and what they stand for is one in all of them.

use crate::index::{Bearer, Reader};
use crate::search::SearchError;
use crate::search::facets::FacetField;
use crate::search::run::each;
use foldhash::{HashMap, HashMapExt};
use std::borrow::Cow;
use std::cmp::Reverse;
use tantivy::columnar::StrColumn;
use tantivy::{SegmentOrdinal, TantivyError};

/// How often the values of a column are met in a segment, or in a part of it, by ordinal.
#[derive(Clone, Copy)]
pub(super) struct Met<'a> {
    pub segment: SegmentOrdinal,
    pub column: &'a StrColumn,
    pub counts: &'a [u64],
}

impl Met<'_> {
    /// The ordinals that are met, in order.
    fn ordinals(self) -> Vec<u64> {
        (0..).zip(self.counts).filter(|(_, count)| **count > 0).map(|(ordinal, _)| ordinal).collect()
    }

    /// The bearers of names that are met, with the names' ordinals, in order. The table of speakers holds every name
    /// of the index.
    pub(super) fn bearers(self, reader: &Reader) -> Result<Vec<(u64, Bearer)>, SearchError> {
        let ordinals = self.ordinals();
        let bearers = reader.entities()?.bearers(self.segment, self.column, &ordinals);
        let borne = ordinals.iter().zip(bearers.map_err(TantivyError::from)?);
        Ok(borne.filter_map(|(ordinal, bearer)| Some((*ordinal, bearer?))).collect())
    }
}

/// The values of a facet.
pub(super) struct Numbered<'a> {
    /// What each is called: a speaker by the name the archive knows, whatever form of it an article has.
    pub names: Vec<Cow<'a, str>>,
    /// How often each is met.
    pub counts: Vec<u64>,
    /// Of each segment, or part of one, the ordinals that are met, in order, and the number of the value of each.
    pub of_ordinals: Vec<Vec<(u64, u32)>>,
}

impl<'a> Numbered<'a> {
    /// The values of this facet that are met.
    pub(super) fn of(
        reader: &'a Reader,
        field: FacetField,
        met: &[Met],
    ) -> Result<Numbered<'a>, SearchError> {
        let (names, of_ordinals) =
            if field.name() == "speaker" { speakers(reader, met)? } else { values(met)? };
        let mut counts = vec![0; names.len()];
        for (of_ordinals, met) in of_ordinals.iter().zip(met) {
            of_ordinals.iter().for_each(|(ordinal, value)| {
                counts[*value as usize] += met.counts[*ordinal as usize];
            });
        }
        Ok(Numbered { names, counts, of_ordinals })
    }

    /// The numbers of the `top` values that are met most often (0: of all), most often first, equally often met ones by
    /// name; and how many others there are.
    pub(super) fn most(&self, top: usize) -> (Vec<u32>, usize) {
        let all = (0..self.names.len() as u32).collect();
        first_of(all, top, |value| (self.counts[value as usize], &self.names[value as usize]))
    }
}

/// The first `top` (0: all) of what is counted and named, largest counts first, equal ones by name; and how many
/// others there are.
pub(super) fn first_of<'a>(
    mut all: Vec<u32>,
    top: usize,
    counted: impl Fn(u32) -> (u64, &'a str),
) -> (Vec<u32>, usize) {
    let order = |number: &u32| {
        let (count, name) = counted(*number);
        (Reverse(count), name, *number)
    };
    let by_order = |a: &u32, b: &u32| order(a).cmp(&order(b));
    let left_out = if top == 0 { 0 } else { all.len().saturating_sub(top) };
    if left_out > 0 {
        all.select_nth_unstable_by(top, by_order);
        all.truncate(top);
    }
    all.sort_unstable_by(by_order);
    (all, left_out)
}

/// Names, and whose the ordinals of each segment are.
type Named<'a> = (Vec<Cow<'a, str>>, Vec<Vec<(u64, u32)>>);

/// Speakers are told by their number in the table of speakers: there may be as many as hits.
fn speakers<'a>(reader: &'a Reader, met: &[Met]) -> Result<Named<'a>, SearchError> {
    let entities = reader.entities()?;
    let borne = each(reader, met.iter(), |met| met.bearers(reader))?;
    let (mut names, mut numbers) = (Vec::new(), vec![None; entities.len()]);
    let mut number = |(ordinal, bearer): &(u64, Bearer)| {
        let number = numbers[bearer.speaker as usize].get_or_insert_with(|| {
            names.push(Cow::Borrowed(entities.name(bearer.speaker)));
            names.len() as u32 - 1
        });
        (*ordinal, *number)
    };
    let of_ordinals = borne.iter().map(|borne| borne.iter().map(&mut number).collect()).collect();
    Ok((names, of_ordinals))
}

/// Other values are numbered as they are met.
pub(super) fn values<'a>(met: &[Met]) -> Result<Named<'a>, SearchError> {
    let (mut names, mut numbers) = (Vec::new(), HashMap::new());
    let mut of_ordinals = Vec::new();
    for met in met {
        let ordinals = met.ordinals();
        let mut read = Vec::with_capacity(ordinals.len());
        let mut number = |name: &[u8]| {
            let name = String::from_utf8_lossy(name).into_owned();
            read.push(*numbers.entry(name).or_insert_with_key(|name| {
                names.push(Cow::Owned(name.clone()));
                names.len() as u32 - 1
            }));
        };
        let dictionary = met.column.dictionary();
        dictionary.sorted_ords_to_term_cb(&ordinals, &mut number).map_err(TantivyError::from)?;
        of_ordinals.push(ordinals.into_iter().zip(read).collect());
    }
    Ok((names, of_ordinals))
}
