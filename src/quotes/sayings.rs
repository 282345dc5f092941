//! A sentence → its acts of saying: for each cue, which words are its source and which are reported.
//!
//! A linear chain is read around every cue: each token is of the source, reported, or neither, and
//! the chain as a whole tells how likely it is that the cue reports anything here. What the rules of
//! grammar make of the cue is part of what is seen.

pub(super) mod chain;
pub(super) mod evidence;
pub(super) mod features;
pub(super) mod forms;
pub(super) mod grids;
pub(super) mod ruled;
pub(super) mod seen;
mod sums;

use super::frames::{Frame, Subject, frames, owner};
use super::page::{CueAt, Page};
use super::weights::{UNIT, Weights, hash};
use crate::lexicon;
use crate::lexicon::Use;
use chain::{CONTENT, SOURCE};
use features::{Around, of_cue};
use ruled::Ruled;
use seen::{Class, Seen};
use std::ops::Range;
use sums::{Runs, Sides};

/// An act of saying, as tokens.
pub(super) struct Saying {
    /// The cue and where its source stands.
    pub frame: Frame,
    /// The reported words.
    pub pieces: Vec<Range<usize>>,
    /// How likely it is that the cue reports something, as a logarithm of odds.
    pub odds: f32,
}

/// The cues of a sentence that promise to report something, each with what it adds to the odds by itself.
pub(super) fn promising<'a>(
    seen: &Seen,
    sentence: &Range<usize>,
    cues: &'a Cues,
    weights: &Weights,
) -> Vec<(Look<'a>, f32)> {
    let mut looks = Vec::with_capacity(cues.candidates.len());
    for at in 0..cues.candidates.len() {
        let look = cues.look(seen.page, sentence, at);
        let Glance { odds, promise } = glance(&look.around(seen, sentence), weights);
        if promise >= LEAST_PROMISE || !look.ruled.pieces.is_empty() {
            looks.push((look, odds));
        }
    }
    looks
}

/// The acts of saying in one sentence, of those that are promising, surest first. They may claim the same words.
pub(super) fn read(
    seen: &Seen,
    sentence: &Range<usize>,
    looks: &[(Look, f32)],
    weights: &Weights,
) -> Vec<Saying> {
    let (Some((first, _)), Some((last, _))) = (looks.first(), looks.last()) else { return Vec::new() };
    let sides = Sides::new(seen, sentence, first.start()..=last.start(), weights);
    let said = |(look, odds): &(Look, f32)| {
        let around = look.around(seen, sentence);
        let window = window(sentence, &around.cue);
        let links = Runs::new(&around, weights).links(&window, &sides);
        let odds = odds + chain::sum(&links);
        let labels = || chain::best(&links);
        (odds > needed(seen, look)).then(|| saying(seen, sentence, look, odds, &labels(), window.start))?
    };
    let mut found: Vec<Saying> = looks.iter().filter_map(said).collect();
    leave_to_nearer(seen, &mut found);
    found.sort_by(|a, b| b.odds.total_cmp(&a.odds));
    found
}

/// What a cue of these odds reports, by the labels of the tokens from `start` on.
fn saying(
    seen: &Seen,
    sentence: &Range<usize>,
    look: &Look,
    odds: f32,
    labels: &[u8],
    start: usize,
) -> Option<Saying> {
    let cue = &look.candidate.cue;
    let mut pieces = runs(labels, CONTENT, start);
    if pieces.is_empty() {
        pieces.clone_from(&look.ruled.pieces);
    }
    let pieces = believable(seen, cue, &look.ruled, pieces);
    let sources = runs(labels, SOURCE, start);
    let subject = subject(seen.page, sentence, cue, sources, look.subject);
    (!pieces.is_empty()).then(|| Saying { frame: Frame { cue: cue.clone(), subject }, pieces, odds })
}

/// Leaves to each cue the words that are nearer to it than to the others that claim them.
fn leave_to_nearer(seen: &Seen, found: &mut [Saying]) {
    let kept = |one: &Saying| -> Vec<Range<usize>> {
        let left = |piece: &&Range<usize>| found.iter().any(|other| is_left(seen, one, other, piece));
        one.pieces.iter().filter(|piece| !left(piece)).cloned().collect()
    };
    let kept: Vec<Vec<Range<usize>>> = found.iter().map(kept).collect();
    for (one, kept) in found.iter_mut().zip(kept).filter(|(_, kept)| !kept.is_empty()) {
        one.pieces = kept;
    }
}

