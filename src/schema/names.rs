use crate::schema::analysis::TextTokenizer;
use crate::schema::declared::{NAME_TOKENIZER, TEXT_TOKENIZER, WHOLE_TOKENIZER};
use crate::schema::words::{LONGEST_TOKEN, fold_word, runs};
use tantivy::Index;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use xxhash_rust::xxh3::xxh3_64;

/// Stands before the term of a whole name, so that it is not taken for one of its words.
const WHOLE_MARK: char = '\u{4}';

/// The indexed form of a whole name: finds the values that fold to it.
///
/// `Putin, Vladimir V.` and `putin vladimir v` are the same. A whole name is only ever looked for as it is: so
/// its term is a hash of its folded words, which is shorter than most, and shares its beginning with few. By chance
/// no two names of an archive have one; whoever makes one on purpose is found with the other, under his own name.
pub fn whole_term(name: &str) -> String {
    let mut term = String::new();
    hash_whole(name, &mut String::new(), &mut term, |_| ());
    term
}

/// Makes the term of a whole name, and tells each folded word of it; `folded` is memory for them.
fn hash_whole(name: &str, folded: &mut String, term: &mut String, mut each: impl FnMut(&str)) {
    folded.clear();
    for run in runs(name) {
        let from = folded.len();
        fold_word(&name[run.range()], folded);
        each(&folded[from..]);
        folded.push(' ');
    }
    let hash = xxh3_64(folded.as_bytes());
    term.clear();
    term.push(WHOLE_MARK);
    // Eight characters of seven bits: two names of a million are one once in a hundred thousand archives.
    term.extend((0..8).map(|place| char::from((hash >> (7 * place)) as u8 & 0x7F)));
}

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
    /// What was made of the last name; its memory is used again.
    folded: String,
    tokens: Vec<Token>,
}

struct NameTokens<'a> {
    tokens: &'a mut [Token],
    next: usize,
}

impl Tokenizer for NameTokenizer {
    type TokenStream<'a> = NameTokens<'a>;

    fn token_stream<'a>(&'a mut self, name: &'a str) -> NameTokens<'a> {
        let NameTokenizer { whole, folded, tokens } = self;
        if tokens.is_empty() {
            tokens.push(Token { position: 0, ..Token::default() });
        }
        let mut term = std::mem::take(&mut tokens[0].text);
        let (mut used, mut position) = (1, 0);
        hash_whole(name, folded, &mut term, |word| {
            if !*whole && word.len() <= LONGEST_TOKEN {
                if used == tokens.len() {
                    tokens.push(Token::default());
                }
                let token = &mut tokens[used];
                token.text.clear();
                token.text.push_str(word);
                token.position = position;
                used += 1;
            }
            position += 1;
        });
        tokens[0].text = term;
        NameTokens { tokens: &mut tokens[..used], next: 0 }
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
        for same in ["viktor orban", "Viktor  Orbán", "VIKTOR ORBÁN."] {
            assert_eq!(whole_term("Viktor Orbán"), whole_term(same), "{same}");
        }
        for other in ["Orbán", "Orbán Viktor", "Viktor Orbáns", "Viktororbán", ""] {
            assert_ne!(whole_term("Viktor Orbán"), whole_term(other), "{other}");
        }
    }
}
