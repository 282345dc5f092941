//! `onrecord export`: all quotes, articles or speakers of a query, to a file or a pipe.

use crate::cli::args::{Export, ExportFormat, Exported, Question, Unit};
use crate::cli::output::Output;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question, search as asked, speakers};
use crate::render::{counted, json, table};
use crate::search::{self, Hits, Page, SpeakerHit, Wanted};
use anyhow::{Context, bail};
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &Export, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let format = format(args)?;
    let columns = asked::columns(&args.fields, shape(format))?;
    let unit = match args.what {
        Exported::Articles => Unit::Article,
        Exported::Quotes => Unit::Quote,
        Exported::Speakers if !args.fields.is_empty() => {
            bail!("the columns of speakers are always all written")
        }
        Exported::Speakers => speakers::unit(&args.query).unwrap_or(Unit::Article),
    };
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let question = Question { folder: None, unit: Some(unit), raw: args.raw };
    let typed = question::with_head(&args.query, unit);
    let parsed = question::read(&typed, &question, &reader, screen)?;
    let written = match args.what {
        Exported::Speakers => {
            let found = search::speakers(&reader, &parsed.query, &Wanted::default())?;
            screen.notes(&found.notes);
            write(args, (found.total, 0), screen, &mut |out| write_speakers(out, &found.speakers, format))?
        }
        _ => {
            let sort = asked::sort(args.sort, &parsed);
            let page = Page { sort, offset: 0, limit: 0, all_copies: args.all_copies };
            let mut found = search::hits(&reader, &parsed.query, page)?;
            screen.notes(&found.notes);
            let columns = asked::columns_or_usual(&columns, parsed.query.unit);
            write(args, (found.total, found.copies), screen, &mut |out| {
                write_hits(out, &mut found, format, &columns)
            })?
        }
    };
    if written == 0 {
        return question::nothing(&reader, &parsed, screen);
    }
    Ok(Outcome::Done)
}

/// As stated, else as the file ends, else CSV.
fn format(args: &Export) -> anyhow::Result<ExportFormat> {
    if let Some(stated) = args.format {
        return Ok(stated);
    }
    let Some(ending) = args.out.extension().map(|ending| ending.to_string_lossy()) else {
        return Ok(ExportFormat::Csv);
    };
    ExportFormat::of_ending(&ending).with_context(|| {
        format!(
            "{} ends in .{ending}: which format is that?\n  Say it with --format jsonl, csv, tsv or md",
            args.out.display()
        )
    })
}

fn shape(format: ExportFormat) -> Option<table::Shape> {
    match format {
        ExportFormat::Csv => Some(table::Shape::Csv),
        ExportFormat::Tsv => Some(table::Shape::Tsv),
        ExportFormat::Md => Some(table::Shape::Markdown),
        ExportFormat::Jsonl => None,
    }
}

/// Writes what was found to the file or to stdout; to a file only where there is something.
fn write(
    args: &Export,
    (found, copies): (usize, usize),
    screen: &Screen,
    rows: &mut dyn FnMut(&mut dyn Write) -> anyhow::Result<usize>,
) -> anyhow::Result<usize> {
    if args.out == Path::new("-") {
        let mut out = screen.out();
        let written = rows(&mut out)?;
        out.flush()?;
        return Ok(written);
    }
    if found == 0 {
        return Ok(0);
    }
    let mut out = Output::begin(&args.out, args.force)?;
    let written = rows(&mut out)?;
    out.finish()?;
    let noun = match args.what {
        Exported::Quotes => "quote",
        Exported::Articles => "article",
        Exported::Speakers => "speaker",
    };
    let copies = if copies > 0 { format!(" (and {copies} in copies: --all-copies)") } else { String::new() };
    screen.note(&format!("{} written to {}{copies}", counted(written, noun), args.out.display()));
    Ok(written)
}

/// Writes hit after hit; how many.
pub(super) fn write_hits(
    out: &mut dyn Write,
    found: &mut Hits<'_>,
    format: ExportFormat,
    columns: &[&table::Column],
) -> anyhow::Result<usize> {
    let mut written = 0;
    let Some(shape) = shape(format) else {
        for hit in found {
            writeln!(out, "{}", json::line(&json::hit(&hit?))?)?;
            written += 1;
        }
        return Ok(written);
    };
    let mut sheet = table::hit_sheet(out, shape, columns)?;
    for hit in found {
        sheet.row(&table::hit_cells(columns, &hit?))?;
        written += 1;
    }
    sheet.end()?;
    Ok(written)
}

fn write_speakers(out: &mut dyn Write, found: &[SpeakerHit], format: ExportFormat) -> anyhow::Result<usize> {
    match shape(format) {
        Some(shape) => table::speakers(out, shape, found)?,
        None => {
            for speaker in found {
                writeln!(out, "{}", json::line(&json::speaker_hit(speaker))?)?;
            }
        }
    }
    Ok(found.len())
}
