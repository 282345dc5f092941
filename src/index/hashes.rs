//! Hashes in order, each found where it must stand: they are spread evenly, so that their first bits tell.

use std::ops::Range;
use std::sync::OnceLock;

/// Hashes in order, as they are written: a table of some hundred thousand is not taken apart for a question that
/// asks for none of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hashes {
    file: Vec<u8>,
    /// Where in the file they stand, eight bytes each.
    at: Range<usize>,
    /// Made when first asked for one.
    places: OnceLock<Places>,
}

/// Where those stand that begin with the same bits.
#[derive(Clone, Debug)]
struct Places {
    /// By how many bits a hash is shifted to its first ones.
    shift: u32,
    /// How many stand before those that begin with each of these bits.
    before: Vec<u32>,
}

/// So many begin with the same bits, about.
const ALIKE: usize = 8;

/// Of more than these not all are compared.
const MOST: usize = 32;

impl PartialEq for Hashes {
    fn eq(&self, other: &Hashes) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Hashes {}

impl Hashes {
    /// These, which are in order.
    pub(crate) fn of(all: &[u64]) -> Hashes {
        let file: Vec<u8> = all.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        Hashes { at: 0..file.len(), file, places: OnceLock::new() }
    }

    /// Those that stand there in a file, in order, least byte first.
    pub(crate) fn within(file: Vec<u8>, at: Range<usize>) -> Hashes {
        Hashes { file, at, places: OnceLock::new() }
    }

    /// All of them, as they are written.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.file[self.at.clone()]
    }

    fn eights(&self) -> &[[u8; 8]] {
        self.bytes().as_chunks().0
    }

    /// Whether this is one of them.
    pub(crate) fn contains(&self, hash: u64) -> bool {
        let Places { shift, before } = self.places.get_or_init(|| self.places());
        let first = usize::try_from(hash >> shift).unwrap_or(usize::MAX);
        let Some([from, to]) = before.get(first..).and_then(<[u32]>::first_chunk) else { return false };
        let alike = &self.eights()[*from as usize..*to as usize];
        if alike.len() > MOST {
            return alike.binary_search_by_key(&hash, |eight| u64::from_le_bytes(*eight)).is_ok();
        }
        // Without a branch that is foretold wrong.
        alike.iter().fold(false, |found, other| found | (u64::from_le_bytes(*other) == hash))
    }

    fn places(&self) -> Places {
        let all = || self.eights().iter().map(|eight| u64::from_le_bytes(*eight));
        let bits = u64::BITS - all().max().unwrap_or(0).leading_zeros();
        let first_bits = (self.eights().len() / ALIKE).max(2).next_power_of_two().ilog2().min(bits.max(1));
        let shift = bits.saturating_sub(first_bits);
        let mut before = vec![0; (1 << first_bits) + 1];
        for hash in all() {
            before[(hash >> shift) as usize + 1] += 1;
        }
        (1..before.len()).for_each(|at| before[at] += before[at - 1]);
        Places { shift, before }
    }
}

#[cfg(test)]
mod tests {
    use super::Hashes;

    #[test]
    fn those_that_are_there_are_found_and_no_others() {
        let spread = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let even = |count: u64| (0..count).map(spread).collect::<Vec<u64>>();
        let small = |count: u64| (0..count).map(|n| spread(n) >> 16).collect();
        let lists = [
            vec![],
            vec![0],
            vec![7],
            vec![u64::MAX],
            vec![3, 5, 5, u64::MAX],
            (0..50).chain([u64::MAX]).collect(),
        ];
        for mut list in lists.into_iter().chain([even(3), even(4000), small(4000), small(5)]) {
            list.sort_unstable();
            let hashes = Hashes::of(&list);
            let behind = Hashes::within([&[7; 5], hashes.bytes(), &[7]].concat(), 5..5 + 8 * list.len());
            assert_eq!(behind, hashes);
            for hash in list.iter().flat_map(|hash| [*hash, hash ^ 1, hash.wrapping_add(1), !hash]) {
                assert_eq!(hashes.contains(hash), list.binary_search(&hash).is_ok(), "{hash}");
            }
            assert_eq!(hashes.contains(1 << 63), list.contains(&(1 << 63)));
        }
        assert!(!Hashes::default().contains(0));
    }
}
