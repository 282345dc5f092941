use crate::index::IndexError;
use crate::index::about::{About, NAME, engine, foreign, generation, generations, has_commit};
use crate::index::copies;
use crate::index::disk::{self, Disk};
use crate::index::entities;
use crate::index::journal::{Committed, Journal};
use crate::index::ledger::Ledger;
use crate::index::lock::lock;
use crate::index::manifest::{Entry, Manifest, Name};
use crate::index::meta;
use crate::index::plan::{Plan, Task, plan};
use crate::index::reading::{TRAYS, read_tasks};
use crate::index::roots::choose_roots;
use crate::index::ways::choices;
use crate::index::writer::{self, Writer};
use crate::ingest::{Options, Problem};
use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::thread;
use tantivy::{ReloadPolicy, Searcher};

/// How to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildOptions {
    /// Threads that read; the outcome does not depend on it.
    pub threads: usize,
    /// Whether articles of files that are gone leave the index.
    pub prune: bool,
    /// Whether everything is read again, into a new index that takes the old one's place at the end.
    pub rebuild: bool,
    /// Whether the same is done where the index was made by an older version.
    pub renew: bool,
    /// Whether what was said before of how the roots are read is forgotten.
    pub forget: bool,
    /// Bytes of memory for documents not yet written; at most 200 MB are used.
    pub memory: usize,
    /// Bytes of text after which to commit: what a killed run loses at most.
    pub commit_bytes: usize,
}

