//! Annotated articles → weights. The same articles give the same bytes.

mod adapt;
mod choice;
mod parts;
mod reading;
mod sayings;
mod speakers;
mod sure;

use super::mentions;
use super::page::Page;
use super::rank;
use super::resolve;
use super::sayings::seen::Seen;
use super::segment::segment;
use super::vocabulary::Vocabulary;
use super::weights::{Feature, Learned, Row, Weights, packed};
use crate::text::{Span, Text};
pub(super) use choice::Lesson;

/// An article with the acts of saying that people marked in it.
pub struct Annotated {
    /// The text.
    pub text: Text,
    /// Who said what.
    pub sayings: Vec<Marked>,
    /// The part of speech of each word, in the tags of the Penn Treebank; may be empty.
    pub tags: Vec<(Span, String)>,
}

/// One act of saying as it was marked.
#[derive(Default)]
pub struct Marked {
    /// The source; empty where none is named.
    pub source: Vec<Span>,
    /// The words that report it.
    pub cue: Vec<Span>,
    /// What was said.
    pub content: Vec<Span>,
}

/// A part of what is learned, to be told apart by doing without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The parts of speech of words.
    Tags,
    /// The chain around each cue, and the parts of speech, which only it sees.
    Chain,
    /// The ranking of candidates where no rule decides.
    Ranking,
    /// How present somebody is to a pronoun.
    Salience,
}

/// Learns a table of weights from annotated articles, all or `without` a part; `head` tells where they
/// come from.
pub fn learn(articles: &[&Annotated], head: &str, without: Option<Part>) -> Vec<u8> {
    let mut features = choosing(articles, head, without);
    features.extend(confidence(articles, head, without).into());
    packed(head, &features)
}

/// All that words and speakers are chosen by.
fn choosing(articles: &[&Annotated], head: &str, without: Option<Part>) -> Learned {
    let with = |part: Part| without != Some(part);
    let mut features = Learned::default();
    if with(Part::Tags) && with(Part::Chain) {
        features.extend(parts::learn(articles).into());
    }
    if with(Part::Chain) {
        features.extend(chain(articles, head, &features));
    }
    if with(Part::Ranking) {
        features.extend(speakers(articles, head, &features).into());
    }
    if with(Part::Salience) {
        features.extend(salience(articles, head, &features).into());
    }
    features
}

/// A table of what is learned so far.
fn table(head: &str, features: &Learned) -> Weights {
    Weights::read(packed(head, features)).unwrap_or_else(Weights::shipped)
}

/// Which words are reported, and of whom.
fn chain(articles: &[&Annotated], head: &str, features: &Learned) -> Learned {
    let parts = table(head, features);
    let (mut examples, mut vocabulary) = (Vec::new(), Vocabulary::of(&parts));
    for article in articles {
        let segmented = segment(&article.text);
        let page = Page::new(&article.text, &segmented, &mut vocabulary);
        let mentions = mentions::find(&page);
        let seen = Seen::new(&page, &mentions);
        examples.extend(sayings::examples(article, &seen));
    }
    sayings::learn(examples)
}

/// Into how many parts the articles are cut to learn confidence: each is read with what the others teach.
const PARTS: usize = 3;

/// How sure a choice is.
fn confidence(articles: &[&Annotated], head: &str, without: Option<Part>) -> Vec<(Feature, Row)> {
    let mut lessons = Vec::new();
    for part in 0..PARTS {
        let (held, others): (Vec<_>, Vec<_>) =
            articles.iter().copied().enumerate().partition(|(number, _)| number % PARTS == part);
        let others: Vec<&Annotated> = others.into_iter().map(|(_, article)| article).collect();
        let weights = table(head, &choosing(&others, head, without));
        lessons.extend(held.iter().flat_map(|(_, article)| sure::lessons(article, &weights)));
    }
    numbered(&choice::learn(&lessons), super::sure::feature)
}

/// Which candidate speaks where no rule decides.
fn speakers(articles: &[&Annotated], head: &str, features: &Learned) -> Vec<(Feature, Row)> {
    let weights = table(head, features);
    let lessons: Vec<_> = articles.iter().flat_map(|article| speakers::lessons(article, &weights)).collect();
    numbered(&choice::learn(&lessons), rank::feature)
}

/// What makes somebody present to a pronoun. What pronouns teach depends a little on how earlier ones
/// are read, so it is learned twice.
fn salience(articles: &[&Annotated], head: &str, features: &Learned) -> Vec<(Feature, Row)> {
    let mut learned = Vec::new();
    for _ in 0..2 {
        let mut all = features.clone();
        all.extend(learned.into());
        let weights = table(head, &all);
        let lessons: Vec<_> =
            articles.iter().flat_map(|article| resolve::lessons(&article.text, &weights)).collect();
        learned = numbered(&choice::learn(&lessons), resolve::salience::feature);
    }
    learned
}

/// Weights in a row as features of their numbers.
fn numbered(weights: &[f32], feature: impl Fn(usize) -> Feature) -> Vec<(Feature, Row)> {
    weights.iter().enumerate().map(|(number, weight)| (feature(number), [*weight, 0.0])).collect()
}

/// Whether any of the spans touches this one.
fn touch(spans: &[Span], span: Span) -> bool {
    spans.iter().any(|s| s.overlaps(span))
}

/// Whether more than half of `span` lies in the spans.
fn cover(spans: &[Span], span: Span) -> bool {
    let inside = |s: &Span| s.end.min(span.end).saturating_sub(s.start.max(span.start));
    spans.iter().map(inside).sum::<u32>() * 2 > span.end - span.start
}
