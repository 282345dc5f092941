//! `onrecord show`: a quote in its place and why it is whose, or an article with its quotes.

use crate::cli::args::{Format, Show};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use crate::render::{self, Detail, json};
use anyhow::bail;
use std::path::Path;

pub(super) fn run(args: &Show, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let json = match args.format {
        Format::Human => false,
        Format::Json | Format::Jsonl => true,
        _ => bail!("show prints human or json"),
    };
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let id = args.id.trim().to_lowercase();
    if id.len() < SHORTEST || !id.starts_with(['a', 'q']) {
        bail!(
            "`{}` is no id: give six characters or more of one that search prints, such as q7f3a1c or a81b20f",
            args.id
        );
    }
    let found = crate::search::with_id(&reader, &id)?;
    let hit = match found.as_slice() {
        [] => {
            screen.note(&format!("no quote or article has an id that begins with {id}"));
            return Ok(Outcome::Nothing);
        }
        [hit] => hit,
        several => {
            let ids: Vec<&str> = several.iter().map(|h| h.id()).collect();
            bail!("`{id}` is the beginning of {} ids: {}; give more of it", several.len(), ids.join(", "));
        }
    };
    let quotes = crate::search::quotes_of(&reader, &hit.article().id)?;
    let detail = Detail { full: args.full, why: args.why, width: screen.width };
    screen.print(|out| {
        if json {
            let quotes: Vec<_> = quotes.iter().map(|(_, q)| q.clone()).collect();
            let row = if args.full { json::extracted(hit.article(), &quotes) } else { json::hit(hit) };
            return writeln!(out, "{row:#}");
        }
        out.write_all(render::shown(hit, &quotes, detail).as_bytes())
    })?;
    Ok(Outcome::Done)
}

/// Fewer characters of an id would be a guess.
const SHORTEST: usize = 6;
