//! What is seen of a sentence around one of its cues: the features of the chain.
//!
//! Each feature is a hash of its number and its parts. [`beside`] knows only on which side of the
//! cue a token stands, so that its sums serve every cue of the sentence.

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
        (self.give)(parts.into_iter().fold(self.number.wrapping_mul(0x85EB_CA6B), mix));
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
        Way {
            side,
            distance: side * 16 + bucket,
            path,
            counts: verbs * 3 + commas,
            near: far.min(3) as u32,
            next: look(around.seen, around.sentence, next),
        }
    }
}

/// What is seen of token `i` for this cue.
pub(in crate::quotes) fn of_token(around: &Around, i: usize, way: &Way, mut give: impl FnMut(Feature)) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let here = at(i);
    let before_cue = at(around.cue.start.wrapping_sub(1));
    let [a1, a2] = [around.cue.end, around.cue.end + 1].map(at);
    let first = at(around.sentence.start);
    let [r1, rule, r3] = [i.wrapping_sub(1), i, i + 1].map(|i| around.ruled.at(i));
    let Way { side, distance, path, counts, near, next } = *way;
    let class = here.class as u32;
    let edge = u32::from(i == around.sentence.start) + 2 * u32::from(i + 1 == around.sentence.end);
    let (lemma, subject) = (around.lemma, around.ruled.subject);
    let reports = u32::from(!around.ruled.pieces.is_empty());
    let mut f = Numbered { number: 300, give: |hash| give(Feature(hash)) };
    f.add([class, distance]);
    f.add([distance, rule]);
    f.add([r1, rule, r3, side]);
    f.add([rule, class, side]);
    f.add([rule, subject, side, reports]);
    f.add([path, rule]);
    f.add([path, class]);
    f.add([lemma, side, class]);
    f.add([lemma, side, rule]);
    f.add([a1.form, side, rule, near]);
    f.add([a1.class as u32, a2.class as u32, side, class]);
    f.add([before_cue.class as u32, class, path]);
    f.add([here.mention, distance]);
    f.add([here.mention, rule, side]);
    f.add([here.mention, path]);
    f.add([edge, side, rule]);
    f.add([counts, side, class]);
    f.add([next.form, side, class, counts]);
    f.add([first.form, side, rule]);
    f.add([first.class as u32, path]);
    f.add([here.part, side, lemma]);
    f.add([here.part, path]);
    f.add([here.part, distance]);
    f.add([here.part, rule, side]);
    f.add([a1.part, a2.part, side, class]);
}

/// What is seen of token `i` that holds after one label only; each is to be mixed with that label.
pub(in crate::quotes) fn of_step(around: &Around, i: usize, way: &Way, give: impl FnMut(u32)) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let [before, here, after] = [i.wrapping_sub(1), i, i + 1].map(at);
    let side = way.side;
    let class = here.class as u32;
    let mut f = Numbered { number: 400, give };
    f.add([side]);
    f.add([class, side]);
    f.add([before.class as u32, class, side]);
    f.add([around.ruled.at(i.wrapping_sub(1)), around.ruled.at(i)]);
    f.add([here.form, side]);
    f.add([before.form, side]);
    f.add([here.mention, side]);
    f.add([way.path]);
    f.add([class, after.class as u32, way.near]);
    f.add([here.part, side]);
    f.add([before.part, here.part, side]);
    f.add([before.part, here.part, after.part]);
}
