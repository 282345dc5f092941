use crate::index::IndexError;
use crate::index::journal::{self, Committed, Journal};
use crate::ingest::Problem;
use crate::schema::key;
use foldhash::HashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A file by the number of its root and its path below it: `0/2016/a.txt`. The order of names is
/// the order in which files own an article that several of them hold.
pub(crate) type Name = Arc<str>;

/// The manifest: which files were read, when they looked how, and which articles they hold.
#[derive(Default)]
pub(crate) struct Manifest {
    files: BTreeMap<Name, Entry>,
    holders: HashMap<u64, Vec<Name>>,
    /// Files whose entries changed since the last commit.
    changed: BTreeSet<Name>,
    /// Articles found since then in files not yet read to their end.
    more: BTreeMap<Name, Vec<Held>>,
}

/// What is known of one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Whether it was read to its end, as it is described here. Where it was not, it must be read
    /// again; `articles` are then all those of it that may be in the index.
    pub(crate) whole: bool,
    /// Bytes.
    pub(crate) size: u64,
    /// Time of its last change, nanoseconds since 1970.
    pub(crate) modified: i64,
    /// Hash of its content, 0 where it was not read to its end.
    pub(crate) hash: u64,
    /// Hash of the options it was read with.
    pub(crate) options: u64,
    /// Its articles, in the order of the file.
    pub(crate) articles: Vec<Held>,
    /// What could not be read of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) problems: Vec<Problem>,
}

/// An article in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(String, u64)", into = "(String, u64)")]
pub(crate) struct Held {
    /// The digits of the article's id.
    pub(crate) key: u64,
    /// Hash of the outlet's own id of it; 0 where it has none.
    pub(crate) record: u64,
}

impl Held {
    /// The article's id.
    pub(crate) fn id(self) -> String {
        format!("a{:015x}", self.key)
    }
}

impl From<(String, u64)> for Held {
    fn from((id, record): (String, u64)) -> Held {
        Held { key: key(&id), record }
    }
}

impl From<Held> for (String, u64) {
    fn from(held: Held) -> (String, u64) {
        (held.id(), held.record)
    }
}

