//! What is seen of a sentence around one of its cues: the features of the chain.
//!
//! Each feature is a hash of its number and its parts. They are told apart by how often they must be
//! looked up: [`beside`] and [`step_beside`] know only on which side of the cue a token stands, so
//! that their sums serve every cue of the sentence; [`of_class`] is the same for all tokens of a
//! class, [`of_run`] and [`step_of_run`] for many tokens in a row; only [`of_token`] and [`of_step`] are
//! of one token and one cue.

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
    /// What the rules make of it.
    pub ruled: &'a Ruled,
    /// Where the other cues of the sentence stand.
    pub others: &'a [usize],
}

/// Who is given features.
pub(in crate::quotes) trait Taker {
    /// Takes several features, given by their hashes.
    fn take<const N: usize>(&mut self, hashes: [u32; N]);

    /// Takes a feature that has a place in a grid.
    #[inline]
    fn take_in<const N: usize>(&mut self, grid: &Grid<N>, parts: [u32; N]) {
        self.take([grid.hash(parts)]);
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
fn look(seen: &Seen, sentence: &Range<usize>, at: usize) -> Token {
    if sentence.contains(&at) { seen.at(at) } else { Token { form: 11, ..Token::default() } }
}

/// A token of the sentence between its neighbours.
#[inline]
fn three(seen: &Seen, sentence: &Range<usize>, at: usize) -> [Token; 3] {
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
#[inline]
pub(in crate::quotes) fn beside(
    seen: &Seen,
    sentence: &Range<usize>,
    i: usize,
    side: u32,
    mut take: impl Taker,
) {
    let [b1, here, a1] = three(seen, sentence, i);
    take.take_in(&SIDE, [side]);
    take.take([hash(202, [here.form, side]), hash(203, [b1.form, side]), hash(204, [a1.form, side])]);
    take.take_in(&CLASSES_SIDE, [b1.class as u32, here.class as u32, a1.class as u32, side]);
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
    /// The token next to `i` on the way to the cue.
    next: Token,
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
    /// The ways of the tokens of a window around a cue, in order; None for the cue itself.
    pub(in crate::quotes) fn all(around: &Around, window: &Range<usize>) -> Vec<Option<Way>> {
        let mut ways = Vec::with_capacity(window.len());
        let mut between = Between::default();
        for i in (window.start..around.cue.start).rev() {
            ways.push(Some(Way::over(around, i, &between)));
            between = between.and(around, i);
        }
        ways.reverse();
        ways.extend(around.cue.clone().map(|_| None));
        let mut between = Between::default();
        for i in around.cue.end..window.end {
            ways.push(Some(Way::over(around, i, &between)));
            between = between.and(around, i);
        }
        ways
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
        let bucket = match far {
            0..=4 => far as u32,
            5..=6 => 5,
            7..=9 => 6,
            10..=14 => 7,
            15..=24 => 8,
            _ => 9,
        };
        let next = if i < cue { i + 1 } else { i - 1 };
        let edge = u32::from(i == around.sentence.start) + 2 * u32::from(i + 1 == around.sentence.end);
        Way {
            side,
            distance: side * 16 + bucket,
            path: side + 2 * between.path(),
            counts: between.verbs * 3 + between.commas,
            near: far.min(3) as u32,
            rules: [around.ruled.at(i.wrapping_sub(1)), around.ruled.at(i), around.ruled.at(i + 1)],
            edge,
            next: look(around.seen, around.sentence, next),
        }
    }

    /// What [`Taker::take_ruled`] tells tokens apart by.
    #[inline]
    pub(super) fn ruled(&self) -> usize {
        let [_, rule, _] = self.rules;
        ((self.side as usize) * RULES + rule as usize) * NEAR + self.near as usize
    }

    /// All that [`of_run`] and [`step_of_run`] see of a token: where it is the same, so are they.
    pub(in crate::quotes) fn run(&self) -> [u32; 7] {
        let [before, here, after] = self.rules;
        [self.side, self.path, self.near, self.edge, before, here, after]
    }
}

const SIDES: usize = 2;
const DISTANCES: usize = 26;
const PATHS: usize = 288;
const COUNTS: usize = 9;
const NEAR: usize = 4;
const EDGES: usize = 4;

const CLASS_DISTANCE: Grid<2> = Grid::new(301, [CLASSES, DISTANCES], 0);
const DISTANCE_RULE: Grid<2> = Grid::new(302, [DISTANCES, RULES], CLASS_DISTANCE.end());
const RULE_CLASS: Grid<3> = Grid::new(304, [RULES, CLASSES, SIDES], DISTANCE_RULE.end());
const PATH_CLASS: Grid<2> = Grid::new(307, [PATHS, CLASSES], RULE_CLASS.end());
const MENTION_DISTANCE: Grid<2> = Grid::new(313, [MENTIONS, DISTANCES], PATH_CLASS.end());
const MENTION_RULE: Grid<3> = Grid::new(314, [MENTIONS, RULES, SIDES], MENTION_DISTANCE.end());
const MENTION_PATH: Grid<2> = Grid::new(315, [MENTIONS, PATHS], MENTION_RULE.end());
const COUNTS_CLASS: Grid<3> = Grid::new(317, [COUNTS, SIDES, CLASSES], MENTION_PATH.end());
const PART_DISTANCE: Grid<2> = Grid::new(323, [PARTS, DISTANCES], COUNTS_CLASS.end());
const PART_RULE: Grid<3> = Grid::new(324, [PARTS, RULES, SIDES], PART_DISTANCE.end());
const PATH_RULE: Grid<2> = Grid::new(306, [PATHS, RULES], PART_RULE.end());
const FIRST_PATH: Grid<2> = Grid::new(320, [CLASSES, PATHS], PATH_RULE.end());
const SIDE: Grid<1> = Grid::new(201, [SIDES], FIRST_PATH.end());
const CLASSES_SIDE: Grid<4> = Grid::new(207, [CLASSES, CLASSES, CLASSES, SIDES], SIDE.end());
const RULES_SIDE: Grid<4> = Grid::new(303, [RULES, RULES, RULES, SIDES], CLASSES_SIDE.end());
const EDGE_RULE: Grid<3> = Grid::new(316, [EDGES, SIDES, RULES], RULES_SIDE.end());
pub(super) const PLAIN_GRIDS_END: usize = EDGE_RULE.end();

/// The hashes of all that the grids hold, by place.
pub(super) fn each_plain_grid(mut give: impl FnMut(u32)) {
    CLASS_DISTANCE.each(&mut give);
    DISTANCE_RULE.each(&mut give);
    RULE_CLASS.each(&mut give);
    PATH_CLASS.each(&mut give);
    MENTION_DISTANCE.each(&mut give);
    MENTION_RULE.each(&mut give);
    MENTION_PATH.each(&mut give);
    COUNTS_CLASS.each(&mut give);
    PART_DISTANCE.each(&mut give);
    PART_RULE.each(&mut give);
    PATH_RULE.each(&mut give);
    FIRST_PATH.each(&mut give);
    SIDE.each(&mut give);
    CLASSES_SIDE.each(&mut give);
    RULES_SIDE.each(&mut give);
    EDGE_RULE.each(&mut give);
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
        hash(318, [next.form, side, class, counts]),
        hash(321, [here.part, side, around.lemma]),
    ]);
    take.take_in(&CLASS_DISTANCE, [class, distance]);
    take.take_in(&DISTANCE_RULE, [distance, rule]);
    take.take_in(&RULE_CLASS, [rule, class, side]);
    take.take_in(&PATH_CLASS, [path, class]);
    take.take_in(&MENTION_DISTANCE, [here.mention, distance]);
    take.take_in(&MENTION_RULE, [here.mention, rule, side]);
    take.take_in(&MENTION_PATH, [here.mention, path]);
    take.take_in(&COUNTS_CLASS, [counts, side, class]);
    take.take_in(&PART_DISTANCE, [here.part, distance]);
    take.take_in(&PART_RULE, [here.part, rule, side]);
}

/// What is seen of each token of a [run](Way::run) for this cue.
#[inline]
pub(in crate::quotes) fn of_run(around: &Around, way: &Way, mut take: impl Taker) {
    let at = |i: usize| look(around.seen, around.sentence, i);
    let (first, a1) = (at(around.sentence.start), at(around.cue.end));
    let Way { side, path, near, edge, rules: [r1, rule, r3], .. } = *way;
    let reports = u32::from(!around.ruled.pieces.is_empty());
    take.take_in(&RULES_SIDE, [r1, rule, r3, side]);
    take.take_ruled(0, way, || {
        [
            hash(305, [rule, around.ruled.subject, side, reports]),
            hash(309, [around.lemma, side, rule]),
            hash(310, [a1.form, side, rule, near]),
        ]
    });
    take.take_in(&EDGE_RULE, [edge, side, rule]);
    take.take_ruled(1, way, || [hash(319, [first.form, side, rule])]);
    take.take_in(&PATH_RULE, [path, rule]);
    take.take_in(&FIRST_PATH, [first.class as u32, path]);
}

const STEP_SIDE: Grid<1> = Grid::new(401, [SIDES], 0);
const STEP_CLASS: Grid<2> = Grid::new(402, [CLASSES, SIDES], STEP_SIDE.end());
const STEP_CLASSES: Grid<3> = Grid::new(403, [CLASSES, CLASSES, SIDES], STEP_CLASS.end());
const STEP_MENTION: Grid<2> = Grid::new(407, [MENTIONS, SIDES], STEP_CLASSES.end());
const STEP_PART: Grid<2> = Grid::new(410, [PARTS, SIDES], STEP_MENTION.end());
const STEP_RULES: Grid<2> = Grid::new(404, [RULES, RULES], STEP_PART.end());
const STEP_PATH: Grid<1> = Grid::new(408, [PATHS], STEP_RULES.end());
const STEP_NEAR: Grid<3> = Grid::new(409, [CLASSES, CLASSES, NEAR], STEP_PATH.end());
pub(super) const STEP_GRIDS_END: usize = STEP_NEAR.end();

/// The same for what holds after one label only.
pub(super) fn each_step_grid(mut give: impl FnMut(u32)) {
    STEP_SIDE.each(&mut give);
    STEP_CLASS.each(&mut give);
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
    let class = here.class as u32;
    take.take_in(&STEP_SIDE, [side]);
    take.take_in(&STEP_CLASS, [class, side]);
    take.take_in(&STEP_CLASSES, [before.class as u32, class, side]);
    take.take_in(&STEP_MENTION, [here.mention, side]);
    take.take_in(&STEP_PART, [here.part, side]);
    take.take([
        hash(405, [here.form, side]),
        hash(406, [before.form, side]),
        hash(411, [before.part, here.part, side]),
    ]);
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
