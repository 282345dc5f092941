//! `onrecord index`: add or update articles; also what `--in FOLDER` does before it answers.

use crate::cli::args::{Index, Reading};
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, dry_run, help, locate};
use crate::index::{self, BuildOptions, IndexError, Summary};
use crate::ingest;
use crate::ingest::Reason;
use crate::render::{counted, json, safe};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many problems are listed before the rest is only counted.
const LISTED: usize = 20;

pub(super) fn run(args: &Index, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    if args.dry_run {
        return dry_run::run(args, index, screen);
    }
    let dir = locate::to_write(index, &args.paths)?;
    let known = index::exists(&dir);
    let (prune, rebuild, forget) = (args.prune, args.rebuild, args.forget);
    let mut build = BuildOptions { prune, rebuild, forget, renew: true, ..BuildOptions::default() };
    if let Some(threads) = args.threads {
        build.threads = usize::from(threads);
    }
    if let Some(memory) = args.memory {
        build.memory = memory;
    }
    let quotes = (args.quotes || args.no_quotes).then_some(args.quotes);
    let options = ingest::Options { quotes, ..options(&args.reading) };
    let summary = match update(&dir, &args.paths, &options, &build, screen) {
        Err(error) if matches!(error.downcast_ref(), Some(IndexError::NotFound(_))) => bail!(
            "there is nothing to refresh: no index here, nor in any folder above\n  \
             Say what to index: onrecord index FOLDER"
        ),
        summary => summary?,
    };
    if let Some(report) = &args.report {
        write_report(report, &summary).with_context(|| format!("{} cannot be written", report.display()))?;
    }
    for line in told(&summary) {
        screen.note(&line);
    }
    if !known {
        screen.note(&format!("the index lies in {}", dir.display()));
    }
    Ok(outcome(&summary.problems))
}

/// What was withdrawn is told, but nothing failed.
pub(super) fn outcome(problems: &[ingest::Problem]) -> Outcome {
    let withdrawn = |problem: &ingest::Problem| problem.code == Reason::Withdrawn.code();
    if problems.iter().all(withdrawn) { Outcome::Done } else { Outcome::WithProblems }
}

/// Before `--in FOLDER` answers: reads what is new or changed, drops what is gone. An index that
/// cannot be written to answers as it is.
pub(super) fn bring_up_to_date(dir: &Path, folder: &Path, screen: &Screen) -> anyhow::Result<()> {
    let build = BuildOptions { prune: true, ..BuildOptions::default() };
    let summary = match update(dir, &[folder.to_owned()], &ingest::Options::default(), &build, screen) {
        Ok(summary) => summary,
        Err(error) if index::Reader::open(dir).is_ok() => {
            screen.note(&format!("note: the index is used as it is: {}", help::error(&error)));
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    if summary.files_read + summary.files_gone > 0 {
        for line in told(&summary) {
            screen.note(&line);
        }
        screen.note(&format!("the index lies in {}", dir.display()));
    }
    Ok(())
}

/// How to read, as stated on the command line.
pub(super) fn options(reading: &Reading) -> ingest::Options {
    ingest::Options {
        map: reading.map.clone(),
        outlet: reading.outlet.clone(),
        day_first: reading.day_first.then_some(true),
        date_from: reading.date_from.clone(),
        read_as: reading.read_as.clone(),
        ..ingest::Options::default()
    }
}

fn update(
    dir: &Path,
    paths: &[PathBuf],
    options: &ingest::Options,
    build: &BuildOptions,
    screen: &Screen,
) -> anyhow::Result<Summary> {
    let bar = Bar::new(screen.shows_progress());
    let summary = index::update(dir, paths, options, build, &|progress| bar.show(progress));
    bar.clear();
    Ok(summary?)
}

/// What was done, in a few lines.
fn told(summary: &Summary) -> Vec<String> {
    let mut lines = listed("problem", &summary.problems);
    if summary.problems.len() > 1 {
        let reasons = reasons(&summary.problems);
        let counts: Vec<String> = reasons.iter().map(|(code, count)| format!("{count} {code}")).collect();
        lines.push(format!("by reason: {} (`onrecord help formats` explains them)", counts.join(", ")));
    }
    lines.extend(listed("note", &summary.notes));
    let mut parts = vec![format!("read {}", counted(summary.files_read, "file"))];
    let unchanged = summary.files_unchanged + summary.touched;
    let counts = [
        (unchanged, "unchanged"),
        (summary.files_gone, "gone"),
        (summary.files_vanished, "gone, their articles kept (--prune drops them)"),
        (summary.problems.len() as u64, "with problems"),
    ];
    parts
        .extend(counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    let (articles, quotes) = (counted(summary.articles, "article"), counted(summary.quotes, "quote"));
    lines.push(format!("{} · the index holds {articles} with {quotes}", parts.join(", ")));
    lines
}

/// Problems or notes, a line each, as many as fit a screen.
pub(super) fn listed(label: &str, problems: &[ingest::Problem]) -> Vec<String> {
    let mut lines: Vec<String> =
        problems.iter().take(LISTED).map(|p| format!("{label}: {}", safe(&p.to_string()))).collect();
    if problems.len() > LISTED {
        lines.push(format!("… and {} more (--report FILE lists all)", problems.len() - LISTED));
    }
    lines
}

/// How many problems have which reason, the most frequent first.
fn reasons(problems: &[ingest::Problem]) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(&problem.code).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Each problem and note as a JSON line; the last counts them by reason.
fn write_report(report: &Path, summary: &Summary) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(report)?);
    let rows = summary.problems.iter().map(json::problem).chain(summary.notes.iter().map(json::note));
    for row in rows {
        writeln!(out, "{}", json::line(&row)?)?;
    }
    let counts = |problems| -> serde_json::Map<String, serde_json::Value> {
        reasons(problems).into_iter().map(|(code, count)| (code.to_owned(), count.into())).collect()
    };
    let by_reason = serde_json::json!({
        "v": 1, "type": "summary", "files": summary.files_read,
        "problems": counts(&summary.problems), "notes": counts(&summary.notes),
    });
    writeln!(out, "{}", json::line(&by_reason)?)?;
    out.flush()
}
