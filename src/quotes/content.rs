//! A frame → the words it reports: the clause before it, the clause after it, or both.

mod begin;
mod end;

use super::extract::is_title;
use super::frames::{Frame, Subject};
use super::grammar::{is_day, is_preposition, is_time_word};
use super::page::Page;
use crate::lexicon::Use;
use std::ops::Range;

fn one(piece: Range<usize>) -> Vec<Range<usize>> {
    vec![piece]
}

/// The fewest words that make a clause before "…, Mora said".
const SHORTEST_CLAUSE: usize = 3;

/// The same where it begins with a preposition: "In the end, Mora said" reports nothing before it.
const SHORTEST_OPENED_CLAUSE: usize = 8;

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
        let adverbial =
            !according && page.uses(start).has(Use::Preposition) && words < SHORTEST_OPENED_CLAUSE;
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

    /// Quoted words further on in the clause: called it a “disaster”, told him over dinner, “Q”.
    fn quoted_words(&self, rest: usize, end: usize) -> Vec<Range<usize>> {
        let page = self.page;
        let next_frame = self.frames.get(self.at + 1).map_or(end, |f| f.cue.tokens.start);
        let reach = (rest..end.min(next_frame)).filter(|&i| page.quoted(i).is_some());
        let open = |i: &usize| !self.taken[*i - self.sentence.start] && !is_title(page, *i);
        reach.filter(open).map(|i| i..i + 1).collect()
    }
}
