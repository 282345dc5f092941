//! Sentences → drafts: what was said, by which cue, and where its speaker stands.

use super::Kind;
use super::frames::{Frame, Subject, frames};
use super::grammar::{
    is_clause_boundary, is_day, is_determiner, is_preposition, is_question_word, is_subject_pronoun,
};
use super::page::Page;
use super::turns;
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
    /// The label of a transcript's turn, or the name a letter is signed with.
    pub label: Option<Span>,
    /// The sentence it begins in.
    pub sentence: usize,
}

/// The shortest quotation without a cue that counts as one, in words.
const LONE_WORDS: usize = 3;

/// Every act of saying in the text, in order, without overlaps.
pub(super) fn extract(page: &Page) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let turns = turns::find(page);
    for (number, sentence) in page.segmented.sentences.iter().enumerate() {
        if let Some(turn) = turns.get(&sentence.paragraph) {
            if turn.first_sentence == number {
                drafts.push(turn.draft());
            }
            continue;
        }
        let mut taken = vec![false; sentence.tokens.len()];
        let frames = frames(page, &sentence.tokens);
        for at in by_strength(&frames) {
            let frame = &frames[at];
            if taken[frame.cue.tokens.start - sentence.tokens.start] {
                continue;
            }
            let content = Content { page, sentence: &sentence.tokens, frames: &frames, at, taken: &taken };
            let pieces = content.pieces();
            if let Some(draft) = draft(page, number, pieces, Some(frame.clone()), &mut taken) {
                drafts.push(draft);
            }
        }
        lone_quotations(page, number, &frames, &mut taken, &mut drafts);
    }
    drafts.sort_by_key(|d| d.pieces[0].start);
    join_over_paragraphs(page, drafts)
}

/// The frames in the order in which they claim their words: "calling her “shy,” Mora said" is
/// Mora's sentence, so cues that only take quoted words come last.
fn by_strength(frames: &[Frame]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..frames.len()).collect();
    order.sort_by_key(|&at| frames[at].cue.word.takes.words);
    order
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
    let quoted: Vec<u32> = words.iter().filter_map(|&i| page.quoted(i)).collect();
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
    Some(Draft { pieces: spans, quoted, kind, frame, label: None, sentence })
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

fn one(piece: Range<usize>) -> Vec<Range<usize>> {
    vec![piece]
}

/// Finds the words a cue reports.
struct Content<'a> {
    page: &'a Page<'a>,
    sentence: &'a Range<usize>,
    frames: &'a [Frame],
    at: usize,
    taken: &'a [bool],
}

