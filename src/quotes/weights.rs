//! Learned weights: what each feature says for one answer or another.
//!
//! The shipped table, `weights.bin`, is a few lines of text that say where it comes from, an empty
//! line, and buckets of eight features each: their marks, then the weights of each for two labels. It
//! is read where it lies; nothing is parsed at the start.

use super::sayings::grids::Grids;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

/// A feature, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Feature(pub u32);

impl From<u32> for Feature {
    fn from(hash: u32) -> Feature {
        Feature(hash)
    }
}

/// What a feature says for each of two labels.
pub(super) type Row = [f32; 2];

/// Mixes one more part into the hash of a feature; the order of the parts counts.
#[inline]
pub(super) fn mix(hash: u32, part: u32) -> u32 {
    let h = (hash.rotate_left(5) ^ part).wrapping_mul(0x9E37_79B1);
    h ^ (h >> 15)
}

/// The hash of a word.
pub(super) fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |h, b| mix(h, u32::from(b)))
}

/// A packed table of weights.
#[derive(Clone, Debug)]
pub struct Weights {
    rows: Cow<'static, [u8]>,
    /// Read out of the rows when first asked for.
    grids: OnceLock<Arc<Grids>>,
}

/// The shipped table, with its grids: they are read but once, however many texts are read.
static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
    let rows = rows(include_bytes!("weights.bin")).unwrap_or_default();
    let weights = Weights { rows: Cow::Borrowed(rows), grids: OnceLock::new() };
    weights.grids();
    weights
});

/// What ends the text at the head of a table.
const HEAD_ENDS: &[u8] = b"\n\n";

/// How many features a bucket holds.
const PLACES: usize = 8;

/// Bytes of a bucket: of each feature a mark of two bytes, then of each its two weights.
const BUCKET: usize = PLACES * 4;

/// The unit of a packed weight.
pub(super) const UNIT: f32 = 1.0 / 48.0;

impl Weights {
    /// The weights that come with the program.
    pub fn shipped() -> Weights {
        SHIPPED.clone()
    }

    /// A table as [`packed`] wrote it; None if it is none.
    pub fn read(table: &[u8]) -> Option<Weights> {
        Some(Weights { rows: Cow::Owned(rows(table)?.to_vec()), grids: OnceLock::new() })
    }

    /// The weights of the features that have a place of their own.
    pub(super) fn grids(&self) -> &Grids {
        self.grids.get_or_init(|| Arc::new(Grids::new(self)))
    }

    /// The row of a feature; zeros if nothing is known of it.
    pub(super) fn row(&self, feature: Feature) -> Row {
        self.packed_row(feature).map(|weight| f32::from(weight) * UNIT)
    }

    /// The same as it lies in the table, in [units](UNIT).
    #[inline]
    pub(super) fn packed_row(&self, feature: Feature) -> [i8; 2] {
        let [row] = self.packed_rows([feature]);
        row
    }

    /// The same of several features. The table is larger than the nearest memory of a processor:
    /// rows that are asked for together do not wait for one another.
    #[inline]
    pub(super) fn packed_rows<const N: usize>(&self, features: [Feature; N]) -> [[i8; 2]; N] {
        let (buckets, _) = self.rows.as_chunks::<BUCKET>();
        if buckets.is_empty() {
            return [[0; 2]; N];
        }
        let of = |feature| place(feature, buckets.len());
        let met = features.map(|feature| buckets[of(feature).0 & (buckets.len() - 1)]);
        let mut found = [[0; 2]; N];
        for ((found, feature), bucket) in found.iter_mut().zip(features).zip(&met) {
            *found = row(bucket, of(feature).1);
        }
        found
    }
}

