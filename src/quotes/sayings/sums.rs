//! The scores of the tokens around a cue, each feature looked up as seldom as can be.
//!
//! Weights are summed in the whole units they are kept in, so that the order of the sums does not
//! matter.

use super::chain::Link;
use super::features::{
    Around, Taker, Way, of_class, of_run, of_step, of_token, on_either_side, on_side, step_of_run,
    step_on_either_side, step_on_side,
};
use super::grids::{Grid, Grids};
use super::seen::{CLASSES, Seen};
use crate::quotes::weights::{Feature, UNIT, Weights};
use std::ops::{Range, RangeInclusive};

/// What some features say together: of a token whatever stands before it, then behind each label, as
/// [`Weights::packed_step`] has it. A hundred features could not say more than it holds.
#[derive(Clone, Copy, Default)]
struct Sum([i16; 8]);

impl Sum {
    #[inline]
    fn add(&mut self, other: &Sum) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum += more;
        }
    }

    #[inline]
    fn add_step(&mut self, step: [i8; 8]) {
        for (sum, more) in self.0.iter_mut().zip(step) {
            *sum += i16::from(more);
        }
    }

    #[inline]
    fn add_row(&mut self, row: [i8; 2]) {
        self.0[0] += i16::from(row[0]);
        self.0[1] += i16::from(row[1]);
    }

    #[inline]
    fn link(&self) -> Link {
        let [first, second, after @ ..] = self.0;
        let rows: [[i16; 2]; 3] = [[after[0], after[1]], [after[2], after[3]], [after[4], after[5]]];
        Link::after(rows.map(|row| [row[0] + first, row[1] + second].map(|sum| f32::from(sum) * UNIT)))
    }
}

/// Adds up features that hold whatever stands before.
struct Plain<'a> {
    sum: &'a mut Sum,
    weights: &'a Weights,
    grids: &'a Grids,
}

impl Taker for Plain<'_> {
    #[inline]
    fn take<const N: usize>(&mut self, hashes: [u32; N]) {
        for hash in hashes {
            self.sum.add_row(self.weights.packed_row(Feature(hash)));
        }
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        self.sum.add_row(self.grids.plain(grid, parts));
    }
}

/// Adds up features that hold after one label only.
struct Steps<'a> {
    sum: &'a mut Sum,
    weights: &'a Weights,
    grids: &'a Grids,
}

impl Taker for Steps<'_> {
    #[inline]
    fn take<const N: usize>(&mut self, hashes: [u32; N]) {
        for hash in hashes {
            self.sum.add_step(self.weights.packed_step(Feature(hash)));
        }
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        self.sum.add_step(self.grids.step(grid, parts));
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
    step_on_either_side(seen, sentence, i, Steps { sum: &mut either, weights, grids });
    let mut sums = [either; 2];
    let hashes = on_either_side(seen, sentence, i);
    for side in wanted {
        let sum = &mut sums[side];
        for hash in hashes {
            sum.add_row(weights.packed_row(on_side(hash, side as u32)));
        }
        step_on_side(seen, sentence, i, side as u32, &mut Steps { sum, weights, grids });
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
    classes: [[Option<Sum>; CLASSES]; 2],
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
            of_run(around, way, Plain { sum: &mut sum, weights, grids });
            step_of_run(way, Steps { sum: &mut sum, weights, grids });
            (self.run, self.shared) = (Some(way.run()), sum);
        }
        let class = around.seen.at(i).class;
        let of_class = self.classes[way.side as usize][class as usize].get_or_insert_with(|| {
            let mut sum = Sum::default();
            of_class(around, class, way.side, Plain { sum: &mut sum, weights, grids });
            sum
        });
        let mut sum = *of_class;
        sum.add(&self.shared);
        sum.add(&sides.sums[i - sides.start][way.side as usize]);
        of_token(around, i, way, Plain { sum: &mut sum, weights, grids });
        of_step(around, i, way, Steps { sum: &mut sum, weights, grids });
        sum.link()
    }
}
