//! Hashes in order, each found where it must stand: they are spread evenly, so that their first bits tell.

/// Hashes in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hashes {
    all: Vec<u64>,
    /// By how many bits a hash is shifted to its first ones.
    shift: u32,
    /// How many stand before those that begin with each of these bits.
    before: Vec<u32>,
}

/// So many begin with the same bits, about.
const ALIKE: usize = 8;

/// Of more than these not all are compared.
const MOST: usize = 32;

impl Hashes {
    /// These, which are in order.
    pub(crate) fn of(all: Vec<u64>) -> Hashes {
        let bits = u64::BITS - all.iter().max().unwrap_or(&0).leading_zeros();
        let first_bits = (all.len() / ALIKE).max(2).next_power_of_two().ilog2().min(bits.max(1));
        let shift = bits.saturating_sub(first_bits);
        let mut before = vec![0; (1 << first_bits) + 1];
        for hash in &all {
            let first = (*hash >> shift) as usize + 1;
            before[first] += 1;
        }
        (1..before.len()).for_each(|at| before[at] += before[at - 1]);
        Hashes { all, shift, before }
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[u64] {
        &self.all
    }

    /// Whether this is one of them.
    pub(crate) fn contains(&self, hash: u64) -> bool {
        let first = usize::try_from(hash >> self.shift).unwrap_or(usize::MAX);
        let Some([from, to]) = self.before.get(first..).and_then(<[u32]>::first_chunk) else { return false };
        let alike = &self.all[*from as usize..*to as usize];
        if alike.len() > MOST {
            return alike.binary_search(&hash).is_ok();
        }
        // Without a branch that is foretold wrong.
        alike.iter().fold(false, |found, other| found | (*other == hash))
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
            let hashes = Hashes::of(list.clone());
            assert_eq!(hashes.all(), list);
            for hash in list.iter().flat_map(|hash| [*hash, hash ^ 1, hash.wrapping_add(1), !hash]) {
                assert_eq!(hashes.contains(hash), list.binary_search(&hash).is_ok(), "{hash}");
            }
            assert_eq!(hashes.contains(1 << 63), list.contains(&(1 << 63)));
        }
        assert!(!Hashes::default().contains(0));
    }
}
