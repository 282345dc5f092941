//! How sure a choice is: the share of quotes decided like it that people decided the same way.
//!
//! A quote counts as right where people marked the same words as said and the same mention as their
//! source; the weights are learned on articles that the rest of the weights were not learned from.

use super::attribute::Choice;
use super::extract::Draft;
use super::mentions::{Mention, Sort};
use super::weights::{Feature, Weights, hash, mix};
use super::{Basis, Kind};

/// What is seen of a choice.
pub(super) type Seen = [f32; SEEN];
pub(super) const SEEN: usize = 32;

/// The feature under which the weight of what is seen at that place in [`Seen`] is kept.
pub(super) fn feature(number: usize) -> Feature {
    Feature(mix(hash("confidence"), number as u32))
}

/// How sure each choice is, 0 to 1.
pub(super) fn confidences(
    drafts: &[Draft],
    choices: &[Choice],
    mentions: &[Mention],
    table: &Weights,
) -> Vec<f32> {
    let weights: Seen = std::array::from_fn(|number| table.row(feature(number))[0]);
    let sure = |((draft, choice), root): ((&Draft, &Choice), Basis)| {
        let seen = seen(draft, choice, mentions, root);
        let score: f32 = seen.iter().zip(weights).map(|(s, w)| s * w).sum();
        let sure = if choice.mention.is_some() { 1.0 / (1.0 + (-score).exp()) } else { 0.0 };
        thousandths::of(thousandths::count(sure))
    };
    drafts.iter().zip(choices).zip(roots(choices)).map(sure).collect()
}

/// A share kept as a whole number of thousandths.
pub(super) mod thousandths {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::quotes) fn count(share: f32) -> u16 {
        (share.clamp(0.0, 1.0) * 1000.0).round() as u16
    }

    pub(in crate::quotes) fn of(count: u16) -> f32 {
        f32::from(count) / 1000.0
    }

    pub(in crate::quotes) fn serialize<S: Serializer>(share: &f32, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u16(count(*share))
    }

    pub(in crate::quotes) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<f32, D::Error> {
        u16::deserialize(from).map(of)
    }
}

/// What each choice rests on: that of a quotation that goes on, what the one it goes on from rests on.
pub(super) fn roots(choices: &[Choice]) -> Vec<Basis> {
    let mut root = Basis::None;
    let mut rests = |choice: &Choice| {
        if !matches!(choice.basis, Basis::SameParagraph | Basis::ParagraphBefore) {
            root = choice.basis;
        }
        root
    };
    choices.iter().map(&mut rests).collect()
}

/// What is seen of a choice that rests on `root`.
pub(super) fn seen(draft: &Draft, choice: &Choice, mentions: &[Mention], root: Basis) -> Seen {
    let flag = f32::from;
    let basis = |basis| flag(choice.basis == basis);
    let kind = |kind| flag(draft.kind == kind);
    let is = |basis, kind| flag(choice.basis == basis && draft.kind == kind);
    let odds = draft.odds.unwrap_or_default();
    let sort = choice.mention.and_then(|span| {
        let at = mentions.partition_point(|m| m.span.start < span.start);
        mentions.get(at).filter(|m| m.span.start < span.end).map(|m| m.sort)
    });
    let carried = matches!(choice.basis, Basis::SameParagraph | Basis::ParagraphBefore);
    [
        1.0,
        basis(Basis::SubjectBefore),
        basis(Basis::SubjectAfter),
        basis(Basis::Relative),
        basis(Basis::AccordingTo),
        basis(Basis::ImpliedSubject),
        basis(Basis::Label),
        basis(Basis::Signed),
        basis(Basis::Introduced),
        basis(Basis::SameParagraph),
        basis(Basis::ParagraphBefore),
        basis(Basis::NextSentence),
        basis(Basis::Nearest),
        kind(Kind::Mixed),
        kind(Kind::Indirect),
        is(Basis::SubjectBefore, Kind::Mixed),
        is(Basis::SubjectBefore, Kind::Indirect),
        is(Basis::Nearest, Kind::Direct),
        odds.clamp(-3.0, 10.0) / 5.0,
        flag(odds > 2.0),
        flag(odds > 5.0),
        flag(draft.odds.is_none()),
        flag(draft.kind == Kind::Indirect) * odds.clamp(-3.0, 10.0) / 5.0,
        flag(draft.kind == Kind::Indirect && odds > 4.0),
        flag(sort.is_none()),
        flag(sort == Some(Sort::Name)),
        flag(sort == Some(Sort::Pronoun)),
        flag(matches!(sort, Some(Sort::Body | Sort::BodyNoun | Sort::Document))),
        flag(carried && matches!(root, Basis::Nearest | Basis::Introduced | Basis::None)),
        flag(carried && matches!(root, Basis::SubjectBefore | Basis::SubjectAfter)),
        flag(draft.frame.as_ref().is_some_and(|frame| frame.cue.word.takes.mind)),
        flag(draft.frame.as_ref().is_some_and(|frame| frame.cue.word.lemma.is_empty())),
    ]
}
