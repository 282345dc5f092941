//! What is seen of a sentence around one of its cues: the features of the chain.
//!
//! Each feature is a hash of its number and its parts. They are told apart by how often they must be
//! looked up: [`beside`] and [`step_beside`] know only on which side of the cue a token stands, so
//! that their sums serve every cue of the sentence; [`of_run`] and [`step_of_run`] are the same for
//! many tokens in a row; only [`of_token`] and [`of_step`] are of one token and one cue.

use super::ruled::Ruled;
use super::seen::{Class, Seen, Token};
use crate::quotes::weights::{Feature, mix};
use std::ops::Range;

/// A cue in its sentence.
pub(in crate::quotes) struct Around<'a> {
    pub seen: &'a Seen<'a>,
    pub sentence: &'a Range<usize>,
    pub cue: Range<usize>,
    /// The dictionary form of the cue; the same for all verbs that are in no list.
    pub lemma: u32,
    /// What the rules make of it.
    pub ruled: &'a Ruled,
    /// Where the other cues of the sentence stand.
    pub others: &'a [usize],
}

/// Gives out features, numbered from a first one on.
struct Numbered<F> {
    number: u32,
    give: F,
}

impl<F: FnMut(u32)> Numbered<F> {
    #[inline]
    fn add<const N: usize>(&mut self, parts: [u32; N]) {
        self.number += 1;
        self.add_as(self.number, parts);
    }

    /// Adds a feature that has its number from elsewhere.
    #[inline]
    fn add_as<const N: usize>(&mut self, number: u32, parts: [u32; N]) {
        (self.give)(parts.into_iter().fold(number.wrapping_mul(0x85EB_CA6B), mix));
    }
}

/// The token at `at`, if it is one of the sentence.
#[inline]
fn look(seen: &Seen, sentence: &Range<usize>, at: usize) -> Token {
    if sentence.contains(&at) { seen.at(at) } else { Token { form: 11, ..Token::default() } }
}

/// What is seen of the cue itself: whether it reports anything here.
pub(in crate::quotes) fn of_cue(around: &Around, mut give: impl FnMut(Feature)) {
    let cue = around.cue.start;
    let at = |i: usize| look(around.seen, around.sentence, i);
    let [b2, b1] = [cue.wrapping_sub(2), cue.wrapping_sub(1)].map(at);
    let [a1, a2] = [around.cue.end, around.cue.end + 1].map(at);
    let here = at(cue);
    let first = at(around.sentence.start);
    let lemma = around.lemma;
    let quoted = u32::from(around.sentence.clone().any(|i| around.seen.at(i).class == Class::Quoted));
    let (subject, reports) = (around.ruled.subject, u32::from(!around.ruled.pieces.is_empty()));
    let earlier = around.others.iter().filter(|o| **o < cue).count().min(3) as u32;
    let mut f = Numbered { number: 100, give: |hash| give(Feature(hash)) };
    f.add([]);
    f.add([here.form]);
    f.add([lemma]);
    f.add([lemma, quoted]);
    f.add([b1.class as u32]);
    f.add([b1.form]);
    f.add([a1.class as u32]);
    f.add([a1.form]);
    f.add([b1.class as u32, a1.class as u32]);
    f.add([here.form, b1.class as u32]);
    f.add([here.form, a1.class as u32]);
    f.add([lemma, a1.form]);
    f.add([b2.class as u32, b1.class as u32]);
    f.add([a1.class as u32, a2.class as u32]);
    f.add([a1.form, a2.form]);
    f.add([subject, reports]);
    f.add([subject, reports, lemma]);
    f.add([subject, reports, b1.class as u32, a1.class as u32]);
    f.add([around.others.len().min(4) as u32, quoted]);
    f.add([earlier, subject]);
    f.add([u32::from(cue == around.sentence.start), here.class as u32]);
    f.add([first.class as u32]);
    f.add([first.form]);
    f.add([around.sentence.len().min(60) as u32 / 6]);
    f.add([b1.part, here.part, a1.part]);
    f.add([b1.part]);
    f.add([a1.part]);
    f.add([a1.part, a2.part]);
    f.add([b1.part, lemma]);
    f.add([a1.part, lemma]);
    f.add([b1.mention, here.class as u32]);
}

