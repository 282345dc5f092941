//! Short words and their numbers, in a table that is read in one step: the letters of a word are its key, and lie
//! where its number does.

use crate::text::Span;
use foldhash::fast::RandomState;
use std::hash::BuildHasher;

/// A table of words of up to fifteen bytes. A word lies at the place its letters tell, or behind it where that is
/// taken.
#[derive(Default)]
pub(super) struct ShortWords {
    /// A power of two of them, or none; at least half are free.
    places: Vec<Place>,
    taken: usize,
    /// No text can be written so that all its words want one place.
    seed: RandomState,
}

/// A word and its number. No letters: the place is free.
#[derive(Clone, Copy, Default)]
struct Place {
    letters: u128,
    number: u32,
}

/// Places of a table to begin with.
const FIRST: usize = 1 << 10;

impl ShortWords {
    /// The number of a word.
    #[inline]
    pub(super) fn number(&self, letters: u128) -> Option<u32> {
        let mut at = self.first_place(letters);
        loop {
            let place = self.places.get(at & self.places.len().wrapping_sub(1))?;
            if place.letters == letters {
                return Some(place.number);
            }
            if place.letters == 0 {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }

    /// Puts in a word that is not there.
    pub(super) fn insert(&mut self, letters: u128, number: u32) {
        if 2 * (self.taken + 1) > self.places.len() {
            let more = vec![Place::default(); (2 * self.places.len()).max(FIRST)];
            let old = std::mem::replace(&mut self.places, more);
            old.into_iter().filter(|place| place.letters != 0).for_each(|place| self.put(place));
        }
        self.put(Place { letters, number });
        self.taken += 1;
    }

    #[inline]
    fn first_place(&self, letters: u128) -> usize {
        self.seed.hash_one(letters) as usize
    }

    /// Puts a word into the first free place.
    fn put(&mut self, place: Place) {
        let (mask, mut at) = (self.places.len() - 1, self.first_place(place.letters));
        while self.places[at & mask].letters != 0 {
            at = at.wrapping_add(1);
        }
        self.places[at & mask] = place;
    }
}

/// Bytes of a word and its length.
const BYTES: usize = size_of::<u128>();

/// A short word in one number, its length in the last byte; never zero.
pub(super) fn letters(word: &str) -> Option<u128> {
    letters_at(word.as_bytes(), Span::new(0, word.len()))
}

/// The same of a word of a text.
#[inline]
pub(super) fn letters_at(text: &[u8], span: Span) -> Option<u128> {
    let (start, len) = (span.start as usize, span.end.saturating_sub(span.start) as usize);
    if len == 0 || len >= BYTES {
        return None;
    }
    let letters = match text[start..].first_chunk::<BYTES>() {
        Some(letters) => u128::from_le_bytes(*letters) & u128::MAX >> (8 * (BYTES - len)),
        None => text[start..start + len].iter().rev().fold(0, |all, byte| all << 8 | u128::from(*byte)),
    };
    Some(letters | (len as u128) << (8 * (BYTES - 1)))
}

#[cfg(test)]
mod tests {
    use super::{ShortWords, letters, letters_at};
    use crate::text::Span;

    #[test]
    fn a_word_is_found_by_its_letters() {
        let word = |number: u32| format!("w{}", number * 7919);
        let mut table = ShortWords::default();
        for number in 0..5000 {
            let letters = letters(&word(number)).unwrap();
            assert_eq!(table.number(letters), None);
            table.insert(letters, number);
        }
        assert!((0..5000).all(|number| table.number(letters(&word(number)).unwrap()) == Some(number)));
        assert_eq!(table.number(letters("w1").unwrap()), None);
    }

    #[test]
    fn a_word_has_the_same_letters_wherever_it_stands() {
        for word in ["a", "said", "fifteen letters"] {
            for behind in ["", "s", " and sixteen bytes behind it"] {
                let text = format!("before {word}{behind}");
                let span = Span::new(7, 7 + word.len());
                assert_eq!(letters_at(text.as_bytes(), span), letters(word), "{word:?} before {behind:?}");
            }
        }
    }

    #[test]
    fn words_of_other_lengths_have_other_letters() {
        let words = ["a", "a\0", "\0a", "\0", "aa", "fifteen letters"];
        let all: std::collections::BTreeSet<u128> = words.iter().filter_map(|word| letters(word)).collect();
        assert_eq!(all.len(), words.len());
        assert!(letters("").is_none() && letters("sixteen letters!").is_none());
    }
}
