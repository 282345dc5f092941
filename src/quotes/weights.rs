//! Learned weights: what each feature says for one answer or another.
//!
//! The shipped table, `weights.bin`, is a few lines of text that say where it comes from, an empty
//! line, and two [tables](table): the weights of features for two labels, and of those that hold behind
//! one label only. It is read where it lies; nothing is parsed at the start.

mod table;

use super::sayings::grids::Grids;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};
use table::Table;

/// A feature, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Feature(pub u32);

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

/// What a feature says for each of two labels behind each of three others.
pub(super) type Step = [Row; 3];

/// Weights as they were learned: of features that hold whatever stands before, and of those that hold
/// behind one label only.
#[derive(Clone, Debug, Default)]
pub(super) struct Learned {
    pub rows: Vec<(Feature, Row)>,
    pub steps: Vec<(Feature, Step)>,
}

impl Learned {
    /// Takes up more of them.
    pub(super) fn extend(&mut self, more: Learned) {
        self.rows.extend(more.rows);
        self.steps.extend(more.steps);
    }
}

impl From<Vec<(Feature, Row)>> for Learned {
    fn from(rows: Vec<(Feature, Row)>) -> Learned {
        Learned { rows, steps: Vec::new() }
    }
}

/// A packed table of weights.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    rows: Table<4>,
    steps: Table<8>,
    /// Read out of them when first asked for.
    grids: OnceLock<Arc<Grids>>,
}

/// The shipped table, with its grids: they are read but once, however many texts are read.
static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
    let weights = Weights::lying(include_bytes!("weights.bin")).unwrap_or_default();
    weights.grids();
    weights
});

/// What ends the text at the head of a table.
const HEAD_ENDS: &[u8] = b"\n\n";

/// The unit of a packed weight.
pub(super) const UNIT: f32 = 1.0 / 48.0;

impl Weights {
    /// The weights that come with the program.
    pub fn shipped() -> Weights {
        SHIPPED.clone()
    }

    /// A table as [`packed`] wrote it; None if it is none. It is read where it lies, as the shipped one is, and
    /// so stays in memory to the end.
    pub fn read(table: Vec<u8>) -> Option<Weights> {
        Weights::lying(table.leak())
    }

    fn lying(table: &'static [u8]) -> Option<Weights> {
        let (rows, rest) = Table::lying(behind_head(table)?)?;
        let (steps, _) = Table::lying(rest)?;
        Some(Weights { rows, steps, grids: OnceLock::new() })
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
        self.rows.two(feature.0)
    }

    /// What a feature says behind each label, in [units](UNIT): two zeros, then label by label.
    #[inline]
    pub(super) fn packed_step(&self, feature: Feature) -> [i8; 8] {
        self.steps.six(feature.0)
    }
}

fn behind_head(table: &[u8]) -> Option<&[u8]> {
    let head = table.windows(HEAD_ENDS.len()).position(|w| w == HEAD_ENDS)? + HEAD_ENDS.len();
    Some(&table[head..])
}

/// The smallest weight that is worth a row.
pub(super) const LEAST: u8 = 2;

/// Packs weights that say something into a table with this head. Of two features that cannot be told
/// apart the first is kept.
pub(super) fn packed(head: &str, learned: &Learned) -> Vec<u8> {
    let rows = learned.rows.iter().map(|(feature, row)| (feature, row.as_slice()));
    let steps = learned.steps.iter().map(|(feature, step)| (feature, step.as_flattened()));
    let mut table = head.trim_end().as_bytes().to_vec();
    table.extend(HEAD_ENDS);
    table.extend(table::packed::<4>(&telling(rows)));
    table.extend(table::packed::<8>(&telling(steps)));
    table
}

/// The weights that say something, in units.
fn telling<'a>(features: impl Iterator<Item = (&'a Feature, &'a [f32])>) -> BTreeMap<u32, Vec<i8>> {
    let small = |w: &f32| (w / UNIT).round().clamp(-127.0, 127.0) as i8;
    let mut kept = BTreeMap::new();
    for (feature, weights) in features {
        let weights: Vec<i8> = weights.iter().map(small).collect();
        if weights.iter().any(|weight| weight.unsigned_abs() >= LEAST) {
            kept.entry(feature.0).or_insert(weights);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{Feature, Learned, Weights, hash, packed};

    #[test]
    fn what_is_packed_is_found_again() {
        let [one, two] = ["one", "two"].map(|word| Feature(hash(word)));
        let learned = Learned {
            rows: vec![(one, [0.5, -1.0]), (two, [0.01, 0.0]), (one, [9.0; 2])],
            steps: vec![(two, [[0.0; 2], [1.0, 0.0], [0.0, -2.0]])],
        };
        let table = packed("two rows", &learned);
        assert!(table.starts_with(b"two rows\n\n"));
        let weights = Weights::read(table).unwrap();
        assert_eq!(weights.row(one), [0.5, -1.0]);
        assert_eq!(weights.row(two), [0.0; 2], "too small to be kept");
        assert_eq!(weights.packed_step(two), [0, 0, 0, 0, 48, 0, 0, -96]);
        assert_eq!(weights.packed_step(one), [0; 8]);
        assert!(Weights::read(b"no table".to_vec()).is_none());
    }
}