/// What is seen of token `i` before (side 0) or after (side 1) any cue.
pub(in crate::quotes) fn beside(
    seen: &Seen,
    sentence: &Range<usize>,
    i: usize,
    side: u32,
    mut give: impl FnMut(Feature),
) {
    let at = |i: usize| look(seen, sentence, i);
    let [b2, b1, here, a1, a2] = [i.wrapping_sub(2), i.wrapping_sub(1), i, i + 1, i + 2].map(at);
    let mut f = Numbered { number: 200, give: |hash| give(Feature(mix(hash, side))) };
    f.add([]);
    f.add([here.form]);
    f.add([b1.form]);
    f.add([a1.form]);
    f.add([b1.form, here.form]);
    f.add([here.form, a1.form]);
    f.add([b1.class as u32, here.class as u32, a1.class as u32]);
    f.add([b2.class as u32, b1.class as u32, here.class as u32]);
    f.add([here.class as u32, a1.class as u32, a2.class as u32]);
    f.add([b1.part, here.part, a1.part]);
    f.add([b2.part, b1.part, here.part]);
    f.add([here.part, a1.part, a2.part]);
}

/// How a token lies to the cue.
pub(in crate::quotes) struct Way {
    side: u32,
    /// How many tokens away, coarsely, and on which side.
    distance: u32,
    /// The marks, clauses and cues between the two.
    path: u32,
    /// Commas and verbs between the two.
    counts: u32,
    near: u32,
    /// What the rules say of the token before, of it, and of the one after.
    rules: [u32; 3],
    /// Whether it begins or ends the sentence.
    edge: u32,
    /// The token next to `i` on the way to the cue.
    next: Token,
}

impl Way {
    pub(in crate::quotes) fn new(around: &Around, i: usize) -> Way {
        let cue = around.cue.start;
        let side = u32::from(i > cue);
        let far = i.abs_diff(cue);
        let bucket = match far {
            0..=4 => far as u32,
            5..=6 => 5,
            7..=9 => 6,
            10..=14 => 7,
            15..=24 => 8,
            _ => 9,
        };
        let between = if i < cue { i + 1..cue } else { around.cue.end..i };
        let [mut commas, mut quotes, mut thats, mut bounds, mut stops, mut verbs] = [0u32; 6];
        for at in between.clone() {
            match around.seen.at(at).class {
                Class::Quoted => quotes = 1,
                Class::Comma => commas = (commas + 1).min(2),
                Class::That => thats = 1,
                Class::Relative | Class::Boundary => bounds = 1,
                Class::Colon | Class::Semicolon | Class::Dash => stops = 1,
                Class::Auxiliary | Class::Cue => verbs = (verbs + 1).min(2),
                _ => {}
            }
        }
        let others = around.others.iter().filter(|o| between.contains(o)).count().min(2) as u32;
        let path = side + 2 * (commas + 3 * (quotes + 2 * (thats + 2 * (bounds + 2 * (stops + 2 * others)))));
        let next = if i < cue { i + 1 } else { i - 1 };
        let edge = u32::from(i == around.sentence.start) + 2 * u32::from(i + 1 == around.sentence.end);
        Way {
            side,
            distance: side * 16 + bucket,
            path,
            counts: verbs * 3 + commas,
            near: far.min(3) as u32,
            rules: [i.wrapping_sub(1), i, i + 1].map(|i| around.ruled.at(i)),
            edge,
            next: look(around.seen, around.sentence, next),
        }
    }

    /// All that [`of_run`] and [`step_of_run`] see of a token: where it is the same, so are they.
    pub(in crate::quotes) fn run(&self) -> [u32; 7] {
        let [before, here, after] = self.rules;
        [self.side, self.path, self.near, self.edge, before, here, after]
    }
}

