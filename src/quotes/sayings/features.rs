//! What is seen of a sentence around one of its cues: the features of the chain.
//!
//! Each feature is a hash of its number and its parts. They are told apart by how often they must be
//! looked up: [`beside`] and [`step_beside`] know only on which side of the cue a token stands, so
//! that their sums serve every cue of the sentence; [`of_class`] is the same for all tokens of a
//! class, [`of_run`] and [`step_of_run`] for many tokens in a row; only [`of_token`] and [`of_step`] are
//! of one token and one cue.

use super::forms::{Form, StepForm};
use super::grids::{Grid, hash};
use super::ruled::{RULES, Ruled};
use super::seen::{CLASSES, Class, MENTIONS, PARTS, Seen, Token};
use crate::quotes::weights::Feature;
use std::ops::Range;

/// A cue in its sentence.
pub(in crate::quotes) struct Around<'a> {
    pub seen: &'a Seen<'a>,
    pub sentence: &'a Range<usize>,
    pub cue: Range<usize>,
    /// The dictionary form of the cue; the same for all verbs that are in no list.
    pub lemma: u32,
    /// Whether words in marks stand in the sentence.
    pub quoted: bool,
    /// What the rules make of it.
    pub ruled: &'a Ruled,
    /// Where the other cues of the sentence stand.
    pub others: &'a [usize],
}

/// Who is given features.
pub(in crate::quotes) trait Taker {
    /// Takes several features, given by their hashes.
    fn take<const N: usize>(&mut self, hashes: [u32; N]);

    /// Takes the features that have a place in a grid.
    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        grid.each_of(parts, &mut |hash| self.take([hash]));
    }

    /// Takes a feature that sees the form of a token and a side.
    #[inline]
    fn take_form(&mut self, form: Form, token: &Token, side: u32) {
        self.take([form.hash(token.form, side)]);
    }

    /// Takes one of those that hold after one label only.
    #[inline]
    fn take_step_form(&mut self, form: StepForm, token: &Token, side: u32) {
        self.take([form.hash(token.form, side)]);
    }

    /// Takes features that are the same for all tokens of a cue of which the rules say the same, on the same
    /// side and as [near](Way::near): at each of the [turns](RULED_TURNS) others.
    #[inline]
    fn take_ruled<const N: usize>(&mut self, _turn: usize, _way: &Way, hashes: impl FnOnce() -> [u32; N]) {
        self.take(hashes());
    }
}

/// How often features are taken by what the rules say.
pub(super) const RULED_TURNS: usize = 2;

/// Of how many sorts tokens are to [`Taker::take_ruled`].
pub(super) const RULED: usize = SIDES * RULES * NEAR;

impl<T: FnMut(Feature)> Taker for T {
    #[inline]
    fn take<const N: usize>(&mut self, hashes: [u32; N]) {
        hashes.into_iter().for_each(|hash| self(Feature(hash)));
    }
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
        (self.give)(hash(self.number, parts));
    }
}

/// The token at `at`, if it is one of the sentence.
#[inline]
fn look<'a>(seen: &'a Seen<'a>, sentence: &Range<usize>, at: usize) -> &'a Token<'a> {
    if sentence.contains(&at) { seen.at(at) } else { seen.outside() }
}

/// A token of the sentence between its neighbours.
#[inline]
fn three<'a>(seen: &'a Seen<'a>, sentence: &Range<usize>, at: usize) -> [&'a Token<'a>; 3] {
    [look(seen, sentence, at.wrapping_sub(1)), seen.at(at), look(seen, sentence, at + 1)]
}

