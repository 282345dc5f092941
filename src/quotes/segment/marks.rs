use super::Quoted;
use crate::text::{Span, Text};

/// Pairs the quotation marks, paragraph by paragraph, and returns the outermost segments.
///
/// A mark left open ends with its paragraph. Where the next paragraph opens with a mark again,
/// its first segment continues the open one; where it only holds the closing mark, everything
/// up to that mark does.
pub(super) fn pair(text: &Text) -> Vec<Quoted> {
    let mut found: Vec<Quoted> = Vec::new();
    let mut open: Option<u32> = None;
    for (paragraph, &span) in text.paragraphs().iter().enumerate() {
        let before = found.len();
        let marks = marks(text, span);
        let next = text.paragraphs().get(paragraph + 1);
        let mut pairing = Pairing {
            body: text.as_str(),
            paragraph,
            span,
            carried: open.is_some(),
            taken_up: next.is_some_and(|next| opens_with_single(text.slice(*next))),
            lost: None,
            found: &mut found,
        };
        pairing.run(&marks);
        if let Some(first) = found.get_mut(before).filter(|q| q.span.start == span.start) {
            first.continues = first.continues.or(open);
        }
        let left_open = found[before..].last().is_some_and(|q| !q.closed);
        open = if left_open { Some(found.len() as u32 - 1) } else { None };
    }
    found
}

/// One quotation mark and what it may do where it stands.
#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    shape: Shape,
    can_open: bool,
    can_close: bool,
    /// Looks like the apostrophe of “the workers’ rights”.
    possessive: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// “ „ « ``
    Opening,
    /// ” »
    Closing,
    /// " and ''
    Straight,
    /// ‘ ’ ' used as a quotation mark.
    Single,
}

/// The quotation marks of a paragraph. Apostrophes that can neither open nor close are left out.
fn marks(text: &Text, paragraph: Span) -> Vec<Mark> {
    let body = text.slice(paragraph);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skipped) = first_mark(&body.as_bytes()[at..]) {
        at += skipped;
        let Some(c) = body[at..].chars().next() else { break };
        let (shape, len) = match c {
            '“' | '„' | '‟' | '«' => (Some(Shape::Opening), c.len_utf8()),
            '”' | '»' => (Some(Shape::Closing), c.len_utf8()),
            '"' => (Some(Shape::Straight), 1),
            '`' if body[at..].starts_with("``") => (Some(Shape::Opening), 2),
            '\'' if body[at..].starts_with("''") => (Some(Shape::Straight), 2),
            '\'' | '‘' | '’' => (Some(Shape::Single), c.len_utf8()),
            _ => (None, c.len_utf8()),
        };
        if let Some(shape) = shape {
            let before = body[..at].chars().next_back().unwrap_or(' ');
            let after = body[at + len..].chars().next().unwrap_or(' ');
            let start = paragraph.start as usize + at;
            let span = Span::new(start, start + len);
            let mark = Mark { span, shape, can_open: false, can_close: false, possessive: false };
            let mark = match shape {
                Shape::Single => single(mark, c, before, &body[at + len..]),
                _ => double(mark, before, after),
            };
            if mark.can_open || mark.can_close || shape != Shape::Single {
                found.push(mark);
            }
        }
        at += len;
    }
    found
}

/// Where the first byte is that may begin a mark: many are looked at together, for few are.
fn first_mark(bytes: &[u8]) -> Option<usize> {
    const MANY: usize = 32;
    let holds = |many: &[u8]| many.iter().fold(false, |holds, byte| holds | may_begin_mark(*byte));
    let (skipped, many) = bytes.chunks(MANY).enumerate().find(|(_, many)| holds(many))?;
    Some(skipped * MANY + many.iter().position(|byte| may_begin_mark(*byte))?)
}

/// Whether a character that begins with this byte may be a mark.
fn may_begin_mark(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\'') | (byte == b'`') | (byte >= 0xC0)
}

fn double(mark: Mark, before: char, after: char) -> Mark {
    let can_open = !after.is_whitespace() && (before.is_whitespace() || "([—–-―‘'/:“\"".contains(before));
    let can_close = !before.is_whitespace() && !after.is_alphanumeric();
    Mark { can_open, can_close, ..mark }
}

/// What a single mark may be: an apostrophe inside a word is neither; after an s it closes only
/// where nothing better does (see [`single_ends`]).
fn single(mark: Mark, c: char, before: char, rest: &str) -> Mark {
    let after = rest.chars().next().unwrap_or(' ');
    let at_start = before.is_whitespace() || "([—–-/:“\"".contains(before);
    let can_open =
        c != '’' && at_start && (after.is_alphanumeric() || "$£€#@…“\"".contains(after)) && !elided(rest);
    let can_close = !before.is_whitespace() && !after.is_alphanumeric() && c != '‘';
    let mut following = rest.chars();
    let possessive =
        before == 's' && following.next() == Some(' ') && following.next().is_some_and(char::is_alphanumeric);
    Mark { can_open, can_close, possessive, ..mark }
}

