//! The speakers of a segment: whose names the values of its column are.

use crate::index::entities::Entities;
use crate::quotes::SpeakerKind;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::SegmentOrdinal;
use tantivy::columnar::StrColumn;

/// A form of a name, and the speaker who bears it.
#[derive(Clone, Copy, Debug)]
pub struct Bearer<'a> {
    /// The form, as an article has it.
    pub form: &'a str,
    /// The speaker's name.
    pub name: &'a str,
    /// What sort of speaker it is.
    pub kind: SpeakerKind,
}

/// For segments that were asked for most of their names, the form each is; none for a name the table does
/// not hold.
#[derive(Debug, Default)]
pub(super) struct Forms(Mutex<BTreeMap<SegmentOrdinal, Arc<Vec<Option<u32>>>>>);

/// Of a segment that is asked for one name in so many, all are looked up, and kept: both are in the order
/// of their letters.
const FEW: usize = 64;

impl Entities {
    /// The bearers of some names of a segment, by the names' ordinals, which are in order.
    pub fn bearers(
        &self,
        segment: SegmentOrdinal,
        names: &StrColumn,
        ordinals: &[u64],
    ) -> io::Result<Vec<Option<Bearer<'_>>>> {
        let known = self.forms.0.lock().unwrap_or_else(PoisonError::into_inner).get(&segment).cloned();
        let forms = match known {
            Some(forms) => forms,
            None if ordinals.len() * FEW < names.num_terms() => {
                let mut forms = Vec::with_capacity(ordinals.len());
                let form = |name: &[u8]| self.table.form_number(std::str::from_utf8(name).ok()?);
                names.dictionary().sorted_ords_to_term_cb(ordinals, |name| forms.push(form(name)))?;
                forms.resize(ordinals.len(), None);
                return Ok(forms.into_iter().map(|form| Some(self.bearer_of(form?))).collect());
            }
            None => {
                let forms = Arc::new(self.all_forms(names)?);
                let mut kept = self.forms.0.lock().unwrap_or_else(PoisonError::into_inner);
                Arc::clone(kept.entry(segment).or_insert(forms))
            }
        };
        let form = |ordinal: &u64| forms.get(*ordinal as usize).copied().flatten();
        Ok(ordinals.iter().map(|ordinal| Some(self.bearer_of(form(ordinal)?))).collect())
    }

    /// The form of each name of a segment.
    fn all_forms(&self, names: &StrColumn) -> io::Result<Vec<Option<u32>>> {
        let (mut forms, mut ahead) =
            (Vec::with_capacity(names.num_terms()), self.table.in_order().peekable());
        let mut all = names.dictionary().stream()?;
        while all.advance() {
            while ahead.next_if(|(form, _)| form.as_bytes() < all.key()).is_some() {}
            // Where several speakers have a form, it is the last one's.
            let same = std::iter::from_fn(|| ahead.next_if(|(form, _)| form.as_bytes() == all.key()));
            forms.push(same.last().map(|(_, number)| number));
        }
        Ok(forms)
    }

    fn bearer_of(&self, form: u32) -> Bearer<'_> {
        let speaker = self.table.speaker_of(form as usize);
        Bearer {
            form: self.table.form(form as usize),
            name: self.table.name(speaker),
            kind: self.table.kind(speaker),
        }
    }
}