impl Default for BuildOptions {
    fn default() -> BuildOptions {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        BuildOptions {
            threads,
            prune: false,
            rebuild: false,
            renew: false,
            forget: false,
            memory: 80 << 20,
            commit_bytes: 64 << 20,
        }
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
    update_on(&Disk::of(dir), dir, roots, options, build, progress)
}

/// The same on a disk that may refuse.
pub(crate) fn update_on(
    disk: &Disk,
    dir: &Path,
    roots: &[PathBuf],
    options: &Options,
    build: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Summary, IndexError> {
    let is_new = known(dir, build)?.is_none();
    if is_new && roots.is_empty() {
        return Err(IndexError::NotFound(dir.to_path_buf()));
    }
    // Before anything is made: a folder that does not exist leaves no index behind.
    if let Some(missing) = roots.iter().find(|root| !root.exists()) {
        return Err(IndexError::NoSuchRoot(missing.clone()));
    }
    if let Some(name) = foreign(dir).filter(|_| is_new) {
        return Err(IndexError::Foreign { dir: dir.to_path_buf(), name });
    }
    choices(dir)?;
    disk.make_folder(dir)?;
    let _lock = lock(dir)?;
    // Read again: who held the lock until now may have put another generation in place.
    let mut about = known(dir, build)?.unwrap_or_else(About::new);
    let anew = build.rebuild || build.renew && about.is_older() && about.check(dir).is_err();
    let aside = anew && about.generation > 0;
    let former = if aside { former(dir, &about) } else { Manifest::default() };
    if anew {
        about = About { roots: about.roots, generation: about.generation, ..About::new() };
    }
    about.check(dir)?;
    remove_leftovers(disk, dir, about.generation);
    if !aside {
        let opened = open(disk, dir, &mut about)?;
        let chosen = choose_roots(&mut about, dir, roots, (options, build.forget), &opened.manifest, false)?;
        let plan = planned(dir, &about, &chosen, &opened.manifest, progress)?;
        begin(disk, dir, &mut about)?;
        return fill(disk, dir, &about, opened, plan, build, progress);
    }
    // A new index is read from all its roots.
    let chosen = choose_roots(&mut about, dir, roots, (options, build.forget), &former, true)?;
    let Plan { vanished: mut lost, hidden, .. } = plan(&about, dir, &chosen, &former, &|_| {})?;
    lost.extend(hidden);
    if !build.rebuild && !lost.is_empty() {
        return Err(IndexError::WouldLose { dir: dir.to_path_buf(), gone: lost.len() });
    }
    // What lies there under the name of a generation is somebody else's.
    let is_free = |number: &u32| !generation(dir, *number).exists();
    about.generation = (about.generation + 1..).find(is_free).unwrap_or(u32::MAX);
    make_documents(disk, dir, &about)?;
    let opened = open(disk, dir, &mut about)?;
    let plan = planned(dir, &about, &chosen, &opened.manifest, progress)?;
    let mut summary = fill(disk, dir, &about, opened, plan, build, progress)?;
    about.write(disk, dir)?;
    remove_leftovers(disk, dir, about.generation);
    lost.iter().for_each(|name| note_lost(&mut summary, about.shown(dir, name), former.get(name)));
    Ok(summary)
}

/// What the index in `dir` says of itself. Where it lost that, its documents know; and to make one anew,
/// whatever can be learned will do.
fn known(dir: &Path, build: &BuildOptions) -> Result<Option<About>, IndexError> {
    let said = match About::read(dir) {
        Err(IndexError::Damaged { .. }) if build.rebuild => None,
        read => read?,
    };
    match said.or_else(|| About::salvaged(dir)) {
        None if !has_commit(dir) => Ok(None),
        None if build.rebuild => Ok(Some(About::unknown(dir))),
        // Begun anew, it would lose the articles whose files are gone.
        None => Err(IndexError::damaged(dir, format!("{NAME} is lost"))),
        known => Ok(known),
    }
}

/// What a generation that is about to be replaced was read from, as far as that can be learned.
pub(crate) fn former(dir: &Path, about: &About) -> Manifest {
    let folder = about.documents(dir);
    let payload = meta::payload(&folder);
    let committed = payload.and_then(|text| Committed::from_payload(dir, Some(&text)).ok());
    let number = committed.as_ref().map(|committed| committed.number);
    let told = committed.and_then(|committed| Manifest::read(dir, &folder, &committed).ok());
    told.unwrap_or_else(|| Manifest::salvaged(&folder, number))
}

/// Says of a file that is gone which of its articles could not be made again.
fn note_lost(summary: &mut Summary, path: PathBuf, entry: Option<&Entry>) {
    let ids: Vec<String> = entry.into_iter().flat_map(|e| &e.articles).map(|held| held.id()).collect();
    let shown = ids.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = if ids.len() > 5 { " …" } else { "" };
    if !ids.is_empty() {
        let articles = if ids.len() == 1 { "article" } else { "articles" };
        let message = format!("it is gone, and with it {} {articles} of the index: {shown}{more}", ids.len());
        summary.note(path, LOST, message);
    }
}

/// Code of the note that a file is gone and its articles could not be made again.
pub(crate) const LOST: &str = "not-rebuilt";

/// The documents of a generation, ready to be written to, and what is known of the files they are from.
struct Opened {
    index: tantivy::Index,
    journal: Journal,
    manifest: Manifest,
}

/// Opens the generation of `about`; makes the first one, where there is none.
fn open(disk: &Disk, dir: &Path, about: &mut About) -> Result<Opened, IndexError> {
    if about.generation == 0 {
        about.generation = 1;
        make_documents(disk, dir, about)?;
    }
    let folder = about.documents(dir);
    let index = writer::open(disk, dir, &folder)?;
    let committed = Committed::from_payload(dir, index.load_metas()?.payload.as_deref())?;
    let content = committed.read(dir, &folder)?;
    let manifest = Manifest::of(dir, &content)?;
    let journal = Journal::resume(disk, &folder, &committed, &content)?;
    Ok(Opened { index, journal, manifest })
}

/// Says in the index what it is from and who writes, before anything is written.
fn begin(disk: &Disk, dir: &Path, about: &mut About) -> Result<(), IndexError> {
    if !about.engines.contains(&engine()) {
        about.engines.push(engine());
    }
    about.write(disk, dir)
}

/// Makes the folder of a generation, without documents.
fn make_documents(disk: &Disk, dir: &Path, about: &About) -> Result<(), IndexError> {
    let folder = about.documents(dir);
    disk.make_folder(&folder)?;
    writer::create(disk, &folder)
}

/// Removes what killed runs left: generations that are not in use, files about to replace others.
fn remove_leftovers(disk: &Disk, dir: &Path, keep: u32) {
    for number in generations(dir).into_iter().filter(|number| *number != keep) {
        disk.sweep(&generation(dir, number));
    }
    for file in leftovers(dir).into_iter().chain(leftovers(&generation(dir, keep))) {
        disk.sweep(&file);
    }
}

/// Files of a folder of the index that were to replace others, and never did.
pub(crate) fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let is_aside = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(".tmp")
            || ["index", "entities", "copies", "meta", ".managed"]
                .iter()
                .any(|f| name == format!("{f}.{}", disk::ASIDE))
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|path| path.is_file() && is_aside(path))
        .collect();
    files.sort();
    files
}

/// What there is to read, if there is room for it.
fn planned(
    dir: &Path,
    about: &About,
    chosen: &[usize],
    manifest: &Manifest,
    progress: &dyn Fn(Progress),
) -> Result<Plan, IndexError> {
    let plan = plan(about, dir, chosen, manifest, &|files| {
        progress(Progress { files, ..Progress::at(Stage::Walking) })
    })?;
    see_to_room(dir, &plan.tasks)?;
    Ok(plan)
}

