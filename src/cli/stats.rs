//! `onrecord stats`: what the index holds.

use crate::cli::args::Stats;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use crate::render::{json, safe};
use serde_json::json;
use std::path::Path;

pub(super) fn run(args: &Stats, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let as_json = question::as_object(args.format, "stats")?;
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let stats = reader.stats()?;
    let folders: Vec<String> = stats.roots.iter().map(|r| r.display().to_string()).collect();
    screen.print(|out| {
        if as_json {
            let problems: Vec<_> = stats.problems.iter().map(json::problem).collect();
            let row = json!({
                "v": 1, "type": "stats", "articles": stats.articles, "quotes": stats.quotes,
                "speakers": stats.speakers, "outlets": stats.outlets,
                "first": stats.first.map(|d| d.to_string()), "last": stats.last.map(|d| d.to_string()),
                "files": stats.files, "problems": problems, "bytes": stats.size,
                "folders": folders, "index": reader.dir().display().to_string(),
            });
            return writeln!(out, "{}", json::pretty(&row)?);
        }
        let dates = match (stats.first, stats.last) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "none known".into(),
        };
        let rows = [
            ("articles", stats.articles.to_string()),
            ("quotes", stats.quotes.to_string()),
            ("speakers", stats.speakers.to_string()),
            ("outlets", stats.outlets.to_string()),
            ("dates", dates),
            ("files read", stats.files.to_string()),
            ("problems", stats.problems.len().to_string()),
            ("size", format!("{:.1} MB", stats.size as f64 / 1e6)),
            ("folders", folders.join(", ")),
            ("index", reader.dir().display().to_string()),
        ];
        rows.iter().try_for_each(|(name, value)| writeln!(out, "{name:<12}{}", safe(value)))?;
        let listed = if args.problems { stats.problems.len() } else { 0 };
        stats.problems.iter().take(listed).try_for_each(|p| writeln!(out, "  {}", safe(&p.to_string())))
    })?;
    Ok(Outcome::Done)
}