impl Content<'_> {
    fn frame(&self) -> &Frame {
        &self.frames[self.at]
    }

    fn pieces(&self) -> Vec<Range<usize>> {
        let front = self.front();
        let behind = self.behind(front.is_some());
        front.into_iter().chain(behind).collect()
    }

    /// The first token after cue and speaker.
    fn rest(&self) -> usize {
        match &self.frame().subject {
            Subject::After(subject) => subject.end,
            _ => self.frame().cue.tokens.end,
        }
    }

    /// The clause before "…, Mora said" or “…,” said Mora.
    fn front(&self) -> Option<Range<usize>> {
        let page = self.page;
        let (edge, according) = match &self.frame().subject {
            Subject::Before(subject) => (subject.start, false),
            Subject::After(_) => {
                (self.frame().cue.tokens.start, self.frame().cue.word.lemma == "according to")
            }
            _ => return None,
        };
        let start = self.free_start();
        if edge <= start {
            return None;
        }
        let quotes_before = page.quoted(edge - 1).is_some();
        let comma = page.word(edge - 1) == ",";
        if !(quotes_before || comma || according) || !(quotes_before || self.ends_here()) {
            return None;
        }
        let only_quoted = (start..edge).all(|i| page.quoted(i).is_some() || page.is_punct(i));
        let words = (start..edge).filter(|&i| !page.is_punct(i)).count();
        let takes = self.frame().cue.word.takes;
        if takes.mind && !(only_quoted && self.ends_here()) {
            return None;
        }
        if !quotes_before
            && !according
            && is_preposition(page.word(start))
            && words < 8
            && page.word(self.rest()) != ","
        {
            return None;
        }
        if quotes_before && !only_quoted && !self.quote_is_clause(edge - 1) {
            return Some(edge - 1..edge);
        }
        (only_quoted || words >= 3 || self.page.word(self.rest()) == ",").then_some(start..edge)
    }

    /// "As Mora said": a clause of its own beside the reported one.
    fn says_as(&self, subject: &Range<usize>) -> bool {
        subject.start > self.sentence.start && self.page.word(subject.start - 1) == "as"
    }

    /// Whether the words before a quoted segment belong to the same clause as it.
    fn quote_is_clause(&self, at: usize) -> bool {
        !self.page.is_punct(at.saturating_sub(1))
    }

    /// Where the words not yet taken by an earlier cue begin.
    fn free_start(&self) -> usize {
        let edge = self.frame().cue.tokens.start;
        let claims = |f: &&Frame| f.cue.word.takes.bare && !matches!(f.subject, Subject::Implied);
        let before = self.frames[..self.at]
            .iter()
            .rev()
            .find(claims)
            .map_or(self.sentence.start, |f| f.cue.tokens.end);
        let taken = |i: &usize| self.taken[*i - self.sentence.start] || self.page.word(*i) == ";";
        (before..edge).rev().find(taken).map_or(before, |i| i + 1)
    }

    /// Whether a clause follows after whom it was said to and when: "said Thursday that".
    fn has_complement(&self) -> bool {
        let rest = self.rest();
        let at = self.after_addressee(rest, self.sentence.end);
        at > rest && matches!(self.page.word(at), "that" | "whether" | "to" | ":")
            || self.page.word(at) == "that"
    }

    /// Whether the sentence has nothing after the cue that it could report: "…, Mora said on Monday."
    fn ends_here(&self) -> bool {
        let page = self.page;
        let rest = self.rest();
        if self.has_complement() {
            return false;
        }
        let next = page.word(rest);
        rest >= self.sentence.end
            || page.is_punct(rest) && next != ":"
            || is_day(next)
            || is_preposition(next)
            || matches!(
                next,
                "last"
                    | "this"
                    | "earlier"
                    | "later"
                    | "when"
                    | "as"
                    | "after"
                    | "while"
                    | "recently"
                    | "today"
                    | "yesterday"
                    | "reporters"
                    | "and"
                    | "cnn"
                    | "me"
            )
            || (self.frame().cue.word.lemma == "tell" && !self.has_that(rest))
    }

    fn has_that(&self, from: usize) -> bool {
        (from..self.sentence.end).take_while(|&i| !self.page.is_punct(i)).any(|i| self.page.word(i) == "that")
    }

    /// The words after the cue.
    fn behind(&self, has_front: bool) -> Vec<Range<usize>> {
        let page = self.page;
        let rest = self.rest();
        let end = self.end(rest);
        if rest >= end {
            return Vec::new();
        }
        if has_front {
            return self.split_rest(rest, end);
        }
        if self.frame().cue.word.lemma == "according to" {
            let comma = (rest..end).find(|&i| page.word(i) == ",");
            let opens = (self.sentence.start..self.frame().cue.tokens.start)
                .all(|i| !page.is_word(i) || !page.is_capital(i));
            return comma.filter(|_| opens).map(|c| c + 1..end).into_iter().collect();
        }
        if let Subject::Before(subject) = &self.frame().subject
            && self.says_as(subject)
        {
            return if page.word(rest) == "," { one(rest + 1..end) } else { Vec::new() };
        }
        match self.clause_start(rest, end) {
            Some(start) => one(start..self.end(start)),
            None => self.quoted_words(rest, end),
        }
    }

    /// “Q,” Mora said, “Q”: what goes on after the comma.
    fn split_rest(&self, rest: usize, end: usize) -> Vec<Range<usize>> {
        let page = self.page;
        let quote = (rest..end).find(|&i| page.quoted(i).is_some());
        match quote {
            Some(at) if self.frames[self.at + 1..].iter().any(|f| f.cue.tokens.start < at) => Vec::new(),
            Some(at) if page.is_punct(at - 1) || matches!(page.word(at - 1), "that") => one(at..end),
            Some(at) if page.word(rest) == "," && at <= rest + 2 => one(at..at + 1),
            _ => self.goes_on(rest, end).map(|comma| one(comma + 1..end)).unwrap_or_default(),
        }
    }

    /// The comma after "…, Mora said this week," where the reported clause goes on after it.
    fn goes_on(&self, rest: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let comma = (rest..end.min(rest + 5)).find(|&i| page.is_punct(i)).filter(|&i| page.word(i) == ",")?;
        let next = page.word(comma + 1);
        let attached = next.ends_with("ing")
            || matches!(
                next,
                "who" | "which" | "as" | "citing" | "and" | "but" | "when" | "while" | "though" | "although"
            );
        let quoted = (self.sentence.start..rest).any(|i| page.quoted(i).is_some());
        let inverted = matches!(self.frame().subject, Subject::After(_));
        let front = self.front_words();
        (!attached && !quoted && (!inverted || front < 5)).then_some(comma)
    }

    /// How many words of the sentence stand before the cue and its speaker.
    fn front_words(&self) -> usize {
        let edge = match &self.frame().subject {
            Subject::Before(subject) => subject.start,
            _ => self.frame().cue.tokens.start,
        };
        (self.sentence.start..edge).filter(|&i| !self.page.is_punct(i)).count()
    }

    /// Where a reported clause begins after the cue, if one does.
    fn clause_start(&self, rest: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let takes = self.frame().cue.word.takes;
        let at = self.after_addressee(rest, end);
        let word = page.word(at);
        let speaks = takes.bare || takes.that;
        if page.quoted(at).is_some() {
            return Some(at);
        }
        if matches!(word, "," | ":") && at + 1 < end {
            let quote = page.quoted(at + 1).is_some();
            let finite = self.frame().subject != Subject::Implied;
            return (quote || (word == ":" && speaks && finite)).then_some(at + 1);
        }
        let clause = (word == "that" && (speaks || takes.to))
            || (word == "to" && takes.to)
            || (is_question_word(word) && (takes.whether || takes.that))
            || (takes.that && is_subject_pronoun(word))
            || (takes.bare && self.begins_clause(at));
        clause.then_some(at)
    }

    /// Whether a clause without "that" may begin here: not an adverbial, not another cue's business.
    fn begins_clause(&self, at: usize) -> bool {
        let page = self.page;
        let word = page.word(at);
        let lemma = self.frame().cue.word.lemma.as_str();
        if page.is_punct(at)
            || is_preposition(word)
                && !matches!(word, "in" | "under" | "despite" | "during" | "without" | "after" | "at")
        {
            return false;
        }
        lemma == "say"
            || is_subject_pronoun(word)
            || is_determiner(word) && lemma != "write"
            || (page.is_capital(at) && lemma != "tell")
    }

    /// Passes over whom it was said to, when and where: "told reporters on Monday that".
    fn after_addressee(&self, rest: usize, end: usize) -> usize {
        let page = self.page;
        let takes = self.frame().cue.word.takes;
        let tells = matches!(
            self.frame().cue.word.lemma.as_str(),
            "tell" | "ask" | "remind" | "inform" | "assure" | "warn" | "advise"
        );
        let direct = page.word(rest);
        if takes.whether && is_question_word(direct) || takes.to && direct == "to" {
            return rest;
        }
        if (direct == "that" && page.word(rest + 1) != "day")
            || page.quoted(rest).is_some()
            || matches!(direct, ":" | ",") && page.quoted(rest + 1).is_some()
        {
            return rest;
        }
        let limit = end.min(rest + 16);
        for at in rest..limit {
            let word = page.word(at);
            let clause = word == "that"
                || (word == ":" && at + 1 < end)
                || (matches!(word, "," | "—") && page.quoted(at + 1).is_some())
                || (tells && at > rest && (word == "to" && takes.to || matches!(word, "whether" | "if")));
            let adverbial =
                is_preposition(direct) && !matches!(direct, "by" | "with" | "for") || is_day(direct);
            if clause && (tells || at == rest || adverbial || word != "that") {
                return at;
            }
            if page.is_punct(at) && !matches!(word, "," | "&" | "'")
                || is_clause_boundary(word) && word != "that" && word != "after"
            {
                break;
            }
        }
        let after_day = if is_day(direct) {
            rest + 1
        } else if direct == "on" && is_day(page.word(rest + 1)) {
            rest + 2
        } else {
            rest
        };
        if tells && !is_preposition(direct) && after_day == rest {
            self.after_noun(rest, end)
        } else {
            after_day
        }
    }

    /// Passes over a short object: "told him", "told The Gazette", "told reporters Monday".
    fn after_noun(&self, rest: usize, end: usize) -> usize {
        let page = self.page;
        let mut at = rest;
        if is_determiner(page.word(at)) && !page.is_capital(at) {
            at += 1;
        }
        if page.is_capital(at) {
            while at < end && page.is_capital(at) && !is_day(page.word(at)) {
                at += 1;
            }
        } else {
            at += 1;
        }
        while at < end && (is_day(page.word(at)) || page.word(at) == "on" && is_day(page.word(at + 1))) {
            at += 1;
        }
        at
    }

    /// Where the reported words end: with the sentence, or where another act of saying begins.
    fn end(&self, from: usize) -> usize {
        let page = self.page;
        let mut end = self.sentence.end;
        while end > from && page.is_stop(end - 1) {
            end -= 1;
        }
        for frame in &self.frames[self.at + 1..] {
            let (edge, always) = match &frame.subject {
                Subject::Implied => (page.left_of_verb(frame.cue.tokens.start, from).unwrap_or(from), false),
                Subject::Before(subject) => (subject.start.saturating_sub(1), false),
                Subject::After(_) if frame.cue.word.lemma == "according to" => (frame.cue.tokens.start, true),
                _ => continue,
            };
            if edge < from || edge >= end {
                continue;
            }
            if page.quoted_ends_with(edge, &[',', '—']) && frame.cue.tokens.start == edge + 1 {
                return edge + 1;
            }
            if edge == from {
                continue;
            }
            if page.word(edge) == "and"
                && frame.subject == Subject::Implied
                && page.word(frame.cue.tokens.end) == "that"
            {
                return edge;
            }
            let marked = matches!(page.word(edge), "," | "and" | "but" | ";" | "while" | "—");
            let comma = page.word(edge) == ","
                || page.word(edge - 1) == ","
                || page.quoted(edge - 1).is_some()
                || page.word(edge) == ";";
            if always || (marked && comma && self.reports(frame)) {
                return if page.word(edge - 1) == "," { edge - 1 } else { edge };
            }
        }
        if self.frame().subject == Subject::Implied && self.frame().cue.tokens.start == self.sentence.start {
            let comma = (from..end).find(|&i| page.word(i) == "," || page.quoted_ends_with(i, &[',']));
            return comma.map_or(end, |i| if page.is_punct(i) { i } else { i + 1 });
        }
        if let Subject::Relative(noun) = &self.frame().subject
            && page.word(noun.end) == ","
            && let Some(comma) = (from..end).find(|&i| page.word(i) == ",")
        {
            return comma;
        }
        let semicolon = (from..end).find(|&i| {
            page.word(i) == ";" && self.frames[self.at + 1..].iter().any(|f| f.cue.tokens.start > i)
        });
        semicolon.unwrap_or(end)
    }

    /// Whether a later cue of the sentence introduces words of its own.
    fn reports(&self, frame: &Frame) -> bool {
        let next = frame.cue.tokens.end;
        let takes = frame.cue.word.takes;
        self.page.word(next) == "that"
            || self.page.quoted(next).is_some()
            || matches!(self.page.word(next), ":" | ",") && self.page.quoted(next + 1).is_some()
            || takes.bare && frame.cue.word.lemma == "say"
            || takes.that && is_subject_pronoun(self.page.word(next))
            || takes.words
    }

    /// Quoted words further on in the clause: called it a “disaster”, told him over dinner, “Q”.
    fn quoted_words(&self, rest: usize, end: usize) -> Vec<Range<usize>> {
        let page = self.page;
        let next_frame = self.frames.get(self.at + 1).map_or(end, |f| f.cue.tokens.start);
        let reach = (rest..end.min(next_frame)).filter(|&i| page.quoted(i).is_some());
        let open = |i: &usize| !self.taken[*i - self.sentence.start] && !is_title(page, *i);
        reach.filter(open).map(|i| i..i + 1).collect()
    }
}

