//! Text → quoted segments, tokens and sentences.
//!
//! Every outermost segment in quotation marks is *one* token of its sentence, so that nothing
//! said inside somebody's quotation is ever mistaken for the reporter's own sentence.

mod marks;
mod sentences;
mod tickers;
mod tokens;

use crate::text::{Span, Text};
use std::ops::Range;

/// A text taken apart: its segments in quotation marks, its tokens and its sentences.
pub(in crate::quotes) struct Segmented {
    /// The tokens, in order; each outermost quoted segment is one of them.
    pub tokens: Vec<Token>,
    /// The sentences, in order; every token belongs to exactly one.
    pub sentences: Vec<Sentence>,
    /// The outermost segments in quotation marks, in order.
    pub quoted: Vec<Quoted>,
}

/// A word, a number, a mark, or a whole quoted segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) struct Token {
    /// Where it stands. A quoted segment's includes its marks.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it begins with a capital letter (of a quoted segment: its first letter).
    pub capital: bool,
    /// Whether it is the first word of its sentence (so that a capital means little).
    pub initial: bool,
    /// Index of its sentence.
    pub sentence: u32,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) enum TokenKind {
    /// A word, with its inner apostrophes, hyphens and abbreviation dots ("O’Brien", "U.S.").
    Word,
    /// The `’s` (or bare apostrophe after s) of a possessive or a contraction.
    Clitic,
    /// A number ("2,500", "7.5", "1990s", "$40").
    Number,
    /// A punctuation mark, or a run of the same ("...", "--").
    Punct,
    /// A whole segment in quotation marks: the index into [`Segmented::quoted`].
    Quoted(u32),
}

/// A sentence: its tokens and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::quotes) struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// From its first to its last token.
    pub span: Span,
    /// Index of its paragraph in [`Text::paragraphs`].
    pub paragraph: usize,
}

/// An outermost segment in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) struct Quoted {
    /// The segment, marks included.
    pub span: Span,
    /// The words between the marks.
    pub inner: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Whether its closing mark is there; an open one ends with its paragraph.
    pub closed: bool,
    /// The segment of an earlier paragraph that left its mark open and is taken up here.
    pub continues: Option<u32>,
}

impl Quoted {
    /// Whether a comma stands right behind the marks: it belongs to the words as one inside them does.
    pub(in crate::quotes) fn ends_with_comma(&self, text: &Text) -> bool {
        self.closed && text.as_str()[self.span.end as usize..].starts_with(',')
    }
}

/// Takes a text apart.
pub(in crate::quotes) fn segment(text: &Text) -> Segmented {
    let quoted = marks::pair(text);
    let tokens = tokens::outer(text, &quoted);
    let (tokens, sentences) = sentences::split(text, &quoted, tokens);
    Segmented { tokens, sentences, quoted }
}

impl Segmented {
    /// The sentence that holds byte `at`, or the one before it.
    pub(in crate::quotes) fn sentence_at(&self, at: u32) -> usize {
        self.sentences.partition_point(|s| s.span.start <= at).saturating_sub(1)
    }

    /// Index of the token that holds byte `at`, or the one before it.
    pub(in crate::quotes) fn token_at(&self, at: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start <= at).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, segment};
    use crate::text::Text;

    fn quoted(body: &str) -> Vec<String> {
        let text = Text::new(body.to_owned());
        segment(&text).quoted.iter().map(|q| text.slice(q.span).to_owned()).collect()
    }

    fn sentences(body: &str) -> Vec<String> {
        let text = Text::new(body.to_owned());
        segment(&text).sentences.iter().map(|s| text.slice(s.span).to_owned()).collect()
    }

    #[test]
    fn marks_of_every_style_are_paired() {
        let cases: &[(&str, &[&str])] = &[
            ("He said “no” twice.", &["“no”"]),
            ("He said \"no\" and \"yes\".", &["\"no\"", "\"yes\""]),
            ("''Go,'' he said. ``Now.''", &["''Go,''", "``Now.''"]),
            ("Elle dit «oui» et „nein“ .", &["«oui»", "„nein“"]),
            ("The workers' leader said: 'We won't go,' and left.", &["'We won't go,'"]),
            ("‘They’re the players’ rights,’ she said.", &["‘They’re the players’ rights,’"]),
            ("‘She said “no” to me,’ he wrote in the ’90s.", &["‘She said “no” to me,’"]),
            ("“He called it a ‘joke’ then,” she said.", &["“He called it a ‘joke’ then,”"]),
            ("He is 6'2\" tall and the dog's bone is his'.", &[]),
            ("“It never ends, she said.", &["“It never ends, she said."]),
        ];
        for (body, expected) in cases {
            assert_eq!(&quoted(body), expected, "{body}");
        }
    }

    #[test]
    fn an_open_mark_is_taken_up_by_the_next_paragraph() {
        let text = Text::new("“One.\n\n“Two,” he said.\n\n“Three.”".to_owned());
        let quoted = segment(&text).quoted;
        assert_eq!(quoted.iter().map(|q| q.continues).collect::<Vec<_>>(), [None, Some(0), None]);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let cases: &[(&str, &[&str])] = &[
            (
                "Mr. Rowe of the U.S. Army left. He won 3.5 points.",
                &["Mr. Rowe of the U.S. Army left.", "He won 3.5 points."],
            ),
            ("She lives in the U.S. He does not.", &["She lives in the U.S.", "He does not."]),
            ("“We won.” The crowd left.", &["“We won.”", "The crowd left."]),
            ("“Why not?” Rowe asked.", &["“Why not?” Rowe asked."]),
            ("“We won. We did,” she said. “Yes.”", &["“We won. We did,” she said.", "“Yes.”"]),
        ];
        for (body, expected) in cases {
            assert_eq!(&sentences(body), expected, "{body}");
        }
    }

    #[test]
    fn hostile_marks_take_linear_time() {
        for body in ["“".repeat(10_000), "'".repeat(1_000_000), " 'a".repeat(100_000), "\" ".repeat(100_000)]
        {
            let text = Text::new(body);
            let segmented = segment(&text);
            assert!(
                segmented.tokens.iter().filter(|t| matches!(t.kind, TokenKind::Quoted(_))).count() <= 100_000
            );
        }
    }
}
