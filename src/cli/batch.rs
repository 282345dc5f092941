//! `onrecord search --batch FILE`: a table of queries to a table of answers.

use crate::cli::args::{Format, Search};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question, search as asked};
use crate::query::QueryError;
use crate::render::{json, table};
use crate::search::{self, Archive, Hit, Page, SearchError};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::path::Path;

/// A query of the table.
struct Asked {
    name: String,
    query: String,
}

/// Its answer.
#[derive(Default)]
struct Answered {
    /// How it was understood.
    reading: String,
    count: usize,
    first: Option<Hit>,
    /// What was wrong with the query.
    error: String,
}

const HEAD: [&str; 10] =
    ["name", "query", "reading", "count", "id", "date", "outlet", "speaker", "words", "error"];

pub(super) fn run(
    args: &Search,
    file: &Path,
    index: Option<&Path>,
    screen: &Screen,
) -> anyhow::Result<Outcome> {
    let table = queries(&read(file)?).with_context(|| format!("{} cannot be read", file.display()))?;
    if table.is_empty() {
        bail!("{} holds no query\n  One stands on each line, or in a column `query` of CSV", file.display());
    }
    let reader = question::open(index, args.question.folder.as_deref(), screen)?;
    let archive = question::archive(&reader, screen);
    let (mut found, mut wrong) = (0, Vec::new());
    let mut out = screen.out();
    let mut rows = Rows::begin(&mut out, args.format)?;
    for (at, asked) in table.iter().enumerate() {
        let answered = answer(asked, args, &archive)?;
        found += usize::from(answered.count > 0);
        if !answered.error.is_empty() {
            wrong.push((at + 1).to_string());
        }
        rows.row(asked, &answered)?;
    }
    rows.end()?;
    out.flush()?;
    screen.note(&format!("{found} of {} queries found something", table.len()));
    if !wrong.is_empty() {
        screen.say(&format!("could not be asked: number {}", wrong.join(", ")));
        return Ok(Outcome::NotAllAsked);
    }
    Ok(if found > 0 { Outcome::Done } else { Outcome::Nothing })
}

fn read(file: &Path) -> anyhow::Result<String> {
    let cannot = || format!("{} cannot be read", file.display());
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file).with_context(cannot)?;
    }
    let text = String::from_utf8(bytes).with_context(cannot)?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The queries of a file: CSV, where the first line has a column `query`; else one a line, without those that
/// begin with #.
fn queries(text: &str) -> anyhow::Result<Vec<Asked>> {
    let head = text.lines().next().unwrap_or_default();
    let place = |name: &str, by: char| {
        head.split(by).position(|cell| cell.trim().trim_matches('"').eq_ignore_ascii_case(name))
    };
    let column = [',', ';', '\t'].into_iter().find_map(|by| Some((by, place("query", by)?)));
    let Some((by, query)) = column else {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        return Ok(lines.map(|line| Asked { name: String::new(), query: line.to_owned() }).collect());
    };
    let name = place("name", by);
    let mut csv = csv::ReaderBuilder::new().delimiter(by as u8).flexible(true).from_reader(text.as_bytes());
    let mut found = Vec::new();
    for record in csv.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        found.push(Asked { name: name.map(cell).unwrap_or_default(), query: cell(query) });
    }
    found.retain(|asked| !asked.query.is_empty());
    Ok(found)
}

fn answer(asked: &Asked, args: &Search, archive: &Archive<'_>) -> anyhow::Result<Answered> {
    let wrong = |error: String| Ok(Answered { error, ..Answered::default() });
    let parsed = match question::parsed(&asked.query, &args.question, archive) {
        Ok(parsed) => parsed,
        Err(error) => return wrong(in_a_cell(&asked.query, error)),
    };
    let sort = asked::sort(args.sort, &parsed);
    let page = Page { sort, offset: 0, limit: 1, all_copies: args.all_copies };
    let mut hits = match search::hits(archive.reader, &parsed.query, page) {
        Ok(hits) => hits,
        Err(SearchError::TooWide(told)) => return wrong(told),
        Err(error) => return Err(error.into()),
    };
    Ok(Answered {
        reading: parsed.canonical(),
        count: hits.total,
        first: hits.next().transpose()?,
        error: String::new(),
    })
}

