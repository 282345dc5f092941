//! `onrecord cite`: a quote or an article as a source is cited.

use crate::cli::args::{Citation, Cite};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use crate::render::{cite, json};
use std::path::Path;

pub(super) fn run(args: &Cite, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let Some(hit) = question::by_id(&reader, &args.id, screen)? else { return Ok(Outcome::Nothing) };
    let cited = match args.format {
        Citation::Text => cite::text(&hit),
        Citation::Bibtex => cite::bibtex(&hit),
        Citation::CslJson => json::pretty(&[cite::csl(&hit)])?,
    };
    screen.print(|out| writeln!(out, "{cited}"))?;
    Ok(Outcome::Done)
}
