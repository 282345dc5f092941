//! `onrecord index --dry-run`: what each kind of file would be read as, and nothing is written.

use crate::article::Article;
use crate::cli::args::Index;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, index, locate};
use crate::index::{Found, look};
use crate::ingest::{Item, Origins, Problem, field_names, read_each};
use crate::render::{counted, safe, safe_lines};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// How many articles are shown of each format, how many names of fields that go unused, and how
/// many problems.
const ROWS: usize = 2;
const UNUSED: usize = 12;
const PROBLEMS: usize = 10;
/// Columns of a line of text shown.
const WORDS: usize = 90;

/// What was met of one format.
#[derive(Default)]
struct Kind {
    /// Whether its format was chosen.
    stated: bool,
    files: u64,
    articles: u64,
    /// Field → where it was found → in how many articles.
    fields: BTreeMap<&'static str, BTreeMap<String, u64>>,
    unused: BTreeMap<String, u64>,
    undated: Vec<String>,
    rows: Vec<(String, Article)>,
}

/// Everything that was met.
#[derive(Default)]
struct Met {
    /// By the format and what was chosen.
    kinds: BTreeMap<(&'static str, String), Kind>,
    files: u64,
    problems: Vec<Problem>,
}

/// Reads all, finds no quotes, writes nothing.
pub(super) fn run(args: &Index, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let dir = locate::to_write(index, &args.paths)?;
    let mut met = Met::default();
    let stated = index::options(&args.reading);
    let keeps = look(&dir, &args.paths, &stated, &mut |found| match found {
        Ok(found) => met.read(&found),
        Err(problem) => met.problems.push(problem),
    })?;
    screen.print(|out| {
        for ((format, chosen), kind) in &met.kinds {
            kind.print(format, chosen, out)?;
        }
        told(&met.problems, out)?;
        let articles: u64 = met.kinds.values().map(|kind| kind.articles).sum();
        writeln!(
            out,
            "{} with {}, {}; nothing was written",
            counted(met.files, "file"),
            counted(articles, "article"),
            counted(met.problems.len(), "problem")
        )?;
        if keeps.is_empty() {
            return Ok(());
        }
        let file = locate::told(&dir.join("config.toml"));
        writeln!(
            out,
            "\nTo keep these choices, put this into {}:\n\n{}",
            safe(&file),
            safe_lines(keeps.trim_end())
        )
    })?;
    let nothing = met.problems.is_empty() && met.kinds.is_empty();
    Ok(if nothing { Outcome::Nothing } else { index::outcome(&met.problems) })
}

impl Met {
    fn read(&mut self, found: &Found) {
        self.files += 1;
        let mut formats = Vec::new();
        read_each(&found.source, &found.options, &mut |item| match item {
            Item::Article(article, origins) => {
                let kind = self.kinds.entry((origins.format, found.chosen.clone())).or_default();
                kind.stated = found.options.read_as.is_some();
                if !formats.contains(&origins.format) {
                    formats.push(origins.format);
                    kind.files += 1;
                }
                kind.take(&found.source.shown, *article, &origins);
            }
            Item::Problem(problem) => self.problems.push(problem),
        });
    }
}

impl Kind {
    fn take(&mut self, file: &str, article: Article, origins: &Origins) {
        self.articles += 1;
        for (field, from) in origins.fields() {
            *self.fields.entry(field).or_default().entry(from.to_owned()).or_default() += 1;
        }
        for name in &origins.unused {
            // A file may have a name of its own for every record.
            if self.unused.len() < 1000 || self.unused.contains_key(name) {
                *self.unused.entry(name.clone()).or_default() += 1;
            }
        }
        if let (None, Some(raw)) = (article.meta.date, &article.meta.date_raw)
            && self.undated.len() < 3
        {
            self.undated.push(raw.clone());
        }
        // Two files tell more than two articles of one.
        let other = self.rows.iter().all(|(shown, _)| shown != file);
        if self.rows.len() == ROWS && other && self.rows[0].0 == self.rows[1].0 {
            self.rows.pop();
        }
        if self.rows.len() < ROWS {
            self.rows.push((file.to_owned(), article));
        }
    }

