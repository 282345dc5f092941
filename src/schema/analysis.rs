use crate::schema::words::{LONGEST_TOKEN, fold_lower, runs};
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
    /// Behind each word stands a space. A word too long to be indexed is empty, and keeps its place.
    made: String,
    words: Vec<Place>,
}

/// Where a word stands.
struct Place {
    /// In bytes of the text.
    begins: u32,
    /// In what was made of it.
    folded: Range<usize>,
}

/// Analyzes a text. All spans are of it, and in order.
pub fn analyzed(text: &str, sentences: &[Span], paragraphs: &[Span]) -> Analyzed {
    let mut made = String::with_capacity(text.len() + text.len() / 8 + 16);
    let mut words = Vec::with_capacity(text.len() / 5);
    // Letters of ASCII are folded many at once; each keeps its place.
    let lower = text.to_ascii_lowercase();
    let mut sentences = Starts::of(sentences);
    let mut paragraphs = Starts::of(paragraphs);
    for run in runs(text) {
        if paragraphs.passed(run.start) {
            made.push_str(PARAGRAPH);
        }
        if sentences.passed(run.start) {
            made.push_str(SENTENCE);
        }
        let begins = u32::try_from(run.start).unwrap_or(u32::MAX);
        let from = made.len();
        fold_lower(&lower[run], &mut made);
        if made.len() - from > LONGEST_TOKEN {
            made.truncate(from);
        }
        words.push(Place { begins, folded: from..made.len() });
        made.push(' ');
    }
    Analyzed { made, words }
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
        words.iter().map(|word| &self.made[word.folded.clone()])
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
    fn passed(&mut self, at: usize) -> bool {
        let passed = self.ahead.iter().take_while(|s| s.start as usize <= at).count();
        self.ahead = &self.ahead[passed..];
        passed > 0
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
    /// Sets the token.
    fn give(&mut self, text: &str) -> bool {
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = self.position;
        true
    }
}

impl TokenStream for TextTokens<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let first = self.ahead.as_bytes().first();
            if let Some(mark) =
                [PARAGRAPH, SENTENCE].into_iter().find(|mark| mark.as_bytes().first() == first)
            {
                self.ahead = &self.ahead[mark.len()..];
                return self.give(mark);
            }
            // Words are short: to look byte by byte is quicker than to look at many at once.
            let Some(end) = self.ahead.bytes().position(|byte| byte == b' ') else { return false };
            let word = &self.ahead[..end];
            let given = !word.is_empty() && self.give(word);
            self.ahead = &self.ahead[end + 1..];
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
