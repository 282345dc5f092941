//! What decided, in the words of a reader.

use super::{Evidence, How, Reason, Trait};

impl Evidence {
    /// All of them, in order.
    pub const ALL: [Evidence; 7] = [
        Evidence::Verb,
        Evidence::Beside,
        Evidence::Grammar,
        Evidence::Sentence,
        Evidence::Source,
        Evidence::Reported,
        Evidence::OtherReadings,
    ];

    /// A few words; those it is about follow.
    pub fn explain(self) -> &'static str {
        match self {
            Evidence::Verb => "the cue itself",
            Evidence::Beside => "the words beside it",
            Evidence::Grammar => "what the rules of grammar make of it",
            Evidence::Sentence => "the rest of the sentence",
            Evidence::Source => "the words for the speaker",
            Evidence::Reported => "the reported words",
            Evidence::OtherReadings => "other ways to divide the words",
        }
    }
}

impl Trait {
    /// All of them, in order.
    pub const ALL: [Trait; 4] = [Trait::Place, Trait::Part, Trait::Words, Trait::SpokeBefore];

    /// A few words; what is seen of the two follows.
    pub fn explain(self) -> &'static str {
        match self {
            Trait::Place => "where it stands",
            Trait::Part => "its part in the sentence",
            Trait::Words => "what the words are",
            Trait::SpokeBefore => "who spoke before",
        }
    }
}

impl How {
    /// A few words that end a step.
    pub fn explain(self) -> &'static str {
        match self {
            How::Pronoun => "a pronoun, for the most present that it fits",
            How::Relative => "for the words before it",
            How::Role => "a description, for the one the article calls that",
            How::Beside => "a description, beside the name",
            How::SameNoun => "a description by the same noun as before",
            How::NameHolds => "a description, for the body whose name holds the word",
            How::LastBody => "a description, for the body named last",
            How::Present => "a description, for the most present person that it fits",
            How::Form => "another form of the name",
            How::QuotedName => "the name, whose other part stands in a quotation",
            How::Name => "the name",
            How::Unnamed => "no name; the words stand for themselves",
            How::Unresolved => "not resolved",
        }
    }
}

impl Reason {
    /// A few words.
    pub fn explain(self) -> &'static str {
        match self {
            Reason::Only => "nobody else before it fits",
            Reason::Nearest => "the nearest",
            Reason::Subject => "a subject",
            Reason::SpokeLast => "the last to speak",
        }
    }
}