/// The weights that a bucket holds under a mark. All its places are looked at, without a branch to
/// be guessed: that is faster than to stop at the right one.
#[inline]
fn row(bucket: &[u8; BUCKET], mark: u16) -> [i8; 2] {
    let word = |at: usize| u16::from_le_bytes([bucket[at * 2], bucket[at * 2 + 1]]);
    let mut found = 0;
    for place in 0..PLACES {
        let mask = 0u16.wrapping_sub(u16::from(word(place) == mark));
        found |= word(PLACES + place) & mask;
    }
    found.to_le_bytes().map(|weight| weight as i8)
}

/// The buckets of a table, without its head: a power of two of them.
fn rows(table: &[u8]) -> Option<&[u8]> {
    let head = table.windows(HEAD_ENDS.len()).position(|w| w == HEAD_ENDS)? + HEAD_ENDS.len();
    let rows = &table[head..];
    (rows.len() / BUCKET).is_power_of_two().then_some(rows)
}

/// The bucket a feature is kept in among this many, and the mark it bears there.
fn place(feature: Feature, count: usize) -> (usize, u16) {
    (feature.0 as usize & (count - 1), (feature.0 >> 16) as u16 | 1)
}

/// The smallest weight that is worth a row.
pub(super) const LEAST: u8 = 2;

/// Packs rows that say something into a table with this head. Features are given in order; of two
/// that cannot be told apart the first is kept, of too many for a bucket those that say most.
pub(super) fn packed(head: &str, features: &[(Feature, Row)]) -> Vec<u8> {
    let small = |w: f32| (w / UNIT).round().clamp(-127.0, 127.0) as i8;
    let says = |row: &[i8; 2]| row.iter().map(|w| w.unsigned_abs()).max();
    let mut kept: Vec<(Feature, [i8; 2])> = features
        .iter()
        .map(|(feature, row)| (*feature, row.map(small)))
        .filter(|(_, row)| says(row) >= Some(LEAST))
        .collect();
    kept.sort_by_key(|(_, row)| std::cmp::Reverse(says(row)));
    let count = (kept.len() * 2 / PLACES + 1).next_power_of_two();
    let mut rows = vec![[0u8; BUCKET]; count];
    for (feature, weights) in kept {
        let (at, mark) = place(feature, count);
        let mark = mark.to_le_bytes();
        let (marks, all) = rows[at].split_at_mut(BUCKET / 2);
        let fits = |place: &usize| [[0, 0], mark].contains(&[marks[place * 2], marks[place * 2 + 1]]);
        let Some(place) = (0..PLACES).find(fits).filter(|place| marks[place * 2] == 0) else { continue };
        marks[place * 2..place * 2 + 2].copy_from_slice(&mark);
        all[place * 2..place * 2 + 2].copy_from_slice(&weights.map(|w| w as u8));
    }
    let mut table = head.trim_end().as_bytes().to_vec();
    table.extend(HEAD_ENDS);
    table.extend(rows.as_flattened());
    table
}

#[cfg(test)]
mod tests {
    use super::{Feature, Weights, hash, mix, packed};

    #[test]
    fn what_is_packed_is_found_again() {
        let features: Vec<(Feature, [f32; 2])> =
            (0..2000).map(|n| (Feature(mix(7, n)), [n as f32 % 5.0 / 2.0 + 0.2, -1.0])).collect();
        let table = packed("two thousand rows", &features);
        assert!(table.starts_with(b"two thousand rows\n\n"));
        let weights = Weights::read(&table).unwrap();
        let kept = |(feature, row): &&(Feature, [f32; 2])| (weights.row(*feature)[0] - row[0]).abs() < 0.02;
        let lost: Vec<_> = features.iter().filter(|feature| !kept(feature)).collect();
        assert!(lost.len() < features.len() / 50, "{} of them are lost", lost.len());
        // Those that a full bucket leaves out say nothing rather than something else.
        assert!(lost.iter().all(|(feature, row)| weights.row(*feature) == [0.0; 2] && row[0] < 1.0));
        assert_eq!(weights.row(Feature(hash("elsewhere"))), [0.0; 2]);
        assert!(Weights::read(b"no table").is_none());
    }
}
