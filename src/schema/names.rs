use crate::schema::analysis::TextTokenizer;
use crate::schema::declared::{NAME_TOKENIZER, TEXT_TOKENIZER, WHOLE_TOKENIZER};
use crate::schema::words::{LONGEST_TOKEN, words};
use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// Stands before the whole folded form of a name, so that it is not taken for one of its words.
pub const WHOLE_MARK: char = '\u{4}';

/// The indexed form of a whole name: finds exactly the values that fold to it.
///
/// Its words, joined by spaces: `Putin, Vladimir V.` and `putin vladimir v` are the same.
pub fn whole_term(name: &str) -> String {
    let mut term = String::from(WHOLE_MARK);
    for (i, word) in words(name).enumerate() {
        if i > 0 {
            term.push(' ');
        }
        term += &word.folded;
    }
    if term.len() > LONGEST_NAME {
        term.truncate(term.floor_char_boundary(LONGEST_NAME));
    }
    term
}

/// A whole name longer than this is compared by its beginning.
const LONGEST_NAME: usize = 1024;

/// Makes the analysis of texts and names known to an index; to be called whenever one is opened or made.
pub fn register(index: &Index) {
    index.tokenizers().register(TEXT_TOKENIZER, TextAnalyzer::from(TextTokenizer::default()));
    index.tokenizers().register(NAME_TOKENIZER, TextAnalyzer::from(NameTokenizer::default()));
    let whole = NameTokenizer { whole: true, ..NameTokenizer::default() };
    index.tokenizers().register(WHOLE_TOKENIZER, TextAnalyzer::from(whole));
}

/// The whole folded form of a name at its first position, and every folded word at its own.
#[derive(Clone, Default)]
struct NameTokenizer {
    /// Whether the words are left out.
    whole: bool,
    tokens: Vec<Token>,
}

struct NameTokens<'a> {
    tokens: &'a mut [Token],
    next: usize,
}

impl Tokenizer for NameTokenizer {
    type TokenStream<'a> = NameTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NameTokens<'a> {
        self.tokens.clear();
        self.tokens.push(Token {
            offset_from: 0,
            offset_to: text.len(),
            position: 0,
            text: whole_term(text),
            position_length: 1,
        });
        let words = words(text).enumerate();
        for (position, word) in words.take_while(|_| !self.whole) {
            if word.folded.len() <= LONGEST_TOKEN {
                self.tokens.push(Token {
                    offset_from: word.span.start as usize,
                    offset_to: word.span.end as usize,
                    position,
                    text: word.folded.into_owned(),
                    position_length: 1,
                });
            }
        }
        NameTokens { tokens: &mut self.tokens, next: 0 }
    }
}

impl TokenStream for NameTokens<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::whole_term;

    #[test]
    fn a_whole_name_is_its_folded_words() {
        assert_eq!(whole_term("Viktor Orbán"), "\u{4}viktor orban");
        assert_eq!(whole_term("The New York Times"), whole_term("the  new york times"));
    }
}