/// Whether a paragraph opens with a single mark.
fn opens_with_single(paragraph: &str) -> bool {
    let Some(c) = paragraph.chars().next().filter(|c| matches!(c, '\'' | '‘')) else { return false };
    let rest = &paragraph[c.len_utf8()..];
    rest.starts_with(|c: char| c.is_alphanumeric() || c == '“') && !elided(rest)
}

/// Words that begin with an apostrophe: ’90s, ’em, ’til.
fn elided(rest: &str) -> bool {
    let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let decade = word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s');
    let year = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    decade || year || ["em", "til", "tis", "twas", "cause", "n", "bout", "cuz", "round"].contains(&word)
}

/// The pairing of one paragraph.
struct Pairing<'a> {
    body: &'a str,
    paragraph: usize,
    span: Span,
    /// Whether the paragraph before left a mark open.
    carried: bool,
    /// Whether the next paragraph opens with a single mark, so that one left open here goes on.
    taken_up: bool,
    /// The segment just ended for want of a closing mark, which the next one continues.
    lost: Option<u32>,
    found: &'a mut Vec<Quoted>,
}

impl Pairing<'_> {
    fn run(&mut self, marks: &[Mark]) {
        let ends = single_ends(marks);
        let mut open: Option<Span> = None;
        let mut depth = 0usize;
        let mut first = true;
        let mut at = 0;
        while let Some(mark) = marks.get(at) {
            at += 1;
            if mark.shape == Shape::Single {
                match ends[at - 1] {
                    _ if !mark.can_open || depth > 0 => {}
                    Some(end) => {
                        self.push(mark.span, Some(marks[end].span));
                        at = end + 1;
                        first = false;
                    }
                    None if self.taken_up => {
                        self.push(mark.span, None);
                        return;
                    }
                    None => {}
                }
                continue;
            }
            if self.opens(mark, depth, first) {
                if let (Some(from), Shape::Straight) = (open, mark.shape) {
                    self.close_lost(from, mark.span);
                }
                if depth == 0 || mark.shape == Shape::Straight {
                    open = Some(mark.span);
                    depth = 0;
                }
                depth += 1;
            } else if let Some(from) = open {
                depth -= 1;
                if depth == 0 {
                    self.push(from, Some(mark.span));
                    open = None;
                }
            } else if self.carried && first {
                let start = Span { start: self.span.start, end: self.span.start };
                self.push(start, Some(mark.span));
            }
            first = false;
        }
        if let Some(from) = open {
            self.push(from, None);
        }
    }

    /// Whether a double mark opens a segment where it stands. A straight mark that can only open
    /// while another is open means that a closing mark was lost.
    fn opens(&self, mark: &Mark, depth: usize, first: bool) -> bool {
        match mark.shape {
            Shape::Opening => !(depth > 0 && mark.can_close && !mark.can_open),
            Shape::Closing => depth == 0 && mark.can_open && !mark.can_close && !(self.carried && first),
            _ if mark.can_open != mark.can_close => mark.can_open,
            _ => depth == 0,
        }
    }

    /// Ends a segment whose closing mark was lost where the next one opens, if a sentence ends
    /// there: such texts have lost the paragraph break between the two.
    fn close_lost(&mut self, from: Span, next: Span) {
        let inner = self.body[from.end as usize..next.start as usize].trim_end();
        if inner.ends_with(['.', '!', '?']) && inner.contains(' ') {
            let end = from.end + inner.len() as u32;
            self.lost = Some(self.found.len() as u32);
            self.found.push(Quoted {
                span: Span { start: from.start, end },
                inner: Span { start: from.end, end },
                paragraph: self.paragraph,
                closed: false,
                continues: None,
            });
        }
    }

    fn push(&mut self, from: Span, to: Option<Span>) {
        let end = to.map_or(self.span.end, |mark| mark.end);
        let inner_end = to.map_or(self.span.end, |mark| mark.start);
        if inner_end <= from.end {
            return;
        }
        self.found.push(Quoted {
            span: Span { start: from.start, end },
            inner: Span { start: from.end, end: inner_end },
            paragraph: self.paragraph,
            closed: to.is_some(),
            continues: self.lost.take(),
        });
    }
}

/// For each mark, the single mark that would close a segment opened there: the next one that is
/// no possessive, else the next one that may be. Double marks between them must be in pairs. One
/// pass from the right, so any number of apostrophes is linear.
fn single_ends(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut ends = vec![None; marks.len()];
    if !marks.iter().any(|m| m.shape == Shape::Single && m.can_open) {
        return ends;
    }
    let (mut sure, mut likely): ([Option<usize>; 2], [Option<usize>; 2]) = ([None; 2], [None; 2]);
    let mut parity = 0;
    for (at, mark) in marks.iter().enumerate().rev() {
        let near = |end: &usize| marks[*end].span.start - mark.span.end < POSSESSIVE_REACH;
        ends[at] = sure[parity].or(likely[parity].filter(near));
        if mark.shape != Shape::Single {
            parity = 1 - parity;
        } else if mark.can_close {
            likely[parity] = Some(at);
            if !mark.possessive {
                sure[parity] = Some(at);
            }
        }
    }
    ends
}

/// How far off, in bytes, a mark that looks like a possessive may still close a segment.
const POSSESSIVE_REACH: u32 = 400;
