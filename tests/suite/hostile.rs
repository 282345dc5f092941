//! A set of files that mean harm: none hangs or panics, each is answered with its reason, and what
//! is whole of it is read.

use crate::hostile_files::{ANY, Hostile, all, beyond};
use onrecord::ingest::{Contents, Limits, Options, Reason, read, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn tight() -> Options {
    let limits = Limits {
        record: beyond::RECORD,
        text: beyond::TEXT,
        depth: beyond::DEPTH,
        unpacked: beyond::UNPACKED as u64,
        ratio: beyond::RATIO,
        ratio_after: beyond::RATIO_AFTER as u64,
        members: beyond::MEMBERS as u64,
        ..Limits::default()
    };
    Options { limits, ..Options::default() }
}

/// Writes the files, each class in a folder of its own.
fn write(files: &[Hostile], root: &Path) -> BTreeMap<PathBuf, usize> {
    let mut paths = BTreeMap::new();
    for (number, file) in files.iter().enumerate() {
        let folder = root.join(file.class);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name_of(&file.name));
        fs::write(&path, &file.bytes).unwrap();
        assert!(paths.insert(path, number).is_none(), "two files of one name");
    }
    paths
}

#[cfg(unix)]
fn name_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn name_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// What is wrong with what became of a file.
fn wrong(file: &Hostile, contents: &Contents, took: Duration) -> Option<String> {
    let codes: Vec<&str> = contents.problems.iter().map(|p| p.code.as_str()).collect();
    let known = codes.iter().all(|code| Reason::ALL.iter().any(|r| r.code() == *code));
    let right = file.codes == ["*"] || codes == file.codes;
    let count = contents.articles.len();
    let bounded = contents.articles.iter().all(|a| a.text.as_str().len() <= beyond::TEXT);
    let fine = known && right && bounded && (file.articles == ANY || count == file.articles);
    // Far more than any needs, so that only a hang fails.
    (!fine || took > Duration::from_secs(30)).then(|| {
        let wanted = format!("{} articles, {:?}", file.articles, file.codes);
        format!(
            "{}: {count} articles, {codes:?} in {took:?}, not {wanted}",
            String::from_utf8_lossy(&file.name)
        )
    })
}

#[test]
fn every_hostile_file_is_answered_with_its_reason() {
    let files = all();
    let classes: BTreeSet<&str> = files.iter().map(|file| file.class).collect();
    assert!(files.len() >= 300 && classes.len() >= 40, "{} files in {} classes", files.len(), classes.len());
    let folder = TempDir::new().unwrap();
    let paths = write(&files, folder.path());
    let (options, mut failed, mut read_files) = (tight(), Vec::new(), 0);
    for source in walk(&[folder.path().to_path_buf()]) {
        let source = source.unwrap();
        let file = &files[paths[&source.path]];
        let begun = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| read(&source, &options))) {
            Ok(contents) => failed.extend(wrong(file, &contents, begun.elapsed())),
            Err(_) => failed.push(format!("{}: a panic", source.shown)),
        }
        read_files += 1;
    }
    assert_eq!(read_files, files.len());
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), files.len(), failed.join("\n"));
}

#[test]
fn every_reason_is_met_by_some_file() {
    let met: BTreeSet<&str> = all().iter().flat_map(|file| file.codes.clone()).collect();
    // Those of the file system have a test of their own; see `ingest`.
    let elsewhere = ["missing", "unreadable", "dangling-link", "linked-folder", "not-a-file"];
    let unmet: Vec<&str> =
        Reason::ALL.iter().map(|r| r.code()).filter(|c| !met.contains(c) && !elsewhere.contains(c)).collect();
    assert!(unmet.is_empty(), "no file of the set is answered with {unmet:?}");
}

/// The same at full size: `cargo test --release --test suite -- --ignored --nocapture full_size`.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "writes three gigabytes"]
#[allow(clippy::print_stdout, reason = "its figures are what it is run for")]
fn full_size_files_stay_within_time_and_memory() {
    let folder = TempDir::new().unwrap();
    write(&all(), folder.path());
    let gigantic = gigantic_files(folder.path());
    let options = Options::default();
    let begun = Instant::now();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut largest, mut files) = (0, 0);
    for source in walk(&[folder.path().to_path_buf()]) {
        let (source, base, start) = (source.unwrap(), memory_from_here(), Instant::now());
        let contents = read(&source, &options);
        let grown = memory("VmHWM:") - base;
        (files, largest) = (files + 1, grown.max(largest));
        contents.problems.iter().for_each(|p| *counts.entry(p.code.clone()).or_default() += 1);
        if let Some(codes) = gigantic.get(&source.path) {
            let found: Vec<&str> = contents.problems.iter().map(|p| p.code.as_str()).collect();
            assert_eq!(found, *codes, "{}", source.shown);
            println!("{}: {:?}, {grown} kB above the base", source.shown, start.elapsed());
            assert!(grown < 64 << 10);
        }
    }
    println!("{files} files in {:?}, {largest} kB above the base at most: {counts:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(120) && largest < 1 << 20);
}

/// Files beyond the limits that hold by default, in the order in which they are read.
#[cfg(target_os = "linux")]
fn gigantic_files(root: &Path) -> BTreeMap<PathBuf, &'static [&'static str]> {
    use std::io::Write;
    let folder = root.join("0-gigantic");
    fs::create_dir_all(&folder).unwrap();
    let megabyte = b"word ".repeat((1 << 20) / 5);
    let repeated =
        |times: usize, out: &mut dyn Write| (0..times).for_each(|_| out.write_all(&megabyte).unwrap());
    let mut made: BTreeMap<PathBuf, &'static [&'static str]> = BTreeMap::new();
    for (name, megabytes) in [("1-line.jsonl", 2048), ("2-line.txt", 200), ("3-line.warc", 200)] {
        let mut file = fs::File::create(folder.join(name)).unwrap();
        repeated(megabytes, &mut file);
        file.write_all(b"\n{\"text\":\"The mayor spoke.\"}\n").unwrap();
    }
    made.insert(folder.join("1-line.jsonl"), &["too-large"]);
    made.insert(folder.join("2-line.txt"), &["too-large"]);
    made.insert(folder.join("3-line.warc"), &["bad-record"]);
    let gz = fs::File::create(folder.join("4-bomb.jsonl.gz")).unwrap();
    let mut gz = flate2::write::GzEncoder::new(gz, flate2::Compression::default());
    let nothing = vec![b' '; 1 << 20];
    (0..2000).for_each(|_| gz.write_all(&nothing).unwrap());
    gz.finish().unwrap();
    made.insert(folder.join("4-bomb.jsonl.gz"), &["unpacked-limit"]);
    let zst = fs::File::create(folder.join("5-bomb.tar.zst")).unwrap();
    let mut zst = zstd::Encoder::new(zst, 1).unwrap();
    repeated(6000, &mut zst);
    zst.finish().unwrap();
    made.insert(folder.join("5-bomb.tar.zst"), &["too-large", "unpacked-limit"]);
    made
}

/// What this process holds, in kilobytes; its peak is counted anew from here.
#[cfg(target_os = "linux")]
fn memory_from_here() -> usize {
    fs::write("/proc/self/clear_refs", "5").unwrap();
    memory("VmRSS:")
}

#[cfg(target_os = "linux")]
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
