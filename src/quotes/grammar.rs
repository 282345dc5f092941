//! The little words of English that hold sentences together. All words are in lower case.

/// Words that may stand between a subject and its verb: auxiliaries and adverbs.
pub(super) fn is_before_verb(word: &str) -> bool {
    is_auxiliary(word)
        || matches!(
            word,
            "also"
                | "later"
                | "then"
                | "often"
                | "even"
                | "never"
                | "once"
                | "still"
                | "just"
                | "now"
                | "first"
                | "again"
                | "since"
                | "further"
                | "long"
                | "soon"
                | "earlier"
                | "always"
                | "all"
                | "both"
                | "himself"
                | "herself"
                | "themselves"
                | "instead"
                | "too"
                | "ever"
                | "today"
                | "yesterday"
                | "recently"
                | "previously"
                | "already"
                | "only"
                | "either"
                | "not"
        )
        || (word.len() > 4
            && word.ends_with("ly")
            && !matches!(word, "family" | "italy" | "ally" | "assembly"))
        || is_day(word)
}

/// Forms of be, have, do, and the modals.
pub(super) fn is_auxiliary(word: &str) -> bool {
    is_be(word)
        || matches!(
            word,
            "has"
                | "have"
                | "had"
                | "having"
                | "did"
                | "do"
                | "does"
                | "will"
                | "would"
                | "could"
                | "should"
                | "can"
                | "may"
                | "might"
                | "must"
                | "shall"
                | "hasn't"
                | "haven't"
                | "hadn't"
        )
}

/// Forms of be.
pub(super) fn is_be(word: &str) -> bool {
    matches!(
        word,
        "is" | "was" | "were" | "are" | "be" | "been" | "being" | "isn't" | "wasn't" | "got" | "get"
    )
}

/// Articles, owners and pointers: "the", "his", "these".
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "your"
            | "this"
            | "these"
            | "those"
    )
}

/// Words that begin a noun phrase.
pub(super) fn is_determiner(word: &str) -> bool {
    is_article(word)
        || matches!(
            word,
            "some"
                | "many"
                | "several"
                | "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "another"
                | "most"
                | "other"
                | "no"
                | "every"
                | "each"
                | "few"
                | "both"
                | "any"
                | "all"
                | "such"
        )
}

/// Pronouns that can only be, or usually are, a subject.
pub(super) fn is_subject_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "we" | "i" | "you" | "there")
}

/// Personal pronouns for speakers.
pub(super) fn is_speaking_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "we" | "i" | "who")
}

/// Words a clause begins with, so that a subject never reaches back over them.
pub(super) fn is_clause_boundary(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "because"
            | "while"
            | "when"
            | "as"
            | "if"
            | "but"
            | "where"
            | "after"
            | "before"
            | "since"
            | "although"
            | "though"
            | "than"
            | "whether"
            | "until"
            | "unless"
            | "so"
            | "yet"
            | "what"
            | "how"
            | "why"
            | "or"
            | "nor"
            | "whereas"
            | "once"
    )
}

/// Words that tie a noun to what stands before them.
pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "for"
            | "from"
            | "with"
            | "by"
            | "to"
            | "about"
            | "during"
            | "under"
            | "over"
            | "against"
            | "near"
            | "into"
            | "between"
            | "among"
            | "through"
            | "outside"
            | "inside"
            | "behind"
            | "like"
            | "without"
            | "within"
            | "toward"
            | "towards"
            | "despite"
            | "following"
            | "across"
            | "around"
            | "including"
            | "after"
            | "before"
            | "via"
            | "per"
            | "amid"
            | "above"
            | "below"
            | "alongside"
    )
}

/// Words after which a verb form is a noun: "the claim", "of calls".
pub(super) fn makes_noun(word: &str) -> bool {
    is_article(word)
        || matches!(
            word,
            "of" | "in"
                | "for"
                | "with"
                | "no"
                | "any"
                | "some"
                | "such"
                | "on"
                | "from"
                | "other"
                | "new"
                | "recent"
                | "more"
                | "many"
                | "at"
                | "into"
                | "public"
                | "few"
                | "every"
                | "each"
                | "another"
                | "several"
        )
}

/// A dash between words: a hyphen, two of them, or a longer mark.
pub(super) fn is_dash(mark: &str) -> bool {
    matches!(mark, "-" | "--" | "–" | "—" | "―")
}

/// The days of the week.
pub(super) fn is_day(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// Words that tell when.
pub(super) fn is_time_word(word: &str) -> bool {
    is_day(word)
        || matches!(
            word,
            "last" | "this" | "earlier" | "later" | "after" | "recently" | "today" | "yesterday"
        )
}

/// Words that begin an indirect question.
pub(super) fn is_question_word(word: &str) -> bool {
    matches!(word, "whether" | "if" | "why" | "how" | "what" | "when" | "where" | "who" | "which")
}

/// Words that begin a relative clause about the noun before them.
pub(super) fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "that")
}
