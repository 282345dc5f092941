//! Where the reported words end: with their sentence, or where another act of saying begins.

use super::Content;
use crate::lexicon::Use;
use crate::quotes::frames::{Frame, Subject};
use crate::quotes::grammar::is_dash;

impl Content<'_> {
    /// Where the reported words end: with the sentence, or where another act of saying begins.
    pub(super) fn end(&self, from: usize) -> usize {
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
            || takes.that && self.page.uses(next).has(Use::Subject)
            || takes.words
    }
}
