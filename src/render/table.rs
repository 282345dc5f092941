//! Tables: CSV, TSV and Markdown, one row a hit.

use crate::article::Date;
use crate::render::people::with_counts;
use crate::render::{safe, safe_lines};
use crate::search::{Facet, Hit, SpeakerHit};
use std::io;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Comma-separated, quoted where needed (RFC 4180), with cells that a spreadsheet would run as
    /// a formula defused by a leading apostrophe.
    Csv,
    /// Tab-separated, one line a row: tabs and line breaks within a cell become spaces.
    Tsv,
    /// A Markdown table; marks in cells are escaped.
    Markdown,
}

/// A column: its name, and the cell of a hit.
pub struct Column {
    /// As it is typed in `--fields` and printed in the head.
    pub name: &'static str,
    cell: fn(&Hit) -> String,
}

/// All columns there are.
pub const COLUMNS: &[Column] = &[
    Column { name: "date", cell: |h| h.article().meta.date.map(|d| d.to_string()).unwrap_or_default() },
    Column { name: "outlet", cell: |h| h.article().meta.outlet.clone().unwrap_or_default() },
    Column { name: "speaker", cell: speaker },
    Column { name: "role", cell: role },
    Column { name: "text", cell: |h| of_quote(h, |q| q.words()) },
    Column { name: "kind", cell: |h| of_quote(h, |q| format!("{:?}", q.quote.kind).to_lowercase()) },
    Column {
        name: "cue",
        cell: |h| of_quote(h, |q| q.quote.cue.as_ref().map(|c| c.lemma.clone()).unwrap_or_default()),
    },
    Column { name: "mention", cell: |h| of_quote(h, |q| q.mention().unwrap_or_default().to_owned()) },
    Column {
        name: "confidence",
        cell: |h| of_quote(h, |q| format!("{:.2}", q.quote.attribution.confidence)),
    },
    Column { name: "title", cell: |h| h.article().meta.title.clone().unwrap_or_default() },
    Column { name: "byline", cell: |h| h.article().meta.byline.clone().unwrap_or_default() },
    Column { name: "agency", cell: |h| h.article().meta.agency.clone().unwrap_or_default() },
    Column { name: "section", cell: |h| h.article().meta.section.clone().unwrap_or_default() },
    Column { name: "place", cell: |h| h.article().meta.place.clone().unwrap_or_default() },
    Column { name: "lang", cell: |h| h.article().meta.lang.clone().unwrap_or_default() },
    Column { name: "url", cell: |h| h.article().meta.url.clone().unwrap_or_default() },
    Column { name: "embargo", cell: |h| h.article().meta.embargo.clone().unwrap_or_default() },
    Column { name: "copies", cell: |h| h.copies().to_string() },
    Column { name: "path", cell: |h| h.article().meta.path.clone() },
    Column { name: "id", cell: |h| h.id().to_owned() },
];

/// The columns of a table of quotes, where the user names none.
pub const QUOTE_COLUMNS: &[&str] =
    &["date", "outlet", "speaker", "text", "kind", "confidence", "title", "copies", "path", "id"];

/// The columns of a table of articles, where the user names none.
pub const ARTICLE_COLUMNS: &[&str] = &["date", "outlet", "title", "byline", "copies", "path", "id"];

/// The column of that name.
pub fn column(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|c| c.name == name)
}

/// Writes hits as a table with a head.
pub fn hits(out: &mut dyn io::Write, shape: Shape, columns: &[&Column], hits: &[Hit]) -> io::Result<()> {
    let mut sheet = hit_sheet(out, shape, columns)?;
    hits.iter().try_for_each(|hit| sheet.row(&hit_cells(columns, hit)))?;
    sheet.end()
}

/// A table of hits, begun: its head is written.
pub fn hit_sheet<'a>(out: &'a mut dyn io::Write, shape: Shape, columns: &[&Column]) -> io::Result<Sheet<'a>> {
    Sheet::begin(out, shape, &columns.iter().map(|c| c.name).collect::<Vec<_>>())
}

/// The cells of a hit.
pub fn hit_cells(columns: &[&Column], hit: &Hit) -> Vec<String> {
    columns.iter().map(|c| (c.cell)(hit)).collect()
}

/// Writes facet counts as a table: field, value, count.
pub fn facets(out: &mut dyn io::Write, shape: Shape, facets: &[Facet]) -> io::Result<()> {
    let rows = facets.iter().flat_map(|facet| {
        let row = |v: &crate::search::Value| {
            vec![facet.field.name().to_owned(), v.value.clone(), v.count.to_string()]
        };
        facet.values.iter().map(row)
    });
    write(out, shape, &["field", "value", "count"], rows)
}

/// Writes speakers as a table. Names and outlets stand in one cell each, most quoted first.
pub fn speakers(out: &mut dyn io::Write, shape: Shape, speakers: &[SpeakerHit]) -> io::Result<()> {
    let head = ["speaker", "kind", "quotes", "outlets", "first", "last", "names", "quoted_in"];
    let date = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
    let rows = speakers.iter().map(|q| {
        vec![
            q.name.clone(),
            q.kind.name(),
            q.count.to_string(),
            q.outlets.len().to_string(),
            date(q.first),
            date(q.last),
            with_counts(&q.names).join("; "),
            with_counts(&q.outlets).join("; "),
        ]
    });
    write(out, shape, &head, rows)
}

