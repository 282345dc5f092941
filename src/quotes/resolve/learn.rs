//! Learning what makes somebody present: from pronouns that leave no choice.
//!
//! Where only one of the people mentioned before has the gender of a pronoun, that is whom it
//! means. The weights are learned from such places with the gender hidden, so that they hold where
//! gender does not decide.

use super::recall::{REACH, Told};
use super::salience::{SEEN, seen};
use crate::lexicon::Gender;
use crate::quotes::SpeakerKind;
use crate::quotes::learn::Lesson;

/// The pronouns of one article that leave no choice. `genders` is what names and titles tell.
pub(super) fn lessons(told: &Told, genders: &[Gender]) -> Vec<Lesson<SEEN>> {
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
