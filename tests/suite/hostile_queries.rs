//! Queries that mean harm: each is answered or refused within a second, with its facets, its plan and,
//! where nothing is found, the reasons.
//!
//! On an index of one's own, with the time of each:
//! `HOSTILE_INDEX=DIR cargo test --release --test suite -- --ignored --nocapture hostile_queries`

use onrecord::article::Date;
use onrecord::index::{BuildOptions, Reader, SavedQueries, update};
use onrecord::ingest::Options;
use onrecord::query::{ParseOptions, carets, parse};
use onrecord::search::{Archive, FacetField, Page, Sort, answer, explain, nothing_found};
use std::path::Path;
use std::time::{Duration, Instant};

/// How a query is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    Answered,
    Refused,
}

/// Each query, what it is, and how it is met.
#[allow(clippy::too_many_lines, reason = "a table")]
fn queries() -> Vec<(&'static str, String, Met)> {
    use Met::{Answered, Refused};
    let terms = |count: usize, join: &str| (0..count).map(|n| format!("w{n}")).collect::<Vec<_>>().join(join);
    let letters: Vec<String> = ('a'..='z').map(|c| format!("{c}*")).collect();
    let two: Vec<String> = ('a'..='z').flat_map(|a| ["a", "e", "o"].map(|b| format!("{a}{b}*"))).collect();
    let common = ["the", "of", "to", "and", "a", "in", "said", "that", "it", "was"];
    let fill = |part: &str| part.repeat(4096 / part.len());
    vec![
        ("2,000 brackets", format!("{}a{}", "(".repeat(2000), ")".repeat(2000)), Refused),
        ("40 brackets", format!("{}a{}", "(".repeat(40), ")".repeat(40)), Refused),
        ("a megabyte", "bridge ".repeat(150_000), Refused),
        ("4,000 terms with OR", terms(4000, " OR "), Refused),
        ("500 terms with OR", terms(450, " OR "), Refused),
        ("250 terms with OR", terms(250, " OR "), Answered),
        ("250 terms", terms(250, " "), Answered),
        ("10,000 NOT", format!("{}a", "NOT ".repeat(10_000)), Refused),
        ("1,000 NOT", format!("{}a", "NOT ".repeat(1000)), Refused),
        ("2,000 minuses", format!("{}a", "-".repeat(2000)), Answered),
        ("nested groups of quotes", fill("quote{"), Refused),
        ("marks without end", fill("\""), Refused),
        ("one mark without end", format!("\"{}", fill("the ")), Refused),
        ("a nested counted pattern", "/((a{0,50}){0,50}){0,50}/".into(), Refused),
        ("a star alone", "*".into(), Answered),
        ("stars", fill("* "), Refused),
        ("26 letters with stars", letters.join(" OR "), Refused),
        ("78 pairs of letters with stars", two.join(" OR "), Answered),
        ("stars before and within", "*a *e* t*o*n*e".into(), Refused),
        ("a phrase of 600 words", format!("\"{}\"", "the ".repeat(600)), Refused),
        ("a phrase of 64 words", format!("\"{}\"", common.repeat(7)[..64].join(" ")), Answered),
        ("huge slop", format!("\"{}\"~99999999", common.join(" ")), Refused),
        ("slop beyond numbers", "\"the a\"~99999999999999999999".into(), Refused),
        ("fuzzy on a long word", format!("{}~2", "a".repeat(3000)), Answered),
        ("fuzzy beyond two", "bridge~99".into(), Refused),
        ("100 fuzzy words", ["bridge~2", "minister~2", "said~1"].repeat(33).join(" OR "), Refused),
        ("30 fuzzy words", ["bridge~2", "minister~2", "said~1"].repeat(10).join(" OR "), Answered),
        ("fuzzy words side by side", ["bridge~2"; 30].join(" NEAR/100 "), Answered),
        ("patterns that fit many", ["/.*(tion|ment)s?/"; 30].join(" OR "), Answered),
        ("patterns that fit all, side by side", ["/.*/"; 30].join(" /p "), Refused),
        ("the commonest words near one another", common.repeat(20).join(" NEAR/100 "), Answered),
        ("the commonest words in one paragraph", common.repeat(20).join(" /p "), Answered),
        ("a phrase of stars", format!("\"the {} of\"~100", "* ".repeat(60)), Answered),
        ("at least a hundred", "atleast100(the OR of OR to OR \"of the\"~100)".into(), Answered),
        ("NUL", "bri\0dge".into(), Refused),
        ("escape", "\u{1b}]52;c;aGk=\u{7}".into(), Refused),
        ("C1", "\u{9b}31m".into(), Refused),
        ("turned around", "by:\u{202e}egdirb\u{2066}".into(), Answered),
        ("joined marks", format!("a{}", "\u{301}".repeat(2000)), Answered),
        ("closed before opened", ")}]\"(".into(), Refused),
        ("operators alone", "AND OR NOT".into(), Refused),
        ("fields alone", fill("by:"), Refused),
        ("a field in a field", "by:by:by:by:marsh".into(), Refused),
        ("dates out of time", "date:0000-99-99..9999-99-99".into(), Refused),
        ("a range of all", "date:0001..9999".into(), Answered),
        ("a number beyond numbers", "conf:>1e999".into(), Refused),
        (
            "a phrase of absurd length",
            format!(
                "quotes by {} mentioning {}",
                fill("Ellen ")[..1800].trim(),
                fill("bridges ")[..1800].trim()
            ),
            Answered,
        ),
        ("phrases within phrases", fill("what did quotes by say about ")[..4000].into(), Answered),
        ("everybody", fill("quotes by Marsh and ")[..4000].trim().into(), Refused),
        (
            "common words in every way",
            format!("({}) OR ({}) OR \"{}\"", common.join(" "), common.join(" OR "), common.join(" ")),
            Answered,
        ),
    ]
}

