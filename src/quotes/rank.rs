//! The best of the candidates: where no rule decides, a weighted sum of what is seen of each.
//!
//! Features and weights are apart, so that weights learned from annotated articles can take the
//! place of those set by hand.

use super::extract::Draft;
use super::grammar::{is_clause_boundary, is_preposition, is_speaking_pronoun};
use super::mentions::Mention;
use super::page::Page;
use crate::text::Span;

/// What is seen of one candidate.
type Features = [f32; WEIGHTS.len()];

/// One weight a feature, in the order of [`features`].
const WEIGHTS: [f32; 9] = [2.0, 1.0, 1.5, 0.8, -0.6, -0.8, 0.6, -0.01, 0.5];

/// How many sentences back candidates are looked for.
const SENTENCES_BACK: usize = 4;

/// The best candidate around a draft.
pub(super) fn best(page: &Page, mentions: &[Mention], draft: &Draft, previous: Option<Span>) -> Option<Span> {
    let sentences = &page.segmented.sentences;
    let first = &sentences[draft.sentence.saturating_sub(SENTENCES_BACK)];
    let here = &sentences[draft.sentence];
    let from = mentions.partition_point(|m| m.span.start < first.span.start);
    let around = mentions[from..].iter().take_while(|m| m.span.start < here.span.end);
    let outside = around.filter(|m| !draft.pieces.iter().any(|p| p.overlaps(m.span)));
    let scored = outside.map(|m| (score(&features(page, draft, m, previous)), m));
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, m)| m.span)
}

fn score(features: &Features) -> f32 {
    features.iter().zip(WEIGHTS).map(|(f, w)| f * w).sum()
}

fn features(page: &Page, draft: &Draft, mention: &Mention, previous: Option<Span>) -> Features {
    let sentences = &page.segmented.sentences;
    let at = page.segmented.sentence_at(mention.span.start);
    let start = draft.pieces.first().map_or(0, |p| p.start);
    let flag = f32::from;
    let token = page.segmented.token_at(mention.span.start);
    let pronoun = is_speaking_pronoun(page.word(token));
    [
        flag(at == draft.sentence),
        flag(sentences[at].paragraph == sentences[draft.sentence].paragraph),
        flag(is_subject(page, mention)),
        flag(mention.span.end <= start && at == draft.sentence),
        draft.sentence.saturating_sub(at) as f32,
        flag(page.word(token) == "it" || page.word(token) == "i" || page.word(token) == "we"),
        flag(pronoun || page.is_capital(token)),
        (mention.span.start.abs_diff(start) as f32).min(400.0) / 10.0,
        flag(previous == Some(mention.span)),
    ]
}

/// Whether a mention stands where a subject stands: not tied by a preposition, a word after it
/// that is none either.
fn is_subject(page: &Page, mention: &Mention) -> bool {
    let token = page.segmented.token_at(mention.span.start);
    let after = page.segmented.tokens.partition_point(|t| t.span.start < mention.span.end);
    let tied = token > 0 && is_preposition(page.word(token - 1));
    let verb = page.is_word(after)
        && !is_preposition(page.word(after))
        && !page.is_capital(after)
        && page.word(after) != "and";
    let opens =
        page.segmented.tokens[token].initial || is_clause_boundary(page.word(token.saturating_sub(1)));
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
            if token == 0 || !is_clause_boundary(page.word(token - 1)) || page.word(token - 1) == "but" {
                return Some(mention.span);
            }
            subject = subject.or(Some(mention.span));
        }
    }
    subject.or(first)
}
