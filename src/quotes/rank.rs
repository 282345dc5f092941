//! The best of the candidates: where no rule decides, a weighted sum of what is seen of each. The
//! weights are learned from annotated articles.

pub(super) mod why;

use super::extract::Draft;
use super::mentions::{Mention, Sort};
use super::page::Page;
use super::weights::{Feature, Weights, hash, mix};
use crate::lexicon;
use crate::lexicon::Use;
use crate::text::Span;

/// What is seen of one candidate.
pub(super) type Seen = [f32; SEEN];
pub(super) const SEEN: usize = 39;

/// The feature under which the weight of what is seen at that place in [`Seen`] is kept.
pub(super) fn feature(number: usize) -> Feature {
    Feature(mix(hash("candidate"), number as u32))
}

/// What each of it weighs.
fn weights(table: &Weights) -> Seen {
    std::array::from_fn(|number| table.row(feature(number))[0])
}

/// How many sentences back candidates are looked for, and how many ahead.
const SENTENCES_BACK: usize = 4;
const SENTENCES_AHEAD: usize = 1;

/// The mentions that may mark the speaker of a draft: those around it, and that of the speaker just
/// before, with what is seen of each.
pub(super) fn candidates<'a>(
    page: &Page,
    mentions: &'a [Mention],
    draft: &Draft,
    previous: Option<Span>,
) -> Vec<(&'a Mention, Seen)> {
    let sentences = &page.segmented.sentences;
    let first = &sentences[draft.sentence.saturating_sub(SENTENCES_BACK)];
    let last = &sentences[(draft.sentence + SENTENCES_AHEAD).min(sentences.len() - 1)];
    let from = mentions.partition_point(|m| m.span.start < first.span.start);
    let to = mentions.partition_point(|m| m.span.start < last.span.end);
    let before = previous.and_then(|span| {
        let at = mentions.partition_point(|m| m.span.start < span.start);
        mentions.get(at).filter(|m| at < from && m.span.start == span.start)
    });
    let outside = |m: &&Mention| !draft.pieces.iter().any(|p| p.overlaps(m.span));
    let around = before.into_iter().chain(&mentions[from..to]).filter(outside);
    around.map(|m| (m, seen(page, draft, m, previous))).collect()
}

/// A candidate and what it scores.
pub(super) struct Ranked {
    pub mention: Span,
    pub score: f32,
    pub seen: Seen,
}

/// All candidates for a draft, the best first; of equals the last.
pub(super) fn ranked(
    page: &Page,
    mentions: &[Mention],
    draft: &Draft,
    previous: Option<Span>,
    table: &Weights,
) -> Vec<Ranked> {
    let weights = weights(table);
    let scored = |(mention, seen): (&Mention, Seen)| Ranked {
        mention: mention.span,
        score: weigh(&seen, &weights),
        seen,
    };
    let candidates = candidates(page, mentions, draft, previous).into_iter();
    let mut ranked: Vec<Ranked> = candidates.rev().map(scored).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

fn weigh(seen: &Seen, weights: &Seen) -> f32 {
    seen.iter().zip(weights).map(|(s, w)| s * w).sum()
}

fn seen(page: &Page, draft: &Draft, mention: &Mention, previous: Option<Span>) -> Seen {
    let sentences = &page.segmented.sentences;
    let at = page.segmented.sentence_at(mention.span.start);
    let start = draft.pieces.first().map_or(0, |p| p.start);
    let quote = page.segmented.token_at(start);
    let token = mention.tokens.start;
    let word = page.word(token);
    let flag = f32::from;
    let here = at == draft.sentence;
    let same_paragraph = sentences[at].paragraph == sentences[draft.sentence].paragraph;
    let back = draft.sentence.saturating_sub(at);
    let subject = is_subject(page, mention);
    let spoke = previous == Some(mention.span);
    let namesake = previous.is_some_and(|p| !spoke && page.text.slice(p) == page.text.slice(mention.span));
    let alone =
        sentences[draft.sentence].tokens.clone().all(|i| page.quoted(i).is_some() || page.is_punct(i));
    let before = mention.span.end <= start;
    let first = (sentences[at].tokens.start..token).all(|i| !page.is_capital(i) && page.quoted(i).is_none());
    let person = mention.sort == Sort::Name;
    let tied = token > 0 && page.uses(token - 1).has(Use::Preposition);
    [
        flag(here && before),
        flag(here && !before),
        flag(back == 1 && same_paragraph),
        flag(back > 1 && same_paragraph),
        flag(!same_paragraph && before),
        flag(at > draft.sentence && same_paragraph),
        flag(at > draft.sentence && !same_paragraph),
        flag(subject),
        flag(subject && back == 1 && same_paragraph),
        flag(subject && here && before),
        flag(person),
        flag(person && mention.head.len() > 1),
        flag(mention.sort == Sort::Body),
        flag(mention.sort == Sort::Nation),
        flag(matches!(mention.sort, Sort::Role(_))),
        flag(mention.sort == Sort::BodyNoun),
        flag(mention.sort == Sort::Document),
        flag(matches!(word, "he" | "she")),
        flag(matches!(word, "they" | "we")),
        flag(matches!(word, "it" | "i" | "who" | "him" | "them")),
        flag(spoke),
        flag(spoke && same_paragraph),
        flag(spoke && alone),
        flag(namesake),
        flag(alone && subject && !here),
        flag(!alone && subject && here),
        (token.abs_diff(quote) as f32).ln_1p(),
        flag(mention.possessive),
        flag(tied),
        flag(first),
        flag(first && subject && !here),
        flag(quote > 0 && page.word(quote - 1) == ":" && here),
        flag(mention.tokens.end == quote),
        flag(here && token == quote + 1),
        flag(here && token == quote + 1 && subject),
        flag(mention.plural),
        flag(first && subject && back == 1 && same_paragraph && alone),
        flag(token > 0 && matches!(page.word(token - 1), "in" | "at")),
        flag(lexicon::cue(page.word(mention.tokens.end)).is_some()),
    ]
}

/// Whether a mention stands where a subject stands: not tied by a preposition, a word after it
/// that is none either.
fn is_subject(page: &Page, mention: &Mention) -> bool {
    let token = page.segmented.token_at(mention.span.start);
    let after = page.segmented.tokens.partition_point(|t| t.span.start < mention.span.end);
    let tied = token > 0 && page.uses(token - 1).has(Use::Preposition);
    let verb = page.is_word(after)
        && !page.uses(after).has(Use::Preposition)
        && !page.is_capital(after)
        && page.word(after) != "and";
    let opens = page.segmented.tokens[token].initial || page.uses(token.saturating_sub(1)).has(Use::Clause);
    !tied && (verb || page.word(after) == "," && opens)
}

/// The subject of the main clause among these mentions: the first that is no part of a clause
/// with "when" or "because", else the first subject, else the first of all.
pub(super) fn main_subject<'a>(page: &Page, mentions: impl Iterator<Item = &'a Mention>) -> Option<Span> {
    let (mut first, mut subject) = (None, None);
    for mention in mentions {
        first = first.or(Some(mention.span));
        if is_subject(page, mention) {
            let token = page.segmented.token_at(mention.span.start);
            if token == 0 || !page.uses(token - 1).has(Use::Clause) || page.word(token - 1) == "but" {
                return Some(mention.span);
            }
            subject = subject.or(Some(mention.span));
        }
    }
    subject.or(first)
}
