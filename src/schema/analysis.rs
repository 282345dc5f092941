use crate::schema::words::{LONGEST_TOKEN, fold_word, runs};
use crate::text::Span;
use std::ops::Range;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The mark that stands at the position of a sentence's first word.
pub const SENTENCE: &str = "\u{2}";
/// The mark that stands at the position of a paragraph's first word.
pub const PARAGRAPH: &str = "\u{3}";

/// A text as it goes into the index: its folded words, each behind the marks of the sentence and the
/// paragraph that begin with it. [`TextTokenizer`] reads them again.
pub struct Analyzed {
    /// Before each word stands its length, as a character: so nobody looks for its end. A word too long to be
    /// indexed is empty, and keeps its place.
    made: String,
    words: Vec<Place>,
}

/// Stand for the marks; a length is less.
const SENTENCE_BEGINS: char = '\u{102}';
const PARAGRAPH_BEGINS: char = '\u{103}';

/// Where a word stands.
struct Place {
    /// In bytes of the text.
    begins: u32,
    /// In what was made of it.
    folded: usize,
    length: u8,
}

/// Analyzes a text. All spans are of it, and in order.
pub fn analyzed(text: &str, sentences: &[Span], paragraphs: &[Span]) -> Analyzed {
    let mut made = String::with_capacity(text.len() + text.len() / 8 + 32);
    let mut words = Vec::with_capacity(text.len() / 5 + 1);
    // Letters of ASCII are folded many at once; each keeps its place.
    let lower = text.to_ascii_lowercase();
    let mut odd = String::new();
    let mut sentences = Starts::of(sentences);
    let mut paragraphs = Starts::of(paragraphs);
    for run in runs(text) {
        if paragraphs.passed(run.start) {
            made.push(PARAGRAPH_BEGINS);
        }
        if sentences.passed(run.start) {
            made.push(SENTENCE_BEGINS);
        }
        let word = if run.plain { &lower[run.start..] } else { fold_again(&lower[run.range()], &mut odd) };
        let length = if run.plain { run.end - run.start } else { word.len() };
        let length = if length > LONGEST_TOKEN { 0 } else { length as u8 };
        made.push(char::from(length));
        words.push(Place {
            begins: u32::try_from(run.start).unwrap_or(u32::MAX),
            folded: made.len(),
            length,
        });
        push_beginning(&mut made, word, length.into());
    }
    Analyzed { made, words }
}

/// Folds a word into the place of another.
fn fold_again<'a>(word: &str, folded: &'a mut String) -> &'a str {
    folded.clear();
    fold_word(word, folded);
    folded
}

/// Adds the first `length` bytes of a text. Most words are short: to take sixteen bytes, and to cut off what
/// is too much, is quicker than to take as many as there are.
#[inline(always)]
fn push_beginning(made: &mut String, text: &str, length: usize) {
    match text.get(..16).filter(|_| length <= 16) {
        Some(enough) => {
            let end = made.len() + length;
            made.push_str(enough);
            made.truncate(end);
        }
        None => made.push_str(&text[..length]),
    }
}

impl Analyzed {
    /// What goes into the index.
    pub fn as_str(&self) -> &str {
        &self.made
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded words of some places, in order.
    pub(crate) fn words(&self, places: Range<u32>) -> impl Iterator<Item = &str> {
        let words = self.words.get(places.start as usize..places.end as usize).unwrap_or_default();
        words.iter().map(|word| &self.made[word.folded..word.folded + usize::from(word.length)])
    }

    /// The places of the words that begin within a span of the text.
    pub(crate) fn within(&self, span: Span) -> Range<u32> {
        let before = |at: u32| self.words.partition_point(|word| word.begins < at) as u32;
        before(span.start)..before(span.end)
    }
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
    #[inline]
    fn passed(&mut self, at: usize) -> bool {
        let before = self.ahead.len();
        while let Some((_, rest)) = self.ahead.split_first().filter(|(first, _)| first.start as usize <= at) {
            self.ahead = rest;
        }
        self.ahead.len() < before
    }
}

/// Reads what [`analyzed`] made: at each position the marks, and the word.
#[derive(Clone, Default)]
pub(crate) struct TextTokenizer {
    token: Token,
}

pub(crate) struct TextTokens<'a> {
    /// What is still to be read.
    ahead: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl Tokenizer for TextTokenizer {
    type TokenStream<'a> = TextTokens<'a>;

    fn token_stream<'a>(&'a mut self, made: &'a str) -> TextTokens<'a> {
        self.token.position_length = 1;
        TextTokens { ahead: made, position: 0, token: &mut self.token }
    }
}

impl TextTokens<'_> {
    /// Goes to the next token; false where there is none.
    #[inline(always)]
    fn step(&mut self) -> bool {
        loop {
            let mut ahead = self.ahead.chars();
            let Some(next) = ahead.next() else { return false };
            self.ahead = ahead.as_str();
            match next {
                PARAGRAPH_BEGINS => return self.mark(PARAGRAPH),
                SENTENCE_BEGINS => return self.mark(SENTENCE),
                length => {
                    let length = length as usize;
                    let Some((_, behind)) = self.ahead.split_at_checked(length) else { return false };
                    self.token.text.clear();
                    push_beginning(&mut self.token.text, self.ahead, length);
                    self.token.position = self.position;
                    self.ahead = behind;
                    self.position += 1;
                    if length > 0 {
                        return true;
                    }
                }
            }
        }
    }

    /// Sets the token to a mark.
    fn mark(&mut self, mark: &str) -> bool {
        self.token.text.clear();
        self.token.text.push_str(mark);
        self.token.position = self.position;
        true
    }
}

impl TokenStream for TextTokens<'_> {
    fn advance(&mut self) -> bool {
        self.step()
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        while self.step() {
            sink(self.token);
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
    use super::{Analyzed, PARAGRAPH, SENTENCE, TextTokenizer, analyzed};
    use crate::text::{Span, Text};
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn read(analyzed: &Analyzed) -> Vec<(usize, String)> {
        let (mut tokenizer, mut read) = (TextTokenizer::default(), Vec::new());
        let tokens = &mut |t: &tantivy::tokenizer::Token| read.push((t.position, t.text.clone()));
        tokenizer.token_stream(analyzed.as_str()).process(tokens);
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
        let analyzed = analyzed(text.as_str(), &sentences, text.paragraphs());
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
        assert_eq!(read(&analyzed), expected(&tokens));
        assert_eq!(analyzed.words(1..4).collect::<Vec<&str>>(), ["two", "three", "four"]);
        assert_eq!(analyzed.within(sentences[0]), 0..2);
        assert_eq!(analyzed.within(Span::new(5, text.as_str().len())), 1..4);
    }

    #[test]
    fn a_token_too_long_keeps_its_place() {
        let long = analyzed(&format!("a {} b", "x".repeat(300)), &[], &[]);
        assert_eq!(read(&long), expected(&[(0, "a"), (2, "b")]));
        assert_eq!(long.len(), 3);
    }
}
