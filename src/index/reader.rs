use crate::article::{Article, Date};
use crate::index::about::About;
use crate::index::blocks::Blocks;
use crate::index::copies::{self, Copies};
use crate::index::directory::Documents;
use crate::index::entities::{self, Aliases, Entities};
use crate::index::journal::Committed;
use crate::index::labels::folder;
use crate::index::manifest::Manifest;
use crate::index::meta::{self, Meta};
use crate::index::roots::absolute_roots;
use crate::index::{IndexError, about};
use crate::ingest::Problem;
use crate::quotes::Quote;
use crate::schema::{self, fields};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;
use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Directory, DocAddress, DocId, Index, IndexReader, ReloadPolicy, Searcher, TantivyError, Term};

/// An index open for reading, as it was at one commit. It never creates or changes anything.
pub struct Reader {
    dir: PathBuf,
    about: About,
    searcher: Searcher,
    opstamp: u64,
    payload: Option<String>,
    entities: OnceLock<Entities>,
    copies: OnceLock<Arc<Copies>>,
}

/// Where a quote or an article stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document of the article.
    pub article: DocAddress,
    /// The number of the quote in it, counted from 1; 0 for the article itself.
    pub nth: u32,
}

/// What an index holds, in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Quotes.
    pub quotes: u64,
    /// Speakers, as the table of speakers counts them.
    pub speakers: u64,
    /// Outlets.
    pub outlets: u64,
    /// The earliest date.
    pub first: Option<Date>,
    /// The latest date.
    pub last: Option<Date>,
    /// Files read.
    pub files: u64,
    /// Bytes on disk.
    pub size: u64,
    /// The folders indexed.
    pub roots: Vec<PathBuf>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Blocks of stored documents that are kept unpacked. Hits are rarely neighbours, and memory that is used again
/// need not be fetched and cleared, and is still at hand.
const KEPT_BLOCKS: usize = 1;

/// An index of so many documents, some thirty thousand articles, is searched on all cores; in a smaller one that
/// takes longer to begin than it saves.
const MANY: u64 = 300_000;

impl Reader {
    /// Whether there are folders in whose articles no quotation was looked for.
    pub fn without_quotes(&self) -> bool {
        self.about.roots.iter().any(|root| root.options.quotes == Some(false))
    }

    /// Opens the index in `dir`. Works where nothing can be written.
    pub fn open(dir: &Path) -> Result<Reader, IndexError> {
        let mut last = None;
        // A rebuild may put the next generation in place while we look: then look again.
        for _ in 0..3 {
            let about = About::read(dir)?.ok_or_else(|| IndexError::NotFound(dir.to_path_buf()))?;
            about.check(dir)?;
            if about.generation == 0 {
                return Err(IndexError::NotFound(dir.to_path_buf()));
            }
            match Reader::open_generation(dir, about.clone()) {
                Ok(reader) => return Ok(reader),
                Err(error) if About::read(dir)? == Some(about) => return Err(error),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| IndexError::NotFound(dir.to_path_buf())))
    }

    fn open_generation(dir: &Path, about: About) -> Result<Reader, IndexError> {
        let damaged = |e: tantivy::TantivyError| IndexError::unopened(dir, &e);
        let folder = Documents::to_read(&about.documents(dir)).map_err(damaged)?;
        let mut index = Index::open(folder.clone()).map_err(damaged)?;
        if index.schema() != *schema::schema() {
            return Err(IndexError::OtherVersion {
                dir: dir.to_path_buf(),
                found: "another schema".to_owned(),
            });
        }
        schema::register(&index);
        // By the engine it takes ten times as long, for it makes a schema of it each time.
        let listed = || folder.atomic_read(Path::new(meta::NAME)).map_err(TantivyError::from);
        let read = |content: &[u8]| Meta::of(content).ok_or_else(|| IndexError::damaged(dir, meta::NAME));
        let mut before = listed()?;
        let mut meta = read(&before)?;
        if meta.documents() > MANY {
            index.set_multithread_executor(thread::available_parallelism().map_or(1, usize::from).min(8))?;
        }
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = builder.doc_store_cache_num_blocks(KEPT_BLOCKS).try_into()?;
        loop {
            let after = listed()?;
            if after == before {
                let Meta { opstamp, payload, .. } = meta;
                return Ok(Reader {
                    dir: dir.to_path_buf(),
                    about,
                    searcher: reader.searcher(),
                    opstamp,
                    payload,
                    entities: OnceLock::new(),
                    copies: OnceLock::new(),
                });
            }
            // A commit between the two readings: the numbers would not belong together.
            meta = read(&after)?;
            before = after;
            reader.reload()?;
        }
    }

    /// The documents.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The folder the index lies in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Who the speakers are, across the archive, as the aliases in the folder have them; read when
    /// first asked for.
    pub fn entities(&self) -> Result<&Entities, IndexError> {
        if self.entities.get().is_none() {
            let table = self.entities_with(&Aliases::read(&self.dir)?)?;
            // Two threads may get here: both worked out the same.
            let _ = self.entities.set(table);
        }
        self.entities.get().ok_or_else(|| IndexError::damaged(&self.dir, "no table of speakers"))
    }

    /// Which articles are copies of one another, and which sayings are repeated: from the table beside
    /// the documents, or worked out again where it does not belong to this commit.
    pub fn copies(&self) -> Result<&Arc<Copies>, IndexError> {
        if self.copies.get().is_none() {
            let table = match copies::read(&self.about.documents(&self.dir), self.opstamp) {
                Some(table) => table,
                None => copies::copies(&self.searcher)?,
            };
            // Two threads may get here: both read the same.
            let _ = self.copies.set(Arc::new(table));
        }
        self.copies.get().ok_or_else(|| IndexError::damaged(&self.dir, "no table of copies"))
    }

