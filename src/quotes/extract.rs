//! Sentences → drafts: what was said, by which cue, and where its speaker stands.

use super::Kind;
use super::frames::{self, Frame, Subject};
use super::grammar::is_preposition;
use super::headline;
use super::page::Page;
use super::sayings;
use super::sayings::Cues;
use super::sayings::seen::Seen;
use super::segment::{Segmented, Sentence};
use super::turns;
use super::weights::Weights;
use crate::lexicon::Use;
use crate::text::Span;
use std::ops::Range;

/// A quote whose speaker is yet to be chosen.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The reported words, piece by piece.
    pub pieces: Vec<Span>,
    /// The quoted segments among them, by index.
    pub quoted: Vec<u32>,
    pub kind: Kind,
    /// Its cue and where the speaker stands; None for a quotation that stands alone.
    pub frame: Option<Frame>,
    /// The odds that its cue reports anything, as a logarithm; None without a learned reading.
    pub odds: Option<f32>,
    /// The label of a transcript's turn, or the name a letter is signed with.
    pub label: Option<Span>,
    /// The sentence it begins in.
    pub sentence: usize,
}

impl Draft {
    /// The words in marks, marks included, as far as they were said: a turn's label was not.
    pub(super) fn quoted_spans(&self, segmented: &Segmented) -> Vec<Span> {
        let from = self.pieces.first().map_or(0, |piece| piece.start);
        let said = |span: Span| Span { start: span.start.max(from), ..span };
        self.quoted.iter().map(|q| said(segmented.quoted[*q as usize].span)).collect()
    }
}

/// The shortest quotation without a cue that counts as one, in words.
const LONE_WORDS: usize = 3;

/// Every act of saying in the text, in order, without overlaps.
pub(super) fn extract(seen: &Seen, weights: &Weights) -> Vec<Draft> {
    let page = seen.page;
    let mut drafts: Vec<Draft> = Vec::new();
    let turns = turns::find(page);
    // Each step is taken for all sentences before the next: so what it needs stays at hand.
    let sentences = &page.segmented.sentences;
    let cues: Vec<Cues> = sentences.iter().map(|sentence| Cues::find(seen, &sentence.tokens)).collect();
    let promising =
        |(sentence, cues): (&Sentence, _)| sayings::promising(seen, &sentence.tokens, cues, weights);
    let looks: Vec<_> = sentences.iter().zip(&cues).map(promising).collect();
    for (number, sentence) in sentences.iter().enumerate() {
        if let Some(turn) = turns.get(&sentence.paragraph) {
            if turn.first_sentence == number {
                drafts.push(turn.draft());
            }
            continue;
        }
        let mut taken = vec![false; sentence.tokens.len()];
        for saying in sayings::read(seen, &sentence.tokens, &looks[number], weights) {
            if !taken[saying.frame.cue.tokens.start - sentence.tokens.start] {
                let read = draft(page, number, saying.pieces, Some(saying.frame), &mut taken);
                drafts.extend(read.map(|read| Draft { odds: Some(saying.odds), ..read }));
            }
        }
        lone_quotations(page, number, &mut taken, &mut drafts);
    }
    drafts.sort_by_key(|d| d.pieces[0].start);
    headline::without_echoes(page, join_over_paragraphs(page, drafts))
}

/// A draft of these tokens, if they hold any words; marks them as taken.
fn draft(
    page: &Page,
    sentence: usize,
    pieces: Vec<Range<usize>>,
    frame: Option<Frame>,
    taken: &mut [bool],
) -> Option<Draft> {
    let base = page.segmented.sentences[sentence].tokens.start;
    let pieces: Vec<Range<usize>> = pieces.into_iter().filter_map(|p| trim(page, p)).collect();
    if pieces.iter().any(|p| taken[p.start - base..p.end - base].contains(&true)) {
        return None;
    }
    let words = |p: &Range<usize>| p.clone().filter(|&i| !page.is_punct(i)).collect::<Vec<_>>();
    let words: Vec<usize> = pieces.iter().flat_map(words).collect();
    let mut quoted: Vec<u32> = words.iter().filter_map(|&i| page.quoted(i)).collect();
    if quoted.len() < words.len() {
        // Reported words tell of works by their titles; what follows a comma or opens a sentence is
        // speech.
        let opens = |i: usize| page.segmented.tokens[i].initial || matches!(page.word(i - 1), "," | ":");
        let title = |i: usize| !opens(i) && is_title(page, i);
        quoted = words.iter().filter(|i| !title(**i)).filter_map(|&i| page.quoted(i)).collect();
    }
    let kind = match quoted.len() {
        0 if words.len() < 2 => return None,
        0 => Kind::Indirect,
        n if n == words.len() => Kind::Direct,
        _ => Kind::Mixed,
    };
    for piece in &pieces {
        taken[piece.start - base..piece.end - base].fill(true);
    }
    let spans = match kind {
        Kind::Direct => quoted.iter().map(|q| page.segmented.quoted[*q as usize].span).collect(),
        _ => pieces.iter().map(|p| page.span(p)).collect(),
    };
    Some(Draft { pieces: spans, quoted, kind, frame, odds: None, label: None, sentence })
}