    fn print(&self, format: &str, chosen: &str, out: &mut dyn Write) -> io::Result<()> {
        let stated = if self.stated { " (as stated)" } else { "" };
        let (files, articles) = (counted(self.files, "file"), counted(self.articles, "article"));
        writeln!(out, "{format}{stated} · {files} · {articles}")?;
        if !chosen.is_empty() {
            writeln!(out, "  chosen   ← {}", safe(chosen))?;
        }
        for field in field_names().filter(|field| !["year", "month", "day"].contains(field)) {
            self.print_field(field, out)?;
        }
        for field in ["year", "month", "day"].into_iter().filter(|field| self.fields.contains_key(field)) {
            self.print_field(field, out)?;
        }
        if !self.undated.is_empty() {
            let raw: Vec<String> = self.undated.iter().map(|raw| format!("`{}`", cut(raw, 30))).collect();
            writeln!(out, "  dates not understood: {}", raw.join(", "))?;
        }
        if !self.unused.is_empty() {
            let mut names: Vec<(&String, &u64)> = self.unused.iter().collect();
            names.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
            let shown: Vec<String> = names.iter().take(UNUSED).map(|(name, _)| cut(name, 40)).collect();
            let more = if names.len() > UNUSED { ", …" } else { "" };
            writeln!(out, "  not used: {}{more}", shown.join(", "))?;
        }
        for (_, article) in &self.rows {
            print_row(article, out)?;
        }
        writeln!(out)
    }

    /// `title    ← headline.main (9), title (2)`: the counts where they are not all.
    fn print_field(&self, field: &str, out: &mut dyn Write) -> io::Result<()> {
        let Some(origins) = self.fields.get(field) else {
            return writeln!(out, "  {field:<8} ← nothing");
        };
        let mut origins: Vec<(&String, &u64)> = origins.iter().collect();
        origins.sort_by_key(|(from, count)| (std::cmp::Reverse(**count), *from));
        let of = |(from, count): &(&String, &u64)| {
            let from = cut(from, 50);
            if **count == self.articles { from } else { format!("{from} ({count})") }
        };
        let shown: Vec<String> = origins.iter().take(6).map(of).collect();
        let more = if origins.len() > 6 { ", …" } else { "" };
        writeln!(out, "  {field:<8} ← {}{more}", shown.join(", "))
    }
}

/// An article as it would be read: where from, what is known, how it begins.
fn print_row(article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let meta = &article.meta;
    let date = meta.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let outlet = meta.outlet.as_deref().unwrap_or("outlet not known");
    let title = meta.title.as_deref().unwrap_or("(no title)");
    let begins: String = article.text.as_str().chars().take(400).collect();
    let begins = begins.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "\n  {}\n    {}", cut(&meta.path, WORDS), cut(title, WORDS))?;
    let embargo = meta.embargo.as_ref().map(|until| format!(" · EMBARGOED: {}", cut(until, 40)));
    let embargo = embargo.unwrap_or_default();
    writeln!(out, "    {date} · {}{embargo}\n    {}", cut(outlet, 60), cut(&begins, WORDS))
}

fn told(problems: &[Problem], out: &mut dyn Write) -> io::Result<()> {
    for problem in problems.iter().take(PROBLEMS) {
        writeln!(out, "problem: {}", safe(&problem.to_string()))?;
    }
    if problems.len() > PROBLEMS {
        writeln!(out, "… and {} more", problems.len() - PROBLEMS)?;
    }
    if problems.is_empty() { Ok(()) } else { writeln!(out) }
}

/// Words that may be printed, no longer than so many characters.
fn cut(words: &str, most: usize) -> String {
    let words = safe(words);
    if words.chars().count() <= most {
        return words.into_owned();
    }
    let kept: String = words.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
