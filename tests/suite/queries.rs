//! Queries: how each one in `tests/query` is read, and laws that hold of any.
//! `SNAPSHOTS=overwrite cargo test queries` writes the readings anew, to be reviewed as a diff.

use onrecord::article::Date;
use onrecord::query::{
    Known, ParseOptions, Parsed, Query, QueryError, carets, examples, help, help_fields, help_phrases, parse,
};
use proptest::prelude::*;
use snapbox::{Assert, Data};
use std::path::Path;
use std::time::{Duration, Instant};

/// An archive with a few invented names.
struct Archive;

impl Known for Archive {
    fn outlet(&self, name: &str) -> bool {
        ["the harbour gazette", "gazette"].contains(&name.to_lowercase().as_str())
    }

    fn speaker(&self, name: &str) -> bool {
        let names = ["ellen marsh", "marsh", "oduya", "yusuf", "hartvig", "putin", "may"];
        names.contains(&name.to_lowercase().as_str())
    }

    fn nearest_outlet(&self, name: &str) -> Option<String> {
        (strsim::osa_distance(name, "The Harbour Gazette") < 3).then(|| "The Harbour Gazette".to_owned())
    }

    fn saved(&self, name: &str) -> Option<String> {
        let saved = SAVED.iter().find(|(saved, _)| *saved == name);
        saved.map(|(_, text)| (*text).to_owned())
    }

    fn saved_names(&self) -> Vec<String> {
        SAVED.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    fn today(&self) -> Date {
        Date::day(2026, 1, 15).unwrap()
    }
}

/// The queries that are saved.
const SAVED: &[(&str, &str)] = &[
    ("bridge", "quotes by Marsh mentioning the bridge"),
    ("either", "bridge OR ferry"),
    ("both", "saved:either toll"),
    ("first", "who first said bridge"),
    ("where", "articles about tolls"),
    ("itself", "saved:itself"),
    ("hurt", "bridge ("),
];

fn read(typed: &str, raw: bool, query: Option<&Query>) -> Result<Parsed, QueryError> {
    parse(typed, &Archive, &ParseOptions { raw, unit: query.map(|q| q.unit) })
}

/// What a query is answered with, as it stands in the tables.
fn answer(typed: &str) -> String {
    match read(typed, false, None) {
        Err(error) => carets(typed, &error),
        Ok(parsed) => {
            let reading = parsed.reading.unwrap_or_else(|| typed.to_owned());
            let mut lines = vec![format!("{}: {reading}", parsed.query.unit.noun(2))];
            lines.extend(parsed.notes.iter().map(|note| format!("note: {note}")));
            lines.join("\n")
        }
    }
}

/// The queries of a table.
fn queries(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter_map(|line| line.strip_prefix("> "))
}

/// The table with every answer written anew: prose up to the first query is kept.
fn rewritten(table: &str) -> String {
    let prose = table.split("\n> ").next().unwrap_or_default().trim_end();
    let rows = queries(table).map(|typed| format!("\n\n> {typed}\n{}", answer(typed)));
    format!("{prose}{}\n", rows.collect::<String>())
}

fn table(name: &str) -> (std::path::PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

fn holds(name: &str, least: usize, right: bool) {
    let (path, text) = table(name);
    Assert::new().action_env("SNAPSHOTS").eq(rewritten(&text), Data::read_from(&path, None).raw());
    assert!(queries(&text).count() >= least, "{name} has lost rows");
    for typed in queries(&text) {
        match read(typed, false, None) {
            Ok(parsed) => {
                assert!(right, "`{typed}` is read, but stands in {name}");
                let printed = parsed.reading.unwrap_or_else(|| typed.to_owned());
                let again = read(&printed, true, None).unwrap_or_else(|e| panic!("{typed}: {printed}: {e}"));
                assert_eq!(
                    (again.query, again.sort),
                    (parsed.query, parsed.sort),
                    "`{typed}` prints as `{printed}`"
                );
            }
            Err(error) => assert!(!right, "{name}: {}", carets(typed, &error)),
        }
    }
}

#[test]
fn the_language_is_read() {
    holds("structured.md", 60, true);
}

#[test]
fn phrases_are_read() {
    holds("natural.md", 45, true);
}

#[test]
fn mistakes_are_answered() {
    holds("wrong.md", 40, false);
}

#[test]
fn every_example_of_the_help_is_read() {
    assert!(examples().len() > 50);
    for example in examples() {
        if let Err(error) = read(example, false, None) {
            panic!("{}", carets(example, &error));
        }
    }
    for (topic, least) in [(help(), 15), (help_fields(), 20), (help_phrases(), 20)] {
        let shown =
            examples().into_iter().filter(|example| topic.contains(&format!("  {example}\n"))).count();
        assert!(shown >= least, "{topic}");
        let long: Vec<&str> = topic.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{long:?}");
    }
    let phrases = help_phrases();
    let (taught, _) = phrases.split_once("DATES").unwrap();
    let readings = taught.lines().filter(|line| line.starts_with("      "));
    assert!(readings.clone().all(|line| line.starts_with("      ≡ ")) && readings.count() > 10, "{taught}");
}

#[test]
fn nests_end_in_an_answer() {
    for part in ["(", "NOT ", "-", "quote{", "\"", "a OR ", "by:", "quotes by ", "}", "*", "~"] {
        let typed = part.repeat(4096 / part.len());
        for typed in [typed.clone(), format!("{}a", &typed[..typed.len() - 1])] {
            let begun = Instant::now();
            if let Err(error) = read(&typed, false, None) {
                carets(&typed, &error);
            }
            assert!(begun.elapsed() < Duration::from_secs(2), "{part}");
        }
    }
}

proptest! {
    #[test]
    fn anything_typed_gets_an_answer(typed in "\\PC{0,1000}") {
        if let Err(error) = read(&typed, false, None) {
            carets(&typed, &error);
        }
    }

    #[test]
    fn what_is_read_prints_and_is_read_again(
        parts in prop::collection::vec(prop::sample::select(vec![
            "quotes", "articles", "by", "about", "marsh", "May", "or", "OR", "AND", "-", "NOT", "(", ")",
            "by:", "title:", "\"a b\"", "“c”", "quote{", "}", "in", "2016", "since", "who", "said", "what",
            "did", "say", "bridge", "inter*", "word~1", "date:2016", "?", "first", "when", "denied", "*",
            "NEAR/5", "PRE/2", "/s", "/p", "w/5", "atleast2(", "/ab.*/", "/x", "/", "\"a * b\"~2", "\"ab* c\"",
            "saved:bridge", "saved:either", "length:>5", "cue:deny", "cue:\"=deny\"", "last", "weeks", "ago", "3",
            "1990s", "on", "from", "to", "mentionning", "ask", "promised", "quote:(", "title:(",
            "\"=he\"", "\"-x\"", "\"a:b\"", "conf:>0.9", "\"OR\"", "é’s",
        ]), 1..10),
        gap in prop::sample::select(vec![" ", ""]),
    ) {
        let typed = parts.join(gap);
        if let Ok(parsed) = read(&typed, false, None) {
            let printed = parsed.query.to_string();
            let again = read(&printed, true, None);
            prop_assert_eq!(again.map(|p| p.query), Ok(parsed.query), "{} prints as {}", typed, printed);
        }
    }
}
