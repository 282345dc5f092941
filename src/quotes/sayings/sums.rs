//! The scores of the tokens around a cue, each feature looked up as seldom as can be.
//!
//! Weights are summed in the whole units they are kept in, so that the order of the sums does not
//! matter.

use super::chain::{LABELS, Link};
use super::features::{Around, Way, beside, of_run, of_step, of_token, step_beside, step_of_run};
use super::seen::Seen;
use super::{Cues, after};
use crate::quotes::weights::{Feature, UNIT, Weights};
use std::ops::Range;

/// What some features say together: of a token whatever stands before it, and after each label.
#[derive(Clone, Copy, Default)]
struct Sum {
    plain: [i32; 2],
    after: [[i32; 2]; LABELS],
}

impl Sum {
    fn add(&mut self, feature: Feature, weights: &Weights) {
        add(&mut self.plain, feature, weights);
    }

    fn add_step(&mut self, hash: u32, weights: &Weights) {
        for (label, sum) in self.after.iter_mut().enumerate() {
            add(sum, after(hash, label), weights);
        }
    }

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

#[inline]
fn add(sum: &mut [i32; 2], feature: Feature, weights: &Weights) {
    let [first, second] = weights.packed_row(feature);
    *sum = [sum[0] + i32::from(first), sum[1] + i32::from(second)];
}

/// What the tokens of a sentence say by themselves, before and after a cue: the same for all cues.
pub(super) struct Sides {
    start: usize,
    sums: Vec<[Sum; 2]>,
}

impl Sides {
    pub(super) fn new(seen: &Seen, sentence: &Range<usize>, cues: &Cues, weights: &Weights) -> Sides {
        let (Some(first), Some(last)) = (cues.candidates.first(), cues.candidates.last()) else {
            return Sides { start: sentence.start, sums: Vec::new() };
        };
        let sum = |i: usize, side: u32, wanted: bool| {
            let mut sum = Sum::default();
            if wanted {
                beside(seen, sentence, i, side, |feature| sum.add(feature, weights));
                step_beside(seen, sentence, i, side, |hash| sum.add_step(hash, weights));
            }
            sum
        };
        let both = |i| [sum(i, 0, i < last.cue.tokens.start), sum(i, 1, i > first.cue.tokens.start)];
        Sides { start: sentence.start, sums: sentence.clone().map(both).collect() }
    }
}

/// The scores of the tokens around one cue, with what the last of them shared with the one before.
pub(super) struct Runs<'a> {
    around: &'a Around<'a>,
    weights: &'a Weights,
    run: Option<[u32; 7]>,
    shared: Sum,
}

impl<'a> Runs<'a> {
    pub(super) fn new(around: &'a Around<'a>, weights: &'a Weights) -> Runs<'a> {
        Runs { around, weights, run: None, shared: Sum::default() }
    }

    /// The scores of token `i`.
    pub(super) fn link(&mut self, i: usize, sides: &Sides) -> Link {
        let (around, weights) = (self.around, self.weights);
        if around.cue.contains(&i) {
            return Link::closed();
        }
        let way = Way::new(around, i);
        if self.run != Some(way.run()) {
            let mut sum = Sum::default();
            of_run(around, &way, |feature| sum.add(feature, weights));
            step_of_run(&way, |hash| sum.add_step(hash, weights));
            (self.run, self.shared) = (Some(way.run()), sum);
        }
        let beside = &sides.sums[i - sides.start][usize::from(i > around.cue.start)];
        let mut sum = self.shared.and(beside);
        of_token(around, i, &way, |feature| sum.add(feature, weights));
        of_step(around, i, &way, |hash| sum.add_step(hash, weights));
        sum.link()
    }
}
