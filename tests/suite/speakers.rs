//! Speakers across the archive: what is known of them does not depend on how the archive grew.

use onrecord::index::{BuildOptions, Entity, IndexError, Reader, update};
use onrecord::ingest::Options;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

/// Names that join, stay apart, or join near one another alone.
const NAMES: [&str; 12] = [
    "Ada Lund",
    "Ada B. Lund",
    "Ada C. Lund",
    "Lund",
    "Bob Rask",
    "Robert Rask",
    "Rask",
    "J. K. Moro",
    "Jane Moro",
    "Viktor Kovács",
    "Kovacs Viktor",
    "Per Lund",
];

/// An article in which somebody speaks: who, in which outlet, in which year.
fn article((name, outlet, year): &(usize, usize, u16), number: usize) -> String {
    let text = format!("“The tide is number {number},” {} said.", NAMES[*name]);
    format!(r#"{{"title":"Tide {number}","text":"{text}","date":"{year}-06-01","outlet":"Paper {outlet}"}}"#)
}

/// The speakers of an archive that holds these articles, each in a file of its own, indexed in that
/// order: some first, the rest in a second run.
fn speakers(articles: &[String], first: usize, commit_bytes: usize) -> Vec<Entity> {
    let home = tempfile::tempdir().unwrap();
    let (news, dir) = (home.path().join("news"), home.path().join("index"));
    fs::create_dir(&news).unwrap();
    let build = BuildOptions { commit_bytes, threads: 2, ..BuildOptions::default() };
    for part in [0..first, first..articles.len()] {
        for number in part {
            fs::write(news.join(format!("{number:03}.json")), &articles[number]).unwrap();
        }
        index(&dir, &news, &build);
    }
    let reader = Reader::open(&dir).unwrap();
    reader.entities().unwrap().iter().cloned().collect()
}

/// Brings the index up to date. A session that starts a program just now may hold our lock for a
/// moment: between fork and exec it has all our files open.
fn index(dir: &Path, news: &Path, build: &BuildOptions) {
    loop {
        match update(dir, &[news.to_owned()], &Options::default(), build, &|_| ()) {
            Err(IndexError::Busy { .. }) => std::thread::yield_now(),
            ended => break drop(ended.unwrap()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_articles_never_matters(
        said in prop::collection::vec((0..NAMES.len(), 0..2usize, 2005..2016u16), 1..24),
        seed in any::<prop::sample::Index>(),
    ) {
        let articles: Vec<String> = said.iter().enumerate().map(|(n, a)| article(a, n)).collect();
        let at_once = speakers(&articles, articles.len(), usize::MAX);
        let mut turned = articles.clone();
        turned.rotate_left(seed.index(articles.len()));
        turned.reverse();
        prop_assert_eq!(speakers(&turned, seed.index(articles.len()), 500), at_once);
    }
}
