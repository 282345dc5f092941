//! What the form of a token says by itself: looked up once for each word, not wherever it stands.

use super::grids::{Pair, hash};
use crate::quotes::weights::{Feature, Weights};

/// A feature that sees the form of a token and a side.
#[derive(Clone, Copy)]
pub(in crate::quotes) enum Form {
    /// Of the token itself.
    Here,
    /// Of the one before it.
    Before,
    /// Of the one after it.
    After,
}

/// The same that holds after one label only.
#[derive(Clone, Copy)]
pub(in crate::quotes) enum StepForm {
    /// Of the token itself.
    Here,
    /// Of the one before it.
    Before,
}

impl Form {
    const ALL: [Form; 3] = [Form::Here, Form::Before, Form::After];

    pub(super) fn hash(self, form: u32, side: u32) -> u32 {
        hash(202 + self as u32, [form, side])
    }
}

impl StepForm {
    const ALL: [StepForm; 2] = [StepForm::Here, StepForm::Before];

    pub(super) fn hash(self, form: u32, side: u32) -> u32 {
        hash(405 + self as u32, [form, side])
    }
}

/// What they say of one form, before and behind a cue.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::quotes) struct Says {
    plain: [[Pair; 3]; 2],
    /// As [`Weights::packed_step`] has it.
    steps: [[[i16; 8]; 2]; 2],
}

impl Says {
    /// What the weights say of a form.
    pub(in crate::quotes) fn of(form: u32, weights: &Weights) -> Says {
        let plain = |side| Form::ALL.map(|one| Pair::of(weights.packed_row(Feature(one.hash(form, side)))));
        let step = |one: StepForm, side| weights.packed_step(Feature(one.hash(form, side))).map(i16::from);
        let steps = |side| StepForm::ALL.map(|one| step(one, side));
        Says { plain: [0, 1].map(plain), steps: [0, 1].map(steps) }
    }

    #[inline]
    pub(super) fn plain(&self, form: Form, side: u32) -> Pair {
        self.plain[side as usize][form as usize]
    }

    #[inline]
    pub(super) fn step(&self, form: StepForm, side: u32) -> [i16; 8] {
        self.steps[side as usize][form as usize]
    }
}
