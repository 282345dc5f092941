//! Speakers side by side and sayings from print to print, held against a scan of every quote.

use crate::twin::holds;
use onrecord::index::{BuildOptions, Reader, update};
use onrecord::ingest::Options;
use onrecord::lexicon::carries_content;
use onrecord::query::{Expr, Field, Match, Query, Unit};
use onrecord::schema::{key, saying, stem, tokens};
use onrecord::search::{
    Compared, Comparison, Hit, Page, Period, QuoteHit, Sort, Step, Wording, answer, compare, spread, with_id,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The sample corpus, in several segments, with all its quotes.
static SAMPLE: LazyLock<(TempDir, Reader, Vec<Hit>)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let build = BuildOptions { commit_bytes: 8 << 10, ..BuildOptions::default() };
    update(dir.path(), &[corpus], &Options::default(), &build, &|_| ()).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    let page = Page { sort: Sort::Newest, offset: 0, limit: 0, all_copies: true };
    let all = answer(&reader, &Query { unit: Unit::Quotes, expr: Expr::All }, page, &[], 0).unwrap().hits;
    (dir, reader, all)
});

fn quote(hit: &Hit) -> &QuoteHit {
    let Hit::Quote(quote) = hit else { panic!("an article among quotes") };
    quote
}

/// Everybody who said it, as the archive knows them.
fn speakers(hit: &QuoteHit) -> BTreeSet<String> {
    let entities = SAMPLE.1.entities().unwrap();
    let others = hit.quote.attribution.others.iter().filter_map(|speaker| speaker.name.as_deref());
    let others = others.map(|name| entities.canonical(name).to_owned());
    hit.speaker_name().map(str::to_owned).into_iter().chain(others).collect()
}

/// What a quote has in common with its copies; its own id where it has none.
fn group(hit: &QuoteHit) -> String {
    let words = tokens(&hit.words());
    let name = hit.quote.attribution.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
    let saying = saying(words.iter().map(String::as_str), name);
    let copies = SAMPLE.1.copies().unwrap();
    let group =
        saying.and_then(|saying| copies.group_of_saying(saying, || copies.first_print(key(&hit.article.id))));
    group.map_or_else(|| hit.id.clone(), |group| group.to_string())
}

fn compared(names: [&str; 2], topic: Expr) -> Comparison {
    let by = |name: &str| (name.to_owned(), Expr::Leaf(Field::By, Match::Word(name.to_owned())));
    let query = Query { unit: Unit::Quotes, expr: topic };
    let asked = Compared { speakers: names.map(by), query, period: Period::Year, words: 0, examples: 0 };
    compare(&SAMPLE.1, &asked).unwrap()
}

/// What a scan says of one speaker: quotes, the articles they stand in, distinct sayings, and for each word
/// how many of these hold it.
fn scanned(name: &str, topic: &Expr) -> (usize, BTreeSet<String>, usize, BTreeMap<String, usize>) {
    let (_, _, all) = &*SAMPLE;
    let his = all.iter().filter(|hit| speakers(quote(hit)).contains(name) && holds(topic, hit, all));
    let his: Vec<&QuoteHit> = his.map(quote).collect();
    let articles = his.iter().map(|hit| hit.article.id.clone()).collect();
    let distinct: BTreeMap<String, &QuoteHit> = his.iter().map(|hit| (group(hit), *hit)).collect();
    let mut words = BTreeMap::new();
    for hit in distinct.values() {
        for word in tokens(&hit.words()).into_iter().collect::<BTreeSet<String>>() {
            *words.entry(word).or_default() += 1;
        }
    }
    (his.len(), articles, distinct.len(), words)
}

