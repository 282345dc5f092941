//! Files that change, vanish or turn into something else between being found and being read, and
//! while they are read: none hangs or panics, each is answered with what is there or with a reason.
#![cfg(unix)]

use onrecord::ingest::{Item, Options, Source, read, read_each, walk};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn line(number: usize) -> String {
    format!(
        "{{\"title\": \"Report {number}\", \"text\": \"The mayor spoke {number} times. {}\"}}\n",
        "So it is. ".repeat(20)
    )
}

fn lines(count: usize) -> String {
    (0..count).map(line).collect()
}

/// What becomes of a file of ten articles that is changed after it was found: how many articles, and
/// the codes of the problems.
fn after(change: fn(&Path)) -> (usize, Vec<String>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(&path, lines(10)).unwrap();
    let sources: Vec<Source> = walk(&[folder.path().to_path_buf()]).collect::<Result<_, _>>().unwrap();
    change(&path);
    let contents = read(&sources[0], &Options::default());
    (contents.articles.len(), contents.problems.into_iter().map(|p| p.code).collect())
}

fn turned_into(path: &Path, what: &str) {
    fs::remove_file(path).unwrap();
    match what {
        "folder" => fs::create_dir(path).unwrap(),
        "pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "device" => symlink("/dev/zero", path).unwrap(),
        "loop" => symlink(path, path).unwrap(),
        _ => {}
    }
}

#[test]
fn between_being_found_and_being_read() {
    let half = |path: &Path| {
        let whole = fs::read(path).unwrap();
        fs::write(path, &whole[..line(0).len() * 5 + 30]).unwrap();
    };
    assert_eq!(after(|_| ()), (10, vec![]));
    assert_eq!(after(half), (5, vec!["bad-json".to_owned()]));
    assert_eq!(after(|path| fs::write(path, lines(30)).unwrap()), (30, vec![]));
    assert_eq!(after(|path| fs::write(path, "").unwrap()), (0, vec!["empty".to_owned()]));
    assert_eq!(after(|path| fs::write(path, b"\0\x01\x02PNG").unwrap()).0, 0);
    assert_eq!(after(|path| turned_into(path, "nothing")), (0, vec!["missing".to_owned()]));
    assert_eq!(after(|path| turned_into(path, "folder")), (0, vec!["not-a-file".to_owned()]));
    assert_eq!(after(|path| turned_into(path, "pipe")), (0, vec!["not-a-file".to_owned()]));
    assert_eq!(after(|path| turned_into(path, "device")), (0, vec!["not-a-file".to_owned()]));
    assert_eq!(after(|path| turned_into(path, "loop")).1.len(), 1);
}

/// Reads a file of 20,000 articles, doing something to it once the first is there.
fn meanwhile(name: &str, change: &dyn Fn(&Path)) -> (usize, usize) {
    let folder = TempDir::new().unwrap();
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, lines(20_000)).unwrap();
    let source = Source::file(&path).unwrap();
    let (mut articles, mut problems) = (0, 0);
    read_each(&source, &Options::default(), &mut |item| match item {
        Item::Article(..) => {
            if articles == 0 {
                change(&path);
            }
            articles += 1;
        }
        Item::Problem(_) => problems += 1,
    });
    (articles, problems)
}

#[test]
fn while_it_is_read() {
    let cut = |path: &Path| fs::File::options().write(true).open(path).unwrap().set_len(100).unwrap();
    let (articles, problems) = meanwhile("a.jsonl", &cut);
    assert!((1..20_000).contains(&articles) && problems <= 1, "{articles}, {problems}");
    // What is open stays whole when only its name goes.
    assert_eq!(meanwhile("a.jsonl", &|path| fs::remove_file(path).unwrap()), (20_000, 0));
    assert_eq!(meanwhile("a.jsonl", &|path| turned_into(path, "pipe")), (20_000, 0));
}