/// Quoted segments that no cue has claimed: quotations if they are long enough, or if their
/// sentence reports speech.
fn lone_quotations(
    page: &Page,
    sentence: usize,
    frames: &[Frame],
    taken: &mut [bool],
    drafts: &mut Vec<Draft>,
) {
    let tokens = page.segmented.sentences[sentence].tokens.clone();
    for at in tokens.clone() {
        let Some(index) = page.quoted(at) else { continue };
        if taken[at - tokens.start] || (tokens.len() > 2 && is_title(page, at)) {
            continue;
        }
        let words = page.text.slice(page.segmented.quoted[index as usize].inner).split_whitespace().count();
        let whole = tokens.clone().all(|i| i == at || page.is_punct(i));
        if words < LONE_WORDS && !whole {
            continue;
        }
        let introduced = at > tokens.start && page.word(at - 1) == ":";
        let before = |f: &&Frame| f.cue.tokens.end <= at && f.subject != Subject::Implied && !introduced;
        let frame = frames.iter().rev().find(before);
        let piece = Range { start: at, end: at + 1 };
        drafts.extend(draft(page, sentence, vec![piece], frame.cloned(), taken));
    }
}

/// Whether a quoted segment looks like the title of a work: most words begin with a capital.
fn is_title(page: &Page, at: usize) -> bool {
    let Some(index) = page.quoted(at) else { return false };
    let quoted = &page.segmented.quoted[index as usize];
    let inner = page.text.slice(quoted.inner);
    if inner.ends_with(['.', ',', '?', '!']) && inner.split_whitespace().count() > 5 {
        return false;
    }
    let words = inner.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(
            word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase),
        );
    }
    all > 0 && all == capital && inner.split_whitespace().count() <= 10
}

/// One act of saying that runs over several paragraphs is one draft.
fn join_over_paragraphs(page: &Page, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::new();
    for draft in drafts {
        let continues = draft.quoted.first().and_then(|q| page.segmented.quoted[*q as usize].continues);
        match joined.last_mut() {
            Some(last) if continues.is_some() && last.quoted.last() == continues.as_ref() => {
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