/// Reads what is new into the generation of `about`.
fn fill(
    disk: &Disk,
    dir: &Path,
    about: &About,
    opened: Opened,
    plan: Plan,
    build: &BuildOptions,
    progress: &dyn Fn(Progress),
) -> Result<Summary, IndexError> {
    let folder = about.documents(dir);
    let Opened { index, journal, manifest } = opened;
    let Plan { roots, mut tasks, unchanged, vanished, problems, .. } = plan;
    let writer = Writer::open(&index, disk, &folder, writers(&tasks, build.threads), build.memory)?;
    let mut ledger = Ledger::new(manifest, journal, writer, build.commit_bytes);
    ledger.summary.files_unchanged = unchanged;
    ledger.summary.problems = problems;
    if build.prune {
        for name in &vanished {
            ledger.gone(name)?;
        }
        let marked = ledger.take_marked();
        if !marked.is_empty() {
            tasks = planned(dir, about, &roots, &ledger.manifest, progress)?.tasks;
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
        tasks = planned(dir, about, &roots, &ledger.manifest, progress)?.tasks;
        tasks.retain(|task| marked.contains(&task.name));
    }
    ledger.note_duplicates(&|name| about.shown(dir, name));
    finish(ledger, disk, &index, &folder, progress)
}

/// How many threads write beside so many that read: half as many, for finding quotes takes nearly twice as long as
/// writing; as many, where none are to be found.
fn writers(tasks: &[Task], readers: usize) -> usize {
    let finds_quotes = tasks.iter().any(|task| task.options.quotes != Some(false));
    if finds_quotes { readers.div_ceil(2) } else { readers }
}

/// Ends a run before it begins where there surely is too little room. How much an index takes only
/// reading tells; it is never less than a quarter of plain text, and markup is not told from text here.
fn see_to_room(dir: &Path, tasks: &[Task]) -> Result<(), IndexError> {
    const MB: u64 = 1 << 20;
    let needed = tasks.iter().map(|task| task.source.size).sum::<u64>() / 4;
    match disk::room(dir) {
        Ok(free) if free < needed => {
            Err(IndexError::NoRoom { dir: dir.to_path_buf(), free: free / MB, needed: needed.div_ceil(MB) })
        }
        // A system that does not tell is not asked for leave.
        _ => Ok(()),
    }
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
        let (out, into) = crossbeam_channel::bounded(TRAYS);
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

/// Up to so many documents, some ten thousand articles, the tables are made side by side.
const MANY: u64 = 300_000;

/// Makes the tables of speakers and of copies where they are not of this commit.
fn tables(
    disk: &Disk,
    searcher: &Searcher,
    folder: &Path,
    opstamp: u64,
    progress: &dyn Fn(Progress),
) -> Result<(), IndexError> {
    let (of_speakers, of_copies) =
        (!entities::is_there(folder, opstamp), copies::read(folder, opstamp).is_none());
    let speakers = || {
        progress(Progress::at(Stage::Speakers));
        entities::speakers(searcher)
    };
    let copied = || copies::copies(searcher);
    // Of a large archive each takes memory enough by itself.
    let (speakers, copied) = if searcher.num_docs() > MANY {
        (of_speakers.then(speakers), of_copies.then(copied))
    } else {
        thread::scope(|scope| {
            let copied = of_copies.then(|| scope.spawn(copied));
            let speakers = of_speakers.then(speakers);
            (speakers, copied.map(|copied| copied.join().unwrap_or_else(|fault| resume_unwind(fault))))
        })
    };
    if let Some(speakers) = speakers {
        entities::write(disk, &speakers?, folder, opstamp)?;
    }
    if let Some(copied) = copied {
        copies::write(disk, &copied?, folder, opstamp)?;
    }
    Ok(())
}

/// Commits the rest, waits for merges, and brings the tables of speakers and copies up to date.
fn finish(
    mut ledger: Ledger,
    disk: &Disk,
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
    tables(disk, &searcher, folder, opstamp, progress)?;
    (summary.articles, summary.quotes) = crate::index::reader::counts(&searcher)?;
    // They came as the threads had them; by file they are the same every time.
    for told in [&mut summary.problems, &mut summary.notes] {
        told.sort_by(|a, b| (&a.path, &a.place, &a.code).cmp(&(&b.path, &b.place, &b.code)));
    }
    Ok(summary)
}
