//! Who said what: `segment → extract → attribute → resolve`, one file a verb.
//!
//! Nothing in this room fails, touches a file or knows how the index is built.

mod attribute;
mod extract;
mod id;
mod mentions;
mod resolve;
mod segment;

use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};

/// One act of saying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The reported words, piece by piece, in order: a split quotation has several. Quotation
    /// marks included. Never empty.
    pub pieces: Vec<Span>,
    /// The parts inside quotation marks, marks included: all of a direct quote, some of a mixed
    /// one, none of an indirect one.
    pub quoted: Vec<Span>,
    /// Direct, mixed or indirect.
    pub kind: Kind,
    /// The words that report the saying ("said", "according to").
    pub cue: Option<Cue>,
    /// Who said it, and why we think so.
    pub attribution: Attribution,
}

/// How the words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Only words inside quotation marks (or a turn in a transcript).
    Direct,
    /// Reported speech with quoted words inside.
    Mixed,
    /// Reported speech without quotation marks.
    Indirect,
}

/// The words that report the saying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// Where they stand.
    pub span: Span,
    /// The dictionary form ("say").
    pub lemma: String,
}

/// The mention chosen, who it is, which rule decided, and how sure it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The words that mark the speaker ("he", "Ms. Conway"): the mention nearest the cue. None
    /// only where nothing marks a speaker.
    pub mention: Option<Span>,
    /// Who that is, as this article lets it be known. None where there is no mention.
    pub speaker: Option<Speaker>,
    /// Joint speakers ("Smith and Jones said"), after the first.
    pub others: Vec<Speaker>,
    /// Which rule or model decided.
    pub basis: Basis,
    /// How sure the decision is, 0 to 1.
    pub confidence: f32,
}

/// Who a mention is, within its article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name the article gives ("Vladimir Putin"), or the description of an unnamed
    /// source ("senior official"); None where a pronoun could not be resolved.
    pub name: Option<String>,
    /// Person, group, body, document or unnamed source.
    pub kind: SpeakerKind,
    /// Role or title, where the article gives one ("president").
    pub role: Option<String>,
    /// The chain of mentions that led from the words to the name, nearest first; the last one
    /// holds the name. Empty where the mention is the name.
    pub chain: Vec<Span>,
}

/// What sort of speaker it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// A named person.
    Person,
    /// Several unnamed people ("critics", "two officers").
    Group,
    /// A body: a ministry, company, court, newspaper.
    Org,
    /// A report, statement or poll.
    Document,
    /// An unnamed source.
    Anonymous,
}

/// Which rule or model decided who spoke. Each is explained by [`Basis::explain`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Nothing marks a speaker.
    None,
}

/// What was found in one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The quotes, in order of their first words, without overlaps.
    pub quotes: Vec<Quote>,
    /// The sentences, in order; a quoted segment never ends one from within.
    pub sentences: Vec<Span>,
}

/// How much of the language of a text we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// English: direct, mixed and indirect speech.
    English,
    /// Another language: only words in quotation marks, without a speaker.
    MarksOnly,
}

/// Finds every quotation in `text` and who said it.
pub fn find(_text: &Text, _reading: Reading) -> Found {
    Found { quotes: Vec::new(), sentences: Vec::new() }
}
