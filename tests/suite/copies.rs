//! Copies of one story: found whatever the order of indexing, told from follow-ups, counted under their
//! first print, never lost.

use onrecord::article::{Article, Date, Meta};
use onrecord::index::{BuildOptions, Copies, Reader, update};
use onrecord::ingest::Options;
use onrecord::query::{Expr, Field, Match, Query, Unit};
use onrecord::schema::{Shingles, key};
use onrecord::search::{Answer, FacetField, Hit, Page, Sort, answer};
use onrecord::text::{Text, fold};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The sample corpus, in several segments.
static SAMPLE: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let build = BuildOptions { commit_bytes: 8 << 10, ..BuildOptions::default() };
    update(dir.path(), &[corpus], &Options::default(), &build, &|_| ()).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    (dir, reader)
});

fn asked(unit: Unit, expr: Expr, page: Page) -> Answer {
    let outlet = FacetField::named("outlet").unwrap();
    answer(&SAMPLE.1, &Query { unit, expr }, page, &[outlet], 0).unwrap()
}

const ALL: Page = Page { sort: Sort::Newest, offset: 0, limit: 0, all_copies: true };
const COLLAPSED: Page = Page { all_copies: false, ..ALL };

fn word(word: &str) -> Expr {
    Expr::Leaf(Field::Any, Match::Word(word.to_owned()))
}

fn outlets(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().filter_map(|hit| hit.article().meta.outlet.as_deref()).collect()
}

#[test]
fn the_first_print_stands_for_its_copies() {
    let found = asked(Unit::Articles, word("sleepless"), COLLAPSED);
    assert_eq!(outlets(&found), ["Northwire"]);
    assert_eq!((found.total, found.copies, found.hits[0].copies()), (1, 2, 2));
    let every = asked(Unit::Articles, word("sleepless"), ALL);
    assert_eq!((every.total, every.copies), (3, 0));
    // Counts are of prints.
    assert_eq!(found.facets, every.facets);
    assert_eq!(found.facets[0].values.iter().map(|v| v.count).sum::<u64>(), 3);
    // The follow-up repeats a sentence and stands on its own.
    let follow_up = asked(Unit::Articles, Expr::And(vec![word("soup"), word("Skarrow")]), COLLAPSED);
    assert_eq!(follow_up.hits.iter().map(Hit::copies).collect::<Vec<_>>(), [0]);
}

/// What a hit and its copies have in common, told without the index: the words and the last name of who
/// said them, of short ones the story as well; of articles the story.
fn group(hit: &Hit, firsts: &BTreeMap<String, String>) -> String {
    let story = firsts.get(&hit.article().id).unwrap_or(&hit.article().id).clone();
    let Hit::Quote(quote) = hit else { return story };
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text);
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let said = words(&quote.words());
    let name = quote.quote.attribution.speaker.as_ref().and_then(|s| s.name.as_deref());
    let Some(last) = name.and_then(|name| words(name).pop()) else { return quote.id.clone() };
    let story = if said.len() < 6 { story } else { String::new() };
    format!("{story}|{last}|{}", said.join(" "))
}

/// Of every article the first print, by comparing all with all before it.
fn firsts(articles: &[&Article]) -> BTreeMap<String, String> {
    let mut in_order: Vec<(&&Article, Shingles)> =
        articles.iter().map(|a| (a, Shingles::of(a.text.as_str()))).collect();
    let day = |a: &Article| a.meta.date.map_or(i64::MIN, |d| d.days());
    in_order.sort_by_key(|(a, _)| (day(a), a.id.clone()));
    let mut firsts: BTreeMap<String, String> = BTreeMap::new();
    for (i, (article, rows)) in in_order.iter().enumerate() {
        let near = |a: &Article| day(article).saturating_sub(7) <= day(a);
        let first = in_order[..i]
            .iter()
            .find(|(a, other)| {
                firsts[&a.id] == a.id && near(a) && other.is_copy(rows, day(article).abs_diff(day(a)))
            })
            .map_or(&article.id, |(a, _)| &a.id);
        firsts.insert(article.id.clone(), first.clone());
    }
    firsts
}

#[test]
fn the_index_puts_together_what_a_scan_puts_together() {
    let articles = asked(Unit::Articles, Expr::All, ALL);
    let first_of = firsts(&articles.hits.iter().map(Hit::article).collect::<Vec<_>>());
    for unit in [Unit::Articles, Unit::Quotes] {
        for sort in [Sort::Newest, Sort::Oldest, Sort::Relevance] {
            let mut shown: Vec<(String, usize)> = Vec::new();
            let mut groups: BTreeMap<String, Vec<&Hit>> = BTreeMap::new();
            let all = asked(unit, Expr::All, Page { sort, ..ALL });
            for hit in &all.hits {
                groups.entry(group(hit, &first_of)).or_default().push(hit);
            }
            for hit in &all.hits {
                let prints = &groups[&group(hit, &first_of)];
                let order = |h: &&&Hit| {
                    let date = h.article().meta.date.map_or(i64::MAX, |d| d.days());
                    let start = if let Hit::Quote(q) = h { q.quote.span().start } else { 0 };
                    (date, h.article().id.clone(), start)
                };
                let first = prints.iter().min_by_key(order).unwrap();
                if first.id() == hit.id() {
                    shown.push((hit.id().to_owned(), prints.len() - 1));
                }
            }
            let told = |hits: &[Hit]| -> Vec<(String, usize)> {
                hits.iter().map(|h| (h.id().to_owned(), h.copies())).collect()
            };
            let page = Page { sort, ..COLLAPSED };
            let found = asked(unit, Expr::All, page);
            assert_eq!(told(&found.hits), shown, "{unit:?} {sort:?}");
            assert_eq!((found.total, found.total + found.copies), (shown.len(), all.total));
            // Page by page the same, nothing twice and nothing left out.
            let pages = (0..found.total)
                .step_by(7)
                .flat_map(|offset| told(&asked(unit, Expr::All, Page { offset, limit: 7, ..page }).hits));
            assert_eq!(pages.collect::<Vec<_>>(), shown, "{unit:?} {sort:?}, in pages");
        }
    }
}

