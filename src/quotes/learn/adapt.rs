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

    /// Weights of nothing for all of them, each of `N` rows.
    pub(super) fn weights<const N: usize>(&self) -> Learning<N> {
        let kept = self.counts.iter().map(|c| *c >= LEAST).collect();
        let none = vec![[[0.0; 2]; N]; self.counts.len()];
        let slopes = vec![[[1e-6; 2]; N]; self.counts.len()];
        Learning { rows: none.clone(), slopes, kept, sums: none, times: 0.0 }
    }

    /// The features that are kept, with what was learned of them, in order of their hashes.
    pub(super) fn learned<const N: usize>(&self, weights: &Learning<N>) -> Vec<(Feature, [Row; N])> {
        let row = |(feature, number): (&u32, &u32)| (Feature(*feature), weights.mean(*number));
        self.numbers.iter().map(row).collect()
    }
}

/// Weights while they are learned, `N` rows of each feature.
pub(super) struct Learning<const N: usize> {
    rows: Vec<[Row; N]>,
    /// The sums of the squares of their slopes.
    slopes: Vec<[Row; N]>,
    kept: Vec<bool>,
    /// The sums of the rows whenever they were remembered, and how often that was.
    sums: Vec<[Row; N]>,
    times: f32,
}

impl<const N: usize> Learning<N> {
    pub(super) fn rows(&self, number: u32) -> &[Row; N] {
        &self.rows[number as usize]
    }

    /// Remembers the weights as they are now. What is learned in the end is the mean of all that were
    /// remembered: it depends less on the last examples than the last weights do.
    pub(super) fn remember(&mut self) {
        self.times += 1.0;
        let rows = self.rows.as_flattened().as_flattened();
        let sums = self.sums.as_flattened_mut().as_flattened_mut();
        sums.iter_mut().zip(rows).for_each(|(sum, weight)| *sum += weight);
    }

    fn mean(&self, number: u32) -> [Row; N] {
        match self.times {
            0.0 => *self.rows(number),
            times => self.sums[number as usize].map(|row| row.map(|sum| sum / times)),
        }
    }

    /// Moves one weight of a feature along its slope: of a row, the one for a label.
    pub(super) fn nudge(&mut self, number: u32, row: usize, label: usize, slope: f32) {
        let number = number as usize;
        if slope.abs() < FLAT || !self.kept[number] {
            return;
        }
        let weight = &mut self.rows[number][row][label];
        let slopes = &mut self.slopes[number][row][label];
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