/// What is seen of the cue itself: whether it reports anything here.
pub(in crate::quotes) fn of_cue(around: &Around, mut give: impl FnMut(Feature)) {
    let cue = around.cue.start;
    let at = |i: usize| look(around.seen, around.sentence, i);
    let (b2, b1) = (at(cue.wrapping_sub(2)), at(cue.wrapping_sub(1)));
    let (a1, a2) = (at(around.cue.end), at(around.cue.end + 1));
    let here = at(cue);
    let first = at(around.sentence.start);
    let lemma = around.lemma;
    let quoted = u32::from(around.quoted);
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
#[inline]
pub(in crate::quotes) fn beside(
    seen: &Seen,
    sentence: &Range<usize>,
    i: usize,
    side: u32,
    mut take: impl Taker,
) {
    let [b1, here, a1] = three(seen, sentence, i);
    take.take_form(Form::Here, here, side);
    take.take_form(Form::Before, b1, side);
    take.take_form(Form::After, a1, side);
    take.take_in(&BY_CLASSES, [b1.class as u32, here.class as u32, a1.class as u32, side]);
    take.take([hash(210, [b1.part, here.part, a1.part, side])]);
}

/// How a token lies to the cue.
pub(in crate::quotes) struct Way {
    pub side: u32,
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
    /// The form of the token next to `i` on the way to the cue.
    next: u32,
}

/// What stands between a token and the cue.
#[derive(Clone, Copy, Default)]
struct Between {
    commas: u32,
    quotes: u32,
    thats: u32,
    bounds: u32,
    stops: u32,
    verbs: u32,
    others: u32,
}

impl Between {
    /// With one more token.
    fn and(mut self, around: &Around, at: usize) -> Between {
        match around.seen.at(at).class {
            Class::Quoted => self.quotes = 1,
            Class::Comma => self.commas = (self.commas + 1).min(2),
            Class::That => self.thats = 1,
            Class::Relative | Class::Boundary => self.bounds = 1,
            Class::Colon | Class::Semicolon | Class::Dash => self.stops = 1,
            Class::Auxiliary | Class::Cue => self.verbs = (self.verbs + 1).min(2),
            _ => {}
        }
        self.others = (self.others + u32::from(around.others.contains(&at))).min(2);
        self
    }

    fn path(&self) -> u32 {
        let Between { commas, quotes, thats, bounds, stops, others, .. } = self;
        commas + 3 * (quotes + 2 * (thats + 2 * (bounds + 2 * (stops + 2 * others))))
    }
}

impl Way {
    /// Gives the ways of the tokens of a window, going away from the cue on either side.
    pub(in crate::quotes) fn each(around: &Around, window: &Range<usize>, mut give: impl FnMut(usize, &Way)) {
        let mut between = Between::default();
        for i in (window.start..around.cue.start).rev() {
            give(i, &Way::over(around, i, &between));
            between = between.and(around, i);
        }
        let mut between = Between::default();
        for i in around.cue.end..window.end {
            give(i, &Way::over(around, i, &between));
            between = between.and(around, i);
        }
    }

    /// The way of token `i`.
    pub(in crate::quotes) fn new(around: &Around, i: usize) -> Way {
        let cue = &around.cue;
        let between = if i < cue.start { i + 1..cue.start } else { cue.end..i };
        Way::over(around, i, &between.fold(Between::default(), |between, at| between.and(around, at)))
    }

    fn over(around: &Around, i: usize, between: &Between) -> Way {
        let cue = around.cue.start;
        let side = u32::from(i > cue);
        let far = i.abs_diff(cue);
        let bucket = FAR.get(far).map_or(FARTHEST, |bucket| u32::from(*bucket));
        let next = if i < cue { i + 1 } else { i - 1 };
        let edge = u32::from(i == around.sentence.start) + 2 * u32::from(i + 1 == around.sentence.end);
        Way {
            side,
            distance: side * BUCKETS + bucket,
            path: side + 2 * between.path(),
            counts: between.verbs * 3 + between.commas,
            near: far.min(3) as u32,
            rules: around.ruled.around(i),
            edge,
            next: look(around.seen, around.sentence, next).form,
        }
    }

    /// What [`Taker::take_ruled`] tells tokens apart by.
    #[inline]
    pub(super) fn ruled(&self) -> usize {
        let [_, rule, _] = self.rules;
        ((self.side as usize) * RULES + rule as usize) * NEAR + self.near as usize
    }

    /// All that [`of_run`] and [`step_of_run`] see of a token: where it is the same, so are they.
    pub(in crate::quotes) fn run(&self) -> u32 {
        let [before, here, after] = self.rules;
        let parts = [
            (self.path, PATHS),
            (self.near, NEAR),
            (self.edge, EDGES),
            (before, RULES),
            (here, RULES),
            (after, RULES),
        ];
        parts.iter().fold(self.side, |run, (part, size)| run * *size as u32 + part)
    }
}

/// How far so many tokens are, coarsely; and what is farther.
static FAR: [u8; 25] = [0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8];
const FARTHEST: u32 = 9;

/// Distances behind a cue are numbered from here on.
const BUCKETS: u32 = 16;

/// On which side something so far away lies.
fn side_of(distance: u32) -> u32 {
    distance / BUCKETS
}

const SIDES: usize = 2;
const DISTANCES: usize = (BUCKETS + FARTHEST) as usize + 1;
const PATHS: usize = 288;
const COUNTS: usize = 9;
const NEAR: usize = 4;
const EDGES: usize = 4;

const BY_CLASSES: Grid<4> = Grid::new(0, [CLASSES, CLASSES, CLASSES, SIDES], |[b, here, a, side], give| {
    give(hash(201, [side]));
    give(hash(207, [b, here, a, side]));
});
const BY_CLASS: Grid<3> = Grid::new(BY_CLASSES.end(), [CLASSES, DISTANCES, RULES], |parts, give| {
    let [class, distance, rule] = parts;
    give(hash(301, [class, distance]));
    give(hash(302, [distance, rule]));
    give(hash(304, [rule, class, side_of(distance)]));
});
const BY_MENTION: Grid<3> = Grid::new(BY_CLASS.end(), [MENTIONS, DISTANCES, RULES], |parts, give| {
    let [mention, distance, rule] = parts;
    give(hash(313, [mention, distance]));
    give(hash(314, [mention, rule, side_of(distance)]));
});
const BY_PART: Grid<3> = Grid::new(BY_MENTION.end(), [PARTS, DISTANCES, RULES], |parts, give| {
    let [part, distance, rule] = parts;
    give(hash(323, [part, distance]));
    give(hash(324, [part, rule, side_of(distance)]));
});
const PATH_CLASS: Grid<2> = Grid::new(BY_PART.end(), [PATHS, CLASSES], |parts, give| give(hash(307, parts)));
const MENTION_PATH: Grid<2> =
    Grid::new(PATH_CLASS.end(), [MENTIONS, PATHS], |parts, give| give(hash(315, parts)));
const COUNTS_CLASS: Grid<3> =
    Grid::new(MENTION_PATH.end(), [COUNTS, SIDES, CLASSES], |parts, give| give(hash(317, parts)));
const BY_RULES: Grid<5> =
    Grid::new(COUNTS_CLASS.end(), [RULES, RULES, RULES, SIDES, EDGES], |[b, here, a, side, edge], give| {
        give(hash(303, [b, here, a, side]));
        give(hash(316, [edge, side, here]));
    });
const PATH_RULE: Grid<2> = Grid::new(BY_RULES.end(), [PATHS, RULES], |parts, give| give(hash(306, parts)));
const FIRST_PATH: Grid<2> =
    Grid::new(PATH_RULE.end(), [CLASSES, PATHS], |parts, give| give(hash(320, parts)));

/// The hashes of all that the grids hold, place by place.
pub(super) fn each_plain_place(mut give: impl FnMut(&[u32])) {
    BY_CLASSES.each(&mut give);
    BY_CLASS.each(&mut give);
    BY_MENTION.each(&mut give);
    BY_PART.each(&mut give);
    PATH_CLASS.each(&mut give);
    MENTION_PATH.each(&mut give);
    COUNTS_CLASS.each(&mut give);
    BY_RULES.each(&mut give);
    PATH_RULE.each(&mut give);
    FIRST_PATH.each(&mut give);
}

/// What is seen for this cue of each token of a class on one side.
pub(in crate::quotes) fn of_class(around: &Around, class: Class, side: u32, mut take: impl Taker) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let (a1, a2) = (at(around.cue.end), at(around.cue.end + 1));
    let class = class as u32;
    take.take([
        hash(308, [around.lemma, side, class]),
        hash(311, [a1.class as u32, a2.class as u32, side, class]),
        hash(325, [a1.part, a2.part, side, class]),
    ]);
}

