use crate::article::{Article, Meta};
use crate::quotes::{Found, Quote};
use crate::schema::analysis::{Analyzed, analyzed};
use crate::schema::declared::{Of, Sort, declared, schema};
use crate::schema::fields::fields;
use crate::schema::reported::{Reported, words_of};
use crate::schema::sayings::saying;
use crate::schema::shingles::likeness;
use crate::schema::sources::{self, Said, Source, Value};
use crate::text::Text;
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
    let mut quotes = found.quotes.clone();
    quotes.sort_by_key(|quote| quote.pieces.first().copied());
    let words = analyzed(article.text.as_str(), &found.sentences, article.text.paragraphs());
    let reported = Reported::of(&quotes, &words);
    let analysis = Analysis { article, quotes: &quotes, words, reported };
    let mut all = Vec::with_capacity(quotes.len() + 1);
    all.push(analysis.document(None));
    all.extend((1..=quotes.len()).map(|nth| analysis.document(Some(nth))));
    all
}

/// One article on its way into documents.
struct Analysis<'a> {
    article: &'a Article,
    quotes: &'a [Quote],
    words: Analyzed,
    reported: Reported,
}

impl Analysis<'_> {
    /// One document, the article's or that of its `nth` quote: every declared field of its kind, from its
    /// source.
    fn document(&self, nth: Option<usize>) -> TantivyDocument {
        let mut doc = TantivyDocument::default();
        let said = nth.map(|nth| Said { article: self.article, quote: &self.quotes[nth - 1], nth });
        let of = if said.is_some() { Of::Quote } else { Of::Article };
        for (number, declared) in declared().iter().enumerate() {
            if declared.of != Of::Both && declared.of != of {
                continue;
            }
            let field = Field::from_field_id(number as u32);
            match declared.from {
                Source::Record => doc.add_text(field, self.record()),
                Source::Quotes => doc.add_bytes(field, &packed(self.quotes)),
                Source::Text => doc.add_text(field, self.article.text.as_str()),
                Source::Body => doc.add_text(field, self.words.as_str()),
                Source::Reported => {
                    self.reported.kept().into_iter().for_each(|piece| doc.add_u64(field, piece));
                }
                Source::Likeness => {
                    likeness(&self.words).into_iter().for_each(|n| doc.add_u64(field, n.into()));
                }
                Source::Saying => {
                    self.saying(nth).into_iter().for_each(|saying| doc.add_u64(field, saying));
                }
                Source::Length => doc.add_u64(field, self.length(nth)),
                source => {
                    let give = &mut |value: Value<'_>| put(&mut doc, field, declared.sort, &value);
                    match &said {
                        Some(said) => sources::of_quote(said, source, give),
                        None => sources::of_article(self.article, source, give),
                    };
                }
            }
        }
        doc
    }

    /// Which words the `nth` quote reports of whom.
    fn saying(&self, nth: Option<usize>) -> Option<u64> {
        let quote = nth? - 1;
        let words = self.reported.quote(quote).iter().flat_map(|piece| self.words.words(piece.clone()));
        saying(words, self.quotes[quote].attribution.speaker.as_ref()?.name.as_deref())
    }

    /// How many words the article has, or its `nth` quote.
    fn length(&self, nth: Option<usize>) -> u64 {
        nth.map_or(self.words.len() as u64, |nth| words_of(self.reported.quote(nth - 1)).into())
    }

    fn record(&self) -> String {
        let (id, meta) = (Cow::from(&self.article.id), Cow::Borrowed(&self.article.meta));
        // Maps with string keys and numbers: nothing that JSON cannot hold.
        serde_json::to_string(&Record { id, meta }).unwrap_or_default()
    }
}

/// Puts one value into the document; what is not of the declared sort is left out.
fn put(doc: &mut TantivyDocument, field: Field, sort: Sort, value: &Value<'_>) {
    match (sort, value) {
        (Sort::Text, Value::Text(s)) => doc.add_text(field, analyzed(s, &[], &[]).as_str()),
        (Sort::Name | Sort::Whole | Sort::Keyword, Value::Text(s)) => doc.add_text(field, shortened(s)),
        (Sort::Count, Value::Count(n)) => doc.add_u64(field, *n),
        (Sort::Day, Value::Day(day)) => doc.add_i64(field, *day),
        (Sort::Share, Value::Share(share)) => doc.add_u64(field, thousandths(*share)),
        _ => {}
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
