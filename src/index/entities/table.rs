use crate::index::entities::Entity;
use crate::index::entities::group::Form;
use crate::quotes::SpeakerKind;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Speakers as they lie on disk: every form in one text, and who has which in numbers. A question names
/// few of some ten thousand, and nobody else is taken out of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Table {
    /// All forms, one behind the other: those of the first speaker, of the second …
    text: String,
    /// Where each form ends in it, in bytes.
    ends: Vec<u32>,
    /// Quotes that have each form.
    counts: Vec<u64>,
    /// How many forms there are up to each speaker's last.
    speakers: Vec<u32>,
    kinds: Vec<SpeakerKind>,
    /// Which of their forms is each speaker's name.
    names: Vec<u32>,
    /// Names that are none of their speaker's forms, in the order of the speakers: the user's own words.
    own_names: Vec<(u32, String)>,
    /// The numbers of the forms in the order of their letters.
    order: Vec<u32>,
}

impl Table {
    /// The table of these speakers.
    pub(super) fn of(speakers: &[Entity]) -> Table {
        let mut table = Table::default();
        for (number, speaker) in speakers.iter().enumerate() {
            let first = table.ends.len();
            for (form, count) in &speaker.forms {
                table.text.push_str(form);
                table.ends.push(table.text.len() as u32);
                table.counts.push(*count);
            }
            let name = speaker.forms.iter().position(|(form, _)| *form == speaker.name);
            if name.is_none() {
                table.own_names.push((number as u32, speaker.name.clone()));
            }
            table.names.push((first + name.unwrap_or(0)) as u32);
            table.kinds.push(speaker.kind);
            table.speakers.push(table.ends.len() as u32);
        }
        let mut order: Vec<u32> = (0..table.ends.len() as u32).collect();
        let letters = |number: &u32| (table.form(*number as usize), *number);
        order.sort_unstable_by(|a, b| letters(a).cmp(&letters(b)));
        Table { order, ..table }
    }

    /// Whether its lists belong together: a seal says who wrote it last, not that he wrote sense.
    pub(super) fn is_sound(&self) -> bool {
        let forms = self.ends.len();
        let ends_at = |list: &[u32], end: usize| {
            list.is_sorted() && list.last().map_or(end == 0, |last| *last as usize == end)
        };
        let each_has_a_form = self.speakers.first().is_none_or(|first| *first > 0)
            && self.speakers.windows(2).all(|two| two[0] < two[1]);
        [self.counts.len(), self.order.len()] == [forms; 2]
            && [self.kinds.len(), self.names.len()] == [self.speakers.len(); 2]
            && ends_at(&self.ends, self.text.len())
            && ends_at(&self.speakers, forms)
            && each_has_a_form
            && self.ends.iter().all(|end| self.text.is_char_boundary(*end as usize))
            && self.names.iter().chain(&self.order).all(|form| (*form as usize) < forms)
            && self.own_names.is_sorted_by_key(|own| own.0)
    }

    /// How many speakers there are.
    pub(super) fn len(&self) -> usize {
        self.speakers.len()
    }

    /// A speaker by number.
    pub(super) fn speaker(&self, number: usize) -> Entity {
        let forms: Vec<Form> =
            self.forms(number).map(|form| (self.form(form).to_owned(), self.counts[form])).collect();
        let count = forms.iter().map(|form| form.1).sum();
        Entity { name: self.name(number).to_owned(), kind: self.kinds[number], forms, count }
    }

    /// The name of a speaker.
    pub(super) fn name(&self, number: usize) -> &str {
        match self.own_names.binary_search_by_key(&(number as u32), |own| own.0) {
            Ok(at) => &self.own_names[at].1,
            Err(_) => self.form(self.names[number] as usize),
        }
    }

    /// What sort of speaker it is.
    pub(super) fn kind(&self, number: usize) -> SpeakerKind {
        self.kinds[number]
    }

