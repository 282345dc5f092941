//! Two speakers side by side: for people in two columns, or one under the other where there is no room; as an
//! object, as lines, as a table.

use crate::article::Article;
use crate::render::counted;
use crate::render::human::{BAR, DIM, MATCH, NAME, PLAIN, bar, dated, outlet, within};
use crate::render::json;
use crate::render::layout::{GAP, Row, Words, beside, columns, cut, under};
use crate::render::table::{Shape, write};
use crate::render::text_rows;
use crate::search::{ArticleHit, Comparison, Facet, Hit, PeriodCount, Side, Telling};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// Narrower screens have no room for two columns.
const TWO_COLUMNS: usize = 72;

/// Who they are and how often each is quoted, when, where and how; by period; the words that set them apart
/// and those both use; the articles that quote both; some quotes of each.
pub fn human(found: &Comparison, width: usize) -> String {
    let page = Page { found, width, column: (width >= TWO_COLUMNS).then(|| (width - GAP) / 2) };
    let room = page.column.unwrap_or(width);
    let mut out = page.both(None, |side| facts(&found.sides[side], room));
    let period = found.sides[0].timeline.period.name();
    out.push_str(&page.both(Some(&format!("by {period}")), |side| periods(found, side, room)));
    if found.apart.iter().any(|words| !words.is_empty()) {
        let title = "words that set them apart (z: log-odds in standard errors)";
        out.push_str(&page.both(Some(title), |side| words(found, side, room)));
    }
    if !found.shared.is_empty() {
        let word = |word: &Telling| format!("{} ({}, {})", word.word, word.counts[0], word.counts[1]);
        let listed = found.shared.iter().map(word).collect::<Vec<String>>().join(", ");
        out.push_str(&under(&titled("words of both", width, text_rows(&listed, width, PLAIN))));
    }
    out.push_str(&under(&titled(
        &together(found),
        width,
        found.articles.iter().map(|hit| article(hit, width)).collect(),
    )));
    if found.sides.iter().any(|side| !side.examples.is_empty()) {
        out.push_str(&page.both(Some("quotes"), |side| examples(&found.sides[side], room)));
    }
    out
}

/// Where the parts of a comparison are set.
struct Page<'a> {
    found: &'a Comparison,
    width: usize,
    /// How wide each column is, where there are two.
    column: Option<usize>,
}

impl Page<'_> {
    /// A part about both, each under its name.
    fn both(&self, title: Option<&str>, rows: impl Fn(usize) -> Vec<Row>) -> String {
        let named = |side: usize| {
            let name = cut(self.found.sides[side].name(), self.column.unwrap_or(self.width));
            [vec![vec![(name, NAME)]], rows(side)].concat()
        };
        let head = title.map(|title| under(&titled(title, self.width, Vec::new()))).unwrap_or_default();
        head + &match self.column {
            Some(column) => beside(&named(0), &named(1), column),
            None => under(&[named(0), vec![Row::new()], named(1)].concat()),
        }
    }
}

/// Rows under a title, a line apart from what stands before.
fn titled(title: &str, width: usize, rows: Vec<Row>) -> Vec<Row> {
    [vec![Row::new()], text_rows(title, width, NAME), rows].concat()
}

fn plain(text: String) -> Row {
    vec![(text, PLAIN)]
}

/// How often, from when to when, in which outlets, in which kinds.
fn facts(side: &Side, width: usize) -> Vec<Row> {
    let copies =
        if side.copies > 0 { format!(" ({} without copies)", side.distinct()) } else { String::new() };
    let mut rows = vec![plain(cut(&format!("{}{copies}", counted(side.quotes, "quote")), width))];
    for (which, hit) in [("first", &side.timeline.first), ("last", &side.timeline.last)] {
        let Some(hit) = hit else { continue };
        let place = format!("{which:5}  {} · {} · {}", dated(hit.article()), hit.id(), outlet(hit.article()));
        rows.push(plain(cut(&place, width)));
    }
    for facet in side.facets.iter().filter(|facet| !facet.values.is_empty()) {
        rows.extend(text_rows(&format!("{}: {}", facet.field.name(), counts(facet)), width, DIM));
    }
    rows
}

/// So many values of a facet are named.
const NAMED: usize = 6;

/// `Northwire (5), Kesterton Echo (2) and 3 more`.
fn counts(facet: &Facet) -> String {
    let named = facet.values.iter().take(NAMED).map(|value| format!("{} ({})", value.value, value.count));
    let named = named.collect::<Vec<String>>().join(", ");
    let more = facet.values.len().saturating_sub(NAMED);
    if more > 0 { format!("{named} and {more} more") } else { named }
}

