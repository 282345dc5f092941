use crate::article::Article;
use crate::index::blocks::Blocks;
use crate::index::check::Findings;
use crate::index::{IndexError, Reader};
use crate::schema;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use tantivy::columnar::Column;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyDocument};

/// What was read back.
#[derive(Default)]
struct Read {
    /// The articles, by the digits of their ids.
    articles: BTreeSet<u64>,
    /// The quotes that stand behind them, likewise.
    quotes: BTreeSet<u64>,
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
        let wrong = Segment::of(segment, &store)?.read(&mut read);
        for what in wrong {
            found.damage(&file, what);
        }
    }
    let lost: Vec<u64> = told.iter().filter(|key| !read.articles.contains(*key)).copied().collect();
    let more = read.articles.difference(told).count();
    if let Some(first) = lost.first() {
        let count = lost.len();
        found.damage(folder, format!("{count} articles of the manifest are missing (a{first:015x} …)"));
    }
    if more > 0 {
        found.damage(folder, format!("holds {more} articles the manifest does not tell of"));
    }
    let quotes = read.quotes.len() as u64;
    if quotes != found.quotes {
        found.damage(folder, format!("counts {} quotes and holds {quotes}", found.quotes));
    }
    Ok(())
}

/// Blocks of stored documents kept unpacked: they are read in order, so few are enough.
const STORE_CACHE: usize = 2;

/// A segment that is read back.
struct Segment<'a> {
    segment: &'a SegmentReader,
    store: &'a StoreReader,
    blocks: Blocks,
    keys: Column<u64>,
}

impl Segment<'_> {
    fn of<'a>(segment: &'a SegmentReader, store: &'a StoreReader) -> Result<Segment<'a>, IndexError> {
        let (blocks, keys) = (Blocks::of(segment)?, segment.fast_fields().u64("key")?);
        Ok(Segment { segment, store, blocks, keys })
    }

    /// Reads the documents; what is wrong with them.
    fn read(&self, read: &mut Read) -> Vec<String> {
        let mut wrong = Vec::new();
        // The article being read, and the quotes that must stand behind it.
        let (mut article, mut quotes) = (0, Vec::new().into_iter());
        for doc in self.segment.doc_ids_alive() {
            if self.blocks.nth(doc) == 0 {
                wrong.extend(missing(quotes.len()));
                match self.article(doc, read) {
                    Ok(told) => (article, quotes) = (doc, told.into_iter()),
                    Err(why) => wrong.push(why),
                }
                continue;
            }
            let key = self.keys.first(doc).unwrap_or(0);
            if self.blocks.article_of(doc) != article || quotes.next() != Some(key) {
                wrong.push(format!("quote q{key:015x} does not stand behind its article"));
            } else if !read.quotes.insert(key) {
                wrong.push(format!("quote q{key:015x} is there twice"));
            }
        }
        wrong.extend(missing(quotes.len()));
        wrong
    }

    /// Reads an article; the keys of its quotes.
    fn article(&self, doc: DocId, read: &mut Read) -> Result<Vec<u64>, String> {
        let document: TantivyDocument = self.store.get(doc).map_err(|e| e.to_string())?;
        let (article, quotes) = schema::article_from(&document).map_err(|e| e.to_string())?;
        let (id, length) = (article.id, article.text.as_str().len());
        if Article::new(article.meta, article.text).id != id {
            return Err(format!("article {id} is not what its id says"));
        }
        if !read.articles.insert(schema::key(&id)) {
            return Err(format!("article {id} is there twice"));
        }
        if let Some(quote) = quotes.iter().find(|quote| quote.span().end as usize > length) {
            return Err(format!("quote {} is not in its article", quote.id(&id)));
        }
        Ok(quotes.iter().map(|quote| schema::key(&quote.id(&id))).collect())
    }
}

fn missing(quotes: usize) -> Option<String> {
    (quotes > 0).then(|| format!("{quotes} quotes of an article are missing"))
}

/// What an error says underneath the advice it gives.
pub(crate) fn cause(error: &IndexError) -> String {
    match error {
        IndexError::Damaged { what, .. } => what.clone(),
        other => other.source().map_or_else(|| other.to_string(), ToString::to_string),
    }
}