    /// Who the speakers would be with these aliases.
    pub fn entities_with(&self, aliases: &Aliases) -> Result<Entities, IndexError> {
        match Entities::read(&self.about.documents(&self.dir), self.opstamp, aliases) {
            Some(entities) => Ok(entities),
            // The table belongs to another commit: they are worked out again.
            None => Ok(Entities::of(entities::speakers(&self.searcher)?, aliases)),
        }
    }

    /// The article at `address`, or the one the quote there stands in, with all its quotes in the order
    /// of the text.
    pub fn article_at(&self, address: DocAddress) -> Result<(Article, Vec<Quote>), IndexError> {
        Ok(schema::article_from(&self.searcher.doc(address)?)?)
    }

    /// The article with this id, with its quotes.
    pub fn article(&self, id: &str) -> Result<Option<(Article, Vec<Quote>)>, IndexError> {
        self.address(id)?.map(|address| self.article_at(address)).transpose()
    }

    /// The document of the article with this id.
    pub fn address(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        let query = TermQuery::new(Term::from_field_text(fields().article, id), IndexRecordOption::Basic);
        // The first of its documents is its own.
        Ok(self.searcher.search(&query, &DocSetCollector)?.into_iter().min())
    }

    /// The articles and quotes whose ids begin with `start`, in the order of their ids, at most `limit`.
    /// Ask for six characters or more.
    pub fn with_id(&self, start: &str, limit: usize) -> Result<Vec<Place>, IndexError> {
        let Some((unit, keys)) = schema::keys(start) else { return Ok(Vec::new()) };
        let mut found = BTreeMap::new();
        for (ordinal, segment) in self.searcher.segment_readers().iter().enumerate() {
            let (blocks, column) = (Blocks::of(segment)?, segment.fast_fields().u64("key")?);
            let mut docs = Vec::new();
            column.get_docids_for_value_range(keys.clone(), 0..segment.max_doc(), &mut docs);
            let is_alive = |doc: &DocId| segment.alive_bitset().is_none_or(|alive| alive.is_alive(*doc));
            for doc in docs.into_iter().filter(is_alive) {
                let (nth, key) = (blocks.nth(doc), column.first(doc).unwrap_or(0));
                // A range below all of a column's values gives its least.
                if (nth == 0) == (unit == 'a') && keys.contains(&key) {
                    let article = DocAddress::new(ordinal as u32, blocks.article_of(doc));
                    found.insert(key, Place { article, nth });
                }
            }
        }
        Ok(found.into_values().take(limit).collect())
    }

    /// What the index holds, in numbers.
    pub fn stats(&self) -> Result<Stats, IndexError> {
        let (articles, quotes) = counts(&self.searcher)?;
        let (first, last) = self.dates()?;
        let manifest = self.manifest()?;
        Ok(Stats {
            articles,
            quotes,
            speakers: self.entities()?.len() as u64,
            outlets: entities::values(&self.searcher, "outlet")?.len() as u64,
            first,
            last,
            files: manifest.files() as u64,
            size: size(&self.about.documents(&self.dir)),
            roots: self.about.root_paths(&self.dir),
            problems: manifest.problems().map(|(name, problem)| self.placed(name, problem)).collect(),
        })
    }

    /// The folders indexed, each with what the paths of its files begin with where they are shown.
    pub fn folders(&self) -> Vec<(String, PathBuf)> {
        let folders = absolute_roots(&self.about, &self.dir).unwrap_or_default().into_iter();
        let labels = self.about.roots.iter().map(|root| root.label.clone());
        labels.zip(folders.map(|root| folder(&root).to_path_buf())).collect()
    }

    /// A recorded problem, with the path of its file from here.
    fn placed(&self, name: &str, problem: &Problem) -> Problem {
        Problem { path: self.about.shown(&self.dir, name), ..problem.clone() }
    }

    fn manifest(&self) -> Result<Manifest, IndexError> {
        let committed = Committed::from_payload(&self.dir, self.payload.as_deref())?;
        Manifest::read(&self.dir, &self.about.documents(&self.dir), &committed)
    }

    /// First and last date, as far as each is known.
    fn dates(&self) -> Result<(Option<Date>, Option<Date>), IndexError> {
        let mut dates = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let days = segment.fast_fields().i64("day")?;
            let last_days = segment.fast_fields().i64("last_day")?;
            let known = segment.doc_ids_alive().filter_map(|doc| days.first(doc).zip(last_days.first(doc)));
            dates.extend(known);
        }
        let first = dates.first().copied();
        let last = dates.iter().copied().max_by_key(|(day, last_day)| (*last_day, *day));
        let date = |(day, last_day)| schema::date_between(day, last_day);
        Ok((first.and_then(date), last.and_then(date)))
    }
}

/// How many articles and quotes there are.
pub(crate) fn counts(searcher: &Searcher) -> Result<(u64, u64), IndexError> {
    let count = |unit: &str| {
        let query = TermQuery::new(Term::from_field_text(fields().unit, unit), IndexRecordOption::Basic);
        searcher.search(&query, &Count).map(|n| n as u64)
    };
    Ok((count("article")?, count("quote")?))
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum()
}

/// Whether there is an index in `dir`.
pub fn exists(dir: &Path) -> bool {
    matches!(About::read(dir), Ok(Some(about)) if about::generation(dir, about.generation).is_dir())
}
