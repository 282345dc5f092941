//! Words by their letters, quickly: the lists come with the program, so that nobody can choose words
//! that fall on one another.

use super::lower;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// What is listed under each word, while the list is read.
pub(super) type Listing<K, V> = HashMap<K, V, BuildHasherDefault<Letters>>;

/// What is listed under each word.
pub(super) struct Listed<K, V> {
    listing: Listing<K, V>,
    shapes: Shapes,
}

/// The words of a list.
pub(super) type Words = Listed<&'static str, ()>;

impl<K: Borrow<str> + Hash + Eq, V> Listed<K, V> {
    /// What is listed under this word.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<&V> {
        if self.shapes.may_hold(word) { self.listing.get(word) } else { None }
    }

    /// What is listed under this word in lower case.
    #[inline]
    pub(super) fn get_lower(&self, word: &str) -> Option<&V> {
        // Of other letters the lower case may have another shape.
        let may_hold = self.shapes.may_hold(word) || !word.is_ascii();
        if may_hold { self.listing.get(lower(word).as_ref()) } else { None }
    }

    /// The word as it is listed.
    pub(super) fn key(&self, word: &str) -> Option<&K> {
        self.listing.get_key_value(word).map(|(key, _)| key)
    }

    /// Gives every word with what is listed under it.
    pub(super) fn each(&'static self, mut give: impl FnMut(&'static str, &'static V)) {
        self.listing.iter().for_each(|(word, listed)| give(word.borrow(), listed));
    }

    /// Whether the word is listed.
    #[inline]
    pub(super) fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }

    /// Whether the word in lower case is listed.
    #[inline]
    pub(super) fn contains_lower(&self, word: &str) -> bool {
        self.get_lower(word).is_some()
    }
}

impl<K: Borrow<str>, V> From<Listing<K, V>> for Listed<K, V> {
    fn from(listing: Listing<K, V>) -> Listed<K, V> {
        let shapes = Shapes::of(listing.len(), listing.keys().map(Borrow::borrow));
        Listed { listing, shapes }
    }
}

impl<K: Borrow<str> + Hash + Eq, V> FromIterator<(K, V)> for Listed<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Listed<K, V> {
        Listing::from_iter(entries).into()
    }
}

impl FromIterator<&'static str> for Words {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Words {
        words.into_iter().map(|word| (word, ())).collect()
    }
}

/// The outlines of the words of a list: three of their letters and how many they have, whatever their
/// case. Nearly every word of a text is in hardly any list, and mostly its outline tells.
struct Shapes {
    seen: Vec<bool>,
}

impl Shapes {
    fn of<'a>(count: usize, words: impl Iterator<Item = &'a str>) -> Shapes {
        let mut shapes = Shapes { seen: vec![false; (count * SPACE).next_power_of_two()] };
        for word in words {
            let at = shapes.place(word);
            shapes.seen[at] = true;
        }
        shapes
    }

    #[inline]
    fn may_hold(&self, word: &str) -> bool {
        self.seen[self.place(word)]
    }

    #[inline]
    fn place(&self, word: &str) -> usize {
        let letters = word.as_bytes();
        // The last five bits of a letter are the same in either case.
        let letter = |at: usize| letters.get(at).map_or(0, |byte| u32::from(byte & 31));
        let ends = letter(0) | letter(1) << 5 | letter(letters.len().wrapping_sub(1)) << 10;
        let shape = ends | (letters.len() as u32 & 31) << 15;
        (shape.wrapping_mul(0x9E37_79B1) >> 8) as usize & (self.seen.len() - 1)
    }
}

/// How many places an outline has to choose from, for each word of the list.
const SPACE: usize = 16;

/// Hashes a word, eight letters at a time.
#[derive(Default)]
pub(super) struct Letters(u64);

/// An odd number of many bits: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Letters {
    #[inline]
    fn take(&mut self, letters: u64) {
        self.0 = (self.0.rotate_left(5) ^ letters).wrapping_mul(GOLDEN);
    }
}

impl Hasher for Letters {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.take(u64::from_le_bytes(*eight));
        }
        let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        self.take(rest << 8 | bytes.len() as u64 & 0xFF);
    }

    /// The end of a word: its length is in already.
    #[inline]
    fn write_u8(&mut self, _: u8) {}

    #[inline]
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
