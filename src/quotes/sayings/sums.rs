//! The scores of the tokens around a cue, each feature looked up as seldom as can be.
//!
//! Weights are summed in the whole units they are kept in, so that the order of the sums does not
//! matter.

use super::chain::Link;
use super::features::{
    Around, RULED, RULED_TURNS, Taker, Way, beside, of_class, of_run, of_step, of_token, step_of_run,
    step_on_either_side, step_on_side,
};
use super::forms::{Form, StepForm};
use super::grids::{Grid, Grids, Pair};
use super::seen::{CLASSES, Seen, Token};
use crate::quotes::weights::{Feature, Weights};
use std::ops::{Range, RangeInclusive};

/// What some features say together: of a token whatever stands before it, and behind each label. A hundred
/// features could not say more than it holds.
#[derive(Clone, Copy, Default)]
struct Sum {
    plain: Pair,
    /// As [`Weights::packed_step`] has it.
    steps: [i16; 8],
}

impl Sum {
    #[inline]
    fn add(&mut self, other: &Sum) {
        self.plain += other.plain;
        self.add_steps(other.steps);
    }

    #[inline]
    fn add_steps(&mut self, steps: [i16; 8]) {
        for (sum, more) in self.steps.iter_mut().zip(steps) {
            *sum += more;
        }
    }

    #[inline]
    fn link(&self) -> Link<i16> {
        let [first, second] = self.plain.parted();
        let [_, _, after @ ..] = self.steps;
        let rows: [[i16; 2]; 3] = [[after[0], after[1]], [after[2], after[3]], [after[4], after[5]]];
        Link::after(rows.map(|row| [row[0] + first, row[1] + second]))
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
            self.sum.plain += Pair::of(self.weights.packed_row(Feature(hash)));
        }
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        self.sum.plain += self.grids.plain(grid, parts);
    }

    #[inline]
    fn take_form(&mut self, form: Form, token: &Token, side: u32) {
        match token.says {
            Some(says) => self.sum.plain += says.plain(form, side),
            None => self.take([form.hash(token.form, side)]),
        }
    }
}

/// The same of a run of tokens, with what the rules say of it remembered.
struct OfRun<'a> {
    plain: Plain<'a>,
    ruled: &'a mut Ruled,
}

/// What the rules say of the tokens of a cue, turn by turn.
type Ruled = [[Option<Sum>; RULED]; RULED_TURNS];

impl Taker for OfRun<'_> {
    #[inline]
    fn take<const N: usize>(&mut self, hashes: [u32; N]) {
        self.plain.take(hashes);
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        self.plain.take_in(grid, parts);
    }

    #[inline]
    fn take_ruled<const N: usize>(&mut self, turn: usize, way: &Way, hashes: impl FnOnce() -> [u32; N]) {
        let Plain { weights, grids, .. } = self.plain;
        let ruled = self.ruled[turn][way.ruled()].get_or_insert_with(|| {
            let mut sum = Sum::default();
            Plain { sum: &mut sum, weights, grids }.take(hashes());
            sum
        });
        self.plain.sum.add(ruled);
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
            self.sum.add_steps(self.weights.packed_step(Feature(hash)).map(i16::from));
        }
    }

    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        self.sum.add_steps(self.grids.step(grid, parts));
    }

    #[inline]
    fn take_step_form(&mut self, form: StepForm, token: &Token, side: u32) {
        match token.says {
            Some(says) => self.sum.add_steps(says.step(form, side)),
            None => self.take([form.hash(token.form, side)]),
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
    step_on_either_side(seen, sentence, i, Steps { sum: &mut either, weights, grids });
    let mut sums = [either; 2];
    for side in wanted {
        let sum = &mut sums[side];
        beside(seen, sentence, i, side as u32, Plain { sum, weights, grids });
        step_on_side(seen, sentence, i, side as u32, &mut Steps { sum, weights, grids });
    }
    sums
}

/// The scores of the tokens around one cue, with what the last of them shared with the one before.
pub(super) struct Runs<'a> {
    around: &'a Around<'a>,
    weights: &'a Weights,
    grids: &'a Grids,
    run: Option<u32>,
    shared: Sum,
    /// What the tokens of a class share on one side.
    classes: [[Option<Sum>; CLASSES]; 2],
    ruled: Ruled,
}

impl<'a> Runs<'a> {
    pub(super) fn new(around: &'a Around<'a>, weights: &'a Weights) -> Runs<'a> {
        let (classes, ruled) = ([[None; CLASSES]; 2], [[None; RULED]; RULED_TURNS]);
        let grids = weights.grids();
        Runs { around, weights, grids, run: None, shared: Sum::default(), classes, ruled }
    }

    /// The scores of the tokens of a window.
    pub(super) fn links(&mut self, window: &Range<usize>, sides: &Sides) -> Vec<Link<i16>> {
        let mut links = vec![Link::<i16>::closed(); window.len()];
        Way::each(self.around, window, |i, way| links[i - window.start] = self.link(i, way, sides));
        links
    }

    /// The scores of token `i`.
    fn link(&mut self, i: usize, way: &Way, sides: &Sides) -> Link<i16> {
        let Runs { around, weights, grids, .. } = *self;
        let run = Some(way.run());
        if self.run != run {
            let mut sum = Sum::default();
            let plain = Plain { sum: &mut sum, weights, grids };
            of_run(around, way, OfRun { plain, ruled: &mut self.ruled });
            step_of_run(way, Steps { sum: &mut sum, weights, grids });
            (self.run, self.shared) = (run, sum);
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
