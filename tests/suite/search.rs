//! Searching: the index must agree with a naive twin that scans every article and quote, and the first
//! question of the README must have its true answers and no others.

use crate::twin::holds;
use onrecord::article::Date;
use onrecord::index::{BuildOptions, Reader, update};
use onrecord::ingest::Options;
use onrecord::query::{Expr, Known, Match, ParseOptions, Query, Unit, examples, parse};
use onrecord::quotes::SpeakerKind;
use onrecord::search::{
    Answer, FacetField, Hit, Page, Period, Sort, Wanted, answer, explain, facets, nothing_found, speakers,
    timeline,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
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
static ALL: LazyLock<Vec<Hit>> = LazyLock::new(|| everything(&SAMPLE.1));

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
    found_in(&SAMPLE.1, query, sort, offset, limit)
}

fn found_in(reader: &Reader, query: &Query, sort: Sort, offset: usize, limit: usize) -> Answer {
    answer(reader, query, Page { sort, offset, limit, all_copies: true }, &[], 0).unwrap()
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
fn every_example_of_the_help_is_answered() {
    for example in examples().into_iter().filter(|example| !example.contains("saved:")) {
        let query = parse(example, &Sample, &ParseOptions::default()).unwrap().query;
        found(&query, Sort::Relevance, 0, 3);
        explain(&SAMPLE.1, &query).unwrap();
        nothing_found(&SAMPLE.1, &query).unwrap();
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

/// Speakers are those of the hits, counted one by one, each with his names, outlets and dates; and the most quoted are the
/// first of them all.
#[test]
fn speakers_are_those_of_the_hits() {
    let entities = SAMPLE.1.entities().unwrap();
    for typed in ["quotes", "quotes mentioning bridge", "quotes by Putin", "quotes mentioning nothingness"] {
        let query = read(typed);
        let mut said: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        let mut printed: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
        let mut dated: BTreeMap<String, BTreeSet<Date>> = BTreeMap::new();
        for hit in &found(&query, Sort::Oldest, 0, 0).hits {
            let Hit::Quote(hit) = hit else { panic!("{}", hit.id()) };
            let attribution = &hit.quote.attribution;
            for name in attribution.speaker.iter().chain(&attribution.others).filter_map(|s| s.name.as_ref())
            {
                let speaker = entities.canonical(name).to_owned();
                *said.entry(speaker.clone()).or_default().entry(name.clone()).or_default() += 1;
                if let Some(outlet) = &hit.article.meta.outlet {
                    *printed.entry(speaker.clone()).or_default().entry(outlet.clone()).or_default() += 1;
                }
                dated.entry(speaker).or_default().extend(hit.article.meta.date);
            }
        }
        let all = speakers(&SAMPLE.1, &query, &Wanted::default()).unwrap();
        assert_eq!(
            (all.everybody, all.total, all.speakers.len()),
            (said.len(), said.len(), said.len()),
            "{typed}"
        );
        let mostly = |told: &[(String, u64)]| told.iter().cloned().collect::<BTreeMap<String, u64>>();
        for hit in &all.speakers {
            assert_eq!(mostly(&hit.names), said[&hit.name], "{typed}: {}", hit.name);
            assert_eq!(mostly(&hit.outlets), printed.remove(&hit.name).unwrap_or_default(), "{}", hit.name);
            assert_eq!(hit.count, said[&hit.name].values().sum::<u64>());
            let dates = &dated[&hit.name];
            assert_eq!((hit.first.is_some(), hit.last.is_some()), (!dates.is_empty(), !dates.is_empty()));
            assert!(
                dates.is_empty() || dates.contains(&hit.first.unwrap()) && dates.contains(&hit.last.unwrap())
            );
        }
        for limit in [1, 5, 20] {
            let few = speakers(&SAMPLE.1, &query, &Wanted { limit, ..Wanted::default() }).unwrap();
            assert_eq!(few.total, all.total);
            assert_eq!(few.speakers, all.speakers[..limit.min(all.total)]);
        }
        for kind in [SpeakerKind::Person, SpeakerKind::Org] {
            let some = speakers(&SAMPLE.1, &query, &Wanted { kinds: vec![kind], limit: 0 }).unwrap();
            let those: Vec<_> = all.speakers.iter().filter(|hit| hit.kind == kind).cloned().collect();
            assert_eq!((some.everybody, some.total, some.speakers), (all.total, those.len(), those));
        }
    }
}

/// Facets that are asked for alone are those that stand beside the hits.
#[test]
fn facets_alone_are_those_beside_the_hits() {
    for typed in ["quotes", "quotes mentioning bridge", "articles bridge", "bridge", "quotes by nobody"] {
        let query = read(typed);
        for top in [0, 1, 3] {
            let page = Page { sort: Sort::Newest, offset: 0, limit: 1, all_copies: true };
            let beside = answer(&SAMPLE.1, &query, page, &FacetField::all(), top).unwrap();
            let alone = facets(&SAMPLE.1, &query, &FacetField::all(), top).unwrap();
            assert_eq!((alone.total, alone.facets, alone.notes), (beside.total, beside.facets, beside.notes));
        }
    }
}

/// A timeline must count what a scan counts: each dated hit in its period, all others apart, no period left
/// out between the first and the last.
fn timelines_agree(reader: &Reader, all: &[Hit], typed: &str) -> Result<(), TestCaseError> {
    let query = read(typed);
    let unit = |hit: &&Hit| matches!(hit, Hit::Quote(_)) == (query.unit == Unit::Quotes);
    let hits: Vec<&Hit> = all.iter().filter(unit).filter(|hit| holds(&query.expr, hit, all)).collect();
    let outlet = FacetField::named("outlet");
    for period in Period::ALL {
        let told = timeline(reader, &query, Some(period), outlet, 0).unwrap();
        let (mut scanned, mut vague, mut undated) = (BTreeMap::<String, u64>::new(), 0, 0);
        let mut by_outlet = BTreeMap::<(String, String), u64>::new();
        for hit in &hits {
            let meta = &hit.article().meta;
            let Some(date) = meta.date else {
                undated += 1;
                continue;
            };
            let Some(label) = period_of(date, period) else {
                vague += 1;
                continue;
            };
            *scanned.entry(label.clone()).or_default() += 1;
            if let Some(outlet) = &meta.outlet {
                *by_outlet.entry((label, outlet.clone())).or_default() += 1;
            }
        }
        prop_assert_eq!(
            (told.total, told.vague, told.undated),
            (hits.len() as u64, vague, undated),
            "{}",
            typed
        );
        let counted = told.rows.iter().filter(|row| row.count > 0).map(|row| (row.label.clone(), row.count));
        prop_assert_eq!(
            counted.collect::<BTreeMap<String, u64>>(),
            scanned,
            "{} by {}",
            typed,
            period.name()
        );
        let split = told.rows.iter().flat_map(|row| {
            let counts = told.values.iter().zip(&row.values).filter(|(_, count)| **count > 0);
            counts.map(|(value, count)| ((row.label.clone(), value.clone()), *count))
        });
        prop_assert_eq!(split.collect::<BTreeMap<(String, String), u64>>(), by_outlet, "{}", typed);
        let gaps = told.rows.windows(2).filter(|two| two[0].to.days() + 1 != two[1].from.days()).count();
        prop_assert_eq!(gaps, 0, "{} by {}", typed, period.name());
        let days = hits.iter().filter_map(|hit| hit.article().meta.date).map(Date::days);
        let first = told.first.as_ref().and_then(|hit| hit.article().meta.date).map(Date::days);
        prop_assert_eq!(first, days.min(), "{}", typed);
    }
    Ok(())
}

/// The period a date lies in, as it is printed, where the date is known well enough.
fn period_of(date: Date, period: Period) -> Option<String> {
    let (year, month, day) = date.parts();
    Some(match period {
        Period::Year => format!("{year:04}"),
        Period::Month => format!("{year:04}-{:02}", month?),
        Period::Day => day.map(|_| date.to_string())?,
        Period::Week => {
            let day = jiff::civil::date(year, month? as i8, day? as i8).iso_week_date();
            format!("{:04}-W{:02}", day.year(), day.week())
        }
    })
}

/// Words the sample corpus holds, and a few it does not.
const SAID: &[&str] = &[
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
    "of",
];
/// All the words of the random corpora.
const FEW: &[&str] = &["a", "b", "c", "abc", "abd", "walk", "walked"];

/// What may stand beside an operator.
fn operand(words: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    let word = prop::sample::select(words);
    let one = prop_oneof![
        3 => word.clone().prop_map(str::to_owned),
        1 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => (word.clone(), word.clone(), 1..4u32).prop_map(|(a, b, n)| format!("\"{a} {b}\"~{n}")),
        1 => (word.clone(), word.clone()).prop_map(|(a, b)| format!("\"{a} * {b}\"")),
        1 => word.clone().prop_map(|a| format!("\"ab* {a}\"")),
        1 => prop::sample::select(vec!["inter*", "ab*", "wal*"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["bridg~1", "abx~1", "walkd~2"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["/(b|m)[a-z]+/", "/ab.?/", "/.*ed/"]).prop_map(str::to_owned),
    ];
    prop_oneof![
        4 => one.clone(),
        1 => prop::collection::vec(one, 2..4).prop_map(|any| format!("({})", any.join(" OR "))),
    ]
}

fn condition(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = prop::sample::select(words);
    let within = prop_oneof![
        (1..12u32).prop_map(|n| format!("NEAR/{n}")),
        (1..12u32).prop_map(|n| format!("PRE/{n}")),
        prop::sample::select(vec!["/s", "/p"]).prop_map(str::to_owned),
    ];
    let chain = (operand(words), prop::collection::vec((within, operand(words)), 1..4))
        .prop_map(|(first, rest)| first + &rest.iter().map(|(w, o)| format!(" {w} {o}")).collect::<String>());
    let leaf = prop_oneof![
        3 => operand(words),
        3 => chain.clone().boxed().prop_map(|chain| format!("({chain})")),
        1 => chain.prop_map(|chain| format!("title:({chain})")),
        1 => (1..5u32, operand(words)).prop_map(|(n, o)| format!("atleast{n}({o})")),
        1 => word.prop_map(|w| format!("title:{w}")),
        1 => prop::sample::select(vec!["date:2018", "date:2018-07-17", "date:..2015", "date:2019-03.."])
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

/// A question: a condition within one of several shapes.
fn question(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let shapes = [
        "quotes {}",
        "quotes kind:direct {}",
        "quotes conf:>0.9 {}",
        "quotes body:{w} {}",
        "quotes cue:say {}",
        "quotes (cue:deny OR cue:\"=say\") {}",
        "quotes length:4..9 {}",
        "articles length:>20 {}",
        "articles {}",
        "articles {} quote{kind:indirect {}}",
    ];
    let word = prop::sample::select(words);
    (prop::sample::select(shapes.to_vec()), word, condition(words), condition(words)).prop_map(
        |(shape, word, one, other)| {
            shape.replace("{w}", word).replacen("{}", &one, 1).replacen("{}", &other, 1)
        },
    )
}

/// Some archives of random articles of few words, in several segments.
static RANDOM: LazyLock<Vec<(TempDir, Reader, Vec<Hit>)>> = LazyLock::new(|| {
    let mut runner = TestRunner::deterministic();
    let cases = ProptestConfig::default().cases;
    let corpus = prop::collection::vec(random_article(), 12);
    (0..cases.div_ceil(100)).map(|_| archive_of(&corpus.new_tree(&mut runner).unwrap().current())).collect()
});

/// An article of paragraphs of sentences of words, some in marks and some reported.
fn random_article() -> impl Strategy<Value = String> {
    let words = || prop::collection::vec(prop::sample::select(FEW), 1..7).prop_map(|words| words.join(" "));
    let sentence = prop_oneof![
        2 => words().prop_map(|w| format!("The {w}.")),
        2 => words().prop_map(|w| format!("“We {w},” said Ellen Marsh.")),
        1 => (words(), words()).prop_map(|(a, b)| format!("“We {a},” Ellen Marsh said, “and {b}. They {a}.”")),
        1 => words().prop_map(|w| format!("Marsh said that the {w}.")),
    ];
    let paragraph = prop::collection::vec(sentence, 1..4).prop_map(|s| s.join(" "));
    let body = prop::collection::vec(paragraph, 1..4).prop_map(|p| p.join("\n\n"));
    let day = prop_oneof![Just("2018"), Just("2018-07-17"), Just("2015-03"), Just("2019-05-01")];
    (words(), day, body)
        .prop_map(|(title, day, body)| format!("---\ntitle: {title}\ndate: {day}\nlang: en\n---\n\n{body}\n"))
}

fn archive_of(articles: &[String]) -> (TempDir, Reader, Vec<Hit>) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("news");
    std::fs::create_dir(&folder).unwrap();
    for (number, article) in articles.iter().enumerate() {
        std::fs::write(folder.join(format!("{number}.md")), article).unwrap();
    }
    let build = BuildOptions { commit_bytes: 1 << 10, ..BuildOptions::default() };
    let index = dir.path().join("index");
    update(&index, &[folder], &Options::default(), &build, &|_| ()).unwrap();
    let reader = Reader::open(&index).unwrap();
    let all = everything(&reader);
    (dir, reader, all)
}

/// An article of more quotes, more words, and longer quotes, than is told in numbers of few bits: each quote is found by
/// its words, and no other.
#[test]
fn each_quote_of_a_long_article_is_found() {
    let lengths = [&[2; 25][..], &[130, 1100], &[3; 20], &[1500, 2, 900, 1]].concat();
    let quote = |(n, length): (usize, &usize)| {
        let (said, told) = ("on ".repeat(*length), "by ".repeat(60));
        format!("“We went {said}first{n},” Ellen Marsh said, “and came {said}last{n}.”\n\nThe {told}end.\n\n")
    };
    let body: String = lengths.iter().enumerate().map(quote).collect();
    assert!(body.split_whitespace().count() > 10_000);
    let article = format!("---\ntitle: Long\ndate: 2016\nlang: en\n---\n\n{body}");
    let (_dir, reader, all) = archive_of(&[article, "“We went by,” Ellen Marsh said.".to_owned()]);
    assert_eq!(all.len(), 2 + lengths.len() + 1);
    let found = |typed: String| found_in(&reader, &read(&typed), Sort::Relevance, 0, 0).hits;
    for n in 0..lengths.len() {
        for word in
            [format!("first{n}"), format!("last{n}"), format!("first{n} /s came"), format!("\"on last{n}\"")]
        {
            let hits = found(format!("quotes mentioning {word}"));
            let [Hit::Quote(hit)] = &hits[..] else { panic!("{word}: {} hits", hits.len()) };
            let said = hit.article.text.slice(hit.quote.pieces[0]);
            assert!(said.contains(&format!("first{n},")), "{word} finds {said}");
        }
        assert!(found(format!("quotes mentioning last{n} AND first{}", n + 1)).is_empty());
    }
    assert_eq!(found("quotes mentioning came".to_owned()).len(), lengths.len());
}

/// The first and the last hit are found wherever they stand among more hits than are looked at in one go: in the order of
/// the dates, against it, and where the first or the last day begins in one go and ends in the next.
#[test]
fn a_timeline_of_many_hits_has_their_first_and_last() {
    let days: [fn(usize) -> usize; 4] = [|n| n, |n| 59 - n, |n| n / 50, |n| (n + 30) % 60];
    for day in days {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("news");
        std::fs::create_dir(&folder).unwrap();
        for number in 0..60 {
            let (month, day) = (1 + day(number) / 20, 1 + day(number) % 20);
            let said: String =
                (0..25).map(|n| format!("“We saw {n} of {number},” Ellen Marsh said.\n\n")).collect();
            let text =
                format!("---\ntitle: No {number}\ndate: 2016-0{month}-{day:02}\nlang: en\n---\n\n{said}");
            std::fs::write(folder.join(format!("{number:02}.md")), text).unwrap();
        }
        let build = BuildOptions { threads: 1, ..BuildOptions::default() };
        let index = dir.path().join("index");
        update(&index, &[folder], &Options::default(), &build, &|_| ()).unwrap();
        let reader = Reader::open(&index).unwrap();
        let told = timeline(&reader, &read("quotes"), Some(Period::Day), None, 0).unwrap();
        assert_eq!(told.total, 1500);
        let end = |sort| found_in(&reader, &read("quotes"), sort, 0, 1).hits.remove(0).id().to_owned();
        let id = |hit: Option<Hit>| hit.unwrap().id().to_owned();
        assert_eq!((id(told.first), id(told.last)), (end(Sort::Oldest), end(Sort::Newest)));
    }
}

fn everything(reader: &Reader) -> Vec<Hit> {
    let hits = |unit| found_in(reader, &Query { unit, expr: Expr::All }, Sort::Newest, 0, 0).hits;
    hits(Unit::Articles).into_iter().chain(hits(Unit::Quotes)).collect()
}

/// The index must find what a scan finds, and mark words in whatever matched by its words.
fn agree(reader: &Reader, all: &[Hit], typed: &str) -> Result<(), TestCaseError> {
    let query = read(typed);
    let unit = |hit: &&Hit| matches!(hit, Hit::Quote(_)) == (query.unit == Unit::Quotes);
    let scanned: BTreeSet<String> = all
        .iter()
        .filter(unit)
        .filter(|hit| holds(&query.expr, hit, all))
        .map(|h| h.id().to_owned())
        .collect();
    let answer = found_in(reader, &query, Sort::Relevance, 0, 0);
    let indexed: BTreeSet<String> = ids(&answer.hits).into_iter().collect();
    prop_assert_eq!(answer.total, indexed.len());
    prop_assert_eq!(indexed, scanned, "{}", typed);
    for hit in &answer.hits {
        let score = match hit {
            Hit::Quote(hit) => hit.score,
            Hit::Article(hit) => hit.score,
        };
        prop_assert!(score.is_finite() && score >= 0.0, "{}: {}", typed, score);
    }
    if let (Unit::Quotes, Expr::Leaf(_, Match::Near(_) | Match::AtLeast(..) | Match::Phrase { .. })) =
        (query.unit, &query.expr)
    {
        for hit in &answer.hits {
            let Hit::Quote(hit) = hit else { continue };
            prop_assert!(typed.contains("title:") || !hit.matches.is_empty(), "{} marks nothing", typed);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_index_finds_what_a_scan_finds(typed in question(SAID)) {
        agree(&SAMPLE.1, &ALL, &typed)?;
    }

    #[test]
    fn a_timeline_counts_what_a_scan_counts(typed in question(SAID)) {
        timelines_agree(&SAMPLE.1, &ALL, &typed)?;
    }

    #[test]
    fn random_archives_are_searched_as_a_scan_would(
        which in any::<prop::sample::Index>(),
        typed in question(FEW),
    ) {
        let (_, reader, all) = which.get(&RANDOM[..]);
        agree(reader, all, &typed)?;
        timelines_agree(reader, all, &typed)?;
    }
}
