use crate::index::IndexError;
use crate::index::about::{About, generation};
use crate::index::copies;
use crate::index::entities;
use crate::index::journal::{Committed, Journal};
use crate::index::ledger::Ledger;
use crate::index::manifest::{Manifest, Name};
use crate::index::plan::{Plan, Task, choose_roots, plan};
use crate::index::reading::read_tasks;
use crate::index::writer::{self, Writer};
use crate::ingest::{Options, Problem};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::thread;
use tantivy::directory::{DirectoryLock, Lock, MmapDirectory};
use tantivy::{Directory, ReloadPolicy};

/// How to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildOptions {
    /// Threads that read; the outcome does not depend on it.
    pub threads: usize,
    /// Whether articles of files that are gone leave the index.
    pub prune: bool,
    /// Whether everything is read again, into a new index that takes the old one's place at the end.
    pub rebuild: bool,
    /// Bytes of memory for documents not yet written; at most 200 MB are used.
    pub memory: usize,
    /// Bytes of text after which to commit: what a killed run loses at most.
    pub commit_bytes: usize,
}

impl Default for BuildOptions {
    fn default() -> BuildOptions {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        BuildOptions { threads, prune: false, rebuild: false, memory: 100 << 20, commit_bytes: 8 << 20 }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Files to be read; while walking, files found.
    pub files: u64,
    /// Files read.
    pub files_done: u64,
    /// Bytes to be read.
    pub bytes: u64,
    /// Bytes read.
    pub bytes_done: u64,
    /// Articles read.
    pub articles: u64,
    /// Quotes found.
    pub quotes: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking for files.
    Walking,
    /// Reading them.
    Reading,
    /// Writing the rest, and merging.
    Finishing,
    /// Joining the names of speakers.
    Speakers,
}

impl Progress {
    /// The beginning of a stage.
    pub(crate) fn at(stage: Stage) -> Progress {
        Progress { stage, files: 0, files_done: 0, bytes: 0, bytes_done: 0, articles: 0, quotes: 0 }
    }

