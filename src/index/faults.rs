//! Every step a run does on the disk fails once, in three ways; whatever becomes of the run, the
//! index is sound afterwards, a run that says it is done has lost nothing, and the next one makes
//! it whole.

use crate::index::build::{BuildOptions, Summary, update_on};
use crate::index::disk::{Act, Disk, Gate};
use crate::index::{IndexError, Level, Reader, check};
use crate::ingest::Options;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_64;

/// How a disk fails.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// One step is refused; the next ones are done.
    Once,
    /// Half of what was to be written is written, and nothing is done any more.
    Torn,
    /// From here on there is no room; what is there can be read and removed.
    Full,
}

/// A disk that fails at a step.
#[derive(Debug)]
struct Failing {
    kind: Kind,
    at: usize,
    steps: AtomicUsize,
    failed: AtomicBool,
}

impl Gate for Failing {
    fn ask(&self, act: Act) -> io::Result<usize> {
        let step = self.steps.fetch_add(1, Ordering::SeqCst);
        let bytes = if let Act::Write(bytes) = act { bytes } else { 0 };
        let (fails, how) = match self.kind {
            Kind::Once => (step == self.at, io::ErrorKind::Other),
            Kind::Torn => (step >= self.at, io::ErrorKind::Other),
            Kind::Full => {
                (step >= self.at && matches!(act, Act::Make | Act::Write(_)), io::ErrorKind::StorageFull)
            }
        };
        if !fails {
            return Ok(bytes);
        }
        self.failed.store(true, Ordering::SeqCst);
        if matches!(self.kind, Kind::Torn) && step == self.at && bytes > 1 {
            return Ok(bytes / 2);
        }
        Err(io::Error::new(how, "refused by the test"))
    }
}

/// A run that is repeated with a fault at every step.
struct Run {
    /// The archive.
    news: PathBuf,
    /// The index it begins with, copied for every run.
    before: Option<PathBuf>,
    /// How it is run.
    build: BuildOptions,
    /// A fault at every one of so many steps.
    stride: usize,
}

/// What came of all the runs.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    runs: usize,
    refused: usize,
    done_nevertheless: usize,
}

impl Run {
    /// Lets every step fail, until a run passes.
    fn every_step_fails(&self, kind: Kind) -> Outcome {
        let whole = self.once(usize::MAX, kind).expect("a run without faults").0;
        let mut outcome = Outcome::default();
        let mut at = 0;
        loop {
            let Some((held, said)) = self.once(at, kind) else { return outcome };
            assert_eq!(held, whole, "{kind:?} at step {at}: what is held after the next run");
            outcome.runs += 1;
            match said {
                Ok(_) => outcome.done_nevertheless += 1,
                Err(_) => outcome.refused += 1,
            }
            at += self.stride;
        }
    }

    /// A run with a fault at a step, and one without: what is held then, and what the first run
    /// said. None where that step was never reached.
    fn once(&self, at: usize, kind: Kind) -> Option<(BTreeMap<String, u64>, Result<Summary, String>)> {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("index");
        if let Some(before) = &self.before {
            copy(before, &dir);
        }
        let held_before = self.before.as_ref().map(|before| held(before));
        let gate = Arc::new(Failing { kind, at, steps: AtomicUsize::new(0), failed: AtomicBool::new(false) });
        let said = self.update(&Disk::behind(gate.clone()), &dir);
        if !gate.failed.load(Ordering::SeqCst) && at != usize::MAX {
            return None;
        }
        let place = format!("{kind:?} at step {at}, which ended with {said:?}");
        match check(&dir, Level::ReadData) {
            Ok(found) => assert!(found.is_sound(), "{place}: {:?}", found.damaged),
            Err(IndexError::NotFound(_)) => assert!(said.is_err() && self.before.is_none(), "{place}"),
            Err(error) => panic!("{place}: {error}"),
        }
        let after_fault = said.is_ok().then(|| held(&dir));
        if let (Err(_), Some(before), true) = (&said, &held_before, self.build.rebuild) {
            assert_eq!(&held(&dir), before, "{place}: the old generation is in use");
        }
        self.update(&Disk::of(&dir), &dir).unwrap_or_else(|error| panic!("{place}, then {error}"));
        let found = check(&dir, Level::ReadData).unwrap();
        assert!(found.is_sound(), "{place}, after the next run: {:?}", found.damaged);
        assert_eq!(found.leftovers, Vec::<PathBuf>::new(), "{place}: swept");
        let held = held(&dir);
        if let Some(after_fault) = after_fault {
            assert_eq!(after_fault, held, "{place}: it said it was done");
        }
        Some((held, said))
    }