#[test]
fn a_comparison_counts_what_a_scan_counts() {
    let pairs = [
        ["Vladimir Putin", "Donald Trump"],
        ["Petra Lindqvist", "Dagny Voss"],
        ["Ellen Marsh", "Tobias Marsh"],
        ["Amina Yusuf", "Samuel Achebe-Lind"],
    ];
    let word = |word: &str| Expr::Leaf(Field::Any, Match::Word(word.to_owned()));
    for topic in [None, Some("bridge"), Some("interference"), Some("winter"), Some("hospital")] {
        let expr = topic.map_or(Expr::All, word);
        let is_asked = |word: &str| topic.is_some_and(|topic| stem(topic) == stem(word));
        for names in pairs {
            let found = compared(names, expr.clone());
            let scans = names.map(|name| scanned(name, &expr));
            for (side, (quotes, _, distinct, _)) in found.sides.iter().zip(&scans) {
                assert_eq!((side.quotes, side.distinct()), (*quotes, *distinct), "{topic:?} {}", side.typed);
                assert_eq!(side.timeline.total, *quotes as u64);
                assert_eq!(side.examples.len(), *distinct);
            }
            let counts = |word: &str| [0, 1].map(|side| scans[side].3.get(word).copied().unwrap_or(0));
            let of_both: BTreeSet<&str> = scans[0].3.keys().map(String::as_str).collect();
            let of_both = of_both
                .into_iter()
                .filter(|word| scans[1].3.contains_key(*word) && carries_content(word) && !is_asked(word));
            let shared: BTreeSet<&str> = found.shared.iter().map(|word| word.word.as_str()).collect();
            assert_eq!(shared, of_both.collect(), "{topic:?} {names:?}");
            for word in found.apart.iter().flatten().chain(&found.shared) {
                assert_eq!(word.counts, counts(&word.word), "{topic:?} {names:?} {}", word.word);
                assert!(carries_content(&word.word) && !is_asked(&word.word));
            }
            let both = scans[0].1.intersection(&scans[1].1).count();
            assert_eq!(found.together + found.together_copies, both, "{topic:?} {names:?}");
            let in_periods = |side: usize| found.periods.iter().map(|row| row.values[side]).sum::<u64>();
            for (number, side) in found.sides.iter().enumerate() {
                let dated = side.timeline.total - side.timeline.undated - side.timeline.vague;
                assert_eq!(in_periods(number), dated);
            }
        }
    }
}

#[test]
fn sides_are_mirrored() {
    let (one, other) = ("Vladimir Putin", "Donald Trump");
    let (a, b) = (compared([one, other], Expr::All), compared([other, one], Expr::All));
    let words = |found: &Comparison, side: usize| {
        found.apart[side].iter().map(|word| word.word.clone()).collect::<Vec<String>>()
    };
    assert!(!words(&a, 0).is_empty() && !words(&a, 1).is_empty());
    assert_eq!((words(&a, 0), words(&a, 1)), (words(&b, 1), words(&b, 0)));
}

#[test]
fn every_saying_is_followed_and_its_changes_read_back() {
    let (_, reader, all) = &*SAMPLE;
    let mut of_group: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for hit in all {
        of_group.entry(group(quote(hit))).or_default().insert(hit.id());
    }
    let mut changed = 0;
    for asked in all {
        let Some(Hit::Quote(hit)) = with_id(reader, asked.id()).unwrap().pop() else { panic!("no quote") };
        let found = spread(reader, hit).unwrap();
        let ids: BTreeSet<&str> = found.prints.iter().map(|print| print.hit.id.as_str()).collect();
        assert_eq!(ids.len(), found.prints.len(), "one print twice");
        assert!(of_group[&group(quote(asked))].is_subset(&ids), "a copy of {} is missing", asked.id());
        let is_asked: Vec<&str> =
            found.prints.iter().filter(|print| print.asked).map(|print| print.hit.id.as_str()).collect();
        assert_eq!(is_asked, [asked.id()]);
        let dates = found.prints.iter().map(|print| print.hit.article.meta.date);
        assert!(dates.map(|date| (date.is_none(), date.map(|d| d.last_day()))).is_sorted());
        let first = &found.prints[0];
        assert_eq!(first.wording, Wording::Same);
        for print in &found.prints {
            let (mut gone, mut printed) = (0, Vec::new());
            for step in &print.alignment.steps {
                match step {
                    Step::Same(range) => {
                        gone += range.len();
                        printed.extend(range.clone());
                    }
                    Step::Missing(range) => {
                        assert_eq!(range.start, gone);
                        gone = range.end;
                    }
                    Step::Added(range) => printed.extend(range.clone()),
                }
            }
            assert_eq!(gone, first.words.len(), "all words of the first print");
            assert_eq!(printed, (0..print.words.len()).collect::<Vec<usize>>(), "all words of the print");
            let is_same = print.alignment.is_verbatim() && first.words.len() == print.words.len();
            assert_eq!(print.wording == Wording::Same, is_same, "{}", print.hit.id);
            changed += usize::from(print.wording == Wording::Changed);
        }
    }
    assert!(changed > 0, "the sample corpus prints sayings with changes");
}
