//! `onrecord help`: topics that teach, and how errors are told.

use crate::cli::Outcome;
use crate::cli::args::{Cli, Help};
use crate::cli::screen::Screen;
use crate::ingest::{FORMATS, Reason};
use crate::query;
use anyhow::bail;
use clap::CommandFactory;

/// Prints a topic, a command's long help, or the overview.
pub(super) fn run(args: &Help, screen: &Screen) -> anyhow::Result<Outcome> {
    let text = match args.topic.as_deref() {
        None => Cli::command().render_long_help().ansi().to_string() + TOPICS,
        Some("query") => query::help(),
        Some("fields") => query::help_fields(),
        Some("formats") => formats(),
        Some(name) => command(name)?,
    };
    screen.print(|out| writeln!(out, "{}", text.trim_end()))?;
    Ok(Outcome::Done)
}

const TOPICS: &str = "\n\nTopics: onrecord help query · onrecord help fields · onrecord help formats\n";

/// The formats that are read, and the reasons why a file is not.
fn formats() -> String {
    let mut text = String::from(
        "FORMATS\nA file is known by its ending, else by how it begins. Files\ncompressed with gzip or zstd are unpacked on the way, and of zip and tar archives each member is read as\na file would be, as `a.zip!/b.html`: to two archives deep, and never written to disk.\n\n",
    );
    for format in FORMATS {
        text.push_str(&format!(
            "  {:<10}{}\n  {:<10}  endings: {}\n",
            format.name,
            format.about,
            "",
            format.endings.join(", ")
        ));
    }
    text.push_str("\nPROBLEMS\nA file or record that cannot be read is reported and skipped, with one of these codes:\n\n");
    for reason in Reason::ALL {
        text.push_str(&format!("  {:<18}{}\n", reason.code(), reason.explained()));
    }
    text
}

fn command(name: &str) -> anyhow::Result<String> {
    let mut cli = Cli::command();
    cli.build();
    match cli.find_subcommand_mut(name) {
        Some(command) => Ok(command.render_long_help().ansi().to_string()),
        None => bail!(
            "there is no help on `{name}`\n  Try a command (index, search, facets, speakers, alias, show, stats, extract) or a topic (query, fields, formats)"
        ),
    }
}

/// An error with what led to it, one line each.
pub(super) fn error(error: &anyhow::Error) -> String {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let mut text = format!("{style}error{style:#}: {error}");
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Many errors print their source themselves.
        if !text.contains(&cause) {
            text.push_str(&format!("\n  because: {cause}"));
        }
    }
    text
}
