//! The mention chosen for each quote → who that is, as far as the article tells.
//!
//! The cast of the article is learned first (full names, titles, appositions); then its mentions
//! are read in order, and each pronoun and description is given to the member of the cast it fits.

mod cast;
mod descriptions;
mod facts;
mod learn;
mod names;
mod printed;
mod pronouns;
mod quoted;
mod recall;
pub(super) mod salience;
pub(super) mod why;

use super::learn::Lesson;
use super::mentions::{Mention, Reader, Sort};
use super::page::Page;
use super::segment::segment;
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use super::{Quote, Speaker, SpeakerKind};
use crate::lexicon;
use crate::lexicon::Gender;
use crate::text::{Span, Text};
use cast::Cast;
use printed::{one_line, shouts};
use recall::recall;
use salience::SEEN;

/// Fills in the speakers of all quotes.
pub(super) fn resolve(reader: &mut Reader, mentions: Vec<Mention>, quotes: &mut [Quote], weights: &Weights) {
    let (page, text) = (reader.page, reader.text);
    let words = |span| without_marks(text, span);
    let chosen: Vec<Span> = quotes.iter().filter_map(|q| q.attribution.mention).map(words).collect();
    let mentions = with_chosen(reader, mentions, &chosen);
    let speaking = speaking(&mentions, &chosen);
    let mut told = recall(Cast::learn(page, &mentions), &speaking, salience::weights(weights));
    quoted::complete(&mut told.cast, &speaking);
    for quote in quotes {
        let Some(span) = quote.attribution.mention.map(words) else { continue };
        let Some(at) = at(&mentions, span) else {
            quote.attribution.speaker = Some(told.named(text.slice(span)));
            continue;
        };
        quote.attribution.speaker = Some(told.speaker(at));
        quote.attribution.others = told.beside(at).into_iter().map(|m| told.speaker(m)).collect();
    }
}

/// What the pronouns of a text teach that leave no choice.
pub(super) fn lessons(text: &Text, weights: &Weights) -> Vec<Lesson<SEEN>> {
    let segmented = segment(text);
    let mut vocabulary = Vocabulary::of(weights);
    let quotes = super::read(text, &segmented, weights, &mut vocabulary, &mut |_| ());
    let chosen: Vec<Span> = quotes.iter().filter_map(|q| q.attribution.mention).collect();
    let page = Page::new(text, &segmented, &mut vocabulary);
    let mentions = all_mentions(&page, &chosen);
    let cast = Cast::learn(&page, &mentions);
    let genders: Vec<Gender> = cast.members.iter().map(|m| m.gender).collect();
    let told = recall(cast, &speaking(&mentions, &chosen), salience::weights(weights));
    learn::lessons(&told, &genders)
}

/// Which mentions were chosen as speakers.
fn speaking(mentions: &[Mention], chosen: &[Span]) -> Vec<bool> {
    let mut speaking = vec![false; mentions.len()];
    for at in chosen.iter().filter_map(|span| at(mentions, *span)) {
        speaking[at] = true;
    }
    speaking
}

/// The span without the marks around its words.
fn without_marks(text: &Text, span: Span) -> Span {
    let words = text.slice(span);
    let start = words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    Span { start: span.start + if start < words.len() { start as u32 } else { 0 }, ..span }
}

/// The mentions of a text, and those that were chosen although they are none of them.
fn all_mentions(page: &Page, chosen: &[Span]) -> Vec<Mention> {
    let mut reader = Reader::new(page);
    let mentions = reader.mentions();
    with_chosen(&mut reader, mentions, chosen)
}

/// The mentions, and those that were chosen although they are none of them.
fn with_chosen(reader: &mut Reader, mut mentions: Vec<Mention>, chosen: &[Span]) -> Vec<Mention> {
    let missing: Vec<Span> = chosen.iter().copied().filter(|s| at(&mentions, *s).is_none()).collect();
    if !missing.is_empty() {
        mentions.extend(missing.into_iter().filter_map(|span| reader.chosen(span)));
        mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    }
    mentions
}

/// The mention that stands at `span`: the same words, else the first within, else one around it.
fn at(mentions: &[Mention], span: Span) -> Option<usize> {
    let from = mentions.partition_point(|m| m.span.start < span.start);
    let here = (from..mentions.len()).take_while(|&i| mentions[i].span.start < span.end);
    let same = here.clone().find(|&i| mentions[i].span == span);
    let around = || (0..from).rev().take(3).find(|&i| mentions[i].span.contains(span));
    same.or_else(|| here.into_iter().find(|&i| mentions[i].span.end >= span.end))
        .or_else(around)
        .or_else(|| (from..mentions.len()).take_while(|&i| mentions[i].span.start < span.end).last())
}

/// A speaker of whom we only have the words.
fn described(words: &str) -> Speaker {
    let words: Vec<&str> = words.split_whitespace().collect();
    let last = words.last().copied().unwrap_or_default();
    let label = words.len() <= LONGEST_LABEL && !last.is_empty() && words.iter().all(|w| shouts(w));
    let kind = match lexicon::role(last) {
        _ if lexicon::body_noun(last).is_some() || lexicon::body_word(last) => SpeakerKind::Org,
        _ if lexicon::document(last) => SpeakerKind::Document,
        Some(role) if role.plural => SpeakerKind::Group,
        None if label => SpeakerKind::Person,
        _ => SpeakerKind::Anonymous,
    };
    let person = kind == SpeakerKind::Person;
    let name = one_line(words.into_iter(), |_| person);
    Speaker { name: Some(name), kind, role: None, chain: Vec::new() }
}

/// The longest name in a label in capitals, in words.
const LONGEST_LABEL: usize = 3;

/// Whether the mention holds a proper name.
fn is_named(mention: &Mention) -> bool {
    matches!(mention.sort, Sort::Name | Sort::Body | Sort::Nation)
}
