//! Annotated text: quotes marked in the prose they stand in, to be read and to be read back.
//!
//! ```text
//! [“We never touched [the] elections,”]{q1} [said]{c1} [Ana Mora]{s1}.
//! ```
//!
//! `q`, `m`, `i` mark direct, mixed and indirect words, `c` the cue, `s` the speaker (with
//! `=Full Name` where the words are not the name, `=?` where it is not known). A bracket of the
//! prose stays as it is unless it would be taken for ours; then a backslash stands before it.

use crate::quotes::{Attribution, Kind, Quote};
use crate::text::{Span, Text};

/// A text read from markup, and what was marked in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The prose without the marks.
    pub text: String,
    /// What was marked, by start; of two that start together the longer first.
    pub labels: Vec<Label>,
}

/// A marked span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where it stands in the text without marks.
    pub span: Span,
    /// What it marks: `q1`, `s1=Ana Mora`.
    pub label: String,
}

/// The text with its quotes marked.
///
/// Spans that cross one another cannot both be marked; the one that begins first is.
pub fn write(text: &Text, quotes: &[Quote]) -> String {
    write_labels(text.as_str(), &labels(text, quotes))
}

/// What is to be marked for the quotes.
pub fn labels(text: &Text, quotes: &[Quote]) -> Vec<Label> {
    let mut all = Vec::new();
    for (number, quote) in quotes.iter().enumerate().map(|(n, q)| (n + 1, q)) {
        let kind = match quote.kind {
            Kind::Direct => 'q',
            Kind::Mixed => 'm',
            Kind::Indirect => 'i',
        };
        all.extend(quote.pieces.iter().map(|&span| Label { span, label: format!("{kind}{number}") }));
        if let Some(cue) = &quote.cue {
            all.push(Label { span: cue.span, label: format!("c{number}") });
        }
        if let Some(span) = quote.attribution.mention {
            let name = name(text.slice(span), &quote.attribution);
            all.push(Label { span, label: format!("s{number}{name}") });
        }
    }
    without_crossings(all)
}

/// `=Full Name` where the words are not the name.
fn name(words: &str, attribution: &Attribution) -> String {
    let Some(speaker) = &attribution.speaker else { return String::new() };
    let all = std::iter::once(speaker).chain(&attribution.others);
    let names: Vec<&str> = all.map(|s| s.name.as_deref().unwrap_or("?")).collect();
    let name: String = names.join(" & ").replace(['}', '\n', '\r'], " ").chars().take(LONGEST / 2).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if name == words { String::new() } else { format!("={name}") }
}

fn without_crossings(mut all: Vec<Label>) -> Vec<Label> {
    all.retain(|l| !l.span.is_empty());
    all.sort_by_key(|l| (l.span.start, std::cmp::Reverse(l.span.end)));
    let mut open: Vec<u32> = Vec::new();
    all.retain(|label| {
        while open.last().is_some_and(|end| *end <= label.span.start) {
            open.pop();
        }
        let fits = open.last().is_none_or(|end| label.span.end <= *end);
        if fits {
            open.push(label.span.end);
        }
        fits
    });
    all
}

/// Writes the labels (nested, by start) into the text.
fn write_labels(text: &str, labels: &[Label]) -> String {
    let out = String::with_capacity(text.len() * 2);
    let mut writer = Writer { out, open: Vec::new(), escaped: Vec::new() };
    let mut closing: Vec<&Label> = Vec::new();
    let mut next = 0;
    for (at, c) in text.char_indices() {
        while let Some(label) = closing.pop_if(|l| l.span.end as usize <= at) {
            writer.close(&label.label);
        }
        while let Some(label) = labels.get(next).filter(|l| l.span.start as usize <= at) {
            writer.open();
            closing.push(label);
            next += 1;
        }
        writer.prose(c);
    }
    while let Some(label) = closing.pop() {
        writer.close(&label.label);
    }
    writer.finish()
}

/// Writes prose and marks so that every bracket is read back as what it is.
struct Writer {
    out: String,
    /// Brackets still open: ours, or where one of the prose stands in `out`.
    open: Vec<Option<usize>>,
    /// Brackets in `out` that get a backslash in the end.
    escaped: Vec<usize>,
}

impl Writer {
    fn open(&mut self) {
        self.open.push(None);
        self.out.push('[');
    }

    /// Closes a bracket of ours; those of the prose left open inside get their backslash.
    fn close(&mut self, label: &str) {
        while let Some(Some(prose)) = self.open.pop() {
            self.escaped.push(prose);
        }
        self.out.push_str("]{");
        self.out.push_str(label);
        self.out.push('}');
    }

    fn finish(mut self) -> String {
        self.escaped.sort_unstable();
        let mut done = String::with_capacity(self.out.len() + self.escaped.len());
        let mut from = 0;
        for at in self.escaped {
            done.push_str(&self.out[from..at]);
            done.push('\\');
            from = at;
        }
        done.push_str(&self.out[from..]);
        done
    }

    fn prose(&mut self, c: char) {
        match c {
            '\\' => self.out.push('\\'),
            '{' if self.out.ends_with(']') => self.out.push('\\'),
            '[' => self.open.push(Some(self.out.len())),
            ']' if self.open.pop_if(|o| o.is_some()).is_none() => self.out.push('\\'),
            _ => {}
        }
        self.out.push(c);
    }
}

