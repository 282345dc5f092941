//! Features of so few different parts that each combination has a place of its own.
//!
//! Most of what the chain sees is of this sort: a class of words at a distance, a sort of mention on
//! a path. Their weights are read out of the table once and added up place by place, so that no hash is
//! needed to find them again.

use super::features::{each_plain_place, each_step_place};
use crate::quotes::weights::{Feature, Weights, mix};
use std::array;
use std::ops::AddAssign;

/// The features that are told by `N` parts, each below its size.
pub(in crate::quotes) struct Grid<const N: usize> {
    /// Where its places begin among those of all grids.
    start: usize,
    sizes: [usize; N],
    /// Gives the hash of each of them.
    give: fn([u32; N], &mut dyn FnMut(u32)),
}

impl<const N: usize> Grid<N> {
    /// The grid of the features that are given, its places from `start` on.
    pub(super) const fn new(
        start: usize,
        sizes: [usize; N],
        give: fn([u32; N], &mut dyn FnMut(u32)),
    ) -> Grid<N> {
        Grid { start, sizes, give }
    }

    /// Where the places of the next one begin.
    pub(super) const fn end(&self) -> usize {
        let (mut count, mut part) = (1, 0);
        while part < N {
            count *= self.sizes[part];
            part += 1;
        }
        self.start + count
    }

    /// The hashes of the features at a place.
    pub(super) fn each_of(&self, parts: [u32; N], give: &mut dyn FnMut(u32)) {
        (self.give)(parts, give);
    }

    #[inline]
    fn place(&self, parts: [u32; N]) -> usize {
        debug_assert!(parts.iter().zip(self.sizes).all(|(part, size)| (*part as usize) < size));
        let within = |place: usize, (part, size): (u32, usize)| place * size + part as usize;
        self.start + parts.into_iter().zip(self.sizes).fold(0, within)
    }

    /// Gives the hashes of each place, in order.
    pub(super) fn each(&self, mut give: impl FnMut(&[u32])) {
        let (mut parts, mut hashes) = ([0; N], Vec::new());
        for _ in self.start..self.end() {
            self.each_of(parts, &mut |hash| hashes.push(hash));
            give(&hashes);
            hashes.clear();
            // The last part counts up; one that is full begins anew and the one before it counts.
            for (part, size) in parts.iter_mut().zip(self.sizes).rev() {
                *part += 1;
                if (*part as usize) < size {
                    break;
                }
                *part = 0;
            }
        }
    }
}

/// The hash of a feature with this number and these parts.
#[inline]
pub(super) fn hash<const N: usize>(number: u32, parts: [u32; N]) -> u32 {
    parts.into_iter().fold(number.wrapping_mul(0x85EB_CA6B), mix)
}

/// The two numbers of a row, or sums of such, in one: both are added at once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pair(i32);

impl Pair {
    #[inline]
    pub(super) fn of([first, second]: [i8; 2]) -> Pair {
        Pair(i32::from(first) + (i32::from(second) << 16))
    }

    /// The two again.
    #[inline]
    pub(super) fn parted(self) -> [i16; 2] {
        let first = self.0 as i16;
        // A first one below zero has taken one from the second.
        [first, ((self.0 - i32::from(first)) >> 16) as i16]
    }
}

impl AddAssign for Pair {
    #[inline]
    fn add_assign(&mut self, other: Pair) {
        self.0 += other.0;
    }
}

/// The weights of all grids, place by place.
#[derive(Clone, Debug)]
pub(in crate::quotes) struct Grids {
    plain: Vec<Pair>,
    steps: Vec<[i16; 8]>,
}

impl Grids {
    pub(in crate::quotes) fn new(weights: &Weights) -> Grids {
        let (mut plain, mut steps) = (Vec::new(), Vec::new());
        each_plain_place(|hashes| {
            let mut sum = Pair::default();
            hashes.iter().for_each(|hash| sum += Pair::of(weights.packed_row(Feature(*hash))));
            plain.push(sum);
        });
        each_step_place(|hashes| {
            let rows = hashes.iter().map(|hash| weights.packed_step(Feature(*hash)).map(i16::from));
            steps.push(rows.fold([0; 8], |sum: [i16; 8], row| array::from_fn(|at| sum[at] + row[at])));
        });
        Grids { plain, steps }
    }

    /// What the features of a place say.
    #[inline]
    pub(super) fn plain<const N: usize>(&self, grid: &Grid<N>, parts: [u32; N]) -> Pair {
        self.plain.get(grid.place(parts)).copied().unwrap_or_default()
    }

    /// The same behind each label: two zeros, then label by label.
    #[inline]
    pub(super) fn step<const N: usize>(&self, grid: &Grid<N>, parts: [u32; N]) -> [i16; 8] {
        self.steps.get(grid.place(parts)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Pair;

    #[test]
    fn pairs_add_up_side_by_side() {
        let rows = [[127, -128], [-3, 5], [-128, -128], [0, 1], [-1, 0]];
        let mut sum = Pair::default();
        rows.iter().for_each(|row| sum += Pair::of(*row));
        assert_eq!(sum.parted(), [-5, -250]);
    }
}
