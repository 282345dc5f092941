use crate::quotes::Quote;
use crate::text::{Span, Text};

/// What stands between the pieces of a split quotation when they are printed as one.
const GAP: &str = " … ";

impl Quote {
    /// From the first word of the first piece to the last word of the last.
    pub fn span(&self) -> Span {
        self.pieces.iter().copied().reduce(Span::cover).unwrap_or(Span { start: 0, end: 0 })
    }

    /// The reported words as one line: pieces joined by ` … `, runs of white space as one space.
    pub fn words(&self, text: &Text) -> String {
        self.words_with(text, &[]).0
    }

    /// [`words`](Quote::words), and where `marks` (spans of the text, in order) lie in them, as
    /// `[start, end]` in characters.
    pub fn words_with(&self, text: &Text, marks: &[Span]) -> (String, Vec<[usize; 2]>) {
        let mut line = Line { marks, ..Line::default() };
        for (i, piece) in self.pieces.iter().enumerate() {
            if i > 0 {
                GAP.chars().for_each(|c| line.push(c));
            }
            line.piece(text, *piece);
        }
        (line.words, line.found)
    }
}

/// A line being written, with the marks met so far.
#[derive(Default)]
struct Line<'a> {
    words: String,
    chars: usize,
    marks: &'a [Span],
    found: Vec<[usize; 2]>,
}

impl Line<'_> {
    fn push(&mut self, c: char) {
        self.words.push(c);
        self.chars += 1;
    }

    fn piece(&mut self, text: &Text, piece: Span) {
        if self.marks.is_empty() {
            return self.unmarked(text.slice(piece));
        }
        for (at, c) in text.slice(piece).char_indices() {
            let at = piece.start + at as u32;
            let (before, skip) = (self.chars, c.is_whitespace() && self.words.ends_with(' '));
            if !skip {
                self.push(if c.is_whitespace() { ' ' } else { c });
            }
            let Some(mark) = self.marks.iter().find(|m| m.start <= at && at < m.end) else { continue };
            match self.found.last_mut() {
                Some(last) if mark.start < at && last[1] == before => last[1] = self.chars,
                _ => self.found.push([before, self.chars]),
            }
        }
    }

    /// A piece where no mark is looked for: run by run of what is no white space.
    fn unmarked(&mut self, piece: &str) {
        for run in piece.split_inclusive(char::is_whitespace) {
            let word = run.trim_end_matches(char::is_whitespace);
            self.words.push_str(word);
            if word.len() < run.len() && !self.words.ends_with(' ') {
                self.words.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::quotes::{Attribution, Basis, Kind, Quote};
    use crate::text::{Span, Text};

    #[test]
    fn joins_pieces_and_carries_marks() {
        let text = Text::new("“I had\n\nto repeat,” he said, “that it never\ndid.”".into());
        let place = |words: &str| {
            let at = text.as_str().find(words).unwrap();
            Span::new(at, at + words.len())
        };
        let quote = Quote {
            pieces: vec![place("“I had\n\nto repeat,”"), place("“that it never\ndid.”")],
            quoted: Vec::new(),
            kind: Kind::Direct,
            cue: None,
            attribution: Attribution {
                mention: None,
                speaker: None,
                others: Vec::new(),
                basis: Basis::None,
                confidence: 0.0,
            },
        };
        let (words, marks) = quote.words_with(&text, &[place("had\n\nto"), place("never")]);
        assert_eq!(words, "“I had to repeat,” … “that it never did.”");
        let marked: Vec<String> =
            marks.iter().map(|[a, b]| words.chars().skip(*a).take(b - a).collect()).collect();
        assert_eq!(marked, ["had to", "never"]);
    }
}
