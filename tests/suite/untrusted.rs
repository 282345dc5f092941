//! The properties of `properties` with arbitrary input, with damaged articles of the sample corpus, and
//! with every input that once broke one (`tests/fuzz/kept`).

use crate::properties::PROPERTIES;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn what_once_broke_a_property_breaks_none() {
    let kept = files(&root().join("tests/fuzz/kept"));
    assert!(!kept.is_empty());
    for path in kept {
        let bytes = fs::read(&path).unwrap();
        let of = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let (_, holds) = PROPERTIES.iter().find(|(name, _)| *name == of).unwrap();
        holds(&bytes);
    }
}

#[test]
fn properties_hold_of_anything() {
    let words = prop::sample::select(PIECES.to_vec()).prop_map(|piece| piece.as_bytes().to_vec());
    let bytes = prop::collection::vec(any::<u8>(), 0..12);
    let text = "\\PC{0,12}".prop_map(String::into_bytes);
    let piece = prop_oneof![4 => words, 1 => bytes, 1 => text];
    let input = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    hold(&input, 150);
}

#[test]
fn properties_hold_of_damaged_articles() {
    let corpus: Vec<Vec<u8>> =
        files(&root().join("sample-corpus")).iter().map(|path| fs::read(path).unwrap()).collect();
    let file = prop::sample::select(corpus);
    let cuts = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let input = (file, cuts, prop::sample::select(PIECES.to_vec()), any::<u8>()).prop_map(
        |(mut bytes, (from, to), piece, last)| {
            bytes.truncate(6000);
            let (a, b) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 40));
            bytes.splice(from..to, piece.bytes());
            bytes.push(last);
            bytes
        },
    );
    hold(&input, 40);
}

/// Each property of so many inputs.
fn hold(input: &impl Strategy<Value = Vec<u8>>, cases: u32) {
    for (name, holds) in PROPERTIES {
        // The same cases on every run: chance is for `tests/fuzz.sh`.
        let config = ProptestConfig { cases, failure_persistence: None, ..Default::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        if let Err(error) = runner.run(input, |bytes| {
            holds(&bytes);
            Ok(())
        }) {
            panic!("{name}: {error}");
        }
    }
}

/// What the formats, the queries and the texts are made of.
const PIECES: &[&str] = &[
    "<html><body>",
    "<p>",
    "</p>",
    "<h1>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0'?>",
    "<nitf>",
    "<head><title>",
    "</title>",
    "<body.content>",
    "<block>",
    "<rss><channel><item>",
    "</item>",
    "<NewsML>",
    "<NewsItem>",
    "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>",
    "<inlineXML>",
    "&amp;",
    "&#x1b;",
    "&nope;",
    "{\"headline\":",
    "{\"text\":\"",
    "\"}",
    "[",
    "]",
    "{",
    "}",
    "\\u001b",
    "\\ud800",
    ",",
    ":",
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "Content-Length: ",
    "HTTP/1.1 200 OK\r\n",
    "\r\n\r\n",
    "\n\n",
    "\n",
    "From a@b Thu Jan  1 00:00:00 2015\n",
    "Subject: ",
    "Content-Transfer-Encoding: base64\n",
    "---\n",
    "title: ",
    "LOAD-DATE: ",
    "Copyright 2015 ",
    "Document ",
    "2016-05-03",
    "31/12/99",
    "May 3",
    "yesterday",
    "%Y/%m/%d",
    "0",
    "\u{feff}",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{9b}31m",
    "\u{202e}",
    "\u{0}",
    "\t",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    " said ",
    " told reporters",
    "according to ",
    "Ellen Marsh",
    "he ",
    "the ministry ",
    "Mr. ",
    "the bridge is closed",
    ". ",
    ", ",
    "— ",
    "... ",
    "MARSH: ",
    "quotes by ",
    "mentioning ",
    "by:",
    "quote{",
    " OR ",
    " NOT ",
    "-",
    "(",
    ")",
    "*",
    "~2",
    "NEAR/3 ",
    "conf:>0.9",
    "date:2015..",
    "[x]{q1}",
    "{s1=A}",
    "\\",
    "]{",
    "PK\u{3}\u{4}",
    "\u{1f}\u{8b}",
];