/// A bar a period, those of both drawn to one scale; then what cannot be set in them.
fn periods(found: &Comparison, side: usize, width: usize) -> Vec<Row> {
    let most = found.periods.iter().flat_map(|row| row.values.iter().copied()).max().unwrap_or(0);
    let digits = most.to_string().len();
    let row = |row: &PeriodCount| {
        let count = row.values[side];
        let head = format!("{}  {count:>digits$} ", row.label);
        let room = width.saturating_sub(head.len());
        let bar = if count == 0 { String::new() } else { bar(count, most, room) };
        vec![(head, PLAIN), (bar, BAR)]
    };
    let mut rows: Vec<Row> = found.periods.iter().map(row).collect();
    let timeline = &found.sides[side].timeline;
    let vague = format!("date not known to the {}", timeline.period.name());
    for (count, why) in [(timeline.vague, vague.as_str()), (timeline.undated, "no date")] {
        if count > 0 {
            rows.push(vec![(format!("({why}: {count})"), DIM)]);
        }
    }
    rows
}

/// The words of one side: in how many of its quotes, in how many of the other's, and how telling.
fn words(found: &Comparison, side: usize, width: usize) -> Vec<Row> {
    let words = &found.apart[side];
    if words.is_empty() {
        return text_rows("(no word is telling)", width, DIM);
    }
    let of = |word: &Telling, side: usize| format!("{}/{}", word.counts[side], found.sides[side].distinct());
    let widest = |side: usize| words.iter().map(|word| of(word, side).len()).max().unwrap_or(0).max(5);
    let (here, there) = (widest(side), widest(1 - side));
    let room = width.saturating_sub(here + there + 10).min(24);
    let row = |word: &str, left: String, right: String, score: String| {
        let word = cut(word, room);
        let pad = " ".repeat(room.saturating_sub(columns(&word)));
        format!("{word}{pad}  {left:>here$}  {right:>there$}  {score:>4}")
    };
    let head = row("", "here".to_owned(), "there".to_owned(), "z".to_owned());
    let rows = words.iter().map(|word| {
        plain(row(&word.word, of(word, side), of(word, 1 - side), format!("{:.1}", word.score.abs())))
    });
    std::iter::once(vec![(head, DIM)]).chain(rows).collect()
}

/// `3 articles quote both (and 2 copies)`.
fn together(found: &Comparison) -> String {
    let copies = match found.together_copies {
        0 => String::new(),
        copies => format!(" (and {})", counted(copies, "copy")),
    };
    match found.together {
        0 => "no article quotes both".to_owned(),
        1 => format!("1 article quotes both{copies}"),
        more => format!("{more} articles quote both{copies}"),
    }
}

fn article(hit: &ArticleHit, width: usize) -> Row {
    let Article { id, meta, .. } = &*hit.article;
    let title = meta.title.as_deref().unwrap_or("(no title)");
    let place = format!("{} · {id} · {} · ", dated(&hit.article), outlet(&hit.article));
    vec![(cut(&(place + title), width), PLAIN)]
}

/// Quotes, each with its date, outlet and id, and a line between two.
fn examples(side: &Side, width: usize) -> Vec<Row> {
    let quotes =
        side.examples.iter().filter_map(|hit| if let Hit::Quote(hit) = hit { Some(hit) } else { None });
    let rows = quotes.map(|hit| {
        let mut words = Words::default();
        for (number, piece) in hit.quote.pieces.iter().enumerate() {
            if number > 0 {
                words.push("…", DIM, &[], PLAIN);
            }
            words.push(hit.article.text.slice(*piece), PLAIN, &within(*piece, &hit.matches), MATCH);
        }
        let place = format!("{} · {} · {}", dated(&hit.article), hit.id, outlet(&hit.article));
        [words.rows(width), vec![vec![(cut(&place, width), DIM)]]].concat()
    });
    rows.collect::<Vec<Vec<Row>>>().join(&Row::new())
}

/// The keys of the two sides in objects.
const SIDES: [&str; 2] = ["a", "b"];

/// `{"v":1,"type":"comparison","a":{…},"b":{…},"periods":[…],"words":{"a":[…],"b":[…],"both":[…]},
/// "articles":{…}}`.
pub fn object(found: &Comparison) -> Value {
    let list = |words: &[Telling]| words.iter().map(telling).collect::<Vec<Value>>();
    let sides = found.sides.each_ref().map(|side| {
        let mut object = side_object(side);
        object["examples"] = side.examples.iter().map(json::hit).collect();
        object
    });
    let [a, b] = sides;
    json!({
        "v": 1, "type": "comparison", "a": a, "b": b, "by": found.sides[0].timeline.period.name(),
        "periods": found.periods.iter().map(period).collect::<Vec<Value>>(),
        "words": {"a": list(&found.apart[0]), "b": list(&found.apart[1]), "both": list(&found.shared)},
        "articles": {
            "total": found.together, "copies": found.together_copies,
            "first": found.articles.iter().map(json::article_hit).collect::<Vec<Value>>(),
        },
    })
}