    pub(crate) fn finished(&mut self, bytes: u64) {
        self.files_done += 1;
        self.bytes_done += bytes;
    }
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Files read.
    pub files_read: u64,
    /// Files that were as they were when last read.
    pub files_unchanged: u64,
    /// Files whose time changed and nothing else.
    pub touched: u64,
    /// Files that are gone and left the index.
    pub files_gone: u64,
    /// Files that are gone; their articles stay until `--prune`.
    pub files_vanished: u64,
    /// Articles added or replaced.
    pub articles_read: u64,
    /// Articles that left the index.
    pub articles_gone: u64,
    /// Quotes added or replaced.
    pub quotes_read: u64,
    /// Articles in the index now.
    pub articles: u64,
    /// Quotes in the index now.
    pub quotes: u64,
    /// What could not be read in this run.
    pub problems: Vec<Problem>,
    /// What was read and is worth knowing: articles in several files, several versions of a record.
    pub notes: Vec<Problem>,
}

impl Summary {
    pub(crate) fn note(&mut self, path: PathBuf, code: &str, message: String) {
        self.notes.push(Problem { path, member: None, place: None, code: code.to_owned(), message });
    }
}

/// Brings the index in `dir` up to date with `roots` (files and folders), or, where none is named,
/// with those recorded in it. Makes the index if there is none. Options not stated are those the
/// roots were read with before.
pub fn update(
    dir: &Path,
    roots: &[PathBuf],
    options: &Options,
    build: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Summary, IndexError> {
    let old = About::read(dir)?;
    if old.is_none() && roots.is_empty() {
        return Err(IndexError::NotFound(dir.to_path_buf()));
    }
    // Before anything is made: a folder that does not exist leaves no index behind.
    if let Some(missing) = roots.iter().find(|root| !root.exists()) {
        return Err(IndexError::NoSuchRoot(missing.clone()));
    }
    fs::create_dir_all(dir).map_err(IndexError::io("make", dir))?;
    let _lock = lock(dir)?;
    let mut about = old.unwrap_or_else(About::new);
    let aside = build.rebuild && about.generation > 0;
    if build.rebuild {
        about = About { roots: about.roots, generation: about.generation, ..About::new() };
    }
    about.check(dir)?;
    let chosen = choose_roots(&mut about, dir, roots, options)?;
    // A new index is read from all its roots.
    let chosen = if aside { (0..about.roots.len()).collect() } else { chosen };
    remove_leftovers(dir, about.generation);
    let before = about.generation;
    if before == 0 || aside {
        about.generation = before + 1;
        let folder = about.documents(dir);
        fs::create_dir_all(&folder).map_err(IndexError::io("make", &folder))?;
        writer::create(&folder)?;
    }
    if !aside {
        about.write(dir)?;
    }
    let summary = fill(dir, &about, &chosen, build, progress)?;
    if aside {
        about.write(dir)?;
        remove_leftovers(dir, about.generation);
    }
    Ok(summary)
}

/// Keeps a second writer out, for as long as it lives.
fn lock(dir: &Path) -> Result<DirectoryLock, IndexError> {
    use tantivy::directory::error::LockError;
    let lock = Lock { filepath: PathBuf::from("writer.lock"), is_blocking: false };
    let directory = MmapDirectory::open(dir).map_err(|e| IndexError::damaged(dir, e))?;
    directory.acquire_lock(&lock).map_err(|error| match error {
        LockError::LockBusy => IndexError::Busy(dir.to_path_buf()),
        LockError::IoError(e) => IndexError::Io {
            doing: "write",
            path: dir.to_path_buf(),
            source: std::io::Error::new(e.kind(), e.to_string()),
        },
    })
}

/// Removes generations that are not in use: what a killed rebuild left.
fn remove_leftovers(dir: &Path, keep: u32) {
    let keep = generation(dir, keep);
    let is_generation = |name: &str| name.strip_prefix('g').is_some_and(|n| n.parse::<u32>().is_ok());
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_generation) && entry.path() != keep {
            // One that stays costs room and nothing else.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Reads what is new into the generation of `about`.
fn fill(
    dir: &Path,
    about: &About,
    chosen: &[usize],
    build: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Summary, IndexError> {
    let folder = about.documents(dir);
    let index = writer::open(dir, &folder)?;
    let committed = Committed::from_payload(dir, index.load_metas()?.payload.as_deref())?;
    let content = committed.read(dir, &folder)?;
    let manifest = Manifest::of(dir, &content)?;
    let journal = Journal::resume(&folder, &committed, &content)?;
    drop(content);
    let walked = |files| progress(Progress { files, ..Progress::at(Stage::Walking) });
    let look = |manifest: &Manifest| plan(about, dir, chosen, manifest, &walked);
    let Plan { mut tasks, unchanged, vanished, problems } = look(&manifest)?;
    let writer = Writer::open(&index, &folder, build.threads, build.memory)?;
    let mut ledger = Ledger::new(manifest, journal, writer, build.commit_bytes);
    ledger.summary.files_unchanged = unchanged;
    ledger.summary.problems = problems;
    if build.prune {
        for name in &vanished {
            ledger.gone(name)?;
        }
        let marked = ledger.take_marked();
        if !marked.is_empty() {
            tasks = look(&ledger.manifest)?.tasks;
        }
    } else {
        ledger.summary.files_vanished = vanished.len() as u64;
    }
    // Whoever must tell an article in another's place is read in the next round.
    for _ in 0..ROUNDS {
        read_all(&mut ledger, &tasks, build.threads, progress)?;
        let marked: BTreeSet<Name> = ledger.take_marked();
        if marked.is_empty() {
            break;
        }
        tasks = look(&ledger.manifest)?.tasks;
        tasks.retain(|task| marked.contains(&task.name));
    }
    ledger.note_duplicates(&|name| about.shown(dir, name));
    finish(ledger, &index, &folder, progress)
}

/// One round is enough unless a file changes while others are read.
const ROUNDS: usize = 4;

/// Reads the tasks on all threads into the ledger.
fn read_all(
    ledger: &mut Ledger,
    tasks: &[Task],
    threads: usize,
    progress: &dyn Fn(Progress),
) -> Result<(), IndexError> {
    if tasks.is_empty() {
        return Ok(());
    }
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        // Few articles wait at a time: they hold all their words.
        let (out, into) = crossbeam_channel::bounded(64);
        for _ in 0..threads.clamp(1, tasks.len()) {
            let (out, next, stop) = (out.clone(), &next, &stop);
            let reader = thread::Builder::new().name("read".to_owned()).stack_size(READER_STACK);
            let spawned = reader.spawn_scoped(scope, move || read_tasks(tasks, next, stop, &out));
            spawned.map_err(IndexError::io("start a thread to read", Path::new("")))?;
        }
        drop(out);
        let taken = ledger.take_in(tasks, &into, progress);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        taken
    })
}

/// Deeply nested pages are read by recursion.
const READER_STACK: usize = 16 << 20;

/// Commits the rest, waits for merges, and brings the table of speakers up to date.
fn finish(
    mut ledger: Ledger,
    index: &tantivy::Index,
    folder: &Path,
    progress: &dyn Fn(Progress),
) -> Result<Summary, IndexError> {
    progress(Progress::at(Stage::Finishing));
    ledger.commit()?;
    let Ledger { writer, mut summary, .. } = ledger;
    writer.finish()?;
    let opstamp = index.load_metas()?.opstamp;
    let reader: tantivy::IndexReader =
        index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    if entities::read(folder, opstamp).is_none() {
        progress(Progress::at(Stage::Speakers));
        entities::write(entities::speakers(&searcher)?, folder, opstamp)?;
    }
    if copies::read(folder, opstamp).is_none() {
        copies::write(&copies::copies(&searcher)?, folder, opstamp)?;
    }
    (summary.articles, summary.quotes) = crate::index::reader::counts(&searcher)?;
    summary.problems.sort_by(|a, b| (&a.path, &a.place, &a.code).cmp(&(&b.path, &b.place, &b.code)));
    Ok(summary)
}