/// Without marks at its ends and without the "but" it begins with.
fn trim(page: &Page, piece: Range<usize>) -> Option<Range<usize>> {
    let mut piece = piece;
    while piece.start < piece.end
        && (page.is_punct(piece.start) && !matches!(page.word(piece.start), "(" | "[" | "$")
            || matches!(page.word(piece.start), "and" | "but"))
    {
        piece.start += 1;
    }
    while piece.start < piece.end
        && page.is_punct(piece.end - 1)
        && !matches!(page.word(piece.end - 1), ")" | "]")
    {
        piece.end -= 1;
    }
    (piece.start < piece.end).then_some(piece)
}

/// Quoted segments that no cue has claimed: quotations if they are long enough, or if their
/// sentence reports speech.
fn lone_quotations(page: &Page, sentence: usize, taken: &mut [bool], drafts: &mut Vec<Draft>) {
    let tokens = page.segmented.sentences[sentence].tokens.clone();
    let mut frames: Option<Vec<Frame>> = None;
    for at in tokens.clone() {
        let Some(index) = page.quoted(at) else { continue };
        let title = tokens.len() > 2 && is_title(page, at);
        if taken[at - tokens.start] || title || is_aside(page, index) {
            continue;
        }
        let words = page.text.slice(page.segmented.quoted[index as usize].inner).split_whitespace().count();
        let whole = tokens.clone().all(|i| i == at || page.is_punct(i));
        if words < LONE_WORDS && !whole {
            if let Some(draft) = drafts.iter_mut().find(|draft| goes_on(page, draft, at)) {
                draft.pieces.push(page.span(&(at..at + 1)));
                draft.quoted.push(index);
                draft.kind = if draft.kind == Kind::Direct { Kind::Direct } else { Kind::Mixed };
                taken[at - tokens.start] = true;
            }
            continue;
        }
        let introduced = at > tokens.start && page.word(at - 1) == ":";
        let before =
            |f: &&Frame| f.cue.tokens.end <= at && !matches!(f.subject, Subject::Implied(_)) && !introduced;
        let frames = frames.get_or_insert_with(|| frames::frames(page, &tokens));
        let frame = frames.iter().rev().find(before);
        let piece = Range { start: at, end: at + 1 };
        drafts.extend(draft(page, sentence, vec![piece], frame.cloned(), taken));
    }
}

/// How many tokens after reported words a clause may go on before it comes to words in marks.
const FARTHEST_MARKS: usize = 8;

/// Whether a few words in marks at `at` go on with what a draft reports before them: a “dud” and a
/// “disgrace”; that it rained, and there was “no hope”.
fn goes_on(page: &Page, draft: &Draft, at: usize) -> bool {
    let Some(end) = draft.pieces.last().map(|piece| piece.end) else { return false };
    let from = page.segmented.token_at(end - 1) + 1;
    let same = page.segmented.tokens[at].sentence as usize == draft.sentence;
    if !same || from >= at || at - from > FARTHEST_MARKS {
        return false;
    }
    let joins = |i: usize| matches!(page.word(i), "and" | "or" | "but" | ",");
    let listed =
        page.quoted(from - 1).is_some() && (from..at).all(|i| joins(i) || page.uses(i).has(Use::Determiner));
    let sentence = &page.segmented.sentences[draft.sentence].tokens;
    let clause = |i: usize| page.is_word(i) && page.cue_at(i, sentence).is_none();
    let reported = draft.frame.as_ref().is_some_and(|frame| frame.cue.word.takes.that);
    let first = from + usize::from(page.word(from) == ",");
    listed || reported && joins(first) && (first + 1..at).all(clause)
}

/// Whether nothing but a bracket stands in the marks: "(Applause.)", of which nothing was said.
fn is_aside(page: &Page, index: u32) -> bool {
    let inner = page.text.slice(page.segmented.quoted[index as usize].inner);
    let inner = inner.trim().trim_end_matches(['.', ',']);
    inner.starts_with(['(', '[']) && inner.find([')', ']']) == Some(inner.len() - 1)
}

/// Whether a quoted segment looks like the title of a work: most words begin with a capital.
pub(super) fn is_title(page: &Page, at: usize) -> bool {
    let Some(index) = page.quoted(at) else { return false };
    let quoted = &page.segmented.quoted[index as usize];
    let inner = page.text.slice(quoted.inner);
    if inner.ends_with(['.', ',', '?', '!']) && inner.split_whitespace().nth(5).is_some() {
        return false;
    }
    let counts = |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > 3 && !is_preposition(w);
    let capital =
        |w: &str| w.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let mut words = inner.split_whitespace().filter(counts).peekable();
    words.peek().is_some() && words.all(capital) && inner.split_whitespace().nth(LONGEST_TITLE).is_none()
}

/// The longest title of a work, in words.
const LONGEST_TITLE: usize = 10;

/// One act of saying that runs over several paragraphs is one draft.
fn join_over_paragraphs(page: &Page, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::new();
    for draft in drafts {
        let continues = draft.quoted.first().and_then(|q| page.segmented.quoted[*q as usize].continues);
        match joined.last_mut() {
            Some(last)
                if draft.label.is_none()
                    && continues.is_some()
                    && last.quoted.last() == continues.as_ref() =>
            {
                last.pieces.extend(draft.pieces);
                last.quoted.extend(draft.quoted);
                if last.frame.is_none() {
                    last.frame = draft.frame;
                    last.sentence = draft.sentence;
                }
            }
            _ => joined.push(draft),
        }
    }
    joined
}