/// A line of the journal: what is known of a file from here on.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    file: Cow<'a, str>,
    what: What<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum What<'a> {
    /// All of it.
    Is(Cow<'a, Entry>),
    /// More articles, while it is being read.
    More(Cow<'a, [Held]>),
    /// It is no longer in the archive.
    Gone,
}

impl Manifest {
    /// The manifest of a commit.
    pub(crate) fn read(dir: &Path, folder: &Path, committed: &Committed) -> Result<Manifest, IndexError> {
        Manifest::of(dir, &committed.read(dir, folder)?)
    }

    /// The manifest a journal tells.
    pub(crate) fn of(dir: &Path, journal: &[u8]) -> Result<Manifest, IndexError> {
        let mut manifest = Manifest::default();
        let damaged = |e: &dyn std::fmt::Display| IndexError::damaged(dir, format!("journal: {e}"));
        let lines = journal::lines(journal).map_err(|e| damaged(&e))?;
        for line in lines.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
            manifest.apply(serde_json::from_slice(line).map_err(|e| damaged(&e))?);
        }
        manifest.changed.clear();
        manifest.more.clear();
        Ok(manifest)
    }

    /// What can be learned of a manifest that is no longer what was committed: every line that can be read of the
    /// journal with this number, else of the last.
    pub(crate) fn salvaged(folder: &Path, number: Option<u32>) -> Manifest {
        let committed = number.and_then(|number| fs::read(journal::path(folder, number)).ok());
        let last = || journal::last(folder).and_then(|path| fs::read(path).ok());
        let journal = committed.or_else(last).unwrap_or_default();
        let mut manifest = Manifest::default();
        for line in journal::salvaged(&journal).split(|b| *b == b'\n') {
            if let Ok(line) = serde_json::from_slice(line) {
                manifest.apply(line);
            }
        }
        manifest
    }

    fn apply(&mut self, line: Line<'_>) {
        let name = Name::from(line.file);
        match line.what {
            What::Is(entry) => self.set(&name, entry.into_owned()),
            What::More(articles) => articles.iter().for_each(|held| self.add(&name, *held)),
            What::Gone => drop(self.remove(&name)),
        }
    }

    /// What is known of a file.
    pub(crate) fn get(&self, name: &str) -> Option<&Entry> {
        self.files.get(name)
    }

    /// Whether anything changed since the last commit.
    pub(crate) fn is_changed(&self) -> bool {
        !self.changed.is_empty() || !self.more.is_empty()
    }

    /// The names of all files, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        self.files.keys()
    }

    /// How many files were read.
    pub(crate) fn files(&self) -> usize {
        self.files.len()
    }

    /// Every problem with the file it is of, in order of the files.
    pub(crate) fn problems(&self) -> impl Iterator<Item = (&Name, &Problem)> {
        self.files.iter().flat_map(|(name, entry)| entry.problems.iter().map(move |p| (name, p)))
    }

    /// Every article of every file, in order of the files.
    pub(crate) fn articles(&self) -> impl Iterator<Item = Held> {
        self.files.values().flat_map(|entry| entry.articles.iter().copied())
    }

    /// The files that hold an article, in order.
    pub(crate) fn holders(&self, article: u64) -> &[Name] {
        self.holders.get(&article).map_or(&[], Vec::as_slice)
    }

    /// Records what is known of a file.
    pub(crate) fn set(&mut self, name: &Name, entry: Entry) {
        if let Some(known) = self.files.get_mut(name).filter(|known| known.articles == entry.articles) {
            *known = entry;
            self.changed.insert(name.clone());
            self.more.remove(name);
            return;
        }
        self.remove(name);
        for held in &entry.articles {
            self.hold(held.key, name);
        }
        self.files.insert(name.clone(), entry);
    }

    /// Changes an entry without changing its articles.
    pub(crate) fn amend(&mut self, name: &Name, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.files.get_mut(name) {
            change(entry);
            self.changed.insert(name.clone());
        }
    }

    /// Records that a file holds one more article, while it is being read.
    pub(crate) fn add(&mut self, name: &Name, held: Held) {
        let entry = self.files.entry(name.clone()).or_insert_with(|| {
            self.changed.insert(name.clone());
            Entry::default()
        });
        entry.articles.push(held);
        self.more.entry(name.clone()).or_default().push(held);
        self.hold(held.key, name);
    }

    /// Forgets a file.
    pub(crate) fn remove(&mut self, name: &Name) -> Option<Entry> {
        self.changed.insert(name.clone());
        self.more.remove(name);
        let entry = self.files.remove(name)?;
        for held in &entry.articles {
            if let Some(holders) = self.holders.get_mut(&held.key) {
                holders.retain(|holder| holder != name);
                if holders.is_empty() {
                    self.holders.remove(&held.key);
                }
            }
        }
        Some(entry)
    }

    fn hold(&mut self, article: u64, name: &Name) {
        let holders = self.holders.entry(article).or_default();
        if let Err(place) = holders.binary_search(name) {
            holders.insert(place, name.clone());
        }
    }

    /// Appends what changed since the last commit to the journal; a journal mostly of outdated
    /// lines is replaced by a new one.
    pub(crate) fn append_to(&mut self, journal: &mut Journal) -> Result<(), IndexError> {
        let mut lines = Vec::new();
        let mut more = std::mem::take(&mut self.more);
        for name in std::mem::take(&mut self.changed) {
            more.remove(&name);
            line(&mut lines, &name, self.files.get(&name).map_or(What::Gone, |e| What::Is(Cow::Borrowed(e))));
        }
        for (name, articles) in more {
            line(&mut lines, &name, What::More(Cow::Owned(articles)));
        }
        journal.append(&packed(&lines)?)?;
        // Measured by writing it anew only when it has grown past what any small archive has.
        if journal.length() > COMPACT_PAST {
            let mut all = Vec::new();
            self.files.iter().for_each(|(name, entry)| line(&mut all, name, What::Is(Cow::Borrowed(entry))));
            let all = packed(&all)?;
            if journal.length() > 2 * all.len() as u64 {
                let mut next = journal.next()?;
                next.append(&all)?;
                *journal = next;
            }
        }
        Ok(())
    }
}

const COMPACT_PAST: u64 = 1 << 18;

fn packed(lines: &[u8]) -> Result<Vec<u8>, IndexError> {
    // Into memory alone: there is no file to name.
    journal::packed(lines).map_err(IndexError::io("pack", Path::new("the journal")))
}

fn line(lines: &mut Vec<u8>, name: &str, what: What<'_>) {
    // Strings and numbers alone: there is nothing JSON cannot hold.
    if let Ok(text) = serde_json::to_vec(&Line { file: name.into(), what }) {
        lines.extend_from_slice(&text);
        lines.push(b'\n');
    }
}