/// A story of the wire: paragraphs of words that no other story has, and how it ends.
fn story(number: usize) -> Vec<String> {
    let paragraph = |p: usize| (0..25).map(|w| format!("w{number}x{p}x{w}")).collect::<Vec<_>>().join(" ");
    (0..8).map(paragraph).collect()
}

/// A print of a story: which, cut to so many paragraphs, with so many of them edited, on a day.
#[derive(Clone, Debug)]
struct Printed {
    story: usize,
    paragraphs: usize,
    edited: usize,
    day: u8,
}

impl Printed {
    fn file(&self, number: usize) -> String {
        let mut text = story(self.story);
        text.truncate(self.paragraphs);
        for p in 0..self.edited {
            text[p + 1] = format!("edited by the desk of paper {number} in words of its own, paragraph {p}");
        }
        let head = format!(
            "---\ntitle: Headline {number}\ndate: 2019-03-{:02}\noutlet: Paper {number}\n---\n",
            self.day
        );
        head + &text.join("\n\n")
    }
}

fn printed() -> impl Strategy<Value = Printed> {
    (0..4usize, 3..9usize, 0..3usize, 1..28u8).prop_map(|(story, paragraphs, edited, day)| Printed {
        story,
        paragraphs,
        edited,
        day,
    })
}

/// The copies of these files, indexed in this many runs.
fn copies(files: &[(usize, String)], runs: usize, threads: usize) -> Copies {
    let (archive, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for part in files.chunks(files.len().div_ceil(runs)) {
        for (number, text) in part {
            fs::write(archive.path().join(format!("{number}.md")), text).unwrap();
        }
        let build = BuildOptions { threads, commit_bytes: 1 << 10, ..BuildOptions::default() };
        update(dir.path(), &[archive.path().to_path_buf()], &Options::default(), &build, &|_| ()).unwrap();
    }
    Copies::clone(Reader::open(dir.path()).unwrap().copies().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_threads_nor_runs_change_a_group(
        prints in prop::collection::vec(printed(), 2..12),
        order in any::<prop::sample::Index>(),
    ) {
        let files: Vec<(usize, String)> = prints.iter().enumerate().map(|(n, p)| (n, p.file(n))).collect();
        let whole = copies(&files, 1, 1);
        let mut turned = files.clone();
        turned.rotate_left(order.index(files.len()));
        turned.reverse();
        prop_assert_eq!(&copies(&turned, 3, 2), &whole);
    }
}

fn wire(number: usize, text: &str, day: u8) -> (Article, Shingles) {
    let meta =
        Meta { title: Some(format!("Headline {number}")), date: Date::day(2019, 3, day), ..Meta::default() };
    (Article::new(meta, Text::new(text.to_owned())), Shingles::of(text))
}

#[test]
fn a_cut_copy_is_found_and_a_follow_up_is_not() {
    let prints = [
        Printed { story: 0, paragraphs: 8, edited: 0, day: 4 },
        // Cut at the end, one paragraph edited.
        Printed { story: 0, paragraphs: 5, edited: 1, day: 5 },
        // Too late to be a print of the same day's wire.
        Printed { story: 0, paragraphs: 8, edited: 0, day: 20 },
    ];
    let mut files: Vec<(usize, String)> = prints.iter().enumerate().map(|(n, p)| (n, p.file(n))).collect();
    // A follow-up: new words, then three paragraphs of background from the first story.
    let background = story(0)[5..].join("\n\n");
    let follow_up = format!("{}\n\n{background}", story(1)[..5].join("\n\n"));
    files.push((3, format!("---\ntitle: Next day\ndate: 2019-03-05\noutlet: Paper 3\n---\n{follow_up}")));
    let groups: Vec<usize> = copies(&files, 1, 2).groups().into_values().collect();
    assert_eq!(groups, [2]);
    let (_, first) = wire(0, &story(0).join("\n\n"), 4);
    assert!(!first.is_copy(&wire(3, &follow_up, 5).1, 1));
}

#[test]
fn a_wire_story_is_one_in_another_outlet_alone() {
    let is = |value: &str| Expr::Leaf(Field::Is, Match::Word(value.to_owned()));
    let agency = Expr::Leaf(Field::Agency, Match::Word("northwire".to_owned()));
    let wire: BTreeSet<String> =
        asked(Unit::Articles, is("wire"), ALL).hits.iter().map(|h| h.article().id.clone()).collect();
    let of_agency = asked(Unit::Articles, agency, ALL);
    let (own, printed): (Vec<&Hit>, Vec<&Hit>) =
        of_agency.hits.iter().partition(|hit| hit.article().meta.outlet.as_deref() == Some("Northwire"));
    assert!(own.len() > 3 && own.iter().all(|hit| !wire.contains(&hit.article().id)));
    assert_eq!(printed.len(), 1);
    assert!(wire.contains(&printed[0].article().id));
    assert!(SAMPLE.1.copies().unwrap().first_print(key(&printed[0].article().id)).is_some());
}
