//! A frame → the words it reports: the clause before it, the clause after it, or both.

use super::extract::is_title;
use super::frames::{Frame, Subject};
use super::grammar::{
    is_clause_boundary, is_dash, is_day, is_determiner, is_preposition, is_question_word, is_subject_pronoun,
    is_time_word,
};
use super::page::Page;
use std::ops::Range;

fn one(piece: Range<usize>) -> Vec<Range<usize>> {
    vec![piece]
}

/// The fewest words that make a clause before "…, Mora said".
const SHORTEST_CLAUSE: usize = 3;

/// The same where it begins with a preposition: "In the end, Mora said" reports nothing before it.
const SHORTEST_OPENED_CLAUSE: usize = 8;

/// How many tokens after the cue its clause may begin.
const FARTHEST_CLAUSE: usize = 16;

/// Finds the words a cue reports.
pub(super) struct Content<'a> {
    pub page: &'a Page<'a>,
    pub sentence: &'a Range<usize>,
    /// The frames of the sentence, and which of them this is about.
    pub frames: &'a [Frame],
    pub at: usize,
    /// The tokens of the sentence that an earlier cue has claimed.
    pub taken: &'a [bool],
}

impl Content<'_> {
    fn frame(&self) -> &Frame {
        &self.frames[self.at]
    }

    /// What the cue reports, before and after it, as tokens.
    pub(super) fn pieces(&self) -> Vec<Range<usize>> {
        let front = self.front();
        let behind = self.behind(front.is_some());
        front.into_iter().chain(behind).collect()
    }

    /// The first token after cue and speaker; after the cue where the words stand between the two:
    /// "called a “dud” by critics".
    fn rest(&self) -> usize {
        match &self.frame().subject {
            Subject::After(subject) if subject.start <= self.frame().cue.tokens.end + 1 => subject.end,
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
        if page.word(edge - 1) == "as" && edge > start + 1 && page.quoted(edge - 2).is_some() {
            return Some(edge - 2..edge - 1);
        }
        let quotes_before = page.quoted(edge - 1).is_some();
        let only_quoted = (start..edge).all(|i| page.quoted(i).is_some() || page.is_punct(i));
        if self.frame().cue.word.takes.mind && !(only_quoted && self.ends_here()) {
            return None;
        }
        if quotes_before {
            let apart = !only_quoted && page.is_punct((edge - 1).saturating_sub(1));
            return Some(if apart { edge - 1..edge } else { start..edge });
        }
        let words = (start..edge).filter(|&i| !page.is_punct(i)).count();
        let goes_on = page.word(self.rest()) == ",";
        let adverbial = !according && is_preposition(page.word(start)) && words < SHORTEST_OPENED_CLAUSE;
        let clause = goes_on || words >= SHORTEST_CLAUSE && !adverbial;
        let takes = self.frame().cue.word.takes;
        let ended = according || page.word(edge - 1) == "," && (takes.bare || takes.that);
        (ended && clause && self.ends_here()).then_some(start..edge)
    }

    /// "As Mora said": a clause of its own beside the reported one.
    fn says_as(&self, subject: &Range<usize>) -> bool {
        subject.start > self.sentence.start && self.page.word(subject.start - 1) == "as"
    }

    /// Where the words not yet taken by an earlier cue begin.
    fn free_start(&self) -> usize {
        let edge = self.frame().cue.tokens.start;
        let claims = |f: &&Frame| f.cue.word.takes.bare && !matches!(f.subject, Subject::Implied(_));
        let before = self.frames[..self.at]
            .iter()
            .rev()
            .find(claims)
            .map_or_else(|| self.page.after_dateline(self.sentence), |f| f.cue.tokens.end);
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
            || is_time_word(next)
            || matches!(next, "when" | "as" | "while" | "and" | "reporters" | "me")
            || (self.frame().cue.word.lemma == "tell" && !self.has_that(rest))
    }

    fn has_that(&self, from: usize) -> bool {
        (from..self.sentence.end).take_while(|&i| !self.page.is_punct(i)).any(|i| self.page.word(i) == "that")
    }

    /// The words after the cue.
    fn behind(&self, has_front: bool) -> Vec<Range<usize>> {
        let page = self.page;
        let rest = self.rest();
        let end = match &self.frame().subject {
            Subject::After(agent) if rest < agent.start => agent.start - 1,
            _ => self.end(rest),
        };
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
            Some(at) if page.word(at - 1) == ";" && self.is_anothers(at) => Vec::new(),
            Some(at) if page.is_punct(at - 1) || matches!(page.word(at - 1), "that") => one(at..end),
            Some(at) if page.word(rest) == "," && at <= rest + 2 => one(at..at + 1),
            _ => self.goes_on(rest, end).map(|comma| one(comma + 1..end)).unwrap_or_default(),
        }
    }

    /// Whether a later cue stands right behind the words in marks at `at`, or behind its speaker.
    fn is_anothers(&self, at: usize) -> bool {
        self.frames[self.at + 1..].iter().any(|frame| match &frame.subject {
            Subject::Before(subject) => subject.start == at + 1,
            _ => frame.cue.tokens.start == at + 1,
        })
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
            let finite = !matches!(self.frame().subject, Subject::Implied(_));
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
        let next = page.word(rest);
        let at_once = takes.whether && is_question_word(next)
            || takes.to && next == "to"
            || next == "that"
            || page.quoted(rest).is_some()
            || matches!(next, ":" | ",") && page.quoted(rest + 1).is_some();
        if at_once {
            return rest;
        }
        if let Some(clause) = self.clause_ahead(rest, end) {
            return clause;
        }
        if is_day(next) {
            rest + 1
        } else if next == "on" && is_day(page.word(rest + 1)) {
            rest + 2
        } else if self.is_told() && !is_preposition(next) {
            self.after_noun(rest, end)
        } else {
            rest
        }
    }

    /// Whether the cue takes somebody it is said to.
    fn is_told(&self) -> bool {
        let lemma = self.frame().cue.word.lemma.as_str();
        matches!(lemma, "tell" | "ask" | "remind" | "inform" | "assure" | "warn" | "advise")
    }

    /// The "that", colon or quotation that begins the clause a little further on.
    fn clause_ahead(&self, rest: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let told = self.is_told();
        let to = self.frame().cue.word.takes.to;
        let next = page.word(rest);
        let adverbial = is_preposition(next) && !matches!(next, "by" | "with" | "for") || is_day(next);
        for at in rest..end.min(rest + FARTHEST_CLAUSE) {
            let word = page.word(at);
            let clause = word == "that" && (told || adverbial)
                || word == ":" && at + 1 < end
                || (word == "," || is_dash(word)) && page.quoted(at + 1).is_some()
                || told && at > rest && (word == "to" && to || matches!(word, "whether" | "if"));
            if clause {
                return Some(at);
            }
            let breaks = page.is_punct(at) && !matches!(word, "," | "&" | "'");
            if breaks || is_clause_boundary(word) && !matches!(word, "that" | "after") {
                return None;
            }
        }
        None
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
        let next = self.frames[self.at + 1..].iter().find_map(|frame| self.next_saying(frame, from, end));
        if let Some(next) = next {
            return next;
        }
        if matches!(self.frame().subject, Subject::Implied(_))
            && self.frame().cue.tokens.start == self.sentence.start
        {
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

    /// Where a later cue of the sentence begins an act of saying of its own, if it does: "… and
    /// added that", ", but Rowe said".
    fn next_saying(&self, frame: &Frame, from: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let cue = &frame.cue.tokens;
        let (edge, always) = match &frame.subject {
            Subject::Implied(_) => (page.left_of_verb(cue.start, from).unwrap_or(from), false),
            Subject::Before(subject) => (subject.start.saturating_sub(1), false),
            Subject::After(_) if frame.cue.word.lemma == "according to" => (cue.start, true),
            _ => return None,
        };
        if edge < from || edge >= end {
            return None;
        }
        if page.quoted_ends_with(edge, &[',', '—', '―']) && cue.start == edge + 1 {
            return Some(edge + 1);
        }
        if edge == from {
            return None;
        }
        let mark = page.word(edge);
        if mark == "and" && matches!(frame.subject, Subject::Implied(_)) && page.word(cue.end) == "that" {
            return Some(edge);
        }
        let before = page.word(edge - 1);
        let joins = matches!(mark, "," | "and" | "but" | ";" | "while") || is_dash(mark);
        let parts =
            matches!(mark, "," | ";") || is_dash(mark) || before == "," || page.quoted(edge - 1).is_some();
        let ends = always || (joins && parts && self.reports(frame));
        ends.then_some(if before == "," { edge - 1 } else { edge })
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