/// The same as lines: the two sides, the periods, the words, the articles that quote both, the quotes.
pub fn lines(found: &Comparison) -> Vec<Value> {
    let mut lines: Vec<Value> = Vec::new();
    for (side, key) in found.sides.iter().zip(SIDES) {
        lines.push(headed("side", &[("side", key)], side_object(side)));
    }
    lines.extend(found.periods.iter().map(|row| headed("compared", &[], period(row))));
    let lists = [("a", &found.apart[0]), ("b", &found.apart[1]), ("both", &found.shared)];
    for (of, words) in lists {
        lines.extend(words.iter().map(|word| headed("word", &[("of", of)], telling(word))));
    }
    lines.extend(found.articles.iter().map(json::article_hit));
    for (side, key) in found.sides.iter().zip(SIDES) {
        lines.extend(side.examples.iter().map(|hit| headed("quote", &[("side", key)], json::hit(hit))));
    }
    lines
}

/// An object with its type in front, and what else it is known by.
fn headed(kind: &str, known: &[(&str, &str)], object: Value) -> Value {
    let mut headed = json!({"v": 1, "type": kind});
    known.iter().for_each(|(key, value)| headed[*key] = (*value).into());
    json::merged(headed, object)
}

fn side_object(side: &Side) -> Value {
    let mut object = json!({
        "typed": side.typed, "speakers": side.names, "query": side.query.to_string(), "quotes": side.quotes,
        "copies": side.copies, "undated": side.timeline.undated, "vague": side.timeline.vague,
        "first": side.timeline.first.as_ref().map(place), "last": side.timeline.last.as_ref().map(place),
    });
    for facet in &side.facets {
        let counts = facet.values.iter().map(|value| json!({"value": value.value, "count": value.count}));
        object[facet.field.name()] = counts.collect();
    }
    object
}

fn place(hit: &Hit) -> Value {
    let meta = &hit.article().meta;
    json!({"id": hit.id(), "date": meta.date.map(|d| d.to_string()), "outlet": meta.outlet})
}

fn period(row: &PeriodCount) -> Value {
    json!({
        "period": row.label, "from": row.from.to_string(), "to": row.to.to_string(),
        "a": row.values[0], "b": row.values[1],
    })
}

fn telling(word: &Telling) -> Value {
    json!({"word": word.word, "a": word.counts[0], "b": word.counts[1], "z": word.score})
}

/// The counts, a row each: what is counted, of which value, for the one and for the other; of words how
/// telling they are.
pub fn table(out: &mut dyn io::Write, shape: Shape, found: &Comparison) -> io::Result<()> {
    let row = |what: &str, value: &str, counts: [String; 2], score: String| {
        let [a, b] = counts;
        vec![what.to_owned(), value.to_owned(), a, b, score]
    };
    let of_sides = |what: &str, cell: fn(&Side) -> String| {
        row(what, "", found.sides.each_ref().map(cell), String::new())
    };
    let date = |hit: Option<&Hit>| {
        hit.and_then(|hit| hit.article().meta.date).map(|date| date.to_string()).unwrap_or_default()
    };
    let [first, last] = [false, true].map(|last| {
        let ends = found
            .sides
            .each_ref()
            .map(|side| date(if last { side.timeline.last.as_ref() } else { side.timeline.first.as_ref() }));
        row(if last { "last" } else { "first" }, "", ends, String::new())
    });
    let mut rows = vec![
        of_sides("speaker", |side| side.name().to_owned()),
        of_sides("quotes", |side| side.quotes.to_string()),
        of_sides("without copies", |side| side.distinct().to_string()),
        first,
        last,
    ];
    for (at, facet) in found.sides[0].facets.iter().enumerate() {
        let counts = of_both(facet, &found.sides[1].facets[at]);
        rows.extend(counts.into_iter().map(|(value, counts)| {
            row(facet.field.name(), &value, counts.map(|count| count.to_string()), String::new())
        }));
    }
    let period = found.sides[0].timeline.period.name();
    rows.extend(found.periods.iter().map(|counted| {
        let counts = [0, 1].map(|side| counted.values[side].to_string());
        row(period, &counted.label, counts, String::new())
    }));
    let lists =
        [("word of a", &found.apart[0]), ("word of b", &found.apart[1]), ("word of both", &found.shared)];
    for (what, words) in lists {
        rows.extend(words.iter().map(|word| {
            row(what, &word.word, word.counts.map(|count| count.to_string()), format!("{:.3}", word.score))
        }));
    }
    let together = found.together.to_string();
    rows.push(row("articles with both", "", [together.clone(), together], String::new()));
    write(out, shape, &["what", "value", "a", "b", "z"], rows.into_iter())
}

/// The values either has, with the counts of both, by name.
fn of_both(one: &Facet, other: &Facet) -> BTreeMap<String, [u64; 2]> {
    let mut counts = BTreeMap::<String, [u64; 2]>::new();
    for (side, facet) in [one, other].into_iter().enumerate() {
        for value in &facet.values {
            counts.entry(value.value.clone()).or_default()[side] = value.count;
        }
    }
    counts
}
