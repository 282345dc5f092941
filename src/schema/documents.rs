use crate::article::{Article, Meta};
use crate::quotes::{Found, Quote};
use crate::schema::analysis::analyzed;
use crate::schema::declared::{Of, Sort, declared, schema};
use crate::schema::fields::fields;
use crate::schema::sources::{self, Said, Value};
use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
pub fn documents(article: &Article, found: &Found) -> Vec<TantivyDocument> {
    let english = article.meta.is_english();
    let mut quotes = found.quotes.clone();
    quotes.sort_by_key(|quote| quote.pieces.first().copied());
    let analysis = Analysis { article, quotes: &quotes, sentences: &found.sentences, english };
    let whole = [Span::new(0, article.text.as_str().len())];
    let mut all = Vec::with_capacity(quotes.len() + 1);
    all.push(analysis.document(Of::Article, &whole, &|name| sources::of_article(article, name)));
    for (before, quote) in quotes.iter().enumerate() {
        let said = Said { article, quote, nth: before + 1 };
        all.push(analysis.document(Of::Quote, &quote.pieces, &|name| sources::of_quote(&said, name)));
    }
    all
}

/// One article on its way into documents.
struct Analysis<'a> {
    article: &'a Article,
    quotes: &'a [Quote],
    sentences: &'a [Span],
    english: bool,
}

impl Analysis<'_> {
    /// One document: every declared field of its kind, from its source.
    fn document<'v>(
        &self,
        of: Of,
        pieces: &[Span],
        source: &dyn Fn(&str) -> Option<Vec<Value<'v>>>,
    ) -> TantivyDocument {
        let mut doc = TantivyDocument::default();
        let words = self.words(pieces);
        // Behind each word stands a space.
        let length = words.bytes().filter(|b| *b == b' ').count();
        for (number, declared) in declared().iter().enumerate() {
            if declared.of != Of::Both && declared.of != of {
                continue;
            }
            let field = Field::from_field_id(number as u32);
            match declared.from.as_str() {
                "record" => doc.add_text(field, self.record()),
                "quotes" => doc.add_bytes(field, &packed(self.quotes)),
                "text" => doc.add_text(field, self.article.text.as_str()),
                "body" | "words" => doc.add_text(field, words.as_str()),
                "length" => doc.add_u64(field, length as u64),
                name => {
                    let values = source(name).unwrap_or_default();
                    values.into_iter().for_each(|value| self.put(&mut doc, field, declared.sort, &value));
                }
            }
        }
        doc
    }

    fn record(&self) -> String {
        let (id, meta) = (Cow::from(&self.article.id), Cow::Borrowed(&self.article.meta));
        // Maps with string keys and numbers: nothing that JSON cannot hold.
        serde_json::to_string(&Record { id, meta }).unwrap_or_default()
    }

    fn words(&self, pieces: &[Span]) -> String {
        let text = &self.article.text;
        analyzed(text.as_str(), pieces, self.english, self.sentences, text.paragraphs())
    }

    /// Puts one value into the document; what is not of the declared sort is left out.
    fn put(&self, doc: &mut TantivyDocument, field: Field, sort: Sort, value: &Value<'_>) {
        match (sort, value) {
            (Sort::Text, Value::Text(s)) => {
                let whole = [Span::new(0, s.len())];
                doc.add_text(field, analyzed(s, &whole, self.english, &[], &[]));
            }
            (Sort::Name | Sort::Whole | Sort::Keyword, Value::Text(s)) => doc.add_text(field, shortened(s)),
            (Sort::Count, Value::Count(n)) => doc.add_u64(field, *n),
            (Sort::Day, Value::Day(day)) => doc.add_i64(field, *day),
            (Sort::Share, Value::Share(share)) => doc.add_u64(field, thousandths(*share)),
            _ => {}
        }
    }
}

/// A share as it is kept; what is none is 0.
pub fn thousandths(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as u64
}

/// A name or keyword as it is counted: a "byline" of a whole page is cut.
fn shortened(value: &str) -> &str {
    const LONGEST: usize = 1024;
    &value[..value.floor_char_boundary(LONGEST)]
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

/// Whether every value of a document is of its field's type. One that is not would lose the whole
/// batch at commit, its good neighbours included.
pub fn check(doc: &TantivyDocument) -> Result<(), String> {
    use tantivy::schema::Type;
    for (field, value) in doc.field_values() {
        if field.field_id() as usize >= schema().num_fields() {
            return Err(format!("field number {} does not exist", field.field_id()));
        }
        let entry = schema().get_field_entry(field);
        let fits = match entry.field_type().value_type() {
            Type::Str => value.as_str().is_some(),
            Type::U64 => value.as_u64().is_some(),
            Type::I64 => value.as_i64().is_some(),
            Type::Bytes => value.as_bytes().is_some(),
            _ => false,
        };
        if !fits {
            return Err(format!("field `{}` holds a value of another type", entry.name()));
        }
    }
    Ok(())
}
