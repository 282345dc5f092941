//! Damage: every byte that goes wrong is found, a search on it ends with an answer or a word on what
//! to do, and what is damaged is mended from the sources.

use crate::index::{Archive, lantern};
use onrecord::index::{BuildOptions, Level, Reader, check, compare, repair};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An archive with articles enough for a file of every kind, and one of them replaced.
fn kept() -> Archive {
    let archive = Archive::usual();
    let waves = |from: usize| (from..from + 40).map(|n| lantern(&format!("Wave {n}"))).collect::<Vec<_>>();
    archive.put("waves.jsonl", &waves(0));
    archive.update();
    archive.put("waves.jsonl", &waves(3));
    archive.update();
    archive
}

/// Every file that says something, the least first.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for folder in [dir.to_path_buf(), dir.join("g1")] {
        all.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    all.retain(|path| path.is_file() && path.extension().is_none_or(|ending| ending != "lock"));
    all.sort_by_key(|path| (fs::metadata(path).unwrap().len(), path.clone()));
    all
}

/// Numbers that look like chance and are the same every time.
fn chance(seed: &mut u64) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    (*seed >> 11) as usize
}

/// What became of many flipped bytes.
#[derive(Debug, Default)]
struct Flips {
    found: usize,
    answered: usize,
    refused: usize,
}

/// Flips a byte at a time, in every file in turn: the check must name the file, and a search must end.
fn flip(flips: usize, searched: impl Fn(usize) -> bool) -> Flips {
    let archive = kept();
    let dir = archive.dir();
    let files = files(&dir);
    assert!(files.iter().any(|file| file.ends_with("g1/.managed.json")), "{files:?}");
    let (mut seen, mut seed) = (Flips::default(), 0x5EED);
    for number in 0..flips {
        let file = &files[number % files.len()];
        let whole = fs::read(file).unwrap();
        let place = chance(&mut seed) % whole.len();
        let mut other = whole.clone();
        other[place] ^= (chance(&mut seed) % 255 + 1) as u8;
        fs::write(file, &other).unwrap();
        let what = format!("byte {place} of {} in {}", whole.len(), file.display());
        let found = check(&dir, Level::Checksums).unwrap_or_else(|error| panic!("{what}: {error}"));
        let named: Vec<&PathBuf> = found.damaged.iter().map(|damage| &damage.path).collect();
        assert!(named.contains(&file), "{what}: {named:?}");
        seen.found += 1;
        if searched(number) {
            match search(&dir) {
                Ok(true) => seen.answered += 1,
                Ok(false) => seen.refused += 1,
                Err(how) => panic!("{what}: the search was killed, or did not say what to do: {how}"),
            }
        }
        fs::write(file, &whole).unwrap();
    }
    assert!(check(&dir, Level::ReadData).unwrap().is_sound());
    seen
}

/// Searches with 4 GB of addresses and ten seconds: whether it answered, or refused with a word on
/// what to do; an error where it did neither.
fn search(dir: &Path) -> Result<bool, String> {
    let program = env!("CARGO_BIN_EXE_onrecord");
    let line = format!(
        "ulimit -v 4000000; exec timeout 10 {program} search --index '{}' 'quotes by Lund about wave' \
         --facet speaker,year --limit 0 --format jsonl",
        dir.display()
    );
    let ran = Command::new("sh").args(["-c", &line]).output().unwrap();
    match ran.status.code() {
        Some(0 | 1) => Ok(true),
        Some(2) if String::from_utf8_lossy(&ran.stderr).contains("onrecord check") => Ok(false),
        other => Err(format!("{other:?}: {}", String::from_utf8_lossy(&ran.stderr))),
    }
}

#[cfg(unix)]
#[test]
fn every_flipped_byte_is_found_and_no_search_dies_of_it() {
    let seen = flip(120, |number| number % 6 == 0);
    assert_eq!((seen.found, seen.answered + seen.refused), (120, 20));
}

/// The measure: `cargo test --test suite -- --ignored --nocapture a_thousand_flipped_bytes`.
#[cfg(unix)]
#[test]
#[ignore = "takes minutes"]
#[allow(clippy::print_stdout, reason = "it is asked for by a person, who reads it")]
fn a_thousand_flipped_bytes() {
    println!("of 1000: {:?}", flip(1000, |_| true));
}

