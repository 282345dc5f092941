use crate::schema::stems::with_stem;
use crate::schema::words::{LONGEST_TOKEN, fold_word, runs};
use crate::text::Span;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The mark that stands at the position of a sentence's first word.
pub const SENTENCE: &str = "\u{2}";
/// The mark that stands at the position of a paragraph's first word.
pub const PARAGRAPH: &str = "\u{3}";

/// Stands at the beginning of what is made of an English text: its words have stems.
const ENGLISH: char = '\u{5}';

/// The pieces of a text as they go into the index: its folded words, parted by spaces, each behind the
/// marks of the sentence and the paragraph that begin with it. [`TextTokenizer`] reads them again.
///
/// All spans are of `text`; `sentences` and `paragraphs` are in order. Words run on from piece to piece,
/// so that a phrase may bridge a split quotation. A word too long to be indexed keeps its place.
pub fn analyzed(
    text: &str,
    pieces: &[Span],
    english: bool,
    sentences: &[Span],
    paragraphs: &[Span],
) -> String {
    let mut made = String::with_capacity(pieces.iter().map(|piece| piece.len()).sum::<usize>() + 16);
    if english {
        made.push(ENGLISH);
    }
    let mut sentences = Starts::of(sentences);
    let mut paragraphs = Starts::of(paragraphs);
    for piece in pieces {
        let (base, piece) = (piece.start as usize, text.get(piece.range()).unwrap_or_default());
        for run in runs(piece) {
            let start = base + run.start;
            if paragraphs.passed(start) {
                made.push_str(PARAGRAPH);
            }
            if sentences.passed(start) {
                made.push_str(SENTENCE);
            }
            let from = made.len();
            fold_word(&piece[run], &mut made);
            if made.len() - from > LONGEST_TOKEN {
                made.truncate(from);
            }
            made.push(' ');
        }
    }
    made
}

/// Walks along the beginnings of sentences or paragraphs as words go by.
struct Starts<'a> {
    ahead: &'a [Span],
}

impl<'a> Starts<'a> {
    fn of(spans: &'a [Span]) -> Starts<'a> {
        Starts { ahead: spans }
    }

    /// Whether a beginning lies at or before byte `at`, not passed until now.
    fn passed(&mut self, at: usize) -> bool {
        let passed = self.ahead.iter().take_while(|s| s.start as usize <= at).count();
        self.ahead = &self.ahead[passed..];
        passed > 0
    }
}

/// Reads what [`analyzed`] made: at each position the marks, the word's stem where it has another, and
/// the word.
#[derive(Clone, Default)]
pub(crate) struct TextTokenizer {
    token: Token,
}

pub(crate) struct TextTokens<'a> {
    /// What is still to be read; begins with the rest of the word at the token's position.
    ahead: &'a str,
    english: bool,
    /// Whether the stem of the word ahead was given.
    stemmed: bool,
    position: usize,
    token: &'a mut Token,
}

impl Tokenizer for TextTokenizer {
    type TokenStream<'a> = TextTokens<'a>;

    fn token_stream<'a>(&'a mut self, made: &'a str) -> TextTokens<'a> {
        let bare = made.strip_prefix(ENGLISH);
        self.token.position_length = 1;
        TextTokens {
            ahead: bare.unwrap_or(made),
            english: bare.is_some(),
            stemmed: false,
            position: 0,
            token: &mut self.token,
        }
    }
}

impl TextTokens<'_> {
    /// Sets the token.
    fn give(&mut self, text: &str) -> bool {
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = self.position;
        true
    }

    fn give_stem(&mut self, word: &str) -> bool {
        self.stemmed = true;
        self.english && with_stem(word, |stem| stem.is_some_and(|stem| self.give(stem)))
    }
}

impl TokenStream for TextTokens<'_> {
    fn advance(&mut self) -> bool {
        loop {
            for mark in [PARAGRAPH, SENTENCE] {
                if let Some(rest) = self.ahead.strip_prefix(mark) {
                    self.ahead = rest;
                    return self.give(mark);
                }
            }
            let Some((word, rest)) = self.ahead.split_once(' ') else { return false };
            if !self.stemmed && self.give_stem(word) {
                return true;
            }
            let given = !word.is_empty() && self.give(word);
            (self.ahead, self.stemmed) = (rest, false);
            self.position += 1;
            if given {
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::{PARAGRAPH, SENTENCE, TextTokenizer, analyzed};
    use crate::text::{Span, Text};
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn read(made: &str) -> Vec<(usize, String)> {
        let (mut tokenizer, mut read) = (TextTokenizer::default(), Vec::new());
        tokenizer.token_stream(made).process(&mut |t| read.push((t.position, t.text.clone())));
        read
    }

    fn expected(tokens: &[(usize, &str)]) -> Vec<(usize, String)> {
        tokens.iter().map(|(position, text)| (*position, (*text).to_owned())).collect()
    }

    #[test]
    fn marks_stand_where_the_first_word_stands() {
        let text = Text::new("“One two.” Three.\n\nFour.".to_owned());
        let sentences: Vec<Span> = ["“One two.”", "Three.", "Four."]
            .iter()
            .map(|s| {
                let at = text.as_str().find(s).unwrap();
                Span::new(at, at + s.len())
            })
            .collect();
        let whole = [Span::new(0, text.as_str().len())];
        let made = analyzed(text.as_str(), &whole, false, &sentences, text.paragraphs());
        let tokens = [
            (0, PARAGRAPH),
            (0, SENTENCE),
            (0, "one"),
            (1, "two"),
            (2, SENTENCE),
            (2, "three"),
            (3, PARAGRAPH),
            (3, SENTENCE),
            (3, "four"),
        ];
        assert_eq!(read(&made), expected(&tokens));
    }

    #[test]
    fn a_word_has_its_stem_beside_it_where_that_is_another() {
        let made = analyzed("He denied it", &[Span::new(0, 12)], true, &[], &[]);
        assert_eq!(read(&made), expected(&[(0, "he"), (1, "\u{1}deni"), (1, "denied"), (2, "it")]));
    }

    #[test]
    fn a_token_too_long_keeps_its_place() {
        let long = format!("a {} b", "x".repeat(300));
        let made = analyzed(&long, &[Span::new(0, long.len())], true, &[], &[]);
        assert_eq!(read(&made), expected(&[(0, "a"), (2, "b")]));
    }
}
