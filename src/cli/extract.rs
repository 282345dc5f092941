//! `onrecord extract`: text in, quotes out. No index, no order but the one given.

use crate::article::{Article, Meta};
use crate::cli::Outcome;
use crate::cli::args::{Extract, ExtractFormat};
use crate::cli::screen::Screen;
use crate::ingest::{self, Contents, Problem, Source};
use crate::quotes::{self, Reading, Weights};
use crate::render::{json, markup, safe, safe_lines};
use crate::text::Text;
use anyhow::Context;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(args: &Extract, screen: &Screen) -> anyhow::Result<Outcome> {
    let options = super::index::options(&args.reading);
    let weights = args.weights.as_deref().map(weights).transpose()?;
    let mut problems = 0;
    let write = |out: &mut dyn Write| {
        for file in &args.files {
            let contents = if args.plain { plain(file, &options) } else { read(file, &options) };
            for problem in &contents.problems {
                screen.say(&safe(&problem.to_string()));
            }
            problems += contents.problems.len();
            contents
                .articles
                .iter()
                .try_for_each(|article| print(out, article, weights.as_ref(), args.format))?;
        }
        Ok(())
    };
    match args.format {
        ExtractFormat::Jsonl => screen.print_plain(write)?,
        ExtractFormat::Markup => screen.print(write)?,
    }
    Ok(if problems > 0 { Outcome::WithProblems } else { Outcome::Done })
}

fn read(file: &Path, options: &ingest::Options) -> Contents {
    if file == Path::new(STDIN) {
        return ingest::read_from(io::stdin().lock(), options);
    }
    match Source::file(file) {
        Ok(source) => ingest::read(&source, options),
        Err(problem) => refused(problem),
    }
}

/// The whole file as one text, unchanged; its stem is the id.
fn plain(file: &Path, options: &ingest::Options) -> Contents {
    let read = if file == Path::new(STDIN) {
        let text = ingest::read_plain_from(io::stdin().lock(), file, &options.limits);
        text.map(|text| (STDIN.to_owned(), text))
    } else {
        ingest::read_plain(file, &options.limits)
    };
    match read {
        Ok((id, body)) => {
            let meta = Meta { path: file.display().to_string(), ..Meta::default() };
            let article = Article { id, meta, text: Text::new(body) };
            Contents { articles: vec![article], ..Contents::default() }
        }
        Err(problem) => refused(problem),
    }
}

fn refused(problem: Problem) -> Contents {
    Contents { problems: vec![problem], ..Contents::default() }
}

/// The name that stands for standard input.
const STDIN: &str = "-";

/// The weights of a file.
fn weights(file: &Path) -> anyhow::Result<Weights> {
    let name = safe(&file.display().to_string()).into_owned();
    let table = fs::read(file).with_context(|| name.clone())?;
    Weights::read(table).with_context(|| format!("{name} is no table of weights"))
}

fn print(
    out: &mut dyn Write,
    article: &Article,
    weights: Option<&Weights>,
    format: ExtractFormat,
) -> io::Result<()> {
    let (text, reading) = (&article.text, Reading::of(&article.meta));
    let found = match weights {
        Some(weights) => quotes::find_with(text, reading, weights),
        None => quotes::find(text, reading),
    };
    match format {
        ExtractFormat::Jsonl => out.write_all(&json::extracted_line(article, &found.quotes)?),
        ExtractFormat::Markup => {
            writeln!(out, "{}", safe_lines(&markup::write(&article.text, &found.quotes)))
        }
    }
}
