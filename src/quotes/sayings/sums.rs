//! The scores of the tokens around a cue, each feature looked up as seldom as can be.
//!
//! Weights are summed in the whole units they are kept in, so that the order of the sums does not
//! matter.

use super::after;
use super::chain::{LABELS, Link};
use super::features::{
    Around, Taker, Way, of_class, of_run, of_step, of_token, on_either_side, on_side, step_of_run,
    step_on_either_side, step_on_side,
};
use super::grids::{Grid, Grids};
use super::seen::{CLASSES, Seen};
use crate::quotes::weights::{Feature, UNIT, Weights};
use std::ops::{Range, RangeInclusive};

/// What some features say together: of a token whatever stands before it, and after each label.
#[derive(Clone, Copy, Default)]
struct Sum {
    plain: [i32; 2],
    after: [[i32; 2]; LABELS],
}

impl Sum {
    fn and(mut self, other: &Sum) -> Sum {
        self.plain = [0, 1].map(|l: usize| self.plain[l] + other.plain[l]);
        self.after = [0, 1, 2].map(|p: usize| [0, 1].map(|l: usize| self.after[p][l] + other.after[p][l]));
        self
    }

    fn link(&self) -> Link {
        let mut link = Link::of(self.plain.map(|sum| sum as f32 * UNIT));
        for (label, sum) in self.after.iter().enumerate() {
            link.add_after(label, sum.map(|sum| sum as f32 * UNIT));
        }
        link
    }
}

/// Adds a row to a sum.
#[inline]
pub(super) fn add(sum: &mut [i32; 2], [first, second]: [i8; 2]) {
    *sum = [sum[0] + i32::from(first), sum[1] + i32::from(second)];
}

/// Adds up features.
struct Plain<'a> {
    sum: &'a mut [i32; 2],
    weights: &'a Weights,
    grids: &'a Grids,
}

impl Taker<Feature> for Plain<'_> {
    #[inline]
    fn take<const N: usize>(&mut self, hashes: [u32; N]) {
        for row in self.weights.packed_rows(hashes.map(Feature)) {
            add(self.sum, row);
        }
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        add(self.sum, self.grids.plain(grid, parts));
    }
}

/// Adds up features that hold after one label only.
struct Steps<'a> {
    after: &'a mut [[i32; 2]; LABELS],
    weights: &'a Weights,
    grids: &'a Grids,
}

impl Taker<u32> for Steps<'_> {
    #[inline]
    fn take<const N: usize>(&mut self, hashes: [u32; N]) {
        for hash in hashes {
            let rows = self.weights.packed_rows([0, 1, 2].map(|label| after(hash, label)));
            for (sum, row) in self.after.iter_mut().zip(rows) {
                add(sum, row);
            }
        }
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        for (sum, row) in self.after.iter_mut().zip(self.grids.steps(grid, parts)) {
            add(sum, row);
        }
    }
}

/// What the tokens of a sentence say by themselves, before and after a cue: the same for all cues.
pub(super) struct Sides {
    start: usize,
    sums: Vec<[Sum; 2]>,
}

impl Sides {
    /// The tokens of a sentence, as they look from cues that begin within `cues`.
    pub(super) fn new(
        seen: &Seen,
        sentence: &Range<usize>,
        cues: RangeInclusive<usize>,
        weights: &Weights,
    ) -> Sides {
        let both = |i| {
            let (before, after) = (i < *cues.end(), i > *cues.start());
            sums_of(seen, sentence, i, usize::from(!before)..1 + usize::from(after), weights)
        };
        Sides { start: sentence.start, sums: sentence.clone().map(both).collect() }
    }
}

/// What token `i` says on the wanted sides of a cue.
fn sums_of(
    seen: &Seen,
    sentence: &Range<usize>,
    i: usize,
    wanted: Range<usize>,
    weights: &Weights,
) -> [Sum; 2] {
    let grids = weights.grids();
    let mut either = Sum::default();
    step_on_either_side(seen, sentence, i, Steps { after: &mut either.after, weights, grids });
    let mut sums = [either; 2];
    let hashes = on_either_side(seen, sentence, i);
    for side in wanted.clone() {
        for row in weights.packed_rows(hashes.map(|hash| on_side(hash, side as u32))) {
            add(&mut sums[side].plain, row);
        }
    }
    for side in wanted {
        let mut steps = Steps { after: &mut sums[side].after, weights, grids };
        step_on_side(seen, sentence, i, side as u32, &mut steps);
    }
    sums
}

/// The scores of the tokens around one cue, with what the last of them shared with the one before.
pub(super) struct Runs<'a> {
    around: &'a Around<'a>,
    weights: &'a Weights,
    run: Option<[u32; 7]>,
    shared: Sum,
    /// What the tokens of a class share on one side.
    classes: [[Option<[i32; 2]>; CLASSES]; 2],
}

impl<'a> Runs<'a> {
    pub(super) fn new(around: &'a Around<'a>, weights: &'a Weights) -> Runs<'a> {
        Runs { around, weights, run: None, shared: Sum::default(), classes: [[None; CLASSES]; 2] }
    }

    /// The scores of the tokens of a window.
    pub(super) fn links(&mut self, window: &Range<usize>, sides: &Sides) -> Vec<Link> {
        let ways = Way::all(self.around, window);
        let link =
            |(i, way): (usize, Option<Way>)| way.map_or_else(Link::closed, |way| self.link(i, &way, sides));
        window.clone().zip(ways).map(link).collect()
    }

    /// The scores of token `i`.
    fn link(&mut self, i: usize, way: &Way, sides: &Sides) -> Link {
        let (around, weights) = (self.around, self.weights);
        let grids = weights.grids();
        if self.run != Some(way.run()) {
            let mut sum = Sum::default();
            of_run(around, way, Plain { sum: &mut sum.plain, weights, grids });
            step_of_run(way, Steps { after: &mut sum.after, weights, grids });
            (self.run, self.shared) = (Some(way.run()), sum);
        }
        let beside = &sides.sums[i - sides.start][way.side as usize];
        let mut sum = self.shared.and(beside);
        let class = around.seen.at(i).class;
        let [first, second] = *self.classes[way.side as usize][class as usize].get_or_insert_with(|| {
            let mut sum = [0; 2];
            of_class(around, class, way.side, Plain { sum: &mut sum, weights, grids });
            sum
        });
        sum.plain = [sum.plain[0] + first, sum.plain[1] + second];
        of_token(around, i, way, Plain { sum: &mut sum.plain, weights, grids });
        of_step(around, i, way, Steps { after: &mut sum.after, weights, grids });
        sum.link()
    }
}
