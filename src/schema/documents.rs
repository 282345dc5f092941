use crate::article::{Article, Meta};
use crate::quotes::{Found, Quote};
use crate::schema::analysis::{Analyzed, analyzed};
use crate::schema::declared::{Declared, Of, declared};
use crate::schema::document::{Document, Sheet, Value};
use crate::schema::fields::fields;
use crate::schema::reported::{Reported, words_of};
use crate::schema::sayings::saying;
use crate::schema::shingles::{kept, likeness};
use crate::schema::sources::{self, Said, Source};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::LazyLock;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value as _};

/// A document could not be turned back into what it was made from: the index is damaged.
#[derive(Debug, thiserror::Error)]
#[error("a stored record cannot be read: {0}")]
pub struct Damaged(String);

/// What is stored of an article beside its text and its quotes.
#[derive(Serialize, Deserialize)]
struct Record<'a> {
    id: Cow<'a, str>,
    meta: Cow<'a, Meta>,
}

/// The documents of an article, as they must stand in a row: its own, then one for each quote in the
/// order of the text.
pub fn documents(article: &Article, found: Found) -> Vec<Document> {
    let Found { mut quotes, sentences } = found;
    quotes.sort_by_key(|quote| quote.pieces.first().copied());
    let words = analyzed(article.text.as_str(), &sentences, article.text.paragraphs());
    let reported = Reported::of(&quotes, &words);
    let analysis = Analysis { article, quotes: &quotes, words, reported };
    let mut sheet = Sheet::of(quotes.len() + 1, article.text.as_str().len());
    for nth in 0..=quotes.len() {
        analysis.document(nth, &mut sheet);
    }
    sheet.into_documents()
}

/// One article on its way into documents.
struct Analysis<'a> {
    article: &'a Article,
    quotes: &'a [Quote],
    words: Analyzed,
    reported: Reported,
}

impl Analysis<'_> {
    /// One document, that of the `nth` quote, or with 0 the article's: every declared field of its kind, from
    /// its source.
    fn document(&self, nth: usize, sheet: &mut Sheet) {
        let quote = nth.checked_sub(1);
        for (field, declared) in if quote.is_some() { &*OF_QUOTES } else { &*OF_ARTICLES } {
            let give = &mut |value: Value<'_>| sheet.put(*field, declared.sort, &value);
            match quote {
                Some(quote) => self.of_quote(quote, declared.from, give),
                None => self.of_article(declared.from, give),
            }
        }
        sheet.end();
    }

    /// Gives the article's values from a source.
    fn of_article(&self, source: Source, give: &mut impl FnMut(Value<'_>)) {
        match source {
            Source::Record => give(self.record().into()),
            Source::Quotes => give(Value::Bytes(packed(self.quotes))),
            Source::Text => give(self.article.text.as_str().into()),
            Source::Body => give(Value::Words(&self.words)),
            Source::Reported => give(Value::Count(self.reported.kept_article())),
            Source::Likeness => give(Value::Counts(kept(&likeness(&self.words)))),
            Source::Length => give(Value::Count(self.words.len() as u64)),
            source => drop(sources::of_article(self.article, source, give)),
        }
    }

    /// Gives a quote's values from a source.
    fn of_quote(&self, number: usize, source: Source, give: &mut impl FnMut(Value<'_>)) {
        let quote = &self.quotes[number];
        let pieces = self.reported.quote(number);
        match source {
            Source::Length => give(Value::Count(words_of(pieces).into())),
            Source::Reported => give(Value::Count(self.reported.kept(number))),
            Source::Pieces => {
                let pieces = self.reported.kept_pieces(number);
                (!pieces.is_empty()).then_some(Value::Counts(pieces)).into_iter().for_each(give);
            }
            Source::Saying => {
                let words = pieces.iter().flat_map(|piece| self.words.words(piece.clone()));
                let speaker = quote.attribution.speaker.as_ref().and_then(|s| s.name.as_deref());
                saying(words, speaker).into_iter().map(Value::Count).for_each(give);
            }
            source => {
                let said = Said { article: self.article, quote, nth: number + 1 };
                sources::of_quote(&said, source, give);
            }
        }
    }

    fn record(&self) -> String {
        let (id, meta) = (Cow::from(&self.article.id), Cow::Borrowed(&self.article.meta));
        // Maps with string keys and numbers: nothing that JSON cannot hold.
        serde_json::to_string(&Record { id, meta }).unwrap_or_default()
    }
}

static OF_ARTICLES: LazyLock<Vec<(Field, &Declared)>> = LazyLock::new(|| carried(Of::Article));
static OF_QUOTES: LazyLock<Vec<(Field, &Declared)>> = LazyLock::new(|| carried(Of::Quote));

/// The fields that documents of a kind carry.
fn carried(of: Of) -> Vec<(Field, &'static Declared)> {
    let fields = (0..).map(Field::from_field_id).zip(declared());
    fields.filter(|(_, declared)| declared.of == of || declared.of == Of::Both).collect()
}

/// Quotes in the bytes that are stored.
fn packed(quotes: &[Quote]) -> Vec<u8> {
    // Lists, names and numbers: nothing that cannot be packed.
    postcard::to_allocvec(quotes).unwrap_or_default()
}

/// The article a document was made from, and its quotes in the order of the text.
pub fn article_from(doc: &TantivyDocument) -> Result<(Article, Vec<Quote>), Damaged> {
    let stored =
        |field: Field, name| doc.get_first(field).ok_or_else(|| Damaged(format!("it has no {name}")));
    let record = stored(fields().record, "record")?.as_str().unwrap_or_default();
    let Record { id, meta } = serde_json::from_str(record).map_err(|e| Damaged(e.to_string()))?;
    let text = stored(fields().text, "text")?.as_str().unwrap_or_default().to_owned();
    let bytes = stored(fields().quotes, "quotes")?.as_bytes().unwrap_or_default();
    let quotes = postcard::from_bytes(bytes).map_err(|e| Damaged(format!("quotes of {id}: {e}")))?;
    Ok((Article { id: id.into_owned(), meta: meta.into_owned(), text: Text::new(text) }, quotes))
}