/// What is seen of token `i` for this cue.
pub(in crate::quotes) fn of_token(around: &Around, i: usize, way: &Way, mut give: impl FnMut(Feature)) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let here = at(i);
    let before_cue = at(around.cue.start.wrapping_sub(1));
    let [a1, a2] = [around.cue.end, around.cue.end + 1].map(at);
    let Way { side, distance, path, counts, next, rules: [_, rule, _], .. } = *way;
    let class = here.class as u32;
    let lemma = around.lemma;
    let mut f = Numbered { number: 0, give: |hash| give(Feature(hash)) };
    f.add_as(301, [class, distance]);
    f.add_as(302, [distance, rule]);
    f.add_as(304, [rule, class, side]);
    f.add_as(307, [path, class]);
    f.add_as(308, [lemma, side, class]);
    f.add_as(311, [a1.class as u32, a2.class as u32, side, class]);
    f.add_as(312, [before_cue.class as u32, class, path]);
    f.add_as(313, [here.mention, distance]);
    f.add_as(314, [here.mention, rule, side]);
    f.add_as(315, [here.mention, path]);
    f.add_as(317, [counts, side, class]);
    f.add_as(318, [next.form, side, class, counts]);
    f.add_as(321, [here.part, side, lemma]);
    f.add_as(322, [here.part, path]);
    f.add_as(323, [here.part, distance]);
    f.add_as(324, [here.part, rule, side]);
    f.add_as(325, [a1.part, a2.part, side, class]);
}

/// What is seen of each token of a [run](Way::run) for this cue.
pub(in crate::quotes) fn of_run(around: &Around, way: &Way, mut give: impl FnMut(Feature)) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let [first, a1] = [around.sentence.start, around.cue.end].map(at);
    let Way { side, path, near, edge, rules: [r1, rule, r3], .. } = *way;
    let reports = u32::from(!around.ruled.pieces.is_empty());
    let mut f = Numbered { number: 0, give: |hash| give(Feature(hash)) };
    f.add_as(303, [r1, rule, r3, side]);
    f.add_as(305, [rule, around.ruled.subject, side, reports]);
    f.add_as(306, [path, rule]);
    f.add_as(309, [around.lemma, side, rule]);
    f.add_as(310, [a1.form, side, rule, near]);
    f.add_as(316, [edge, side, rule]);
    f.add_as(319, [first.form, side, rule]);
    f.add_as(320, [first.class as u32, path]);
}

/// What is seen of token `i` before (side 0) or after (side 1) any cue that holds after one label
/// only; each is to be mixed with that label.
pub(in crate::quotes) fn step_beside(
    seen: &Seen,
    sentence: &Range<usize>,
    i: usize,
    side: u32,
    give: impl FnMut(u32),
) {
    let at = |i: usize| look(seen, sentence, i);
    let [before, here, after] = [i.wrapping_sub(1), i, i + 1].map(at);
    let class = here.class as u32;
    let mut f = Numbered { number: 0, give };
    f.add_as(401, [side]);
    f.add_as(402, [class, side]);
    f.add_as(403, [before.class as u32, class, side]);
    f.add_as(405, [here.form, side]);
    f.add_as(406, [before.form, side]);
    f.add_as(407, [here.mention, side]);
    f.add_as(410, [here.part, side]);
    f.add_as(411, [before.part, here.part, side]);
    f.add_as(412, [before.part, here.part, after.part]);
}

/// The same of each token of a [run](Way::run) for this cue.
pub(in crate::quotes) fn step_of_run(way: &Way, give: impl FnMut(u32)) {
    let [before, here, _] = way.rules;
    let mut f = Numbered { number: 0, give };
    f.add_as(404, [before, here]);
    f.add_as(408, [way.path]);
}

/// The same of token `i` for this cue.
pub(in crate::quotes) fn of_step(around: &Around, i: usize, way: &Way, give: impl FnMut(u32)) {
    let [here, after] = [i, i + 1].map(|i| look(around.seen, around.sentence, i));
    let mut f = Numbered { number: 0, give };
    f.add_as(409, [here.class as u32, after.class as u32, way.near]);
}
