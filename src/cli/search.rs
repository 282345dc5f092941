//! `onrecord search`: quotes or articles, as the query asks.

use crate::cli::args::{Format, Search, Sort};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, batch, facets, question};
use crate::query::{self, Parsed, Unit};
use crate::render::{counted, human, json, safe_lines, table};
use crate::search::{self, Answer, Page};
use crate::text::in_marks;
use anyhow::bail;
use serde_json::json;
use std::io;
use std::path::Path;

pub(super) fn run(args: &Search, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    if let Some(file) = &args.batch {
        return batch::run(args, file, index, screen);
    }
    let columns = columns(&args.fields, shape(args.format))?;
    let counted = facets::fields(&args.facet)?;
    let reader = question::open(index, args.question.folder.as_deref(), screen)?;
    let parsed = question::read(&args.query, &args.question, &reader, screen)?;
    if args.explain {
        let plan = search::explain(&reader, &parsed.query)?;
        screen.print(|out| out.write_all(safe_lines(&plan).as_bytes()))?;
        return Ok(Outcome::Done);
    }
    let page = Page {
        sort: sort(args.sort, &parsed),
        offset: args.offset,
        limit: args.limit,
        all_copies: args.all_copies,
    };
    let answer = search::answer(&reader, &parsed.query, page, &counted, facets::TOP)?;
    screen.done(|| format!("found {}", answer.total));
    screen.notes(&answer.notes);
    print(args, &columns, &answer, parsed.query.unit, screen)?;
    if answer.total == 0 {
        return question::nothing(&reader, &parsed, screen);
    }
    if args.format == Format::Human {
        screen.note(&summary(&answer, args, parsed.query.unit));
        if let Some(hint) = phrase_hint(&args.query, &parsed) {
            screen.note(&hint);
        }
    }
    Ok(Outcome::Done)
}

/// The order stated, or the one the query asks for.
pub(super) fn sort(stated: Option<Sort>, parsed: &Parsed) -> search::Sort {
    match (stated, parsed.sort) {
        (Some(Sort::Relevance), _) => search::Sort::Relevance,
        (Some(Sort::Newest), _) => search::Sort::Newest,
        (Some(Sort::Oldest), _) => search::Sort::Oldest,
        (None, Some(query::Sort::Oldest)) => search::Sort::Oldest,
        (None, Some(query::Sort::Newest)) => search::Sort::Newest,
        (None, None) => search::Sort::Relevance,
    }
}

/// The columns named in `--fields`, checked; empty where none are.
pub(super) fn columns(
    names: &[String],
    shape: Option<table::Shape>,
) -> anyhow::Result<Vec<&'static table::Column>> {
    if !names.is_empty() && shape.is_none() {
        bail!("--fields names the columns of a table: add --format csv, tsv or md");
    }
    let column = |name: &String| {
        table::column(name.trim()).ok_or_else(|| {
            let all: Vec<&str> = table::COLUMNS.iter().map(|c| c.name).collect();
            anyhow::anyhow!("there is no column `{name}`; there are {}", all.join(", "))
        })
    };
    names.iter().map(column).collect()
}

/// The columns stated, or those usual for what a query answers with.
pub(super) fn columns_or_usual<'a>(stated: &[&'a table::Column], unit: Unit) -> Vec<&'a table::Column> {
    match (stated, unit) {
        ([], Unit::Quotes) => table::QUOTE_COLUMNS.iter().filter_map(|n| table::column(n)).collect(),
        ([], Unit::Articles) => table::ARTICLE_COLUMNS.iter().filter_map(|n| table::column(n)).collect(),
        (stated, _) => stated.to_vec(),
    }
}

/// The table a format is, if it is one.
pub(super) fn shape(format: Format) -> Option<table::Shape> {
    match format {
        Format::Csv => Some(table::Shape::Csv),
        Format::Tsv => Some(table::Shape::Tsv),
        Format::Md => Some(table::Shape::Markdown),
        Format::Human | Format::Json | Format::Jsonl => None,
    }
}

fn print(
    args: &Search,
    columns: &[&table::Column],
    answer: &Answer,
    unit: Unit,
    screen: &Screen,
) -> io::Result<()> {
    let columns = columns_or_usual(columns, unit);
    screen.print(|out| match (args.format, shape(args.format)) {
        (_, Some(shape)) => {
            table::hits(out, shape, &columns, &answer.hits)?;
            if answer.facets.is_empty() {
                Ok(())
            } else {
                writeln!(out).and_then(|()| table::facets(out, shape, &answer.facets))
            }
        }
        (Format::Jsonl, _) => {
            answer.hits.iter().try_for_each(|hit| writeln!(out, "{}", json::line(&json::hit(hit))?))?;
            answer.facets.iter().try_for_each(|facet| writeln!(out, "{}", json::line(&json::facet(facet))?))
        }
        (Format::Json, _) => {
            let hits: Vec<_> = answer.hits.iter().map(json::hit).collect();
            let facets: Vec<_> = answer.facets.iter().map(json::facet).collect();
            let row =
                json!({"v": 1, "type": "answer", "total": answer.total, "copies": answer.copies, "hits": hits, "facets": facets});
            writeln!(out, "{}", json::pretty(&row)?)
        }
        _ => {
            for hit in &answer.hits {
                writeln!(out, "{}", human::hit(hit, screen.width))?;
            }
            answer.facets.iter().try_for_each(|facet| writeln!(out, "{}", human::facet(facet, screen.width)))
        }
    })
}

/// `3 quotes`, or `1–20 of 312 quotes (and 40 in copies)`, with the way to the rest.
fn summary(answer: &Answer, args: &Search, unit: Unit) -> String {
    let noun = unit.noun(answer.total);
    let shown = answer.hits.len();
    let copies = match (answer.copies, unit) {
        (0, _) => String::new(),
        (copies, Unit::Quotes) => format!(" (and {copies} in copies: --all-copies)"),
        (copies, Unit::Articles) => format!(" (and {}: --all-copies)", counted(copies, "copy")),
    };
    let noun = format!("{noun}{copies}");
    if shown == answer.total {
        return format!("{shown} {noun}");
    }
    let (first, last) = (args.offset + 1, args.offset + shown);
    if shown == 0 {
        return format!("{} {noun}, none from number {first} on", answer.total);
    }
    let shown = if first == last { first.to_string() } else { format!("{first}–{last}") };
    format!("{shown} of {} {noun} (more: --offset {last}, all: --limit 0)", answer.total)
}

/// Where several words were typed without marks, how to ask for them in a row: the shell takes
/// double marks off before we see them.
fn phrase_hint(typed: &[String], parsed: &Parsed) -> Option<String> {
    let several = typed.len() == 1 && parsed.plain_words;
    several.then(|| {
        let row = in_marks(&format!("\"{}\"", typed[0].trim()));
        format!("for these words in a row: onrecord search {row}")
    })
}
