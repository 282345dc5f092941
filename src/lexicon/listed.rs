//! Words by their letters, quickly: the lists come with the program, so that nobody can choose words
//! that fall on one another.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// What is listed under each word.
pub(super) type Listed<K, V> = HashMap<K, V, BuildHasherDefault<Letters>>;

/// The words of a list.
pub(super) type Words = HashSet<&'static str, BuildHasherDefault<Letters>>;

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
