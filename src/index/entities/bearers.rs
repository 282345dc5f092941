//! The speakers of a segment: whose names the values of its column are.

use crate::index::entities::Entities;
use crate::quotes::SpeakerKind;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::SegmentOrdinal;
use tantivy::columnar::StrColumn;

/// A form of a name and the speaker who bears it, by their numbers among all of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    /// The form: [`Entities::form`].
    pub(crate) form: u32,
    /// The speaker: [`Entities::name`], [`Entities::kind`].
    pub(crate) speaker: u32,
}

/// For segments that were asked for most of their names, the bearer of each; none of a name the table does
/// not hold.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<BTreeMap<SegmentOrdinal, Arc<Vec<Option<Bearer>>>>>);

/// Of a segment that is asked for one name in so many, all are looked up, and kept: both are in the order
/// of their letters.
const FEW: usize = 64;

impl Entities {
    /// A form by number, as articles have it.
    pub(crate) fn form(&self, form: u32) -> &str {
        self.table.form(form as usize)
    }

    /// The name of a speaker by number.
    pub(crate) fn name(&self, speaker: u32) -> &str {
        self.table.name(speaker as usize)
    }

    /// What sort of speaker it is.
    pub(crate) fn kind(&self, speaker: u32) -> SpeakerKind {
        self.table.kind(speaker as usize)
    }

    /// The bearers of some names of a segment, by the names' ordinals, which are in order.
    pub(crate) fn bearers(
        &self,
        segment: SegmentOrdinal,
        names: &StrColumn,
        ordinals: &[u64],
    ) -> io::Result<Vec<Option<Bearer>>> {
        let known = self.known.0.lock().unwrap_or_else(PoisonError::into_inner).get(&segment).cloned();
        let all = match known {
            Some(all) => all,
            None if ordinals.len() * FEW < names.num_terms() => {
                let mut bearers = Vec::with_capacity(ordinals.len());
                let bearer = |name: &[u8]| {
                    let form = self.table.form_number(std::str::from_utf8(name).ok()?)?;
                    Some(Bearer { form, speaker: self.table.speaker_of(form as usize) as u32 })
                };
                names.dictionary().sorted_ords_to_term_cb(ordinals, |name| bearers.push(bearer(name)))?;
                bearers.resize(ordinals.len(), None);
                return Ok(bearers);
            }
            None => {
                let all = Arc::new(self.bearers_of_all(names)?);
                let mut known = self.known.0.lock().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(known.entry(segment).or_insert(all))
            }
        };
        Ok(ordinals.iter().map(|ordinal| all.get(*ordinal as usize).copied().flatten()).collect())
    }

    /// The bearer of each name of a segment.
    fn bearers_of_all(&self, names: &StrColumn) -> io::Result<Vec<Option<Bearer>>> {
        let (mut bearers, mut ahead) =
            (Vec::with_capacity(names.num_terms()), self.table.in_order().peekable());
        let speakers = self.table.speakers();
        let mut all = names.dictionary().stream()?;
        while all.advance() {
            while ahead.next_if(|(form, _)| form.as_bytes() < all.key()).is_some() {}
            // Where several speakers have a form, it is the last one's.
            let same = std::iter::from_fn(|| ahead.next_if(|(form, _)| form.as_bytes() == all.key()));
            bearers.push(same.last().map(|(_, form)| Bearer { form, speaker: speakers[form as usize] }));
        }
        Ok(bearers)
    }
}