    /// Runs; one that hangs has failed.
    fn update(&self, disk: &Disk, dir: &Path) -> Result<Summary, String> {
        let (done, wait) = mpsc::channel();
        let (disk, dir, news, build) =
            (disk.clone(), dir.to_path_buf(), self.news.clone(), self.build.clone());
        thread::spawn(move || {
            let said = update_on(&disk, &dir, &[news], &Options::default(), &build, &|_| {});
            // Nobody waits any more where it took too long.
            let _ = done.send(said.map_err(|error| error.to_string()));
        });
        wait.recv_timeout(Duration::from_secs(120)).expect("the run hangs or panicked")
    }
}

/// Everything an index holds: the hash of each article and its quotes, by its id.
fn held(dir: &Path) -> BTreeMap<String, u64> {
    let reader = Reader::open(dir).unwrap();
    let mut held = BTreeMap::new();
    let all = reader.with_id("a", usize::MAX).unwrap();
    assert_eq!(all.len() as u64, reader.stats().unwrap().articles);
    for place in all {
        let (article, quotes) = reader.article_at(place.article).unwrap();
        let content = format!("{:?} {quotes:?}", article.text);
        let twice = held.insert(article.id.clone(), xxh3_64(content.as_bytes()));
        assert!(twice.is_none(), "{} is held twice", article.id);
    }
    held
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|e| (e.path(), e.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Articles of our newspaper in files of four.
fn write_news(news: &Path, articles: std::ops::Range<usize>) {
    let article = |n: usize| {
        let text =
            format!("“This is tide {n},” said Ada Lund{n}, the harbour master.\\n\\nShe said it would pass.");
        format!(r#"{{"title":"Tide {n}","text":"{text}","date":"2016-10-12","outlet":"The Lantern"}}"#)
    };
    fs::create_dir_all(news).unwrap();
    for first in articles.clone().step_by(4) {
        let four: Vec<String> = (first..articles.end.min(first + 4)).map(article).collect();
        fs::write(news.join(format!("{first}.jsonl")), four.join("\n")).unwrap();
    }
}

const ALL: [Kind; 3] = [Kind::Once, Kind::Torn, Kind::Full];

/// One thread, several commits: steps come in the same order, up to merges.
fn several_commits(commit_bytes: usize) -> BuildOptions {
    BuildOptions { threads: 1, commit_bytes, memory: 16 << 20, ..BuildOptions::default() }
}

#[test]
fn a_first_run_survives_every_fault() {
    let home = tempfile::tempdir().unwrap();
    let news = home.path().join("news");
    write_news(&news, 0..12);
    let run = Run { news, before: None, build: several_commits(400), stride: 23 };
    for kind in ALL {
        let outcome = run.every_step_fails(kind);
        assert!(outcome.refused > 2, "{kind:?}: {outcome:?}");
    }
}

#[test]
fn an_update_and_a_rebuild_survive_every_fault() {
    let home = tempfile::tempdir().unwrap();
    let (news, before) = (home.path().join("news"), home.path().join("before"));
    write_news(&news, 0..12);
    let first = Run { news, before: None, build: several_commits(400), stride: 1 };
    first.update(&Disk::of(home.path()), &before).unwrap();
    // One file is gone, one says something else, one is new.
    fs::remove_file(first.news.join("0.jsonl")).unwrap();
    write_news(&first.news.join("more"), 10..16);
    fs::copy(first.news.join("more/10.jsonl"), first.news.join("4.jsonl")).unwrap();
    let build = BuildOptions { prune: true, ..several_commits(400) };
    let update = Run { before: Some(before.clone()), build, stride: 41, ..first };
    for kind in ALL {
        let outcome = update.every_step_fails(kind);
        assert!(outcome.refused > 1, "{kind:?}: {outcome:?}");
    }
    let build = BuildOptions { rebuild: true, ..several_commits(400) };
    let rebuild = Run { build, stride: 53, ..update };
    for kind in ALL {
        let outcome = rebuild.every_step_fails(kind);
        assert!(outcome.refused > 1, "{kind:?}: {outcome:?}");
    }
}

/// The measure: `ONRECORD_NEWS=FOLDER cargo test --lib -- --ignored --nocapture full_measure` lets every
/// step of an indexing run over the articles of a folder fail, in three ways each; without a folder,
/// over 300 articles of our newspaper.
#[test]
#[ignore = "takes a quarter of an hour"]
#[allow(clippy::print_stdout, reason = "it is asked for by a person, who reads it")]
fn full_measure() {
    let home = tempfile::tempdir().unwrap();
    let news = option_env!("ONRECORD_NEWS").map_or(home.path().join("news"), PathBuf::from);
    if !news.exists() {
        write_news(&news, 0..300);
    }
    let run = Run { news, before: None, build: several_commits(60_000), stride: 1 };
    thread::scope(|scope| {
        for kind in ALL {
            let run = &run;
            scope.spawn(move || println!("{kind:?}: {:?}, none inconsistent", run.every_step_fails(kind)));
        }
    });
}
