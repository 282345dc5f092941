//! Learning what makes somebody present: from pronouns that leave no choice.
//!
//! Where only one of the people mentioned before has the gender of a pronoun, that is whom it
//! means. The weights are learned from such places with the gender hidden, so that they hold where
//! gender does not decide.

use super::recall::{REACH, Told};
use super::salience::{Seen, feature, seen, weigh};
use crate::lexicon::Gender;
use crate::quotes::SpeakerKind;
use crate::quotes::weights::{Feature, Row};

/// One pronoun: what is seen of each mention before it, and whether that is who is meant.
pub(in crate::quotes) type Lesson = Vec<(Seen, bool)>;

/// How often all lessons are gone through, how far each step goes, and how dear a weight is.
const ROUNDS: usize = 400;
const STEP: f32 = 0.5;
const PRICE: f32 = 0.001;

/// The pronouns of one article that leave no choice. `genders` is what names and titles tell.
pub(super) fn lessons(told: &Told, genders: &[Gender]) -> Vec<Lesson> {
    let cast = &told.cast;
    let mut lessons = Vec::new();
    for (at, mention) in cast.mentions.iter().enumerate() {
        let word = cast.word(mention.tokens.start);
        if !matches!(word, "he" | "He" | "she" | "She") || !told.places[at].speaks {
            continue;
        }
        let people = |i: &usize| {
            cast.who[*i].filter(|&m| {
                let member = &cast.members[m];
                let known = genders.get(m).is_some_and(|g| *g != Gender::Unknown);
                member.kind == SpeakerKind::Person && !member.plural && known
            })
        };
        let before: Vec<(usize, usize)> =
            (at.saturating_sub(REACH)..at).filter_map(|i| Some((i, people(&i)?))).collect();
        let meant = before.iter().find(|(_, m)| genders[*m] == mention.gender).map(|(_, m)| *m);
        let alone = before.iter().all(|(_, m)| genders[*m] != mention.gender || Some(*m) == meant);
        let choice = before.iter().any(|(_, m)| Some(*m) != meant);
        if alone && choice && meant.is_some() {
            let lesson = |(i, m): &(usize, usize)| (seen(cast, &told.places, at, *i), Some(*m) == meant);
            lessons.push(before.iter().map(lesson).collect());
        }
    }
    lessons
}

/// The weights under which those who are meant are most present.
pub(in crate::quotes) fn weights(lessons: &[Lesson]) -> Vec<(Feature, Row)> {
    let mut weights = Seen::default();
    for _ in 0..ROUNDS {
        let mut slope = weights.map(|w| -PRICE * w);
        for lesson in lessons {
            climb(lesson, &weights, &mut slope, 1.0 / lessons.len() as f32);
        }
        weights.iter_mut().zip(slope).for_each(|(w, s)| *w += STEP * s);
    }
    weights.iter().enumerate().map(|(number, weight)| (feature(number), [*weight, 0.0])).collect()
}

/// Adds to the slope what one lesson says: how the share of those who are meant grows.
fn climb(lesson: &Lesson, weights: &Seen, slope: &mut Seen, share: f32) {
    let scores: Vec<f32> = lesson.iter().map(|(seen, _)| weigh(seen, weights)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let heavy: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let all: f32 = heavy.iter().sum();
    let right: f32 = heavy.iter().zip(lesson).filter(|(_, (_, meant))| *meant).map(|(h, _)| h).sum();
    for (heavy, (seen, meant)) in heavy.iter().zip(lesson) {
        let pull = if *meant { heavy / right.max(f32::MIN_POSITIVE) } else { 0.0 } - heavy / all;
        slope.iter_mut().zip(seen).for_each(|(s, f)| *s += share * pull * f);
    }
}
