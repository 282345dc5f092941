//! `onrecord compare`: two speakers side by side.

use crate::cli::args::{Compare, Format, Question, Unit};
use crate::cli::screen::Screen;
use crate::cli::timeline::period;
use crate::cli::{Outcome, question, search::shape};
use crate::index::Reader;
use crate::query::{self, Expr};
use crate::render::{compared, json};
use crate::search::{self, Compared, Comparison};
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn run(args: &Compare, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let asked = Question { folder: args.folder.clone(), unit: Some(Unit::Quote), raw: args.raw };
    let (second, rest) = second(args);
    let (one, other) = (speaker(&args.one)?, speaker(second)?);
    let reader = question::open(index, asked.folder.as_deref(), screen)?;
    tell_apart(&reader, [&args.one, second], screen)?;
    let typed = question::with_head(rest, Unit::Quote);
    let query = question::read(&typed, &asked, &reader, screen)?.query;
    let found = search::compare(
        &reader,
        &Compared {
            speakers: [(args.one.clone(), one), (second.to_owned(), other)],
            query,
            period: period(args.by),
            words: args.top,
            examples: args.limit,
        },
    )?;
    screen.notes(&found.notes);
    let silent = found.sides.iter().filter(|side| side.quotes == 0).count();
    print(args.format, &found, silent == 2, screen)?;
    for side in found.sides.iter().filter(|side| side.quotes == 0) {
        let told = search::nothing_found(&reader, &side.query)?;
        screen.note(&format!("“{}”: {}", side.typed, told.join("\n")));
    }
    Ok(if silent == 2 { Outcome::Nothing } else { Outcome::Done })
}

/// The second name and the query: `Merkel and Macron on migration` is typed as well.
fn second(args: &Compare) -> (&str, &[String]) {
    let between = ["and", "with", "to", "vs", "vs.", "versus"].contains(&args.other.as_str());
    match args.query.split_first().filter(|_| between) {
        Some((name, rest)) => (name, rest),
        None => (&args.other, &args.query),
    }
}

/// The condition that somebody of this name said it.
fn speaker(typed: &str) -> anyhow::Result<Expr> {
    query::said_by(typed).with_context(|| {
        format!("`{typed}` is no name: give two speakers, such as: onrecord compare Merkel Macron migration")
    })
}

/// Refuses two names of one speaker, and says so where they have some in common.
fn tell_apart(reader: &Reader, typed: [&str; 2], screen: &Screen) -> anyhow::Result<()> {
    let names = |typed: &str| -> anyhow::Result<BTreeSet<&str>> {
        let bearers = search::bearers(reader, &speaker(typed)?)?;
        Ok(bearers.into_iter().map(|entity| entity.name.as_str()).collect())
    };
    let (one, other) = (names(typed[0])?, names(typed[1])?);
    let common: Vec<&str> = one.intersection(&other).copied().collect();
    if one == other && !common.is_empty() {
        bail!("“{}” and “{}” are the same: {}", typed[0], typed[1], common.join(", "));
    }
    if !common.is_empty() {
        let common = common.join(", ");
        screen.note(&format!("note: {common} counts on both sides; a full name narrows it"));
    }
    Ok(())
}

fn print(format: Format, found: &Comparison, nothing: bool, screen: &Screen) -> std::io::Result<()> {
    screen.print(|out| match (format, shape(format)) {
        (_, Some(shape)) => compared::table(out, shape, found),
        (Format::Jsonl, _) => {
            compared::lines(found).iter().try_for_each(|row| writeln!(out, "{}", json::line(row)?))
        }
        (Format::Json, _) => writeln!(out, "{}", json::pretty(&compared::object(found))?),
        _ if nothing => Ok(()),
        _ => out.write_all(compared::human(found, screen.width).as_bytes()),
    })
}
