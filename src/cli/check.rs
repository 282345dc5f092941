//! `onrecord check`: whether the index is what was written, and mending it.

use crate::cli::args::Check;
use crate::cli::index::{listed, outcome};
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, locate, question};
use crate::index::{self, Damage, Differences, Findings, IndexError, Level, Repaired};
use crate::render::json::{pretty, problem};
use crate::render::{counted, safe};
use anyhow::bail;
use serde_json::json;
use std::io::{self, Write};
use std::panic;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Check, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let json = question::as_object(args.format, "check")?;
    let dir = locate::existing(index, args.folder.as_deref())?;
    let level = match (args.read_data, args.checksums) {
        (true, _) => Level::ReadData,
        (false, true) => Level::Checksums,
        (false, false) => Level::Quick,
    };
    if args.repair {
        return repair(&dir, level, args.folder.as_deref(), json, screen);
    }
    let found = quietly(|| index::check(&dir, level))?;
    // A damaged index says nothing of its sources that could be trusted.
    let compared = args.against.as_deref().filter(|_| found.is_sound());
    let differences = compared.map(|folder| index::compare(&dir, folder)).transpose()?;
    let report = Report { dir: &dir, level, found: &found, differences: differences.as_ref() };
    screen.print(|out| if json { report.json(out) } else { report.human(out) })?;
    Ok(match differences {
        _ if !found.is_sound() => Outcome::Damaged,
        Some(differences) if !differences.is_empty() => Outcome::Differs,
        _ => Outcome::Done,
    })
}

/// Does something without a word of the engine: what it says when it gives up on a damaged file is no news to who asked
/// whether one is.
fn quietly<T>(looked: impl FnOnce() -> T) -> T {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let found = looked();
    panic::set_hook(told);
    found
}

/// What a check found, to be printed.
struct Report<'a> {
    dir: &'a Path,
    level: Level,
    found: &'a Findings,
    differences: Option<&'a Differences>,
}

impl Report<'_> {
    fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        let found = self.found;
        if let Some(holder) = &found.holder {
            writeln!(out, "being written: {}; look again when it is done", safe(&holder.to_string()))?;
        }
        for left in &found.leftovers {
            let path = safe(&locate::told(left)).into_owned();
            writeln!(out, "left over: {path} (by a run that was broken off; the next `index` removes it)")?;
        }
        damage(&found.damaged, out)?;
        if !found.is_sound() {
            return writeln!(
                out,
                "the index in {} is damaged; `onrecord check --repair` mends it from the sources",
                safe(&locate::told(self.dir))
            );
        }
        let looked = match self.level {
            Level::Quick => "it opens, every file is there (--checksums verifies their content)",
            Level::Checksums => "the checksum of every file is right",
            Level::ReadData => "every checksum is right, every article and quote was read back",
        };
        let (articles, quotes) = (counted(found.articles, "article"), counted(found.quotes, "quote"));
        writeln!(out, "sound: {articles} with {quotes}; {looked}")?;
        self.differences.map_or(Ok(()), |differences| compared(differences, out))
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let found = self.found;
        let level = match self.level {
            Level::Quick => "quick",
            Level::Checksums => "checksums",
            Level::ReadData => "read-data",
        };
        let against = self.differences.map(|d| {
            json!({
                "same": d.same, "missing": shown(&d.missing), "changed": shown(&d.changed),
                "vanished": shown(&d.vanished),
                "problems": d.problems.iter().map(problem).collect::<Vec<_>>(),
            })
        });
        let row = json!({
            "v": 1, "type": "check", "index": self.dir.display().to_string(), "level": level,
            "sound": found.is_sound(), "damaged": damage_rows(&found.damaged),
            "leftovers": shown(&found.leftovers), "writer": found.holder,
            "files": found.files, "bytes": found.bytes,
            "articles": found.articles, "quotes": found.quotes, "against": against,
        });
        writeln!(out, "{}", pretty(&row)?)
    }
}

fn damage(damaged: &[Damage], out: &mut dyn Write) -> io::Result<()> {
    damaged.iter().try_for_each(|damage| {
        let (path, what) = (safe(&locate::told(&damage.path)).into_owned(), safe(&damage.what));
        writeln!(out, "damaged: {path}: {what}")
    })
}