pub(super) fn write(
    out: &mut dyn io::Write,
    shape: Shape,
    head: &[&str],
    mut rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut sheet = Sheet::begin(out, shape, head)?;
    rows.try_for_each(|row| sheet.row(&row))?;
    sheet.end()
}

/// A table that is written row by row, each cell made harmless for what the table is read with.
pub struct Sheet<'a>(Lines<'a>);

enum Lines<'a> {
    Csv(Box<csv::Writer<&'a mut dyn io::Write>>),
    Tsv(&'a mut dyn io::Write),
    Markdown(&'a mut dyn io::Write),
}

impl<'a> Sheet<'a> {
    /// Writes the head.
    pub fn begin(out: &'a mut dyn io::Write, shape: Shape, head: &[&str]) -> io::Result<Sheet<'a>> {
        let mut sheet = Sheet::resume(out, shape);
        match &mut sheet.0 {
            Lines::Csv(csv) => csv.write_record(head).map_err(as_io)?,
            Lines::Tsv(out) => writeln!(out, "{}", head.join("\t"))?,
            Lines::Markdown(out) => {
                writeln!(out, "| {} |", head.join(" | "))?;
                writeln!(out, "|{}", " --- |".repeat(head.len()))?;
            }
        }
        Ok(sheet)
    }

    /// Goes on with a table whose head was written before.
    pub fn resume(out: &'a mut dyn io::Write, shape: Shape) -> Sheet<'a> {
        Sheet(match shape {
            Shape::Csv => {
                let mut table = csv::WriterBuilder::new();
                Lines::Csv(Box::new(table.terminator(csv::Terminator::CRLF).from_writer(out)))
            }
            Shape::Tsv => Lines::Tsv(out),
            Shape::Markdown => Lines::Markdown(out),
        })
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        match &mut self.0 {
            Lines::Csv(csv) => csv.write_record(cells.iter().map(|cell| defused(cell))).map_err(as_io),
            Lines::Tsv(out) => {
                let cells: Vec<String> = cells.iter().map(|cell| defused(&safe(cell))).collect();
                writeln!(out, "{}", cells.join("\t"))
            }
            Lines::Markdown(out) => {
                let cells: Vec<String> = cells.iter().map(|cell| escaped(&safe(cell))).collect();
                writeln!(out, "| {} |", cells.join(" | "))
            }
        }
    }

    /// Writes what is still held back.
    pub fn end(self) -> io::Result<()> {
        match self.0 {
            Lines::Csv(mut csv) => csv.flush(),
            Lines::Tsv(out) | Lines::Markdown(out) => out.flush(),
        }
    }
}

/// What went wrong as the stream told it: a reader who has gone is told from a disk that is full.
fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A cell that no spreadsheet takes for a formula, and that holds no control characters but line
/// breaks. Blanks and quotation marks before the sign do not hide it: some programs take them off.
fn defused(cell: &str) -> String {
    let clean = safe_lines(&cell.replace("\r\n", "\n"));
    let first = clean.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    // The wide forms are signs, too, where Chinese or Japanese is set.
    let sign = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if sign || cell.starts_with(['\t', '\r']) { format!("'{clean}") } else { clean }
}

/// A cell whose marks Markdown leaves alone, and in which no address becomes a link.
fn escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for (at, c) in cell.char_indices() {
        let (before, rest) = (&cell[..at], &cell[at..]);
        let address = match c {
            ':' => rest.starts_with("://") || ends_with(before, "mailto") || ends_with(before, "xmpp"),
            '.' => ends_with(before, "www"),
            c => c == '@',
        };
        if address || MARKS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What means something in Markdown or in one of its common extensions.
const MARKS: &str = r"|\[]<>*_`&#!~$^{}";

/// Whether the words end with this one, in any case.
fn ends_with(words: &str, word: &str) -> bool {
    let tail = words.len().checked_sub(word.len()).and_then(|from| words.get(from..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
}

fn of_quote(hit: &Hit, cell: impl Fn(&crate::search::QuoteHit) -> String) -> String {
    match hit {
        Hit::Quote(quote) => cell(quote),
        Hit::Article(_) => String::new(),
    }
}

fn speaker(hit: &Hit) -> String {
    of_quote(hit, |q| q.speaker_name().unwrap_or_default().to_owned())
}

fn role(hit: &Hit) -> String {
    of_quote(hit, |q| {
        let role = q.quote.attribution.speaker.as_ref().and_then(|s| s.role.clone());
        role.unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::{Shape, write};

    fn table(shape: Shape, cell: &str) -> String {
        let mut out = Vec::new();
        write(&mut out, shape, &["text"], std::iter::once(vec![cell.to_owned()])).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_cell_is_run() {
        assert_eq!(table(Shape::Csv, "=1+1"), "text\r\n'=1+1\r\n");
        assert_eq!(table(Shape::Csv, "a,\"b\""), "text\r\n\"a,\"\"b\"\"\"\r\n");
        assert_eq!(table(Shape::Tsv, "a\tb\nc"), "text\na b c\n");
        assert_eq!(table(Shape::Tsv, "@SUM(A1)"), "text\n'@SUM(A1)\n");
        assert_eq!(
            table(Shape::Markdown, "[x](http://e) | b"),
            "| text |\n| --- |\n| \\[x\\](http\\://e) \\| b |\n"
        );
    }
}
