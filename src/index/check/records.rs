use crate::article::Article;
use crate::index::check::Findings;
use crate::index::{IndexError, Reader};
use crate::quotes::Quote;
use crate::schema;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use tantivy::store::StoreReader;
use tantivy::{SegmentReader, TantivyDocument};

/// What was read back.
#[derive(Default)]
struct Read {
    /// The length of each article's text, by the digits of its id.
    articles: BTreeMap<u64, u32>,
    /// Each quote's article, and where its last piece ends.
    quotes: BTreeMap<String, (u64, u32)>,
}

/// Reads every document back, and holds them against each other and the articles the manifest
/// tells of.
pub(crate) fn check(
    reader: &Reader,
    folder: &Path,
    told: &BTreeSet<u64>,
    found: &mut Findings,
) -> Result<(), IndexError> {
    let mut read = Read::default();
    for segment in reader.searcher().segment_readers() {
        let file = folder.join(format!("{}.store", segment.segment_id().uuid_string()));
        let store = segment.get_store_reader(STORE_CACHE).map_err(tantivy::TantivyError::from)?;
        for what in read_segment(segment, &store, &mut read) {
            found.damage(&file, what);
        }
    }
    let lost: Vec<u64> = told.iter().filter(|key| !read.articles.contains_key(*key)).copied().collect();
    let more = read.articles.keys().filter(|key| !told.contains(key)).count();
    if let Some(first) = lost.first() {
        let count = lost.len();
        found.damage(folder, format!("{count} articles of the manifest are missing (a{first:015x} …)"));
    }
    if more > 0 {
        found.damage(folder, format!("holds {more} articles the manifest does not tell of"));
    }
    for (id, (article, end)) in &read.quotes {
        match read.articles.get(article) {
            None => found.damage(folder, format!("the article of quote {id} is missing")),
            Some(length) if end > length => found.damage(folder, format!("quote {id} is not in its article")),
            Some(_) => {}
        }
    }
    let quotes = read.quotes.len() as u64;
    if quotes != found.quotes {
        found.damage(folder, format!("counts {} quotes and holds {quotes}", found.quotes));
    }
    Ok(())
}

/// Blocks of stored documents kept unpacked: they are read in order, so few are enough.
const STORE_CACHE: usize = 2;

/// Reads the documents of a segment; what is wrong with them.
fn read_segment(segment: &SegmentReader, store: &StoreReader, read: &mut Read) -> Vec<String> {
    let mut wrong = Vec::new();
    for number in segment.doc_ids_alive() {
        let outcome = match store.get::<TantivyDocument>(number) {
            Ok(document) => read_document(&document, read),
            Err(error) => Err(error.to_string()),
        };
        wrong.extend(outcome.err());
    }
    wrong
}

fn read_document(document: &TantivyDocument, read: &mut Read) -> Result<(), String> {
    if document.get_first(schema::fields().text).is_some() {
        let article = schema::article_from(document).map_err(|e| e.to_string())?;
        let Article { id, meta, text } = article;
        let length = text.as_str().len() as u32;
        if Article::new(meta, text).id != id {
            return Err(format!("article {id} is not what its id says"));
        }
        if read.articles.insert(schema::key(&id), length).is_some() {
            return Err(format!("article {id} is there twice"));
        }
        return Ok(());
    }
    let (article, id, quote): (String, String, Quote) =
        schema::quote_from(document).map_err(|e| e.to_string())?;
    if quote.id(&article) != id {
        return Err(format!("quote {id} is not what its id says"));
    }
    let end = quote.pieces.last().map_or(0, |piece| piece.end);
    match read.quotes.insert(id.clone(), (schema::key(&article), end)) {
        Some(_) => Err(format!("quote {id} is there twice")),
        None => Ok(()),
    }
}

/// What an error says underneath the advice it gives.
pub(crate) fn cause(error: &IndexError) -> String {
    match error {
        IndexError::Damaged { what, .. } => what.clone(),
        other => other.source().map_or_else(|| other.to_string(), ToString::to_string),
    }
}