fn damage_rows(damaged: &[Damage]) -> Vec<serde_json::Value> {
    damaged.iter().map(|d| json!({ "path": d.path.display().to_string(), "what": d.what })).collect()
}

fn shown(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

/// What differs from the sources, file by file.
fn compared(found: &Differences, out: &mut dyn Write) -> io::Result<()> {
    let all = [
        ("not in the index", &found.missing),
        ("changed since it was read", &found.changed),
        ("not among the sources", &found.vanished),
    ];
    for (what, paths) in all {
        for path in paths {
            writeln!(out, "{what}: {}", safe(&locate::told(path)))?;
        }
    }
    for problem in &found.problems {
        writeln!(out, "problem: {}", safe(&problem.to_string()))?;
    }
    let same = counted(found.same, "file");
    if found.is_empty() {
        return writeln!(out, "the index holds what the sources hold: {same}");
    }
    let counts = all.map(|(what, paths)| format!("{} {what}", paths.len()));
    writeln!(out, "{same} as read, {}; `onrecord index` brings it up to date", counts.join(", "))
}

/// Mends the index and tells what was done.
fn repair(
    dir: &Path,
    level: Level,
    folder: Option<&Path>,
    json: bool,
    screen: &Screen,
) -> anyhow::Result<Outcome> {
    let bar = Bar::new(screen.shows_progress());
    // Where the index forgot its folders: the one it lies in.
    let beside = dir.file_name().filter(|name| *name == locate::FOLDER).and(dir.parent());
    let roots: Vec<PathBuf> = folder.or(beside).map(Path::to_path_buf).into_iter().collect();
    let repaired = quietly(|| index::repair(dir, level, &roots, &|progress| bar.show(progress)));
    bar.clear();
    let repaired = match repaired {
        Err(IndexError::NoRoots(dir)) => bail!(
            "the index in {} no longer knows what it was made from\n  Say it: onrecord index --rebuild FOLDER",
            dir.display()
        ),
        repaired => repaired?,
    };
    let after = quietly(|| index::check(dir, level.max(Level::Checksums)))?;
    screen.print(|out| {
        if json { mended_json(dir, &repaired, &after, out) } else { mended(&repaired, &after, out) }
    })?;
    let problems = repaired.summary.as_ref().map_or(Outcome::Done, |summary| outcome(&summary.problems));
    Ok(if !after.is_sound() {
        Outcome::Damaged
    } else if repaired.lost().next().is_some() || !repaired.was_known {
        Outcome::WithProblems
    } else {
        problems
    })
}

fn mended(repaired: &Repaired, after: &Findings, out: &mut dyn Write) -> io::Result<()> {
    damage(&repaired.damaged, out)?;
    let Some(summary) = &repaired.summary else {
        return writeln!(out, "nothing is damaged, nothing was done");
    };
    listed("problem", &summary.problems).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    for lost in repaired.lost() {
        writeln!(out, "lost: {}: {}", safe(&locate::told(&lost.path)), safe(&lost.message))?;
    }
    if !repaired.was_known {
        writeln!(
            out,
            "what the index held is not known: articles of files that are gone are lost, and cannot be named"
        )?;
    }
    damage(&after.damaged, out)?;
    let how = if repaired.rebuilt {
        format!("everything was read again from {}", counted(summary.files_read, "file"))
    } else {
        "it was made from the rest of the index".to_owned()
    };
    let mended = if after.is_sound() { "mended" } else { "still damaged" };
    let (articles, quotes) = (counted(after.articles, "article"), counted(after.quotes, "quote"));
    writeln!(out, "{mended}: {how}; the index holds {articles} with {quotes}")
}

fn mended_json(dir: &Path, repaired: &Repaired, after: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let lost: Vec<_> = repaired.lost().map(problem).collect();
    let problems = repaired.summary.iter().flat_map(|summary| &summary.problems).map(problem);
    let row = json!({
        "v": 1, "type": "repair", "index": dir.display().to_string(),
        "damaged": damage_rows(&repaired.damaged), "rebuilt": repaired.rebuilt,
        "lost": lost, "lost_known": repaired.was_known,
        "problems": problems.collect::<Vec<_>>(), "still_damaged": damage_rows(&after.damaged),
        "sound": after.is_sound(), "articles": after.articles, "quotes": after.quotes,
    });
    writeln!(out, "{}", pretty(&row)?)
}