/// What is seen of token `i` alone for this cue.
#[inline]
pub(in crate::quotes) fn of_token(around: &Around, i: usize, way: &Way, mut take: impl Taker) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let here = at(i);
    let before_cue = at(around.cue.start.wrapping_sub(1));
    let Way { side, distance, path, counts, next, rules: [_, rule, _], .. } = *way;
    let class = here.class as u32;
    take.take([
        hash(312, [before_cue.class as u32, class, path]),
        hash(318, [next, side, class, counts]),
        hash(321, [here.part, side, around.lemma]),
    ]);
    take.take_in(&BY_CLASS, [class, distance, rule]);
    take.take_in(&BY_MENTION, [here.mention, distance, rule]);
    take.take_in(&BY_PART, [here.part, distance, rule]);
    take.take_in(&PATH_CLASS, [path, class]);
    take.take_in(&MENTION_PATH, [here.mention, path]);
    take.take_in(&COUNTS_CLASS, [counts, side, class]);
}

/// What is seen of each token of a [run](Way::run) for this cue.
#[inline]
pub(in crate::quotes) fn of_run(around: &Around, way: &Way, mut take: impl Taker) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let (first, a1) = (at(around.sentence.start), at(around.cue.end));
    let Way { side, path, near, edge, rules: [r1, rule, r3], .. } = *way;
    let reports = u32::from(!around.ruled.pieces.is_empty());
    take.take_in(&BY_RULES, [r1, rule, r3, side, edge]);
    take.take_ruled(0, way, || {
        [
            hash(305, [rule, around.ruled.subject, side, reports]),
            hash(309, [around.lemma, side, rule]),
            hash(310, [a1.form, side, rule, near]),
        ]
    });
    take.take_ruled(1, way, || [hash(319, [first.form, side, rule])]);
    take.take_in(&PATH_RULE, [path, rule]);
    take.take_in(&FIRST_PATH, [first.class as u32, path]);
}

