//! `onrecord help`: topics that teach, and how errors are told.

mod output;

use crate::cli::Outcome;
use crate::cli::args::{Cli, Help};
use crate::cli::screen::Screen;
use crate::ingest::{FORMATS, Reason, field_synonyms};
use crate::query;
use crate::text::nearest;
use anyhow::bail;
use clap::CommandFactory;

/// Prints a topic, a command's long help, or the overview.
pub(super) fn run(args: &Help, screen: &Screen) -> anyhow::Result<Outcome> {
    let text = match args.topic.as_deref() {
        None => overview(),
        Some(name) => match TOPICS.iter().find(|(topic, _)| *topic == name) {
            Some((_, told)) => told(),
            None => command(name)?,
        },
    };
    screen.print(|out| writeln!(out, "{}", text.trim_end()))?;
    Ok(Outcome::Done)
}

/// What `-h` prints: every command, on one screen.
pub(super) const PAGE: &str = include_str!("help/page.txt");

/// A topic: its name, and what is told of it.
type Topic = (&'static str, fn() -> String);

/// The topics beside the commands.
const TOPICS: &[Topic] = &[
    ("query", query::help),
    ("fields", query::help_fields),
    ("phrases", query::help_phrases),
    ("formats", formats),
    ("output", output::output),
    ("schema", output::schema),
];

/// All that help can be asked on: commands, then topics.
pub(super) fn names() -> Vec<String> {
    let cli = Cli::command();
    let commands = cli.get_subcommands().filter(|command| !command.is_hide_set());
    let topics = TOPICS.iter().map(|(topic, _)| (*topic).to_owned());
    commands.map(|command| command.get_name().to_owned()).chain(topics).collect()
}

fn overview() -> String {
    let topics: Vec<String> = TOPICS.iter().map(|(topic, _)| format!("onrecord help {topic}")).collect();
    format!("{}\n\nTopics: {}", Cli::command().render_long_help().ansi(), topics.join(" · "))
}

/// The formats that are read, and the reasons why a file is not.
fn formats() -> String {
    let mut text = String::from(
        "FORMATS\nA file is known by its ending, else by how it begins. Files\ncompressed with gzip or zstd are unpacked on the way, and of zip and tar archives each member is read as\na file would be, as `a.zip!/b.html`: to two archives deep, and never written to disk. Left out\nwithout a word: what begins with a dot, and files named README, which describe an archive.\n\n",
    );
    for format in FORMATS {
        text.push_str(&format!(
            "  {:<10}{}\n  {:<10}  endings: {}\n{}",
            format.name,
            format.about,
            "",
            format.endings.join(", "),
            format.mapping.lines().map(|line| format!("  {:<10}  {line}\n", "")).collect::<String>()
        ));
    }
    text.push_str(
        "\n\
FIELDS OF RECORDS
The names of columns, of JSON fields and of front matter that are known; case, -, _ and space do not matter.
Others are named with --map FIELD=COLUMN, or --map FIELD=path.within.the.record; `index --dry-run` shows
what was found where.\n\n",
    );
    for (field, names) in field_synonyms() {
        let names: Vec<&str> = names.split_whitespace().collect();
        text.push_str(&wrapped(field, 10, &names));
    }
    text.push_str(CHOICES);
    text.push_str("\nPROBLEMS\nA file or record that cannot be read is reported and skipped, with one of these codes:\n\n");
    for reason in Reason::ALL {
        text.push_str(&format!("  {:<18}{}\n", reason.code(), reason.explained()));
    }
    text
}

const CHOICES: &str = r#"
CHOICES KEPT FOR A FOLDER
What --read-as, --map, --outlet, --date-from and --day-first state may be kept in .onrecord/config.toml:

  [sources."wire/2019"]
  read-as = "csv"
  map = { title = "Kopf", text = "Wortlaut" }
  outlet = "The Harbour Gazette"
  date-from = "path:%Y/%m/%d"
  day-first = true

The path is from the folder that holds .onrecord (of folders that lie elsewhere, from these); "." is all of it.
Of several folders a file lies in, the longest counts, alone. What is stated on the command line, now or when the
folder was indexed, wins. Where a choice changes, the files concerned are read again. `index --dry-run` with the
options prints the table to put there, and without them which choice came from where.
"#;

/// A word and the names that go with it, `from` columns on, in lines that fit a terminal.
fn wrapped(word: &str, from: usize, names: &[&str]) -> String {
    let (mut text, mut line) = (String::new(), format!("  {word:<from$}"));
    for name in names {
        if line.len() + 1 + name.len() > 78 {
            text.push_str(&format!("{}\n", line.trim_end()));
            line = format!("  {:<from$}", "");
        }
        line.push_str(&format!("{name} "));
    }
    text + line.trim_end() + "\n"
}

fn command(name: &str) -> anyhow::Result<String> {
    let mut cli = Cli::command();
    cli.build();
    match cli.find_subcommand_mut(name) {
        Some(command) => Ok(command.render_long_help().ansi().to_string()),
        None => {
            let names = names();
            let near = nearest(name, names.iter().map(String::as_str));
            let near = near.map(|near| format!("did you mean `onrecord help {near}`? ")).unwrap_or_default();
            bail!("there is no help on `{name}`\n  {near}Commands and topics: {}", names.join(", "))
        }
    }
}

/// An error with what led to it, one line each.
pub(super) fn error(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Many errors print their source themselves.
        if !text.contains(&cause) {
            text.push_str(&format!("\n  because: {cause}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{PAGE, names};

    #[test]
    fn the_page_names_every_command_and_topic_and_fits_a_screen() {
        // At the head of a column, or one of a row.
        let stands = |name: &String| {
            PAGE.contains(&format!("  {name} "))
                || PAGE.contains(&format!("· {name} "))
                || PAGE.contains(&format!("· {name}\n"))
        };
        let missing: Vec<String> = names().into_iter().filter(|name| !stands(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(PAGE.lines().count() < 24 && PAGE.lines().all(|line| line.chars().count() < 80));
    }
}
