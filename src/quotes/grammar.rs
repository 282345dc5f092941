//! The little words of English that hold sentences together. All words are in lower case.

use crate::lexicon::{Use, uses};

/// Words that may stand between a subject and its verb: auxiliaries and adverbs.
pub(super) fn is_before_verb(word: &str) -> bool {
    uses(word).has(Use::BeforeVerb) || is_adverb(word)
}

/// Words that are adverbs by their ending.
pub(super) fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly") && !matches!(word, "family" | "italy" | "ally" | "assembly")
}

/// Words that begin a noun phrase.
pub(super) fn is_determiner(word: &str) -> bool {
    uses(word).has(Use::Determiner)
}

/// Pronouns that can only be, or usually are, a subject.
pub(super) fn is_subject_pronoun(word: &str) -> bool {
    uses(word).has(Use::Subject)
}

/// Personal pronouns for speakers.
pub(super) fn is_speaking_pronoun(word: &str) -> bool {
    uses(word).has(Use::Speaks)
}

/// Words a clause begins with, so that a subject never reaches back over them.
pub(super) fn is_clause_boundary(word: &str) -> bool {
    uses(word).has(Use::Clause)
}

/// Words that tie a noun to what stands before them.
pub(super) fn is_preposition(word: &str) -> bool {
    uses(word).has(Use::Preposition)
}

/// Words after which a verb form is a noun: "the claim", "of calls".
pub(super) fn makes_noun(word: &str) -> bool {
    uses(word).has(Use::MakesNoun)
}

/// A dash between words: a hyphen, two of them, or a longer mark.
pub(super) fn is_dash(mark: &str) -> bool {
    matches!(mark, "-" | "--" | "–" | "—" | "―")
}

/// The days of the week.
pub(super) fn is_day(word: &str) -> bool {
    uses(word).has(Use::Day)
}

/// Words that tell when.
pub(super) fn is_time_word(word: &str) -> bool {
    uses(word).has(Use::Time)
}

/// Words that begin an indirect question.
pub(super) fn is_question_word(word: &str) -> bool {
    uses(word).has(Use::Question)
}

/// Words that begin a relative clause about the noun before them.
pub(super) fn is_relative(word: &str) -> bool {
    uses(word).has(Use::Relative)
}