/// Reads markup: the prose and what is marked in it. Whatever is no mark is prose.
pub fn read(markup: &str) -> Marked {
    let mut text = String::with_capacity(markup.len());
    let mut open: Vec<usize> = Vec::new();
    let mut opens: Vec<(usize, Option<usize>)> = Vec::new();
    let mut labels = Vec::new();
    let mut rest = markup;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' if rest.starts_with(['\\', '[', ']', '{']) => {
                text.push_str(&rest[..1]);
                rest = &rest[1..];
            }
            '[' => {
                open.push(opens.len());
                opens.push((text.len(), None));
                text.push('[');
            }
            ']' => {
                let partner = open.pop();
                match (partner, label(rest)) {
                    (Some(partner), Some(label)) => {
                        rest = &rest[label.len() + 2..];
                        opens[partner].1 = Some(labels.len());
                        labels.push((opens[partner].0, text.len(), label.to_owned()));
                    }
                    _ => text.push(']'),
                }
            }
            other => text.push(other),
        }
    }
    without_marks(text, &opens, labels)
}

/// Takes the opening brackets of marks out of the text and moves the labels to where their words
/// then stand.
fn without_marks(
    text: String,
    opens: &[(usize, Option<usize>)],
    labels: Vec<(usize, usize, String)>,
) -> Marked {
    let ours: Vec<usize> = opens.iter().filter(|(_, l)| l.is_some()).map(|(at, _)| *at).collect();
    let moved = |at: usize| at - ours.partition_point(|o| *o < at);
    let place = |(start, end, label): (usize, usize, String)| Label {
        span: Span::new(moved(start), moved(end)),
        label,
    };
    let mut labels: Vec<(usize, Label)> = labels.into_iter().map(|l| (l.0, place(l))).collect();
    labels.sort_by_key(|(bracket, _)| *bracket);
    let mut prose = String::with_capacity(text.len());
    let mut from = 0;
    for at in &ours {
        prose.push_str(&text[from..*at]);
        from = at + 1;
    }
    prose.push_str(&text[from..]);
    Marked { text: prose, labels: labels.into_iter().map(|(_, l)| l).collect() }
}

/// The longest label that is read, in characters: far more than any name.
const LONGEST: usize = 400;

/// The label in braces that `rest` begins with: a letter, a number, for a speaker a name.
fn label(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix('{')?;
    let near = rest.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '}' | '\n'))?.0;
    let label = &rest[..near];
    rest[near..].starts_with('}').then_some(())?;
    let (head, name) = label.split_once('=').map_or((label, None), |(h, n)| (h, Some(n)));
    let kind = head.chars().next().filter(|c| matches!(c, 'q' | 'm' | 'i' | 's' | 'c'))?;
    let number = &head[1..];
    let numbered = !number.is_empty() && number.len() < 7 && number.bytes().all(|b| b.is_ascii_digit());
    let named = name.is_none_or(|n| kind == 's' && !n.is_empty() && !n.contains(['\n', '\r']));
    (numbered && named).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::{Label, read, write_labels};
    use crate::text::Span;
    use proptest::prelude::{Strategy, any, prop, proptest};

    #[test]
    fn reads_marks_and_leaves_other_brackets() {
        let marked = read("[“We saw [the] fire [x]{y},”]{q1} [said]{c1} [[Mora]{s1=Ana Mora}]{s2}.");
        assert_eq!(marked.text, "“We saw [the] fire [x]{y},” said Mora.");
        let words: Vec<(&str, &str)> =
            marked.labels.iter().map(|l| (&marked.text[l.span.range()], l.label.as_str())).collect();
        assert_eq!(
            words,
            [("“We saw [the] fire [x]{y},”", "q1"), ("said", "c1"), ("Mora", "s2"), ("Mora", "s1=Ana Mora")]
        );
    }

    /// Nested labels over a text of `len` characters.
    fn nested(cuts: &[(u8, u8)], text: &str) -> Vec<Label> {
        let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let span = |&(a, b): &(u8, u8)| {
            let (a, b) = (a as usize % places.len(), b as usize % places.len());
            Span::new(places[a.min(b)], places[a.max(b)])
        };
        let label = |(n, cut): (usize, &(u8, u8))| Label { span: span(cut), label: format!("q{n}") };
        super::without_crossings(cuts.iter().enumerate().map(label).collect())
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            text in prop::collection::vec(prop::sample::select(vec!["[", "]", "{q1}", "\\", "a", " ", "“é”", "{", "}"]), 0..24)
                .prop_map(|parts| parts.concat()),
            cuts in prop::collection::vec(any::<(u8, u8)>(), 0..5),
        ) {
            let labels = nested(&cuts, &text);
            let read = read(&write_labels(&text, &labels));
            assert_eq!(read.text, text);
            assert_eq!(read.labels, labels);
        }

        #[test]
        fn nothing_panics(markup in "[\\[\\]{}qs1=\\\\a“é ]{0,40}") {
            let _ = read(&markup);
        }
    }
}
