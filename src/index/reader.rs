use crate::article::{Article, Date};
use crate::index::about::About;
use crate::index::copies::{self, Copies};
use crate::index::directory::Documents;
use crate::index::entities::{self, Aliases, Entities, Entity};
use crate::index::journal::Committed;
use crate::index::manifest::Manifest;
use crate::index::{IndexError, about};
use crate::ingest::Problem;
use crate::quotes::Quote;
use crate::schema::{self, Fields, fields};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, Term};

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

/// What an index holds, in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Quotes.
    pub quotes: u64,
    /// Quotes whose speaker has a name.
    pub named_quotes: u64,
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

impl Reader {
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
        let index = Index::open(folder).map_err(damaged)?;
        if index.schema() != *schema::schema() {
            return Err(IndexError::OtherVersion {
                dir: dir.to_path_buf(),
                found: "another schema".to_owned(),
            });
        }
        schema::register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        loop {
            let before = index.load_metas()?;
            reader.reload()?;
            // A commit between the two readings: the numbers would not belong together.
            if index.load_metas()?.opstamp == before.opstamp {
                let searcher = reader.searcher();
                let (entities, copies) = (OnceLock::new(), OnceLock::new());
                let (opstamp, payload) = (before.opstamp, before.payload);
                return Ok(Reader {
                    dir: dir.to_path_buf(),
                    about,
                    searcher,
                    opstamp,
                    payload,
                    entities,
                    copies,
                });
            }
        }
    }

    /// The documents.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields of the documents.
    pub fn fields(&self) -> &'static Fields {
        fields()
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
        Ok(Entities::of(self.joined()?, aliases))
    }

    /// The speakers as their names tell: from the table beside the documents, or worked out again
    /// where it does not belong to this commit.
    fn joined(&self) -> Result<Vec<Entity>, IndexError> {
        match entities::read(&self.about.documents(&self.dir), self.opstamp) {
            Some(speakers) => Ok(speakers),
            None => entities::speakers(&self.searcher),
        }
    }

    /// The document at `address`.
    pub fn document(&self, address: DocAddress) -> Result<TantivyDocument, IndexError> {
        Ok(self.searcher.doc(address)?)
    }

    /// The article with this id.
    pub fn article(&self, id: &str) -> Result<Option<Article>, IndexError> {
        match self.at(id)? {
            Some(address) if id.starts_with('a') => Ok(Some(schema::article_from(&self.document(address)?)?)),
            _ => Ok(None),
        }
    }

    /// The quote with this id, after its article's id.
    pub fn quote(&self, id: &str) -> Result<Option<(String, Quote)>, IndexError> {
        match self.at(id)? {
            Some(address) if id.starts_with('q') => {
                let (article, _, quote) = schema::quote_from(&self.document(address)?)?;
                Ok(Some((article, quote)))
            }
            _ => Ok(None),
        }
    }

    /// The quotes of an article with their ids, in the order they stand in it.
    pub fn quotes_of(&self, article: &str) -> Result<Vec<(String, Quote)>, IndexError> {
        let mut quotes = Vec::new();
        let all: BTreeSet<DocAddress> = self.matching(fields().article, article)?.into_iter().collect();
        for address in all {
            let doc = self.document(address)?;
            if doc.get_first(fields().text).is_none() {
                let (_, id, quote) = schema::quote_from(&doc)?;
                quotes.push((id, quote));
            }
        }
        quotes.sort_by_key(|(_, quote)| quote.pieces.first().copied());
        Ok(quotes)
    }

    /// The ids that begin with `prefix`, in order, at most `limit`. Ask for six characters or more.
    pub fn ids(&self, prefix: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        let mut found = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(fields().id)?;
            let mut terms = index
                .terms()
                .range()
                .ge(prefix.as_bytes())
                .into_stream()
                .map_err(tantivy::TantivyError::from)?;
            while terms.advance() && terms.key().starts_with(prefix.as_bytes()) && found.len() <= limit {
                let id = String::from_utf8_lossy(terms.key()).into_owned();
                // A term may belong to a deleted document alone.
                if self.at(&id)?.is_some() {
                    found.insert(id);
                }
            }
        }
        Ok(found.into_iter().take(limit).collect())
    }

    /// What the index holds, in numbers.
    pub fn stats(&self) -> Result<Stats, IndexError> {
        let (articles, quotes) = counts(&self.searcher)?;
        let named = TermQuery::new(Term::from_field_text(fields().has, "name"), IndexRecordOption::Basic);
        let (first, last) = self.dates()?;
        let manifest = self.manifest()?;
        Ok(Stats {
            articles,
            quotes,
            named_quotes: self.searcher.search(&named, &Count)? as u64,
            speakers: self.entities()?.iter().count() as u64,
            outlets: entities::values(&self.searcher, "outlet")?.len() as u64,
            first,
            last,
            files: manifest.files() as u64,
            size: size(&self.about.documents(&self.dir)),
            roots: self.about.root_paths(&self.dir),
            problems: manifest.problems().map(|(name, problem)| self.placed(name, problem)).collect(),
        })
    }

    /// The folders indexed, as paths from here.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.about.root_paths(&self.dir)
    }

    /// A recorded problem, with the path of its file from here.
    fn placed(&self, name: &str, problem: &Problem) -> Problem {
        Problem { path: self.about.shown(&self.dir, name), ..problem.clone() }
    }

    fn manifest(&self) -> Result<Manifest, IndexError> {
        let committed = Committed::from_payload(&self.dir, self.payload.as_deref())?;
        Manifest::read(&self.dir, &self.about.documents(&self.dir), &committed)
    }

    fn at(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        Ok(self.matching(fields().id, id)?.into_iter().min())
    }

    fn matching(&self, field: tantivy::schema::Field, value: &str) -> Result<Vec<DocAddress>, IndexError> {
        let query = TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic);
        let mut all: Vec<DocAddress> = self.searcher.search(&query, &DocSetCollector)?.into_iter().collect();
        all.sort_unstable();
        Ok(all)
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