#[test]
fn every_damaged_file_is_listed() {
    let archive = kept();
    let dir = archive.dir();
    let sound = check(&dir, Level::ReadData).unwrap();
    assert!(sound.is_sound() && sound.articles == 44, "{sound:?}");
    for file in files(&dir) {
        let mut content = fs::read(&file).unwrap();
        let middle = content.len() / 2;
        content[middle] ^= 4;
        fs::write(&file, content).unwrap();
    }
    let found = check(&dir, Level::Checksums).unwrap();
    let damaged: Vec<&PathBuf> = found.damaged.iter().map(|damage| &damage.path).collect();
    let mut expected = files(&dir);
    // What the manifest should be, a damaged list of segments no longer says.
    expected.retain(|path| path.extension().is_none_or(|ending| ending != "zst"));
    expected.sort();
    assert_eq!(damaged, expected.iter().collect::<Vec<_>>());
    assert!(!check(&dir, Level::Quick).unwrap().is_sound());
}

#[test]
fn missing_and_shortened_files_are_damage() {
    for part in ["idx", "store", "fast", "term", "pos", "fieldnorm", "json", "zst"] {
        let archive = Archive::usual();
        archive.update();
        let named =
            |file: &PathBuf| file.extension().is_some_and(|e| e == part) && !file.ends_with("entities.bin");
        let file = files(&archive.dir()).into_iter().rev().find(named).unwrap();
        let whole = fs::read(&file).unwrap();
        fs::write(&file, &whole[..whole.len() - 1]).unwrap();
        assert_eq!(check(&archive.dir(), Level::Checksums).unwrap().damaged[0].path, file);
        fs::remove_file(&file).unwrap();
        let found = check(&archive.dir(), Level::Quick).unwrap();
        assert_eq!(found.damaged[0].path, file, "{found:?}");
    }
}

/// Whatever is damaged: afterwards the index holds what it held, and the aliases are as they were.
#[test]
fn what_is_damaged_is_mended() {
    let archive = kept();
    let (dir, held) = (archive.dir(), archive.holdings());
    let aliases = "Ada Lund = The Harbour Master\n";
    fs::write(dir.join("aliases.txt"), aliases).unwrap();
    assert_eq!(repair(&dir, Level::Quick, &[], &|_| {}).unwrap().summary, None);
    for ending in ["index.json", "entities.bin", "meta.json", "journal-1.zst", ".store", ".managed.json"] {
        let is_it = |file: &&PathBuf| file.to_string_lossy().ends_with(ending);
        let generation = fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).find(|p| p.is_dir()).unwrap();
        let within: Vec<PathBuf> = fs::read_dir(&generation).unwrap().map(|e| e.unwrap().path()).collect();
        let damaged = match ending {
            "index.json" => dir.join(ending),
            _ => within.iter().find(is_it).unwrap().clone(),
        };
        fs::write(&damaged, "nonsense").unwrap();
        let repaired = repair(&dir, Level::Quick, &[], &|_| {}).unwrap();
        assert_eq!(repaired.damaged[0].path, damaged);
        let from_the_rest = matches!(ending, "index.json" | "entities.bin");
        assert_eq!(repaired.rebuilt, !from_the_rest, "{ending}");
        assert!(check(&dir, Level::ReadData).unwrap().is_sound(), "{ending}");
        assert_eq!(archive.holdings(), held, "{ending}");
    }
    assert_eq!(fs::read_to_string(dir.join("aliases.txt")).unwrap(), aliases);
}

#[test]
fn an_index_that_forgot_everything_is_made_from_the_folder_named() {
    let archive = kept();
    let (dir, held) = (archive.dir(), archive.holdings());
    for file in ["index.json", "g1/index.json", "g1/journal-1.zst"].map(|file| dir.join(file)) {
        fs::write(file, "").unwrap();
    }
    assert!(repair(&dir, Level::Quick, &[], &|_| {}).is_err(), "it does not know from what");
    let repaired = repair(&dir, Level::Quick, &[archive.news()], &|_| {}).unwrap();
    assert!(repaired.rebuilt && !repaired.was_known);
    assert_eq!(archive.holdings(), held);
}

