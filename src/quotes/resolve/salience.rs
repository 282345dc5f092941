//! How present somebody mentioned before is in the reader's mind: what is seen of a mention, and
//! what each of it weighs.

use super::cast::Cast;
use super::recall::REACH;
use crate::lexicon::Use;
use crate::quotes::mentions::{Mention, Sort};
use crate::quotes::weights::{Feature, Weights, hash, mix};
use std::sync::LazyLock;

/// What is seen of an earlier mention from a later one.
pub(super) type Seen = [f32; SEEN];
pub(in crate::quotes) const SEEN: usize = 24;

/// What each of it weighs. Learned from pronouns that speak and whose gender only one of the people
/// before them has.
pub(super) fn weights(table: &Weights) -> Seen {
    std::array::from_fn(|number| table.row(feature(number))[0])
}

/// The feature under which the weight of what is seen at that place in [`Seen`] is kept.
pub(in crate::quotes) fn feature(number: usize) -> Feature {
    Feature(mix(hash("salience"), number as u32))
}

/// Where a mention stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub sentence: u32,
    pub paragraph: usize,
    /// Whether a verb may follow.
    pub subject: bool,
    /// Whether a preposition stands before it.
    pub tied: bool,
    /// Whether it was chosen as a speaker.
    pub speaks: bool,
    /// Whether no other mention stands before it in its sentence.
    first: bool,
    /// Whether its sentence opens its paragraph.
    pub opens: bool,
    /// Whether a comma stands right behind it, and whether "and" stands beside it.
    comma: bool,
    pub joined: bool,
    /// The last mention before it that was chosen as a speaker.
    pub speaker_before: Option<usize>,
}

/// Where every mention stands; `speaking` tells those that were chosen as speakers.
pub(super) fn places(cast: &Cast, speaking: &[bool]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(cast.mentions.len());
    let (mut paragraph, mut speaker_before) = (None, None);
    let segmented = cast.page.segmented;
    for (at, mention) in cast.mentions.iter().enumerate() {
        let sentence = segmented.tokens[mention.tokens.start].sentence;
        let here = segmented.sentences[sentence as usize].paragraph;
        let before = places.last();
        let first = before.is_none_or(|p| p.sentence != sentence);
        if paragraph.is_none_or(|(number, _)| number != here) {
            paragraph = Some((here, sentence));
        }
        let tied = is_tied(cast, mention.tokens.start);
        places.push(Place {
            sentence,
            paragraph: here,
            subject: !tied && is_subject(cast, at),
            tied,
            speaks: speaking[at],
            first,
            opens: paragraph.is_some_and(|(_, opening)| opening == sentence),
            comma: cast.word(mention.tokens.end) == ",",
            joined: is_joined(cast, mention),
            speaker_before,
        });
        if speaking[at] {
            speaker_before = Some(at);
        }
    }
    places
}

/// Whether a preposition stands before it; "…, with Mora adding" makes a clause.
fn is_tied(cast: &Cast, start: usize) -> bool {
    let clause = || start > 1 && cast.word(start - 1) == "with" && cast.word(start - 2) == ",";
    start > 0 && cast.page.uses(start - 1).has(Use::Preposition) && !clause()
}

/// Whether "and" stands right before or behind a mention.
fn is_joined(cast: &Cast, mention: &Mention) -> bool {
    let tokens = &mention.tokens;
    cast.word(tokens.end) == "and" || tokens.start > 0 && cast.word(tokens.start - 1) == "and"
}

/// Whether a verb may follow: a word in lower case that is no preposition.
fn is_subject(cast: &Cast, at: usize) -> bool {
    let mention = &cast.mentions[at];
    let (page, after) = (cast.page, mention.tokens.end);
    let verb = page.is_word(after)
        && !page.is_capital(after)
        && !page.uses(after).has(Use::Preposition)
        && !matches!(page.word(after), "and" | "or");
    verb || page.segmented.tokens[mention.tokens.start].initial
}

/// How far a mention is, on a scale that grows ever more slowly.
fn farness(mentions: usize) -> f32 {
    static FARNESS: LazyLock<[f32; REACH + 1]> =
        LazyLock::new(|| std::array::from_fn(|n| (n as f32).ln_1p()));
    FARNESS.get(mentions).copied().unwrap_or_else(|| (mentions as f32).ln_1p())
}

/// What is seen of mention `i` from mention `at`.
pub(super) fn seen(cast: &Cast, places: &[Place], at: usize, i: usize) -> Seen {
    let (here, there) = (&places[at], &places[i]);
    let mention = &cast.mentions[i];
    let sentences = here.sentence.saturating_sub(there.sentence);
    let paragraphs = here.paragraph.saturating_sub(there.paragraph);
    let flag = f32::from;
    [
        flag(sentences == 0),
        flag(sentences == 1),
        flag(sentences == 2),
        flag(sentences == 3),
        (sentences as f32).min(10.0),
        flag(paragraphs == 0),
        flag(paragraphs == 1),
        flag(there.subject),
        flag(there.subject && sentences <= 1),
        flag(there.speaks),
        flag(there.speaks && here.speaker_before == Some(i)),
        flag(there.tied),
        flag(mention.possessive),
        flag(there.first),
        flag(there.first && there.opens),
        flag(mention.sort == Sort::Pronoun),
        flag(mention.sort == Sort::Name && mention.head.len() > 1),
        flag(matches!(mention.sort, Sort::Role(_))),
        farness(at - i),
        flag(here.first && here.opens && paragraphs == 1 && there.first),
        flag(here.speaks && there.speaks),
        flag(sentences == 0 && there.subject),
        flag(paragraphs == 0 && there.speaks),
        flag(there.comma),
    ]
}

/// How present what is seen makes it, by `weights`.
pub(super) fn weigh(seen: &Seen, weights: &Seen) -> f32 {
    seen.iter().zip(weights).map(|(s, w)| s * w).sum()
}