const STEP_CLASSES: Grid<3> = Grid::new(0, [CLASSES, CLASSES, SIDES], |[before, here, side], give| {
    give(hash(401, [side]));
    give(hash(402, [here, side]));
    give(hash(403, [before, here, side]));
});
const STEP_MENTION: Grid<2> =
    Grid::new(STEP_CLASSES.end(), [MENTIONS, SIDES], |parts, give| give(hash(407, parts)));
const STEP_PART: Grid<2> =
    Grid::new(STEP_MENTION.end(), [PARTS, SIDES], |parts, give| give(hash(410, parts)));
const STEP_RULES: Grid<2> = Grid::new(STEP_PART.end(), [RULES, RULES], |parts, give| give(hash(404, parts)));
const STEP_PATH: Grid<1> = Grid::new(STEP_RULES.end(), [PATHS], |parts, give| give(hash(408, parts)));
const STEP_NEAR: Grid<3> =
    Grid::new(STEP_PATH.end(), [CLASSES, CLASSES, NEAR], |parts, give| give(hash(409, parts)));

/// The same for what holds after one label only.
pub(super) fn each_step_place(mut give: impl FnMut(&[u32])) {
    STEP_CLASSES.each(&mut give);
    STEP_MENTION.each(&mut give);
    STEP_PART.each(&mut give);
    STEP_RULES.each(&mut give);
    STEP_PATH.each(&mut give);
    STEP_NEAR.each(&mut give);
}

/// What is seen of token `i` before (side 0) or after (side 1) any cue that holds after one label
/// only.
pub(in crate::quotes) fn step_beside(
    seen: &Seen,
    sentence: &Range<usize>,
    i: usize,
    side: u32,
    mut take: impl Taker,
) {
    step_on_side(seen, sentence, i, side, &mut take);
    step_on_either_side(seen, sentence, i, take);
}

/// Of these, those that see the side.
pub(super) fn step_on_side(seen: &Seen, sentence: &Range<usize>, i: usize, side: u32, take: &mut impl Taker) {
    let [before, here, _] = three(seen, sentence, i);
    take.take_in(&STEP_CLASSES, [before.class as u32, here.class as u32, side]);
    take.take_in(&STEP_MENTION, [here.mention, side]);
    take.take_in(&STEP_PART, [here.part, side]);
    take.take_step_form(StepForm::Here, here, side);
    take.take_step_form(StepForm::Before, before, side);
    take.take([hash(411, [before.part, here.part, side])]);
}

/// Those that do not.
pub(super) fn step_on_either_side(seen: &Seen, sentence: &Range<usize>, i: usize, mut take: impl Taker) {
    let [before, here, after] = three(seen, sentence, i);
    take.take([hash(412, [before.part, here.part, after.part])]);
}

/// The same of each token of a [run](Way::run) for this cue.
pub(in crate::quotes) fn step_of_run(way: &Way, mut take: impl Taker) {
    let [before, here, _] = way.rules;
    take.take_in(&STEP_RULES, [before, here]);
    take.take_in(&STEP_PATH, [way.path]);
}

/// The same of token `i` for this cue.
pub(in crate::quotes) fn of_step(around: &Around, i: usize, way: &Way, mut take: impl Taker) {
    let [_, here, after] = three(around.seen, around.sentence, i);
    take.take_in(&STEP_NEAR, [here.class as u32, after.class as u32, way.near]);
}