#[test]
fn a_repair_names_what_could_not_be_made_again() {
    let archive = Archive::usual();
    archive.update();
    archive.remove("c/d.jsonl");
    let store =
        files(&archive.dir()).into_iter().find(|f| f.extension().is_some_and(|e| e == "store")).unwrap();
    fs::write(store, "nonsense").unwrap();
    let repaired = repair(&archive.dir(), Level::Quick, &[], &|_| {}).unwrap();
    let lost: Vec<PathBuf> = repaired.lost().map(|problem| problem.path.clone()).collect();
    assert_eq!(lost, [archive.news().join("c/d.jsonl")]);
    assert!(repaired.was_known);
}

#[test]
fn a_lost_index_json_is_no_lost_index() {
    let archive = kept();
    let held = archive.holdings();
    fs::remove_file(archive.dir().join("index.json")).unwrap();
    let found = check(&archive.dir(), Level::Quick).unwrap();
    assert_eq!(found.damaged[0].path, archive.dir().join("index.json"));
    assert_eq!(archive.update().files_read, 0, "what was read is known");
    assert_eq!(archive.holdings(), held);
    // Beside it a file of the system's, and a rebuild that was killed: its generation says nothing of itself yet.
    fs::remove_file(archive.dir().join("index.json")).unwrap();
    fs::write(archive.dir().join("g1/.DS_Store"), "").unwrap();
    fs::create_dir(archive.dir().join("g2")).unwrap();
    fs::copy(archive.dir().join("g1/meta.json"), archive.dir().join("g2/meta.json")).unwrap();
    assert_eq!(archive.update().files_read, 0, "the one before it is known");
    assert_eq!(archive.holdings(), held);
    // What nobody can tell any more is not begun anew over what is there.
    fs::remove_file(archive.dir().join("index.json")).unwrap();
    fs::remove_file(archive.dir().join("g1/index.json")).unwrap();
    for damaged in [false, true] {
        if damaged {
            fs::write(archive.dir().join("g1/meta.json"), "{}").unwrap();
        }
        let refused = archive.build(&BuildOptions::default()).unwrap_err();
        assert!(refused.to_string().contains("index.json is lost"), "{refused}");
        assert!(archive.dir().join("g1/meta.json").exists());
    }
    let anew = BuildOptions { rebuild: true, ..BuildOptions::default() };
    archive.build(&anew).unwrap();
    assert_eq!(archive.holdings(), held);
}

#[test]
fn an_index_is_held_against_its_sources() {
    let archive = Archive::usual();
    archive.update();
    let same = compare(&archive.dir(), &archive.news()).unwrap();
    assert!(same.is_empty() && same.same == 3, "{same:?}");
    archive.put("b.jsonl", &[lantern("Ferry late"), lantern("Fog below")]);
    archive.put("new.jsonl", &[lantern("Ice")]);
    archive.remove("a.jsonl");
    let found = compare(&archive.dir(), &archive.news()).unwrap();
    let news = |file: &str| vec![archive.news().join(file)];
    assert_eq!(
        (found.missing, found.changed, found.vanished),
        (news("new.jsonl"), news("b.jsonl"), news("a.jsonl"))
    );
    let part = compare(&archive.dir(), &archive.news().join("c")).unwrap();
    assert!(part.is_empty() && part.same == 1, "{part:?}");
    // A copy elsewhere, with other times.
    let copy = tempfile::tempdir().unwrap();
    fs::write(copy.path().join("b.jsonl"), fs::read(archive.news().join("b.jsonl")).unwrap()).unwrap();
    let found = compare(&archive.dir(), copy.path()).unwrap();
    assert_eq!((found.changed.len(), found.vanished.len()), (1, 2));
}

#[test]
fn who_writes_is_told_and_an_open_index_is_searched_meanwhile() {
    let archive = Archive::usual();
    archive.update();
    let seen = std::cell::RefCell::new(None);
    let during = |_: onrecord::index::Progress| {
        let look = || (check(&archive.dir(), Level::Quick).unwrap(), Reader::open(&archive.dir()).is_ok());
        seen.borrow_mut().get_or_insert_with(look);
    };
    let options = onrecord::ingest::Options::default();
    onrecord::index::update(&archive.dir(), &[], &options, &BuildOptions::default(), &during).unwrap();
    let (found, opened) = seen.into_inner().unwrap();
    assert_eq!(found.holder.and_then(|holder| holder.pid), Some(std::process::id()));
    assert!(opened);
    assert_eq!(check(&archive.dir(), Level::Quick).unwrap().holder, None);
}