/// Whether one act of saying leaves a piece to another that claims it too: "Mora said it was “dead”
/// when Rowe said “it moved”", unless the first reports the other; and words beyond a semicolon.
fn is_left(seen: &Seen, one: &Saying, other: &Saying, piece: &Range<usize>) -> bool {
    let [cue, nearer] = [one, other].map(|saying| saying.frame.cue.tokens.start);
    let parted = |cue: usize| {
        let between = cue.min(piece.start)..cue.max(piece.start);
        between.into_iter().any(|i| seen.at(i).class == Class::Semicolon)
    };
    let reported = one.pieces.iter().any(|piece| piece.contains(&nearer));
    let behind = cue < nearer && nearer < piece.start && !reported;
    cue != nearer
        && other.pieces.iter().any(|p| p.start < piece.end && piece.start < p.end)
        && (behind || parted(cue) && !parted(nearer))
}

/// The odds from which a cue is believed: little where the rules know what it reports and its
/// frame is plain, less where that is in marks, much where they know nothing of it.
fn needed(seen: &Seen, look: &Look) -> f32 {
    let (word, pieces) = (look.candidate.cue.word, &look.ruled.pieces);
    let marks = pieces.iter().cloned().flatten().any(|i| seen.at(i).class == Class::Quoted);
    let plain = match () {
        () if pieces.is_empty() && word.lemma.is_empty() => return 2.5,
        () if pieces.is_empty() => return 1.0,
        () if word.takes.bare => -3.0,
        () if word.takes.words => -1.0,
        () => 0.0,
    };
    if marks { plain - 1.0 } else { plain }
}

/// A cue that may report something.
pub(super) struct Candidate {
    /// Where it stands.
    pub cue: CueAt,
    /// Its frame among those of the sentence, if the rules know one.
    pub frame: Option<usize>,
}

/// The cues of a sentence, and the frames the rules know of.
pub(super) struct Cues {
    pub candidates: Vec<Candidate>,
    pub frames: Vec<Frame>,
    /// Whether words in marks stand in the sentence.
    quoted: bool,
}

/// Nobody writes a sentence of more cues: no text can make us slow.
const MOST_CUES: usize = 24;

impl Cues {
    /// Every token that may be a cue: a word of the lexicon, or a verb unknown to it where a
    /// quotation or a "that" is near.
    pub(super) fn find(seen: &Seen, sentence: &Range<usize>) -> Cues {
        let page = seen.page;
        let frames = frames(page, sentence);
        let quoted = sentence.clone().any(|i| seen.at(i).class == Class::Quoted);
        let mut candidates: Vec<Candidate> = Vec::new();
        for at in sentence.clone() {
            if candidates.last().is_some_and(|c| c.cue.tokens.contains(&at)) {
                continue;
            }
            let may_report = page.spelling(at).may_report;
            let here = || frames.iter().position(|f| f.cue.tokens.start == at);
            let frame = if may_report { here() } else { None };
            let cue = match frame {
                Some(frame) => Some(frames[frame].cue.clone()),
                None => listed(page, sentence, at).or_else(|| {
                    let near = quoted || page.word(at + 1) == "that";
                    let verb = near && page.is_word(at) && seen.may_be_finite(at) && !has_object(page, at);
                    verb.then(|| CueAt { tokens: at..at + 1, word: lexicon::unlisted_cue() })
                }),
            };
            let cue = cue.filter(|_| !stays_unnamed(page, at));
            candidates.extend(cue.map(|cue| Candidate { cue, frame }));
            if candidates.len() == MOST_CUES {
                break;
            }
        }
        Cues { candidates, frames, quoted }
    }

    /// A closer look at one of the candidates.
    pub(super) fn look(&self, page: &Page, sentence: &Range<usize>, at: usize) -> Look<'_> {
        let candidate = &self.candidates[at];
        let listed = |c: &&Candidate| !c.cue.word.lemma.is_empty();
        let others = self.candidates[..at].iter().chain(&self.candidates[at + 1..]);
        Look {
            candidate,
            subject: candidate.frame.map(|frame| &self.frames[frame].subject),
            ruled: Ruled::new(page, sentence, &self.frames, candidate.frame),
            others: others.filter(listed).map(|c| c.cue.tokens.start).collect(),
            lemma: hash(&candidate.cue.word.lemma),
            quoted: self.quoted,
        }
    }
}

/// A candidate, what the rules make of it, and what else may be a cue in its sentence.
pub(super) struct Look<'a> {
    pub candidate: &'a Candidate,
    /// Where the rules see its source.
    subject: Option<&'a Subject>,
    ruled: Ruled,
    /// Where the other listed cues stand.
    others: Vec<usize>,
    /// The hash of its dictionary form.
    lemma: u32,
    /// Whether words in marks stand in its sentence.
    quoted: bool,
}

