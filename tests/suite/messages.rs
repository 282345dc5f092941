//! Every message a user can see occurs in a session. Whatever reads like a sentence in the sources, four words or
//! more between what is filled in, must stand so in a file that is run: `tests/cli`, `tests/query`, `README.md`,
//! `docs/tasks.md`.

use crate::sessions::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms that speak to people.
const ROOMS: &[&str] = &["cli", "index", "ingest", "query", "render", "search"];

/// Fewer words are names, units, parts of a sentence.
const SENTENCE: usize = 4;

/// How a message begins that no session shows, and why.
const UNSHOWN: &[(&str, &[&str])] = &[
    (
        "a fault of ours, which no file and no question leads to",
        &[
            "the index is open for reading only",
            "an earlier error ended the writing",
            "the rest of this file",
            "was left out because of a fault in onrecord",
            "no table of speakers",
            "no table of copies",
            "the page cannot be read",
            "belongs to a document of the other kind",
        ],
    ),
    (
        "only where whole files with right checksums do not belong together; `check.rs` makes such",
        &[
            "does not say what was committed",
            "is whole, but cannot be understood",
            "articles, and the manifest tells of",
            "cannot be read: the engine stumbles over it",
            "articles of the manifest are missing",
            "articles the manifest does not tell of",
            "does not stand behind its article",
            "is not what its id says",
            "is not in its article",
            "quotes of an article are missing",
        ],
    ),
    (
        "the disk or the system must refuse in a way no command brings about",
        &[
            "the disk is nearly full",
            "start a thread to read",
            "the index could not be searched",
            "Whether it is damaged: onrecord check",
        ],
    ),
    (
        "needs a terminal: `paging.rs`, `terminal.rs`",
        &["; this is without one", "the terminal cannot be used", "there are no hits to write"],
    ),
    (
        "needs a file of a million members, or one no packer makes",
        &["members in one file", "a member without a size", "the archive ends within it"],
    ),
    ("needs an index another version filled", &["this version reads the article otherwise"]),
    (
        "words of articles, not of ours",
        &[
            "Agenzia Nazionale",
            "Press Trust of India",
            "deck description abstract",
            "og:title headline",
            "article:published_time article",
            "author article:author_name",
            "og:site_name publisher",
            "article:section parsely",
            "og:locale language",
            "script, style, figure",
        ],
    ),
    (
        "for readers of the sources, or of the engine's account of a hit",
        &["here the program meets its surroundings", "a word in any inflection", "words in their places"],
    ),
    ("follows from the weights", &["; the other not"]),
];

#[test]
fn every_message_occurs_in_a_session() {
    let shown = shown();
    let unshown: Vec<&str> = UNSHOWN.iter().flat_map(|(_, begins)| begins.iter().copied()).collect();
    let mut needed = BTreeSet::new();
    let mut missing = Vec::new();
    for file in ROOMS.iter().flat_map(|room| sources(&root().join("src").join(room))) {
        for message in messages(&fs::read_to_string(&file).unwrap()) {
            if shown.contains(&message) {
                continue;
            }
            match unshown.iter().find(|begins| message.contains(**begins)) {
                Some(begins) => drop(needed.insert(*begins)),
                None => missing.push(format!("{}: {message}", file.strip_prefix(root()).unwrap().display())),
            }
        }
    }
    assert!(missing.is_empty(), "messages no session shows:\n{}", missing.join("\n"));
    let needless: Vec<&&str> = unshown.iter().filter(|begins| !needed.contains(*begins)).collect();
    assert!(needless.is_empty(), "exceptions that are none: {needless:?}");
}

#[test]
fn what_is_a_message() {
    let cases = [
        (r#"bail!("there is no `{name}`, and no way\n  on from {here} on, or so")"#, vec!["`, and no way"]),
        (
            "// \"what stands in a comment\"\nlet quote = '\"'; x(\"one two three four\")",
            vec!["one two three four"],
        ),
        (
            "(\"told over \\\n     several lines\", r#\"and \"raw\" as well, so\"#)",
            vec!["told over several lines", "and \"raw\" as well, so"],
        ),
        ("const WORDS: &str = \"a list of some words\";", vec![]),
        ("x(\"Examples:\\n  onrecord search that and this\")", vec![]),
    ];
    for (source, expected) in cases {
        assert_eq!(messages(source), expected, "{source}");
    }
}

/// Whatever the sessions and tables hold, on one line.
fn shown() -> String {
    let folders = ["tests/cli", "tests/query"].map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let files = folders.into_iter().flatten().map(|entry| entry.unwrap().path());
    let files = files.chain(["README.md", "docs/tasks.md"].map(|file| root().join(file)));
    let text: String = files.map(|file| fs::read_to_string(file).unwrap() + "\n").collect();
    on_one_line(&text)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sources of a room, without its tests, and without the hidden command that trains.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if !["tests.rs", "faults.rs", "train.rs"].iter().any(|name| path.ends_with(name)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The sentences of the strings in a source, one of each line.
fn messages(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let strings = strings(source).into_iter().filter(|text| !text.starts_with("Examples:"));
    strings.flat_map(|text| text.lines().filter_map(sentence).collect::<Vec<_>>()).collect()
}

/// The longest part of a line that nothing is filled into, where it is a sentence.
fn sentence(line: &str) -> Option<String> {
    let (mut parts, mut filled) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '{' => filled = true,
            '}' if filled => {
                filled = false;
                parts.push(String::new());
            }
            c if !filled => parts.last_mut()?.push(c),
            _ => {}
        }
    }
    let longest = parts.iter().map(|part| on_one_line(part)).max_by_key(String::len)?;
    (longest.split(' ').count() >= SENTENCE).then_some(longest)
}

/// The string literals of a source: those of constants, which are lists of words, left out.
fn strings(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").unwrap_or(raw.len());
            found.push(raw[..end].to_owned());
            at += end + 5;
        } else if c == '"' {
            let (text, length) = string(&rest[1..]);
            let before = source[..at].trim_end();
            let is_list = before.ends_with(": &str =");
            found.extend((!is_list).then_some(text));
            at += length + 2;
        } else if let Some(length) = character(rest) {
            at += length;
        } else {
            at += c.len_utf8();
        }
    }
    found
}

/// A string up to its closing mark, and how long it is as written.
fn string(written: &str) -> (String, usize) {
    let (mut text, mut chars) = (String::new(), written.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (text, at),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n') => text.push('\n'),
                Some('\n') => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                other => text.extend(other),
            },
            c => text.push(c),
        }
    }
    (text, written.len())
}

/// How long the character literal is that begins here, if one does: `'"'`, not `'a` of a lifetime.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    let end = if first == '\\' { inner[2..].find('\'')? + 2 } else { chars.next()?.0 };
    inner[end..].starts_with('\'').then_some(end + 2)
}