    /// The numbers of a speaker's forms.
    pub(super) fn forms(&self, speaker: usize) -> Range<usize> {
        let first = speaker.checked_sub(1).map_or(0, |before| self.speakers[before] as usize);
        first..self.speakers[speaker] as usize
    }

    /// A form by number.
    pub(super) fn form(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[number] as usize]
    }

    /// The speaker who has this form, letter for letter. Where several have, the last.
    pub(super) fn bearer(&self, form: &str) -> Option<usize> {
        self.form_number(form).map(|number| self.speaker_of(number as usize))
    }

    /// The number of this form. Where several speakers have it, the last one's.
    pub(super) fn form_number(&self, form: &str) -> Option<u32> {
        let past = self.order.partition_point(|number| self.form(*number as usize) <= form);
        let number = *self.order.get(past.checked_sub(1)?)?;
        (self.form(number as usize) == form).then_some(number)
    }

    /// All forms with their numbers, in the order of their letters.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (&str, u32)> {
        self.order.iter().map(|number| (self.form(*number as usize), *number))
    }

    /// All forms in small letters, as far as they are plain ones: what [`Table::may_hold`] looks through.
    pub(super) fn small(&self) -> String {
        self.text.to_ascii_lowercase()
    }

    /// The numbers of the speakers one of whose forms holds this folded word, in order. Forms in other letters
    /// than plain ones may hold any.
    pub(super) fn may_hold(&self, word: &str, small: &str) -> Vec<usize> {
        // Forms lie end to end: what is found across a border must not hide what begins within it.
        let (finder, mut from) = (memchr::memmem::Finder::new(word), 0);
        let found = std::iter::from_fn(|| {
            let at = from + finder.find(small.as_bytes().get(from..)?)?;
            from = at + 1;
            Some(at)
        });
        let foreign = small.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii()).map(|(at, _)| at);
        let bearer = |at| self.speaker_of(self.ends.partition_point(|end| *end as usize <= at));
        let mut speakers: Vec<usize> = found.chain(foreign).map(bearer).collect();
        speakers.sort_unstable();
        speakers.dedup();
        speakers
    }

    /// Whose form each is, by their numbers.
    pub(super) fn speakers(&self) -> Vec<u32> {
        (0..self.len()).flat_map(|speaker| self.forms(speaker).map(move |_| speaker as u32)).collect()
    }

    /// Whose form this is, by their numbers.
    pub(super) fn speaker_of(&self, form: usize) -> usize {
        self.speakers.partition_point(|end| *end as usize <= form)
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::index::entities::Entity;
    use crate::quotes::SpeakerKind;

    fn table(names: &[&str]) -> Table {
        let speaker = |name: &&str| Entity::of(SpeakerKind::Person, vec![((*name).to_owned(), 1)]);
        Table::of(&names.iter().map(speaker).collect::<Vec<_>>())
    }

    #[test]
    fn a_word_across_a_border_hides_none_behind_it() {
        let table = table(&["Mattis", "ISIS", "Ott", "Otto"]);
        assert_eq!(table.may_hold("isis", &table.small()), [0, 1]);
        assert!(table.may_hold("otto", &table.small()).contains(&3));
        assert_eq!((table.bearer("ISIS"), table.bearer("Isis")), (Some(1), None));
        assert_eq!((table.name(2), table.speaker(3).name), ("Ott", "Otto".to_owned()));
    }

    #[test]
    fn lists_that_do_not_belong_together_are_no_table() {
        let sound = table(&["Orbán", "Marsh"]);
        assert!(sound.is_sound() && Table::default().is_sound());
        let broken: [fn(&mut Table); 7] = [
            |table| table.ends[0] = 4,
            |table| table.ends.swap(0, 1),
            |table| table.counts.clear(),
            |table| table.speakers[0] = 0,
            |table| table.names[1] = 2,
            |table| table.order[0] = 9,
            |table| table.text.push('x'),
        ];
        for (number, hurt) in broken.into_iter().enumerate() {
            let mut table = sound.clone();
            hurt(&mut table);
            assert!(!table.is_sound(), "{number}");
        }
    }
}