impl Look<'_> {
    /// Where its cue begins.
    pub(super) fn start(&self) -> usize {
        self.candidate.cue.tokens.start
    }

    /// The candidate as the chain sees it.
    pub(super) fn around<'a>(&'a self, seen: &'a Seen<'a>, sentence: &'a Range<usize>) -> Around<'a> {
        let Look { candidate: Candidate { cue, .. }, ruled, others, lemma, quoted, .. } = self;
        let (cue, lemma, quoted) = (cue.tokens.clone(), *lemma, *quoted);
        Around { seen, sentence, cue, lemma, quoted, ruled, others }
    }
}

/// The cue of the lexicon that begins at token `at`, whatever it is used as.
fn listed(page: &Page, sentence: &Range<usize>, at: usize) -> Option<CueAt> {
    let fits = |cue: &&lexicon::CueWord| {
        let goes_on =
            |(n, word): (usize, &String)| at + 1 + n < sentence.end && page.word(at + 1 + n) == word;
        cue.rest.iter().enumerate().all(goes_on)
    };
    let word = page.known(at).cues.iter().find(fits)?;
    let other = !page.is_word(at) || page.is_in_capitals(at);
    let none = other || withheld(page, at) || is_passive(page, at, sentence);
    (!none).then(|| CueAt { tokens: at..at + 1 + word.rest.len(), word })
}

/// "Used the evening to": a verb with an object, and not “…,” sighed the mayor.
fn has_object(page: &Page, at: usize) -> bool {
    let before = at.checked_sub(1);
    page.uses(at + 1).has(Use::Determiner) && before.is_none_or(|i| page.quoted(i).is_none())
}

/// "Was called a dud": whoever said it is not told. Whom somebody quotes did say it.
fn is_passive(page: &Page, at: usize, sentence: &Range<usize>) -> bool {
    let word = page.word(at);
    let left = page.left_of_verb(at, sentence.start).map_or(sentence.start, |left| left + 1);
    !word.ends_with("ing") && word != "quoted" && (left..at).any(|i| page.uses(i).has(Use::Be))
}

/// "Asked not to be named": what is said of a source, not by it.
fn stays_unnamed(page: &Page, at: usize) -> bool {
    let words = |(n, word): (usize, &&str)| page.word(at + 1 + n) == *word;
    ["not", "to", "be"].iter().enumerate().all(words)
        && matches!(page.word(at + 4), "named" | "identified" | "quoted")
}

/// "Declined to say", "did not say": nothing was said.
fn withheld(page: &Page, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| page.word(i));
    let refused = || ["declin", "refus", "fail"].iter().any(|verb| page.word(at - 2).starts_with(verb));
    matches!(before, "not" | "never") || before.ends_with("n't") || before == "to" && at >= 2 && refused()
}

/// How far from its cue a token may be to be part of what it reports.
const REACH: usize = 80;

/// The tokens of the sentence that are looked at.
pub(super) fn window(sentence: &Range<usize>, cue: &Range<usize>) -> Range<usize> {
    cue.start.saturating_sub(REACH).max(sentence.start)..(cue.end + REACH).min(sentence.end)
}

/// What a cue tells by itself, before the words around it are read.
pub(super) struct Glance {
    /// What it adds to the odds that it reports anything.
    pub odds: f32,
    /// How likely it is to report anything, as a logarithm of odds.
    pub promise: f32,
}

/// Most words that may be cues are none here, and a glance tells: the odds from which the words around
/// one are read that the rules know nothing of.
pub(super) const LEAST_PROMISE: f32 = -2.0;

fn glance(around: &Around, weights: &Weights) -> Glance {
    let mut sums = [0; 2];
    of_cue(around, |feature| {
        let row = weights.packed_row(feature);
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(weight));
    });
    let [odds, promise] = sums.map(|sum| f32::from(sum) * UNIT);
    Glance { odds, promise }
}

