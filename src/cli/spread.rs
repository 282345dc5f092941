//! `onrecord spread`: the prints of one quote in order of time.

use crate::cli::args::{Format, Spread};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question, search::shape};
use crate::render::{json, spread};
use crate::search::{self, Hit};
use anyhow::bail;
use std::path::Path;

pub(super) fn run(args: &Spread, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let hit = match question::by_id(&reader, &args.id, screen)? {
        None => return Ok(Outcome::Nothing),
        Some(Hit::Quote(hit)) => hit,
        Some(Hit::Article(hit)) => {
            let quotes = search::quotes_of(&reader, &hit.article.id)?;
            if quotes.is_empty() {
                bail!("`{}` is an article, and no quote was found in it: spread takes a quote's id", args.id);
            }
            let choices = spread::choices(&hit.article, &quotes, screen.width);
            bail!("`{}` is an article: give the id of one of its quotes{choices}", args.id);
        }
    };
    let found = search::spread(&reader, hit)?;
    screen.notes(&found.notes);
    screen.print(|out| match (args.format, shape(args.format)) {
        (_, Some(shape)) => spread::table(out, shape, &found),
        (Format::Jsonl, _) => {
            spread::lines(&found).iter().try_for_each(|row| writeln!(out, "{}", json::line(row)?))
        }
        (Format::Json, _) => writeln!(out, "{}", json::pretty(&spread::object(&found))?),
        _ => out.write_all(spread::human(&found, screen.width).as_bytes()),
    })?;
    if found.prints.len() == 1 {
        screen.note("no other print of it was found");
    }
    Ok(Outcome::Done)
}
