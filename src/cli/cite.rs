//! `onrecord cite`: quotes and articles as sources are cited.

use crate::cli::args::{Citation, Cite};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use crate::render::{cite, json};
use crate::search::Hit;
use std::path::Path;

pub(super) fn run(args: &Cite, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let mut ids: Vec<&String> = Vec::new();
    args.ids.iter().for_each(|id| {
        if !ids.contains(&id) {
            ids.push(id)
        }
    });
    let hits = ids.iter().map(|id| question::by_id(&reader, id, screen));
    let hits = hits.filter_map(Result::transpose).collect::<anyhow::Result<Vec<Hit>>>()?;
    let each = |told: fn(&Hit) -> String| hits.iter().map(told).collect::<Vec<String>>().join("\n\n");
    let cited = match args.format {
        Citation::Text => each(cite::text),
        Citation::Bibtex => each(cite::bibtex),
        Citation::CslJson => json::pretty(&hits.iter().map(cite::csl).collect::<Vec<_>>())?,
    };
    if !hits.is_empty() {
        screen.print(|out| writeln!(out, "{cited}"))?;
    }
    Ok(if hits.len() == ids.len() { Outcome::Done } else { Outcome::Nothing })
}
