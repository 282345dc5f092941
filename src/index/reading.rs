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
use tantivy::TantivyDocument;
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
    pub(crate) documents: Vec<TantivyDocument>,
}

/// The line to the one who writes; once he is gone, after an error, what is left is read in vain.
struct Line<'a> {
    out: &'a Sender<FromFile>,
    stop: &'a AtomicBool,
}

impl Line<'_> {
    fn hand(&self, read: FromFile) {
        if self.out.send(read).is_err() {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    fn is_dead(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Reads the tasks that nobody has taken yet, until there are none or nobody listens.
pub(crate) fn read_tasks(tasks: &[Task], next: &AtomicUsize, stop: &AtomicBool, out: &Sender<FromFile>) {
    let line = Line { out, stop };
    while !line.is_dead() {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(task) = tasks.get(number) else { return };
        if task.known.is_some() && task.known == hash_of(&task.source.path).ok() {
            line.hand(FromFile::Touched(number));
            continue;
        }
        let read = catch_unwind(AssertUnwindSafe(|| {
            read_each(&task.source, &task.options, &mut |item| {
                if !line.is_dead() {
                    line.hand(match item {
                        Item::Article(article, _) => prepared(number, task, &article),
                        Item::Problem(problem) => FromFile::Problem(number, problem),
                    });
                }
            })
        }));
        let hash = read.unwrap_or_else(|_| {
            line.hand(FromFile::Problem(number, fault(task, None, "the rest of this file")));
            0
        });
        line.hand(FromFile::End(number, hash));
    }
}

/// Finds the quotes of an article and makes its documents. A fault of ours in one article is a
/// problem of that article, and never the end of a run over an archive.
fn prepared(number: usize, task: &Task, article: &Article) -> FromFile {
    let made = catch_unwind(AssertUnwindSafe(|| {
        let found = found(task, article);
        (found.quotes.len(), schema::documents(article, &found))
    }));
    match made {
        Ok((quotes, documents)) => FromFile::Article(Box::new(ReadArticle {
            task: number,
            held: Held { key: schema::key(&article.id), record: record(article) },
            text_bytes: article.text.as_str().len(),
            quotes,
            documents,
        })),
        Err(_) => FromFile::Problem(number, fault(task, Some(article.meta.path.clone()), "this article")),
    }
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
