//! Searching: the index must agree with a naive twin that scans every article and quote, and the first
//! question of the README must have its true answers and no others.

use onrecord::article::{Article, Date};
use onrecord::index::{BuildOptions, Reader, update};
use onrecord::ingest::Options;
use onrecord::query::{Expr, Field, Known, Match, ParseOptions, Query, Unit, parse};
use onrecord::quotes::Quote;
use onrecord::schema::{stem_term, tokens};
use onrecord::search::{Answer, FacetField, Hit, Page, Sort, answer};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The sample corpus, indexed in small commits so that there are several segments.
static SAMPLE: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let build = BuildOptions { commit_bytes: 8 << 10, ..BuildOptions::default() };
    update(dir.path(), &[corpus], &Options::default(), &build, &|_| ()).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    (dir, reader)
});

/// Every article and quote there is.
static ALL: LazyLock<Vec<Hit>> = LazyLock::new(|| {
    let hits = |unit| found(&Query { unit, expr: Expr::All }, Sort::Newest, 0, 0).hits;
    hits(Unit::Articles).into_iter().chain(hits(Unit::Quotes)).collect()
});

struct Sample;

impl Known for Sample {
    fn outlet(&self, _: &str) -> bool {
        false
    }
    fn speaker(&self, name: &str) -> bool {
        onrecord::search::has_speaker(&SAMPLE.1, name)
    }
    fn today(&self) -> Date {
        Date::day(2026, 1, 15).unwrap()
    }
}

fn read(typed: &str) -> Query {
    parse(typed, &Sample, &ParseOptions::default()).unwrap().query
}

fn found(query: &Query, sort: Sort, offset: usize, limit: usize) -> Answer {
    answer(&SAMPLE.1, query, Page { sort, offset, limit, all_copies: true }, &[], 0).unwrap()
}

fn ids(hits: &[Hit]) -> Vec<String> {
    hits.iter().map(|hit| hit.id().to_owned()).collect()
}

#[test]
fn the_first_question_has_its_true_answers_and_no_others() {
    let answer = found(&read("quotes by Putin mentioning interference"), Sort::Relevance, 0, 0);
    let mut paths: Vec<&str> = answer.hits.iter().map(|hit| hit.article().meta.path.as_str()).collect();
    paths.sort_unstable();
    let expected = [
        "capital-ledger/2018/07/summit-markets.json",
        "harbour-gazette/2018/07/helsinki-summit.html",
        "kesterton-echo/2018/2018-07-17-helsinki.txt",
        "lakeland-courier/2018/07/would-or-wouldnt.md",
        "meridian/2018/07/helsinki-summit-wrap.txt",
        "northwire/2018/07/20180716-helsinki-putin-denies.txt",
        "northwire/2018/07/20180716-helsinki-putin-denies.txt",
        "plains-dispatch/2018.jsonl:2",
        "saltmarsh-weekly/2019.json#1",
    ];
    assert_eq!(paths, expected);
    for hit in &answer.hits {
        let Hit::Quote(quote) = hit else { panic!("an article among quotes") };
        assert_eq!(quote.speaker_name(), Some("Vladimir Putin"));
        assert!(!quote.matches.is_empty(), "nothing marked in {}", quote.words());
    }
}

#[test]
fn pages_join_without_a_gap_in_every_order() {
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let query = read("quotes the OR said OR interference");
        let whole = ids(&found(&query, sort, 0, 0).hits);
        let pages: Vec<String> =
            (0..whole.len()).step_by(7).flat_map(|at| ids(&found(&query, sort, at, 7).hits)).collect();
        assert_eq!(pages, whole);
        assert_eq!(ids(&found(&query, sort, 0, 0).hits), whole, "the same on every run");
    }
}

#[test]
fn dates_are_in_order_and_unknown_ones_last() {
    for (sort, sign) in [(Sort::Newest, -1), (Sort::Oldest, 1)] {
        let hits = found(&read("quotes"), sort, 0, 0).hits;
        let days: Vec<Option<i64>> =
            hits.iter().map(|h| h.article().meta.date.map(|d| sign * d.days())).collect();
        assert!(days.is_sorted_by_key(|day| day.unwrap_or(i64::MAX)), "{sort:?}");
    }
}

#[test]
fn facets_count_what_a_scan_counts() {
    let query = read("quotes");
    let fields: Vec<FacetField> =
        ["speaker", "outlet", "kind", "year"].map(|n| FacetField::named(n).unwrap()).into();
    let page = Page { sort: Sort::Newest, offset: 0, limit: 1, all_copies: true };
    let facets = answer(&SAMPLE.1, &query, page, &fields, 0).unwrap().facets;
    for facet in facets {
        for value in &facet.values {
            let name = match facet.field.name() {
                "speaker" => "by",
                "year" => "date",
                other => other,
            };
            let query = read(&format!(
                "quotes {name}:\"{}{}\"",
                if name == "outlet" { "=" } else { "" },
                value.value
            ));
            let entities = SAMPLE.1.entities().unwrap().named(&value.value).len();
            // A name that is part of longer ones finds those as well.
            if name != "by" || entities == 1 {
                assert_eq!(found(&query, Sort::Newest, 0, 1).total as u64, value.count, "{query}");
            }
        }
    }
}

