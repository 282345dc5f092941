//! Features that are frequent enough, and weights that take smaller steps the more they have learned
//! (AdaGrad).

use crate::quotes::weights::{Feature, Row};
use std::collections::BTreeMap;

/// How often a feature must count to be kept.
const LEAST: u32 = 30;

/// The first step of a weight.
const STEP: f32 = 0.02;

/// How strongly a weight is drawn back to nothing at each step.
const DECAY: f32 = 0.01;

/// A slope too small to follow.
const FLAT: f32 = 1e-4;

/// The features of all examples, numbered as they are first seen.
#[derive(Default)]
pub(super) struct Features {
    numbers: BTreeMap<u32, u32>,
    counts: Vec<u32>,
}

impl Features {
    /// The number of a feature that is seen once more, and counts so often.
    pub(super) fn number(&mut self, feature: Feature, times: u32) -> u32 {
        let next = self.counts.len() as u32;
        let number = *self.numbers.entry(feature.0).or_insert(next);
        if number == next {
            self.counts.push(0);
        }
        self.counts[number as usize] += times;
        number
    }

    /// Weights of nothing for all of them.
    pub(super) fn weights(&self) -> Learning {
        let kept = self.counts.iter().map(|c| *c >= LEAST).collect();
        let none = vec![[0.0; 2]; self.counts.len()];
        let slopes = vec![[1e-6; 2]; self.counts.len()];
        Learning { rows: none.clone(), slopes, kept, sums: none, times: 0.0 }
    }

    /// The features that are kept, with what was learned of them, in order of their hashes.
    pub(super) fn learned(&self, weights: &Learning) -> Vec<(Feature, Row)> {
        let row = |(feature, number): (&u32, &u32)| (Feature(*feature), weights.mean(*number));
        self.numbers.iter().map(row).collect()
    }
}

/// Weights while they are learned.
pub(super) struct Learning {
    rows: Vec<Row>,
    /// The sums of the squares of their slopes.
    slopes: Vec<Row>,
    kept: Vec<bool>,
    /// The sums of the rows whenever they were remembered, and how often that was.
    sums: Vec<Row>,
    times: f32,
}

impl Learning {
    pub(super) fn row(&self, number: u32) -> Row {
        self.rows[number as usize]
    }

    /// Remembers the weights as they are now. What is learned in the end is the mean of all that were
    /// remembered: it depends less on the last examples than the last weights do.
    pub(super) fn remember(&mut self) {
        self.times += 1.0;
        for (sum, row) in self.sums.iter_mut().zip(&self.rows) {
            *sum = [sum[0] + row[0], sum[1] + row[1]];
        }
    }

    fn mean(&self, number: u32) -> Row {
        match self.times {
            0.0 => self.row(number),
            times => self.sums[number as usize].map(|sum| sum / times),
        }
    }

    /// Moves one weight of a feature along its slope.
    pub(super) fn nudge(&mut self, number: u32, label: usize, slope: f32) {
        let number = number as usize;
        if slope.abs() < FLAT || !self.kept[number] {
            return;
        }
        let weight = &mut self.rows[number][label];
        let slopes = &mut self.slopes[number][label];
        *slopes += slope * slope;
        *weight += STEP * (slope - DECAY * *weight) / slopes.sqrt();
    }
}

/// The numbers below `count` in an order that is always the same, another each time it is called on.
pub(super) fn shuffle(order: &mut [u32], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*seed >> 33) as usize % (at + 1));
    }
}
