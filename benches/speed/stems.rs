//! tantivy's own analysis of English, `en_stem`, put together here: asked of tantivy itself (its feature `stemmer`), the
//! stemmers of seventeen more languages would be in the program that is measured, and are not in an installed one.

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};

/// Words of up to 40 bytes in small letters, each cut to its stem.
pub(crate) fn english() -> TextAnalyzer {
    let words = TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(40));
    words.filter(LowerCaser).filter(Stems).build()
}

struct Stems;

impl TokenFilter for Stems {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, words: T) -> Stemmed<T> {
        Stemmed(words)
    }
}

#[derive(Clone)]
struct Stemmed<T>(T);

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmedStream {
            words: self.0.token_stream(text),
            stemmer: Stemmer::new(Algorithm::English),
            stem: String::new(),
        }
    }
}

struct StemmedStream<T> {
    words: T,
    stemmer: Stemmer,
    stem: String,
}

impl<T: TokenStream> TokenStream for StemmedStream<T> {
    fn advance(&mut self) -> bool {
        let is_there = self.words.advance();
        if is_there {
            let token = self.words.token_mut();
            self.stem.clear();
            self.stem.push_str(&self.stemmer.stem(&token.text));
            std::mem::swap(&mut token.text, &mut self.stem);
        }
        is_there
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}
