use crate::index::IndexError;
use crate::index::build::{Progress, Stage, Summary};
use crate::index::journal::Journal;
use crate::index::manifest::{Entry, Held, Manifest, Name};
use crate::index::plan::Task;
use crate::index::reading::{FromFile, ReadArticle};
use crate::index::writer::Writer;
use crate::ingest::{Problem, Reason};
use crossbeam_channel::Receiver;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Where everything read is written down: documents into the index, files into the manifest, both
/// in one commit.
///
/// An article may be in several files. It is indexed once, as the first of them by name tells it,
/// in whatever order they are read: so the outcome does not depend on the number of threads, nor
/// on what was indexed when.
pub(crate) struct Ledger {
    pub(crate) manifest: Manifest,
    pub(crate) journal: Journal,
    pub(crate) writer: Writer,
    /// Bytes of text after which to commit.
    pub(crate) commit_bytes: usize,
    pub(crate) summary: Summary,
    /// Files being read.
    open: HashMap<Name, Open>,
    /// Files read in this run.
    fresh: HashSet<Name>,
    /// Files that must be read again: an article that another file told is now theirs to tell.
    marked: BTreeSet<Name>,
    uncommitted: usize,
}

/// A file being read.
#[derive(Default)]
struct Open {
    articles: Vec<Held>,
    seen: HashSet<u64>,
    problems: Vec<Problem>,
    repeated: u64,
}

impl Ledger {
    pub(crate) fn new(manifest: Manifest, journal: Journal, writer: Writer, commit_bytes: usize) -> Ledger {
        Ledger {
            manifest,
            journal,
            writer,
            commit_bytes,
            summary: Summary::default(),
            open: HashMap::new(),
            fresh: HashSet::new(),
            marked: BTreeSet::new(),
            uncommitted: 0,
        }
    }

    /// Writes down what is read until all who read are done.
    pub(crate) fn take_in(
        &mut self,
        tasks: &[Task],
        from: &Receiver<Vec<FromFile>>,
        progress: &dyn Fn(Progress),
    ) -> Result<(), IndexError> {
        let mut at = Progress { files: tasks.len() as u64, ..Progress::at(Stage::Reading) };
        at.bytes = tasks.iter().map(|t| t.source.size).sum();
        for read in from.iter().flatten() {
            match read {
                FromFile::Article(article) => {
                    at.articles += 1;
                    at.quotes += article.quotes as u64;
                    self.article(&tasks[article.task].name, *article)?;
                }
                FromFile::Problem(task, problem) => self.problem(&tasks[task], problem),
                FromFile::Touched(task) => {
                    let source = &tasks[task].source;
                    self.manifest.amend(&tasks[task].name, |entry| entry.modified = source.modified);
                    self.summary.touched += 1;
                    at.finished(source.size);
                }
                FromFile::End(task, hash) => {
                    self.end(&tasks[task], hash)?;
                    at.finished(tasks[task].source.size);
                }
            }
            progress(at);
            if self.uncommitted >= self.commit_bytes {
                self.commit()?;
            }
        }
        Ok(())
    }

    fn article(&mut self, name: &Name, article: ReadArticle) -> Result<(), IndexError> {
        let held = article.held;
        let open = self.opened(name);
        if !open.seen.insert(held.key) {
            open.repeated += 1;
            return Ok(());
        }
        open.articles.push(held);
        let holders = self.manifest.holders(held.key);
        let indexed = !holders.is_empty();
        let told = holders.iter().take_while(|h| *h < name).any(|h| self.tells(h, held.key));
        self.manifest.add(name, held);
        if told {
            return Ok(());
        }
        if indexed {
            self.writer.remove(&held.id())?;
        }
        self.uncommitted += article.text_bytes;
        self.summary.articles_read += 1;
        self.summary.quotes_read += article.quotes as u64;
        self.writer.add(article.documents, article.text_bytes)
    }

    /// Opens a file in the books: from here on, until its end, it must be read again.
    fn opened(&mut self, name: &Name) -> &mut Open {
        if !self.open.contains_key(name) && self.manifest.get(name).is_some_and(|e| e.whole) {
            self.manifest.amend(name, |entry| entry.whole = false);
        }
        self.open.entry(name.clone()).or_default()
    }

    /// Whether a file is known to hold an article, as it is now.
    fn tells(&self, name: &Name, article: u64) -> bool {
        match self.open.get(name) {
            Some(open) => open.seen.contains(&article),
            None => self.manifest.get(name).is_some_and(|entry| entry.whole),
        }
    }

    fn problem(&mut self, task: &Task, problem: Problem) {
        self.summary.problems.push(Problem { path: task.shown(), ..problem.clone() });
        // In the books it goes by its name below the root, so that the archive may move.
        let path = PathBuf::from(&task.source.shown);
        self.opened(&task.name).problems.push(Problem { path, ..problem });
    }

