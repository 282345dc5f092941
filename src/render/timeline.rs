//! Hits over time: bars for people, an object, a table.

use crate::render::human::{BAR, DIM, NAME, bar, dated, outlet};
use crate::render::json::merged;
use crate::render::layout::{columns as wide, cut, paint};
use crate::render::table::{Shape, write};
use crate::search::{Hit, PeriodCount, Timeline};
use serde_json::{Value, json};
use std::io;

/// Bars, one line a period; split ones side by side, as many as there is room for. Then what cannot be
/// set in them, and the first and the last hit.
pub fn human(timeline: &Timeline, width: usize) -> String {
    let label = timeline.rows.iter().map(|row| row.label.len()).max().unwrap_or(0);
    let columns = columns(timeline, width.saturating_sub(label + 2));
    let mut out = String::new();
    if timeline.split.is_some() {
        let heads = columns.iter().map(|column| padded(&column.head, NAME, column.width));
        let heads: Vec<String> = heads.collect();
        out.push_str(&format!("{}{}\n", " ".repeat(label + 2), heads.join("  ").trim_end()));
    }
    for row in &timeline.rows {
        let cells: Vec<String> = columns.iter().map(|column| column.cell(row)).collect();
        let line = format!("{:label$}  {}", row.label, cells.join("  "));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let shown = columns.len() - 1;
    if shown < timeline.values.len() {
        let names = timeline.values[shown..].join(", ");
        out.push_str(&(paint(&cut(&format!("(no room for {names})"), width), DIM) + "\n"));
    }
    for (count, why) in [
        (timeline.vague, format!("date not known to the {}", timeline.period.name())),
        (timeline.undated, "no date".to_owned()),
    ] {
        if count > 0 {
            out.push_str(&(paint(&format!("({why}: {count})"), DIM) + "\n"));
        }
    }
    for (which, hit) in [("first", &timeline.first), ("last", &timeline.last)] {
        if let Some(hit) = hit {
            out.push_str(&end(which, hit, width));
        }
    }
    out
}

/// What a column counts: everything, or one value.
struct Column {
    head: String,
    value: Option<usize>,
    width: usize,
    digits: usize,
    most: u64,
}

impl Column {
    fn count(&self, row: &PeriodCount) -> u64 {
        self.value.map_or(row.count, |value| row.values[value])
    }

    fn cell(&self, row: &PeriodCount) -> String {
        let count = self.count(row);
        let room = self.width.saturating_sub(self.digits + 1);
        let bar = if count == 0 { String::new() } else { bar(count, self.most, room) };
        format!("{count:>digits$} {}", padded(&bar, BAR, room), digits = self.digits)
    }
}

/// Fewer columns of text than this are no bar.
const NARROWEST: usize = 14;

/// Nor is a wider one easier to read.
const WIDEST: usize = 60;

/// All columns are drawn to one scale, so that they can be compared.
fn columns(timeline: &Timeline, room: usize) -> Vec<Column> {
    let fitting = (room / (NARROWEST + 2)).max(1);
    let number = (timeline.values.len() + 1).min(fitting);
    let width = ((room + 2) / number).saturating_sub(2).clamp(NARROWEST.min(room.max(1)), WIDEST);
    let most = timeline.rows.iter().map(|row| row.count).max().unwrap_or(0);
    let all = ("all", None);
    let values = timeline.values.iter().enumerate().map(|(at, value)| (value.as_str(), Some(at)));
    let column = |(head, value): (&str, Option<usize>)| Column {
        head: cut(head, width),
        value,
        width,
        digits: most.to_string().len(),
        most,
    };
    std::iter::once(all).chain(values).take(number).map(column).collect()
}

fn padded(text: &str, style: anstyle::Style, width: usize) -> String {
    let pad = width.saturating_sub(wide(text));
    format!("{}{}", if text.is_empty() { String::new() } else { paint(text, style) }, " ".repeat(pad))
}

/// `first  2016-10-12 · Northwire · Vladimir Putin: “…” · q7f3a1c`
fn end(which: &str, hit: &Hit, width: usize) -> String {
    let article = hit.article();
    let what = match hit {
        Hit::Quote(quote) => {
            format!("{}: {}", quote.speaker_name().unwrap_or("(nobody named)"), quote.words())
        }
        Hit::Article(article) => {
            article.article.meta.title.clone().unwrap_or_else(|| "(no title)".to_owned())
        }
    };
    let line = format!("{which:5}  {} · {} · {} · {what}", hit.id(), dated(article), outlet(article));
    cut(&line, width) + "\n"
}

/// `{"v":1,"type":"timeline","by":"month","periods":[{"period":…,"from":…,"to":…,"count":…}],…}`; with a
/// split, each period has `values`, in the order of the timeline's.
pub fn object(timeline: &Timeline) -> Value {
    let periods: Vec<Value> = timeline.rows.iter().map(|row| period(timeline, row)).collect();
    json!({
        "v": 1, "type": "timeline", "by": timeline.period.name(),
        "split": timeline.split.map(|field| field.name()), "values": timeline.values,
        "total": timeline.total, "undated": timeline.undated, "vague": timeline.vague,
        "first": timeline.first.as_ref().map(named), "last": timeline.last.as_ref().map(named),
        "periods": periods,
    })
}

/// One period as an object, as lines print it.
pub fn line(timeline: &Timeline, row: &PeriodCount) -> Value {
    merged(json!({"v": 1, "type": "period"}), period(timeline, row))
}

fn period(timeline: &Timeline, row: &PeriodCount) -> Value {
    let mut object = json!({
        "period": row.label, "from": row.from.to_string(), "to": row.to.to_string(), "count": row.count,
    });
    if timeline.split.is_some() {
        let values = timeline.values.iter().zip(&row.values);
        object["values"] = values.map(|(value, count)| json!({"value": value, "count": count})).collect();
    }
    object
}

fn named(hit: &Hit) -> Value {
    let meta = &hit.article().meta;
    json!({"id": hit.id(), "date": meta.date.map(|d| d.to_string()), "outlet": meta.outlet})
}

/// A row a period; with a split, a row a period and value.
pub fn table(out: &mut dyn io::Write, shape: Shape, timeline: &Timeline) -> io::Result<()> {
    let plain = |row: &PeriodCount| vec![row.label.clone(), row.from.to_string(), row.to.to_string()];
    let Some(field) = timeline.split else {
        let head = ["period", "from", "to", "count"];
        let rows = timeline.rows.iter().map(|row| [plain(row), vec![row.count.to_string()]].concat());
        return write(out, shape, &head, rows);
    };
    let head = ["period", "from", "to", field.name(), "count"];
    let rows = timeline.rows.iter().flat_map(|row| {
        let counts = timeline.values.iter().zip(&row.values);
        counts.map(|(value, count)| [plain(row), vec![value.clone(), count.to_string()]].concat())
    });
    write(out, shape, &head, rows)
}
