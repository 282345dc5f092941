//! Every decision can be asked: a quote read again, with what decided and what was passed over.
//!
//! Nothing of this is kept in the index: the text is read again, by the same steps. Points are
//! natural logarithms of odds: 0.7 of them double the odds, 2.3 make them ten times as high.

mod again;
mod words;

use super::Quote;
use crate::text::Span;
pub use again::why;
use serde::Serialize;

/// What decided a quote, and what else it could have been.
#[derive(Clone, Debug)]
pub struct Why {
    /// The quote that it has its speaker from.
    pub shares: Option<Quote>,
    /// Why its cue is believed; None where the quotation marks or a label make it a quote.
    pub reports: Option<Reports>,
    /// From the words that mark the speaker to the name.
    pub steps: Vec<Step>,
    /// Of the others mentioned nearby who could have said it, whom the learned ranking puts first.
    pub runner_up: Option<RunnerUp>,
}

/// How likely it is that a cue reports something, and what makes it so.
#[derive(Clone, Debug)]
pub struct Reports {
    /// The odds, in points.
    pub odds: f32,
    /// From which odds on such a cue is believed.
    pub needed: f32,
    /// The parts that add up to the odds, the weightiest first.
    pub parts: Vec<Part<Evidence>>,
}

/// A part of the odds.
#[derive(Clone, Debug)]
pub struct Part<What> {
    /// What it is drawn from.
    pub what: What,
    /// What it adds to them, or takes.
    pub odds: f32,
    /// The words it is about.
    pub words: Vec<Span>,
}

/// What the odds of a cue are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The verb itself.
    Verb,
    /// The words right before and after it.
    Beside,
    /// What the rules of grammar make of it.
    Grammar,
    /// How the sentence begins, how long it is, what other verbs and quotations it has.
    Sentence,
    /// The words taken for the source.
    Source,
    /// The words taken for reported.
    Reported,
    /// That source and reported words may also be others.
    OtherReadings,
}

/// Who else was mentioned nearby.
#[derive(Clone, Debug)]
pub struct RunnerUp {
    /// The words.
    pub mention: Span,
    /// Who that is.
    pub name: Option<String>,
    /// By how many points the ranking puts the chosen one first; below zero where a rule went against
    /// the ranking. None where the chosen words are none that are ranked.
    pub ahead: Option<f32>,
    /// The parts that add up to it, the weightiest first.
    pub leads: Vec<Lead>,
}

/// What puts the chosen one before the runner-up, or behind.
#[derive(Clone, Debug)]
pub struct Lead {
    /// What is compared.
    pub what: Trait,
    /// By how many points it puts the chosen one first.
    pub odds: f32,
    /// What is seen of the chosen one.
    pub chosen: Vec<&'static str>,
    /// What is seen of the runner-up.
    pub other: Vec<&'static str>,
}

/// What the ranking compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trait {
    /// Where a mention stands to the quotation.
    Place,
    /// What it is in its sentence.
    Part,
    /// What the words are: a name, a pronoun, a description.
    Words,
    /// Who spoke just before.
    SpokeBefore,
}

/// One step from the words that mark the speaker to the name.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The words.
    pub mention: Span,
    /// The sentence they stand in.
    pub sentence: Span,
    /// Why they stand for those of the next step.
    pub how: How,
    /// Of a pronoun, or what stands for the most present: what speaks for whom it takes up.
    pub reasons: Vec<Reason>,
    /// The same: who else fitted.
    pub passed_over: Option<PassedOver>,
}

/// Somebody a pronoun could have taken up.
#[derive(Clone, Debug, PartialEq)]
pub struct PassedOver {
    /// The words.
    pub mention: Span,
    /// Who that is.
    pub name: Option<String>,
    /// How many points less present they are than those taken up.
    pub behind: f32,
}

/// Why a mention stands for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// A pronoun: the most present of those it fits.
    Pronoun,
    /// "who": the words before it.
    Relative,
    /// A description that fits what the article says somebody is.
    Role,
    /// A description that stands beside the name.
    Beside,
    /// A description by a noun that stood for somebody before.
    SameNoun,
    /// "The ministry": the body whose name holds the word.
    NameHolds,
    /// "The company": the body named last.
    LastBody,
    /// A description that fits the most present person.
    Present,
    /// A shorter or other form of the name.
    Form,
    /// A name whose other part stands in a quotation.
    QuotedName,
    /// It holds the name.
    Name,
    /// Nobody is named.
    Unnamed,
    /// It could not be resolved.
    Unresolved,
}

/// What speaks for whom a pronoun takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nobody else before fits.
    Only,
    /// Of those who fit none stands nearer.
    Nearest,
    /// The mention taken up is a subject.
    Subject,
    /// The mention taken up speaks, as the last before the pronoun.
    SpokeLast,
}
