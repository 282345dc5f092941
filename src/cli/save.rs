//! `onrecord save`: a query kept under a name.

use crate::cli::args::{Question, Save};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, locate, question, saved};
use crate::index::{SavedQueries, Seen};
use crate::search::Archive;
use anyhow::bail;
use std::path::Path;

/// Longer names are no names.
const LONGEST: usize = 60;

pub(super) fn run(args: &Save, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let name = args.name.trim();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || name.chars().count() > LONGEST || !name.chars().all(fits) {
        bail!(
            "`{name}` is no name for a query: it has letters, digits, - and _, {LONGEST} of them at most\n  \
             Such as: onrecord save bridge 'quotes by Marsh mentioning the bridge'"
        );
    }
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let queries = SavedQueries::read(reader.dir())?;
    let replaced = queries.named(name).is_some();
    if let Some(there) = queries.named(name).filter(|_| !args.force) {
        bail!("`{name}` is saved already: {}\n  Replace it with --force, or take another name", there.query);
    }
    // What cannot be asked is not kept.
    let question = Question { folder: None, unit: None, raw: false };
    let parsed = question::read(&args.query, &question, &reader, screen)?;
    // Nor what names itself, by way of others or not.
    let typed = args.query.join(" ");
    let kept = queries.with(name, typed.trim());
    let archive = Archive { saved: kept.clone(), ..question::archive(&reader, screen) };
    if let Err(error) = question::parsed(&typed, &question, &archive) {
        let hint = error.hint.map(|hint| format!("\n  {hint}")).unwrap_or_default();
        bail!("with this, {}{hint}\n  Nothing was saved", error.message);
    }
    let found = saved::all(&reader, &parsed)?;
    let mut seen = Seen::default();
    seen.add(found.keys()?);
    seen.write(reader.dir(), name)?;
    kept.write(reader.dir())?;
    let (total, noun) = (found.len(), parsed.query.unit.noun(found.len()));
    let done = if replaced { "replaced" } else { "saved" };
    screen.note(&format!(
        "{done} `{name}` in {}; it finds {total} {noun} now",
        locate::told(&reader.dir().join("saved.toml"))
    ));
    screen.note(&format!("ask again: onrecord saved {name} · what comes after: onrecord saved --new {name}"));
    Ok(Outcome::Done)
}
