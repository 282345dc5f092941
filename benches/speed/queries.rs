//! Answers: as a process from start to end, and in a process that has the index open.

use crate::process::{median, onrecord};
use crate::sqlite;
use onrecord::article::Date;
use onrecord::index::{BuildOptions, Reader, SavedQueries, exists, update};
use onrecord::ingest::Options;
use onrecord::query::{ParseOptions, parse};
use onrecord::schema::fields;
use onrecord::search::{Archive, FacetField, Page, Period, Sort, Wanted, answer, facets, speakers, timeline};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const COLD_RUNS: usize = 41;
const WARM_RUNS: usize = 15;

/// Those of the queries that another program is asked, too.
const TERMS: [&str; 3] = ["rare term", "common term", "commonest term"];

/// The queries, by name; words that every newspaper prints, and one that few articles hold.
fn queries(reader: &Reader) -> Vec<(&'static str, String)> {
    let rare = rare_word(reader);
    let speaker = reader.entities().unwrap().iter().next().map(|s| s.name.clone()).unwrap_or_default();
    [
        ("rare term", rare),
        ("common term", "government".into()),
        ("commonest term", "said".into()),
        ("three terms", "government plan year".into()),
        ("either of two", "government OR company".into()),
        ("phrase", "\"last year\"".into()),
        ("prefix", "inter*".into()),
        ("near", "government NEAR/5 plan".into()),
        ("one sentence", "government /s year".into()),
        ("word in a field", "title:new".into()),
        ("a year", "government date:2011".into()),
        ("quotes with a word", "quotes mentioning government".into()),
        ("quotes by X mentioning Y", format!("quotes by \"{speaker}\" mentioning market")),
    ]
    .into()
}

/// A word that two articles hold: the first there is after "m".
fn rare_word(reader: &Reader) -> String {
    let index = reader.searcher().segment_reader(0).inverted_index(fields().body).unwrap();
    let mut terms = index.terms().range().ge("m").into_stream().unwrap();
    while let Some((term, info)) = terms.next() {
        let word = String::from_utf8_lossy(term).into_owned();
        if info.doc_freq == 2 && word.len() > 6 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
    }
    "meadow".to_owned()
}

/// The index of a folder; the folder itself where it is one.
fn index_of(folder: &Path, home: &Path) -> PathBuf {
    if exists(folder) {
        return folder.to_path_buf();
    }
    let dir = home.join("asked");
    update(&dir, &[folder.to_path_buf()], &Options::default(), &BuildOptions::default(), &|_| ()).unwrap();
    dir
}

/// Prints milliseconds of a whole process; where there is an `sqlite3`, also of its full-text table of
/// the same texts, in turn.
pub(crate) fn cold(folder: &Path, home: &Path) {
    let dir = index_of(folder, home);
    let reader = Reader::open(&dir).unwrap();
    let table = sqlite_table(folder, home);
    for (name, query) in queries(&reader) {
        let ours = || {
            let mut search = onrecord();
            search.arg("search").arg("--index").arg(&dir).arg(&query);
            search
        };
        let theirs = TERMS.contains(&name).then_some(table.as_ref()).flatten();
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for _ in 0..COLD_RUNS {
            own.push(milliseconds(&mut ours()));
            other.extend(theirs.map(|table| milliseconds(&mut sqlite::select(table, &query))));
        }
        print_cold(name, median(own), (!other.is_empty()).then(|| median(other)));
    }
    let facets = ["search", "--facet", "speaker", "--facet", "outlet", "--facet", "year", "--index"];
    let (_, last) = queries(&reader).pop().unwrap();
    let took = (0..COLD_RUNS).map(|_| milliseconds(onrecord().args(facets).arg(&dir).arg(&last)));
    print_cold("the same with three facets", median(took.collect()), None);
}

fn print_cold(name: &str, ours: f64, theirs: Option<f64>) {
    let ratio = theirs.map(|t| format!("   sqlite {t:.1} ms, ratio {:.2}", ours / t)).unwrap_or_default();
    println!("{name:<28}{ours:>9.1} ms{ratio}");
}

fn milliseconds(command: &mut Command) -> f64 {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.code().is_some_and(|code| code < 2), "{command:?}");
    begun.elapsed().as_secs_f64() * 1000.0
}

/// A full-text table of the files of a folder, where `sqlite3` can be run.
fn sqlite_table(folder: &Path, home: &Path) -> Option<PathBuf> {
    let table = home.join("table.db");
    if !sqlite::import(&sqlite::rows(folder, home), &table).status().is_ok_and(|status| status.success()) {
        println!("(no sqlite3 with FTS5 here: no comparison)");
        return None;
    }
    Some(table)
}

/// The archive, asked on a day long after its articles.
fn archive(reader: &Reader) -> Archive<'_> {
    Archive { reader, saved: SavedQueries::default(), today: Date::from_days(20_000) }
}

/// Prints milliseconds of an answer of twenty hits in a process that has answered before, and how many there are.
pub(crate) fn warm(folder: &Path, home: &Path) {
    let dir = index_of(folder, home);
    let reader = Reader::open(&dir).unwrap();
    let page = Page { sort: Sort::Relevance, offset: 0, limit: 20, all_copies: false };
    let wanted = Wanted { limit: 20, ..Wanted::default() };
    let line = |name: &str, ask: &mut dyn FnMut() -> usize| {
        let mut found = 0;
        let mut once = || {
            let begun = Instant::now();
            found = ask();
            begun.elapsed().as_secs_f64() * 1000.0
        };
        once();
        let took = median((0..WARM_RUNS).map(|_| once()).collect());
        println!("{name:<28}{took:>9.2} ms{found:>10}");
    };
    for (name, typed) in queries(&reader) {
        line(name, &mut || {
            let parsed = parse(&typed, &archive(&reader), &ParseOptions::default()).unwrap();
            answer(&reader, &parsed.query, page, &[], 10).unwrap().total
        });
    }
    // Of the quotes with a word, and of all there are.
    for (whose, typed) in [("quotes", "quotes mentioning government"), ("every quote", "quotes")] {
        let parsed = parse(typed, &archive(&reader), &ParseOptions::default()).unwrap();
        let query = &parsed.query;
        for (with, fields) in [("", Vec::new()), (" and facets", three())] {
            line(&format!("{whose}{with}"), &mut || answer(&reader, query, page, &fields, 10).unwrap().total);
        }
        for (which, fields) in [("three facets", three()), ("all facets", FacetField::all())] {
            line(&format!("{whose}, {which}"), &mut || facets(&reader, query, &fields, 10).unwrap().total);
        }
        line(&format!("{whose}, speakers"), &mut || speakers(&reader, query, &wanted).unwrap().total);
        for (which, split) in [("timeline", None), ("timeline by speaker", FacetField::named("speaker"))] {
            line(&format!("{whose}, {which}"), &mut || {
                timeline(&reader, query, Some(Period::Month), split, 10).unwrap().total as usize
            });
        }
    }
}

/// The facets a reader asks for most.
fn three() -> Vec<FacetField> {
    ["speaker", "outlet", "year"].into_iter().filter_map(FacetField::named).collect()
}
