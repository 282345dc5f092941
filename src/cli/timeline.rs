//! `onrecord timeline`: the hits of a query over time.

use crate::cli::args::{By, Format, Timeline};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, facets, question, search::shape};
use crate::render::{json, timeline};
use crate::search::{self, FacetField, Period};
use anyhow::bail;
use std::path::Path;

pub(super) fn run(args: &Timeline, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let split = split(args)?;
    let reader = question::open(index, args.question.folder.as_deref(), screen)?;
    let typed = question::or_all_quotes(&args.query);
    let parsed = question::read(&typed, &args.question, &reader, screen)?;
    let found = search::timeline(&reader, &parsed.query, args.by.map(period), split, args.top)?;
    screen.notes(&found.notes);
    screen.print(|out| match (args.format, shape(args.format)) {
        (_, Some(shape)) => timeline::table(out, shape, &found),
        (Format::Jsonl, _) => {
            let mut rows = found.rows.iter().map(|row| timeline::line(&found, row));
            rows.try_for_each(|row| writeln!(out, "{}", json::line(&row)?))
        }
        (Format::Json, _) => writeln!(out, "{}", json::pretty(&timeline::object(&found))?),
        _ if found.total == 0 => Ok(()),
        _ => out.write_all(timeline::human(&found, screen.width).as_bytes()),
    })?;
    if found.total == 0 {
        return question::nothing(&reader, &parsed, screen);
    }
    if let Some(field) = split.filter(|_| found.values.is_empty()) {
        screen.note(&format!("note: no {} has a {} to split by", parsed.query.unit.noun(1), field.name()));
    }
    if args.format == Format::Human {
        let total = found.total as usize;
        screen.note(&format!("{total} {} by {}", parsed.query.unit.noun(total), found.period.name()));
    }
    Ok(Outcome::Done)
}

/// What the counts are split by; over time they stand already.
fn split(args: &Timeline) -> anyhow::Result<Option<FacetField>> {
    let Some(name) = &args.split else { return Ok(None) };
    let field = facets::fields(std::slice::from_ref(name))?.into_iter().next();
    if matches!(field, Some(FacetField::Year | FacetField::Month)) {
        bail!("a timeline is in order of time already: --by {} sets its periods", name.trim());
    }
    Ok(field)
}

pub(super) fn period(by: By) -> Period {
    match by {
        By::Day => Period::Day,
        By::Week => Period::Week,
        By::Month => Period::Month,
        By::Year => Period::Year,
    }
}
