//! Who said what: `segment → extract → attribute → resolve`, one file a verb.
//!
//! Nothing in this room fails, touches a file or knows how the index is built.

mod attribute;
mod content;
mod extract;
mod frames;
mod grammar;
mod headline;
mod id;
mod learn;
mod mentions;
mod names;
mod page;
mod rank;
mod resolve;
mod sayings;
mod segment;
mod sure;
mod turns;
mod vocabulary;
mod weights;
pub mod why;
mod words;

use crate::text::{Span, Text};
use attribute::Choice;
use extract::Draft;
pub use learn::{Annotated, Marked, Part, learn};
use mentions::Reader;
use page::Page;
use sayings::seen::Seen;
use segment::{Quoted, Segmented};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use vocabulary::Vocabulary;
pub use weights::Weights;

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
    /// How sure the decision is, 0 to 1: the share of decisions like it that people made the same way. Nobody
    /// is sure to more than three digits, and no more are kept.
    #[serde(with = "sure::thousandths")]
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
    /// “Q,” Mora said; Mora said that …
    SubjectBefore,
    /// “Q,” said Mora.
    SubjectAfter,
    /// Mora, who said …
    Relative,
    /// According to Mora, …
    AccordingTo,
    /// Mora nodded and said …; …, adding that …
    ImpliedSubject,
    /// MORA: …, in a transcript or as MORA, ECONOMIST, BRILL BANK: “Q”
    Label,
    /// “Q.” ― Mora
    Signed,
    /// Mora had one wish: “Q.”
    Introduced,
    /// A quotation that follows another in its paragraph.
    SameParagraph,
    /// A paragraph that is a quotation and follows another.
    ParagraphBefore,
    /// “Q.” “Q,” Mora said: the speaker comes with the next sentence.
    NextSentence,
    /// The best of the candidates around.
    Nearest,
    /// Nothing marks a speaker.
    None,
}

impl Basis {
    /// One line for a reader who asks why.
    pub fn explain(self) -> &'static str {
        match self {
            Basis::SubjectBefore => "the speaker is the subject before the reporting verb",
            Basis::SubjectAfter => "the speaker stands right after the reporting verb",
            Basis::Relative => "the speaker is the noun that “who” refers to",
            Basis::AccordingTo => "the speaker follows “according to”",
            Basis::ImpliedSubject => "the reporting verb shares the subject of its sentence",
            Basis::Label => "the words are labelled with the speaker’s name",
            Basis::Signed => "the quotation is signed with the speaker’s name",
            Basis::Introduced => "the words before the colon are about the speaker",
            Basis::SameParagraph => "it goes on after a quotation in the same paragraph",
            Basis::ParagraphBefore => "the paragraph goes on after a quotation in the one before",
            Basis::NextSentence => "the next sentence goes on quoting and names the speaker",
            Basis::Nearest => "no rule applies; the best of the people mentioned nearby",
            Basis::None => "nothing marks a speaker",
        }
    }
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

/// The steps in which a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Marks are paired, and the text cut into tokens and sentences.
    Segment,
    /// Its words are looked up, and the mentions found.
    Mentions,
    /// The quotes are found.
    Extract,
    /// A mention is chosen for each.
    Attribute,
    /// And it is known who that is.
    Resolve,
}

/// Finds every quotation in `text` and who said it.
pub fn find(text: &Text, reading: Reading) -> Found {
    find_step_by_step(text, reading, &mut |_| ())
}

/// The same, telling of each step when it is done.
pub fn find_step_by_step(text: &Text, reading: Reading, done: &mut dyn FnMut(Step)) -> Found {
    let weights = Weights::shipped();
    let mut vocabulary = READ.take().unwrap_or_else(|| Vocabulary::of(&weights));
    let found = find_in(text, reading, &weights, &mut vocabulary, done);
    READ.set(vocabulary.is_small().then_some(vocabulary));
    found
}

thread_local! {
    /// The words that were read on this thread.
    static READ: Cell<Option<Vocabulary>> = const { Cell::new(None) };
}

/// The sentences of a text, in order.
pub fn sentences(text: &Text) -> Vec<Span> {
    segment::segment(text).sentences.iter().map(|s| s.span).collect()
}

/// The same with other weights than those that are shipped.
pub fn find_with(text: &Text, reading: Reading, weights: &Weights) -> Found {
    find_in(text, reading, weights, &mut Vocabulary::of(weights), &mut |_| ())
}

fn find_in(
    text: &Text,
    reading: Reading,
    weights: &Weights,
    vocabulary: &mut Vocabulary,
    done: &mut dyn FnMut(Step),
) -> Found {
    let segmented = segment::segment(text);
    done(Step::Segment);
    let sentences = segmented.sentences.iter().map(|s| s.span).collect();
    let quotes = match reading {
        Reading::English => read(text, &segmented, weights, vocabulary, done),
        Reading::MarksOnly => marked(text, &segmented),
    };
    Found { quotes, sentences }
}

fn read(
    text: &Text,
    segmented: &Segmented,
    weights: &Weights,
    vocabulary: &mut Vocabulary,
    done: &mut dyn FnMut(Step),
) -> Vec<Quote> {
    let page = Page::new(text, segmented, vocabulary);
    let mut reader = Reader::new(&page);
    let mentions = reader.mentions();
    done(Step::Mentions);
    let seen = Seen::new(&page, &mentions);
    let drafts = extract::extract(&seen, weights);
    done(Step::Extract);
    let choices = attribute::attribute(&page, &mentions, &drafts, weights);
    let sure = sure::confidences(&drafts, &choices, &mentions, weights);
    let quote = |((draft, choice), confidence): ((Draft, Choice), f32)| Quote {
        quoted: draft.quoted_spans(segmented),
        cue: draft.frame.as_ref().map(|frame| page.cue(&frame.cue)),
        attribution: Attribution {
            mention: choice.mention,
            speaker: None,
            others: Vec::new(),
            basis: choice.basis,
            confidence,
        },
        pieces: draft.pieces,
        kind: draft.kind,
    };
    let mut quotes: Vec<Quote> = drafts.into_iter().zip(choices).zip(sure).map(quote).collect();
    done(Step::Attribute);
    resolve::resolve(&mut reader, mentions, &mut quotes, weights);
    done(Step::Resolve);
    quotes
}

/// The fewest words between marks that are taken for a quotation in a language we do not read.
const MARKED_WORDS: usize = 3;

/// Every longer segment in quotation marks, without a speaker.
fn marked(text: &Text, segmented: &Segmented) -> Vec<Quote> {
    let long = |q: &&Quoted| text.slice(q.inner).split_whitespace().nth(MARKED_WORDS - 1).is_some();
    let quote = |q: &Quoted| Quote {
        pieces: vec![q.span],
        quoted: vec![q.span],
        kind: Kind::Direct,
        cue: None,
        attribution: Attribution {
            mention: None,
            speaker: None,
            others: Vec::new(),
            basis: Basis::None,
            confidence: 0.0,
        },
    };
    segmented.quoted.iter().filter(long).map(quote).collect()
}