/// Of the words a chain takes for reported, those that the cue can report: of one that only names or
/// judges ("called it a “disaster”"), and of one in no list, what is in marks or follows "that".
fn believable(seen: &Seen, cue: &CueAt, ruled: &Ruled, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let quoted = |i: &usize| seen.at(*i).class == Class::Quoted;
    let takes = cue.word.takes;
    if !(takes.bare || takes.that || takes.to || takes.whether) {
        let that = |piece: &Range<usize>| seen.at(piece.start).class == Class::That;
        if takes.words || !pieces.iter().any(that) {
            return pieces.into_iter().flatten().filter(quoted).map(|i| i..i + 1).collect();
        }
    }
    let first = pieces.first().map_or(0, |piece| piece.start);
    let reports = |piece: &Range<usize>| {
        let interrupted = seen.page.word(piece.end) == ",";
        let alone = piece.start == cue.tokens.end && piece.start == first;
        interrupted || alone || piece.len() > SHORTEST_PIECE || piece.clone().any(|i| quoted(&i))
    };
    let mut pieces: Vec<Range<usize>> = pieces.into_iter().filter(reports).collect();
    // Whom it was said to is no part of it; the rules know where a clause begins.
    for piece in pieces.iter_mut().filter(|piece| piece.start == cue.tokens.end) {
        let opens =
            |i: usize| matches!(seen.at(i).class, Class::That | Class::To | Class::Boundary | Class::Pronoun);
        let clause = |clause: &&Range<usize>| piece.contains(&clause.start) && opens(clause.start);
        if let Some(clause) = ruled.pieces.iter().find(clause) {
            piece.start = clause.start;
        }
    }
    pieces
}

/// A piece of so few tokens is the addressee, or a slip.
const SHORTEST_PIECE: usize = 2;

/// Where the source stands, in the terms of grammar: of several the one nearest the cue. Where the
/// rules see a verb that shares the subject of another, that is what it is called.
fn subject(
    page: &Page,
    sentence: &Range<usize>,
    cue: &CueAt,
    sources: Vec<Range<usize>>,
    ruled: Option<&Subject>,
) -> Subject {
    let gap = |s: &Range<usize>| match s.end <= cue.tokens.start {
        true => cue.tokens.start - s.end,
        false => s.start - cue.tokens.end,
    };
    if let Some(Subject::After(agent)) = ruled
        && page.word(agent.start - 1) == "by"
    {
        return Subject::After(agent.clone());
    }
    if let Some(owner) = owner(page, sentence, cue) {
        return Subject::Before(owner);
    }
    // A verb that shares a subject shares that of its sentence, the first.
    let shared = matches!(ruled, Some(Subject::Implied(_)));
    let nearest = if shared { sources.into_iter().next() } else { sources.into_iter().min_by_key(gap) };
    let Some(source) = nearest else {
        return ruled.cloned().unwrap_or(Subject::Implied(None));
    };
    // Where only the end of a longer phrase was taken, the phrase is meant: "an officer who gave no name".
    let source = match ruled {
        Some(Subject::Before(phrase)) if phrase.start < source.start && source.end <= phrase.end => {
            phrase.clone()
        }
        _ => source,
    };
    let source = head(page, source);
    if source.start >= cue.tokens.end {
        return Subject::After(source);
    }
    let last = source.end - 1;
    if matches!(ruled, Some(Subject::Implied(_))) {
        return Subject::Implied(Some(source));
    }
    if !matches!(page.word(last), "who" | "which" | "that") {
        return Subject::Before(source);
    }
    match source.len() {
        1 => {
            let comma = usize::from(page.word(last.saturating_sub(1)) == ",");
            let first = last.saturating_sub(LONGEST_ANTECEDENT).max(sentence.start);
            match last.saturating_sub(comma) {
                end if end > first => Subject::Relative(first..end),
                _ => Subject::Implied(None),
            }
        }
        _ => Subject::Relative(source.start..last),
    }
}

/// How many tokens before a lone "who" its antecedent is looked for.
const LONGEST_ANTECEDENT: usize = 4;

/// The head of a source: "Mora" of "Mora, the clerk"; "Ada Mora" of "the clerk of Lund, Ada Mora".
fn head(page: &Page, source: Range<usize>) -> Range<usize> {
    let inside = |i: usize| matches!(page.word(i), "." | "&" | "-" | "/" | "'");
    let parts = |i: &usize| *i > source.start && page.is_punct(*i) && !inside(*i);
    let mut marks = source.clone().filter(parts);
    let Some(mark) = marks.next() else { return source };
    let first = source.start..mark;
    let second = mark + 1..marks.next().unwrap_or(source.end);
    let tied = |i: &usize| *i > first.start && page.uses(*i).has(Use::Preposition);
    let noun = first.clone().find(tied).unwrap_or(mark) - 1;
    let the = usize::from(page.word(second.start) == "the");
    let name = |i: usize| page.is_capital(i) || page.word(i) == "and";
    let named = second.len() > the && (second.start + the..second.end).all(name);
    if named && !(page.is_capital(noun) && noun > source.start) { second } else { first }
}

/// The runs of a label, as tokens.
fn runs(labels: &[u8], label: usize, start: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (i, _) in labels.iter().enumerate().filter(|(_, l)| usize::from(**l) == label) {
        match found.last_mut() {
            Some(last) if last.end == start + i => last.end += 1,
            _ => found.push(start + i..start + i + 1),
        }
    }
    found
}