/// What is wrong, where, and what to type instead, without lines that carets need.
fn in_a_cell(typed: &str, error: QueryError) -> String {
    let place = typed.get(error.span).filter(|place| !place.is_empty());
    let place = place.map(|place| format!(" (at `{place}`)")).unwrap_or_default();
    let hint = error.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    format!("{}{place}{hint}", error.message)
}

/// The table of answers as it is written.
enum Rows<'a> {
    Sheet(table::Sheet<'a>),
    Lines(&'a mut dyn Write),
    /// One document, written at the end.
    Document(&'a mut dyn Write, Vec<Value>),
}

impl<'a> Rows<'a> {
    fn begin(out: &'a mut dyn Write, format: Format) -> io::Result<Rows<'a>> {
        Ok(match format {
            Format::Jsonl => Rows::Lines(out),
            Format::Json => Rows::Document(out, Vec::new()),
            other => {
                let shape = asked::shape(other).unwrap_or(table::Shape::Csv);
                Rows::Sheet(table::Sheet::begin(out, shape, &HEAD)?)
            }
        })
    }

    fn row(&mut self, asked: &Asked, answered: &Answered) -> io::Result<()> {
        match self {
            Rows::Sheet(sheet) => sheet.row(&cells(asked, answered)),
            Rows::Lines(out) => writeln!(out, "{}", json::line(&object(asked, answered))?),
            Rows::Document(_, rows) => {
                rows.push(object(asked, answered));
                Ok(())
            }
        }
    }

    fn end(self) -> io::Result<()> {
        match self {
            Rows::Sheet(sheet) => sheet.end(),
            Rows::Lines(out) => out.flush(),
            Rows::Document(out, rows) => {
                writeln!(out, "{}", json::pretty(&json!({"v": 1, "type": "answers", "answers": rows}))?)
            }
        }
    }
}

fn cells(asked: &Asked, answered: &Answered) -> Vec<String> {
    let of_first = |name: &str| {
        let cell = table::column(name).zip(answered.first.as_ref());
        cell.map(|(column, hit)| table::hit_cells(&[column], hit).concat()).unwrap_or_default()
    };
    let count = if answered.error.is_empty() { answered.count.to_string() } else { String::new() };
    vec![
        asked.name.clone(),
        asked.query.clone(),
        answered.reading.clone(),
        count,
        of_first("id"),
        of_first("date"),
        of_first("outlet"),
        of_first("speaker"),
        answered.first.as_ref().map(words).unwrap_or_default(),
        answered.error.clone(),
    ]
}

/// The reported words, or the title.
fn words(hit: &Hit) -> String {
    match hit {
        Hit::Quote(quote) => quote.words(),
        Hit::Article(of) => of.article.meta.title.clone().unwrap_or_default(),
    }
}

fn object(asked: &Asked, answered: &Answered) -> Value {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "v": 1, "type": "asked", "name": some(&asked.name), "query": asked.query,
        "reading": some(&answered.reading),
        "total": answered.error.is_empty().then_some(answered.count),
        "first": answered.first.as_ref().map(json::hit), "error": some(&answered.error),
    })
}

#[cfg(test)]
mod tests {
    use super::queries;

    fn read(text: &str) -> Vec<(String, String)> {
        queries(text).unwrap().into_iter().map(|asked| (asked.name, asked.query)).collect()
    }

    #[test]
    fn queries_stand_one_a_line_or_in_a_column() {
        let pair = |name: &str, query: &str| (name.to_owned(), query.to_owned());
        let lines = read("# mine\nbridge, ferry\n\nby:marsh\r\n");
        assert_eq!(lines, [pair("", "bridge, ferry"), pair("", "by:marsh")]);
        let named = read("Name;Query\nfirst;\"by:\"\"Ellen Marsh\"\"\"\nempty;\n");
        assert_eq!(named, [pair("first", "by:\"Ellen Marsh\"")]);
        assert_eq!(read("query\ttopic\nbridge\tcity\n"), [pair("", "bridge")]);
    }
}