/// The archive, asked on a day long after its articles.
fn archive(reader: &Reader) -> Archive<'_> {
    Archive { reader, saved: SavedQueries::default(), today: Date::from_days(20_000) }
}

/// Asks it; whether it was answered.
fn ask(reader: &Reader, typed: &str) -> Met {
    let parsed = match parse(typed, &archive(reader), &ParseOptions::default()) {
        Ok(parsed) => parsed,
        Err(error) => {
            assert!(carets(typed, &error).len() < 2000, "{}", error.message);
            return Met::Refused;
        }
    };
    let page = Page { sort: Sort::Relevance, offset: 0, limit: 20, all_copies: false };
    let found = answer(reader, &parsed.query, page, &FacetField::all(), 10);
    let Ok(found) = found else { return Met::Refused };
    explain(reader, &parsed.query).unwrap();
    if found.total == 0 {
        nothing_found(reader, &parsed.query).unwrap();
    }
    Met::Answered
}

/// Asks all; what went otherwise, and the slowest.
fn ask_all(reader: &Reader, most: Duration, each: &mut dyn FnMut(&str, Met, Duration)) -> Vec<String> {
    let mut wrong = Vec::new();
    for (what, typed, met) in queries() {
        let begun = Instant::now();
        let found = ask(reader, &typed);
        let took = begun.elapsed();
        each(what, found, took);
        if found != met || took > most {
            wrong.push(format!("{what}: {found:?} in {took:?}, not {met:?}"));
        }
    }
    wrong
}

#[test]
fn hostile_queries_are_answered_or_refused() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    update(dir.path(), &[corpus], &Options::default(), &BuildOptions::default(), &|_| ()).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    assert!(queries().len() >= 30);
    // Far more than any needs, for machines that do other work meanwhile.
    let wrong = ask_all(&reader, Duration::from_secs(5), &mut |_, _, _| ());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "asks an index of your own"]
#[allow(clippy::print_stdout, reason = "its figures are what it is run for")]
fn hostile_queries_on_an_index() {
    let dir = std::env::var("HOSTILE_INDEX").expect("HOSTILE_INDEX names the folder of an index");
    let reader = Reader::open(Path::new(&dir)).unwrap();
    let mut slowest = Duration::ZERO;
    let wrong = ask_all(&reader, Duration::from_secs(1), &mut |what, met, took| {
        slowest = slowest.max(took);
        println!("{took:>12.1?}  {met:?}  {what}");
    });
    println!("the slowest of {}: {slowest:?}", queries().len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