/// The naive twin: whether a hit satisfies a condition, by looking.
fn holds(expr: &Expr, hit: &Hit) -> bool {
    match expr {
        Expr::All => true,
        Expr::And(parts) => parts.iter().all(|part| holds(part, hit)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, hit)),
        Expr::Not(inner) => !holds(inner, hit),
        Expr::Quote(inner) => ALL.iter().any(|other| {
            matches!(other, Hit::Quote(_)) && other.article().id == hit.article().id && holds(inner, other)
        }),
        Expr::Leaf(field, sought) => leaf(*field, sought, hit),
    }
}

fn leaf(field: Field, sought: &Match, hit: &Hit) -> bool {
    let article: &Article = hit.article();
    let quote: Option<&Quote> = match hit {
        Hit::Quote(quote) => Some(&quote.quote),
        Hit::Article(_) => None,
    };
    let text = |of: &str| words(of, sought, article.meta.is_english());
    let title = article.meta.title.as_deref().unwrap_or_default();
    match (field, quote) {
        (Field::Any, None) => text(title) || text(article.text.as_str()),
        (Field::Any | Field::Quote, Some(quote)) => {
            let said: Vec<&str> = quote.pieces.iter().map(|piece| article.text.slice(*piece)).collect();
            text(&said.join(" "))
        }
        (Field::Title, _) => text(title),
        (Field::Body, _) => text(article.text.as_str()),
        (Field::Kind, Some(quote)) => *sought == Match::Word(quote.kind.name()),
        (Field::Date, _) => {
            let Match::Dates(range) = sought else { return false };
            article.meta.date.is_some_and(|date| {
                range.first.is_none_or(|first| date.last_day().days() >= first.days())
                    && range.last.is_none_or(|last| date.days() <= last.last_day().days())
            })
        }
        _ => panic!("the twin does not know {field:?}"),
    }
}

fn words(text: &str, sought: &Match, english: bool) -> bool {
    let text = tokens(text);
    match sought {
        Match::Word(word) => match &tokens(word)[..] {
            [one] => text.iter().any(|t| t == one || (english && stem_term(t) == stem_term(one))),
            several => text.windows(several.len()).any(|row| row == several),
        },
        Match::Phrase { words, slop: 0 } => {
            let row: Vec<String> = words.iter().flat_map(|w| tokens(w)).collect();
            text.windows(row.len()).any(|window| window == row)
        }
        Match::Prefix(start) => text.iter().any(|t| t.starts_with(start.as_str())),
        Match::Fuzzy(word, distance) => {
            text.iter().any(|t| strsim::osa_distance(t, word) <= usize::from(*distance))
        }
        _ => panic!("the twin does not know {sought:?}"),
    }
}

/// Conditions with words the corpus holds, and a few it does not.
fn condition() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "interference",
        "interfered",
        "bridge",
        "the",
        "harbour",
        "said",
        "Russian",
        "zzz",
        "moor",
        "co-operate",
        "year's",
    ]);
    let leaf = prop_oneof![
        word.clone().prop_map(str::to_owned),
        (word.clone(), word.clone()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        Just("\"never interfered\"".to_owned()),
        Just("inter*".to_owned()),
        Just("bridg~1".to_owned()),
        word.prop_map(|w| format!("title:{w}")),
        prop::sample::select(vec!["date:2018", "date:2018-07-17", "date:..2015", "date:2019-03.."])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            inner.prop_map(|part| format!("(* -{part})")),
        ]
    })
}

proptest! {
    #[test]
    fn the_index_finds_what_a_scan_finds(
        condition in condition(),
        inner in condition(),
        shape in prop::sample::select(vec!["quotes {}", "quotes kind:direct {}", "quotes body:harbour {}", "articles {}", "articles {} quote{kind:indirect inner}"]),
    ) {
        let typed = shape.replace("inner", &inner).replacen("{}", &condition, 1);
        let query = read(&typed);
        let unit = |hit: &&Hit| matches!(hit, Hit::Quote(_)) == (query.unit == Unit::Quotes);
        let scanned: BTreeSet<String> =
            ALL.iter().filter(unit).filter(|hit| holds(&query.expr, hit)).map(|h| h.id().to_owned()).collect();
        let answer = found(&query, Sort::Relevance, 0, 0);
        let indexed: BTreeSet<String> = ids(&answer.hits).into_iter().collect();
        prop_assert_eq!(answer.total, indexed.len());
        prop_assert_eq!(indexed, scanned, "{}", typed);
    }
}