    fn end(&mut self, task: &Task, hash: u64) -> Result<(), IndexError> {
        let open = self.open.remove(&task.name).unwrap_or_default();
        let before: BTreeSet<Held> =
            self.manifest.get(&task.name).into_iter().flat_map(|e| e.articles.iter().copied()).collect();
        if open.repeated > 0 {
            let message =
                format!("{} of its articles stand in it more than once; each is indexed once", open.repeated);
            self.summary.note(task.shown(), "repeated", message);
        }
        // What the system refused it may allow the next time, without the file changing.
        let passing = [Reason::Unreadable, Reason::Missing].map(Reason::code);
        let refused = open.problems.iter().any(|problem| passing.contains(&problem.code.as_str()));
        let entry = Entry {
            whole: !refused,
            size: task.source.size,
            modified: task.source.modified,
            hash,
            options: task.options_hash,
            articles: open.articles,
            problems: open.problems,
        };
        self.manifest.set(&task.name, entry);
        self.fresh.insert(task.name.clone());
        self.summary.files_read += 1;
        for held in before.into_iter().filter(|held| !open.seen.contains(&held.key)) {
            self.released(held)?;
        }
        Ok(())
    }

    /// Forgets a file that is no longer in the archive.
    pub(crate) fn gone(&mut self, name: &Name) -> Result<(), IndexError> {
        let entry = self.manifest.remove(name).unwrap_or_default();
        for held in entry.articles {
            self.released(held)?;
        }
        self.summary.files_gone += 1;
        Ok(())
    }

    /// A file no longer holds this article. If no other does, it goes; if one does that was not
    /// read in this run, that one must tell it anew.
    fn released(&mut self, held: Held) -> Result<(), IndexError> {
        let holders = self.manifest.holders(held.key);
        if holders.is_empty() {
            self.summary.articles_gone += 1;
            return self.writer.remove(&held.id());
        }
        let next = holders.iter().find(|h| self.tells(h, held.key)).cloned();
        if let Some(next) = next
            && !self.fresh.contains(&next)
            && !self.open.contains_key(&next)
        {
            self.manifest.amend(&next, |entry| entry.whole = false);
            self.marked.insert(next);
        }
        Ok(())
    }

    /// The files that must be read again; asked for once.
    pub(crate) fn take_marked(&mut self) -> BTreeSet<Name> {
        std::mem::take(&mut self.marked)
    }

    /// Commits what was written since the last time, if anything was.
    pub(crate) fn commit(&mut self) -> Result<(), IndexError> {
        if self.manifest.is_changed() || self.uncommitted > 0 {
            self.manifest.append_to(&mut self.journal)?;
            let committed = self.journal.sealed()?;
            let payload = serde_json::to_string(&committed).unwrap_or_default();
            self.writer.commit(&payload)?;
            self.journal.committed();
            self.uncommitted = 0;
        }
        Ok(())
    }

    /// Notes articles of the files read now that other files hold too, and records that came with
    /// another content under an id of their source that was seen before.
    pub(crate) fn note_duplicates(&mut self, shown: &dyn Fn(&str) -> PathBuf) {
        let fresh: BTreeSet<Name> = self.fresh.drain().collect();
        let mut records: HashMap<u64, BTreeSet<u64>> = HashMap::new();
        for held in self.manifest.articles().filter(|held| held.record != 0) {
            records.entry(held.record).or_default().insert(held.key);
        }
        for name in fresh {
            let Some(entry) = self.manifest.get(&name) else { continue };
            let elsewhere =
                |held: &&Held| self.manifest.holders(held.key).first().is_some_and(|first| *first != name);
            let (mut doubles, mut first) = (0, None);
            for held in entry.articles.iter().filter(elsewhere) {
                doubles += 1;
                first = first.or_else(|| self.manifest.holders(held.key).first().cloned());
            }
            let several = |held: &&Held| records.get(&held.record).is_some_and(|articles| articles.len() > 1);
            let versions: Vec<String> = entry.articles.iter().filter(several).map(|held| held.id()).collect();
            if let Some(other) = first {
                let other = shown(&other).display().to_string();
                let message = match (doubles, entry.articles.len()) {
                    (1, 1) => format!("its article is also in {other}; it is indexed once"),
                    (1, _) => format!("1 of its articles is also in {other}; it is indexed once"),
                    (n, _) => {
                        format!("{n} of its articles are also in other files ({other}); each is indexed once")
                    }
                };
                self.summary.note(shown(&name), "duplicate", message);
            }
            if let Some(first) = versions.first() {
                let message = format!(
                    "{} of its records ({first} …) came before under the same id with another content; all are kept",
                    versions.len()
                );
                self.summary.note(shown(&name), "other-version", message);
            }
        }
    }
}
