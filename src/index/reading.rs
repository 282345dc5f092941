use crate::article::Article;
use crate::index::manifest::Held;
use crate::index::plan::Task;
use crate::ingest::{Item, Problem, read_each};
use crate::quotes::{self, Found, Reading};
use crate::schema;
use crossbeam_channel::Sender;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What those who read hand to the one who writes. `task` is the number of the file's task.
pub(crate) enum FromFile {
    /// An article with its quotes, ready to be added.
    Article(Box<ReadArticle>),
    /// Something that could not be read.
    Problem(usize, Problem),
    /// The file is at its end; the hash of its content.
    End(usize, u64),
    /// The file is as it was, but for its time.
    Touched(usize),
}

/// An article on its way into the index.
pub(crate) struct ReadArticle {
    pub(crate) task: usize,
    pub(crate) held: Held,
    pub(crate) text_bytes: usize,
    pub(crate) quotes: usize,
    pub(crate) documents: Vec<schema::Document>,
}

/// What one who reads has in hand. Articles are taken through each step by the dozen: what finding quotes needs
/// fills the processor's cache, and so does what making documents does, so that article by article each step
/// would begin by fetching it again.
struct Tray<'a> {
    tasks: &'a [Task],
    waiting: Vec<Waiting>,
    /// Bytes of the texts that wait.
    bytes: usize,
    /// The line to the one who writes; once he is gone, after an error, what is left is read in vain.
    out: &'a Sender<Vec<FromFile>>,
    stop: &'a AtomicBool,
}

/// What waits to be handed on, in the order in which it was read.
enum Waiting {
    /// An article of a task.
    Read(usize, Box<Article>),
    /// The same with its quotes.
    Found(usize, Box<Article>, Found),
    Ready(FromFile),
}

/// Texts of so many bytes are taken together, and no more than so many things.
const TRAY_BYTES: usize = 128 << 10;
const TRAY: usize = 128;

/// So many trays may wait, of 4 MB of text in all: those who read go on while the engine commits.
pub(crate) const TRAYS: usize = 32;

impl Tray<'_> {
    fn put(&mut self, waiting: Waiting) {
        if let Waiting::Read(_, article) = &waiting {
            self.bytes += article.text.as_str().len();
        }
        self.waiting.push(waiting);
        if self.bytes >= TRAY_BYTES || self.waiting.len() >= TRAY {
            self.hand_on();
        }
    }

    /// Takes what waits through the steps that are left, and hands it on.
    fn hand_on(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let waiting = std::mem::take(&mut self.waiting);
        if self.is_dead() || waiting.is_empty() {
            return;
        }
        let found: Vec<Waiting> = waiting.into_iter().map(|waiting| self.found(waiting)).collect();
        let ready: Vec<FromFile> = found.into_iter().map(|waiting| self.ready(waiting)).collect();
        // A long text takes the place of several trays.
        let places = (bytes / TRAY_BYTES).clamp(1, TRAYS);
        let sent =
            (1..places).try_for_each(|_| self.out.send(Vec::new())).and_then(|()| self.out.send(ready));
        if sent.is_err() {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    /// With the quotes of an article. A fault of ours in one article is a problem of that article, and never the
    /// end of a run over an archive.
    fn found(&self, waiting: Waiting) -> Waiting {
        let Waiting::Read(task, article) = waiting else { return waiting };
        match catch_unwind(AssertUnwindSafe(|| found(&self.tasks[task], &article))) {
            Ok(found) => Waiting::Found(task, article, found),
            Err(_) => Waiting::Ready(self.left_out(task, &article)),
        }
    }

    /// With the documents of an article.
    fn ready(&self, waiting: Waiting) -> FromFile {
        let (task, article, found) = match waiting {
            Waiting::Ready(ready) => return ready,
            Waiting::Read(task, article) => return self.left_out(task, &article),
            Waiting::Found(task, article, found) => (task, article, found),
        };
        match catch_unwind(AssertUnwindSafe(|| schema::documents(&article, found))) {
            Ok(documents) => FromFile::Article(Box::new(ReadArticle {
                task,
                held: Held { key: schema::key(&article.id), record: record(&article) },
                text_bytes: article.text.as_str().len(),
                quotes: documents.len() - 1,
                documents,
            })),
            Err(_) => self.left_out(task, &article),
        }
    }

    fn left_out(&self, task: usize, article: &Article) -> FromFile {
        let place = Some(article.meta.path.clone());
        FromFile::Problem(task, fault(&self.tasks[task], place, "this article"))
    }

    fn is_dead(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Reads the tasks that nobody has taken yet, until there are none or nobody listens.
pub(crate) fn read_tasks(tasks: &[Task], next: &AtomicUsize, stop: &AtomicBool, out: &Sender<Vec<FromFile>>) {
    let mut tray = Tray { tasks, waiting: Vec::new(), bytes: 0, out, stop };
    while !tray.is_dead() {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(task) = tasks.get(number) else { break };
        if task.known.is_some() && task.known == hash_of(&task.source.path).ok() {
            tray.put(Waiting::Ready(FromFile::Touched(number)));
            continue;
        }
        let read = catch_unwind(AssertUnwindSafe(|| {
            read_each(&task.source, &task.options, &mut |item| {
                if !tray.is_dead() {
                    tray.put(match item {
                        Item::Article(mut article, _) => {
                            article.meta.path.insert_str(0, &task.label);
                            Waiting::Read(number, article)
                        }
                        Item::Problem(problem) => Waiting::Ready(FromFile::Problem(number, problem)),
                    });
                }
            })
        }));
        let hash = read.unwrap_or_else(|_| {
            let problem = fault(task, None, "the rest of this file");
            tray.put(Waiting::Ready(FromFile::Problem(number, problem)));
            0
        });
        tray.put(Waiting::Ready(FromFile::End(number, hash)));
    }
    tray.hand_on();
}

/// What is found in the text of an article.
fn found(task: &Task, article: &Article) -> Found {
    if task.options.quotes == Some(false) {
        return Found { quotes: Vec::new(), sentences: quotes::sentences(&article.text) };
    }
    quotes::find(&article.text, Reading::of(&article.meta))
}

/// A fault of ours.
fn fault(task: &Task, place: Option<String>, what: &str) -> Problem {
    Problem {
        path: task.source.path.clone(),
        member: None,
        place,
        code: "internal".to_owned(),
        message: format!("{what} was left out because of a fault in onrecord; please report it"),
    }
}

/// Hash of the source's own id of an article, within its outlet; 0 where it has none.
fn record(article: &Article) -> u64 {
    let Some(id) = &article.meta.record_id else { return 0 };
    let outlet = article.meta.outlet.as_deref().unwrap_or_default();
    xxh3_64(format!("{outlet}\u{0}{id}").as_bytes()).max(1)
}

/// Hash of the content of a file.
pub(crate) fn hash_of(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.digest()),
            n => hash.update(&buffer[..n]),
        }
    }
}
