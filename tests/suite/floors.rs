//! The law of floors: a room names only rooms declared above it in `src/lib.rs`.

use std::fs;
use std::path::Path;

#[test]
fn a_room_names_only_rooms_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(root.join("lib.rs")).unwrap();
    let rooms: Vec<&str> =
        lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 5, "no rooms found in lib.rs");
    let mut broken = Vec::new();
    for (floor, room) in rooms.iter().enumerate() {
        for (file, source) in sources(&root.join(room)) {
            for (number, line) in source.lines().enumerate() {
                for named in named_rooms(line) {
                    let allowed = rooms[..=floor].contains(&named.as_str());
                    if !allowed {
                        broken.push(format!("{file}:{}: `{room}` names `{named}`", number + 1));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "the law of floors is broken:\n{}", broken.join("\n"));
}

/// What `src/lib.rs` says never happens, as far as a word in the source can show it: only these
/// rooms may name these things.
const ONLY: [(&str, &[&str]); 6] = [
    ("tantivy::", &["schema", "index", "search"]),
    ("std::fs", &["ingest", "index", "cli"]),
    ("walkdir::", &["ingest"]),
    ("std::env", &["cli"]),
    ("Zoned::now", &["cli"]),
    ("clap::", &["cli"]),
];

#[test]
fn what_never_happens_does_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    for (file, source) in sources(&root) {
        let room = file.strip_prefix(&format!("{}/", root.display())).unwrap().split('/').next().unwrap();
        let code = source.lines().take_while(|line| !line.contains("#[cfg(test)]"));
        for (line, (thing, rooms)) in code.flat_map(|line| ONLY.map(|only| (line, only))) {
            if line.contains(thing)
                && !line.trim_start().starts_with("//")
                && !rooms.contains(&room)
                && room != "main.rs"
            {
                broken.push(format!("{file}: `{room}` names `{thing}`: {}", line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "what never happens:\n{}", broken.join("\n"));
}

/// Every room a line names by `crate::x`.
fn named_rooms(line: &str) -> Vec<String> {
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut named: Vec<String> = line.split("crate::").skip(1).map(word).collect();
    if line.contains("use crate::{") {
        named = vec!["{…} (name each room on a line of its own)".into()];
    }
    named.retain(|n| !n.is_empty());
    named
}

fn sources(dir: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut dirs = vec![dir.to_path_buf()];
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
