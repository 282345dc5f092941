//! The command line as it is typed. Help texts live here and nowhere else.

mod asking;
mod cite;
mod compare;
mod export;
mod names;
mod reading;
mod saved;
mod shell;
mod spread;
mod telling;
mod texts;
mod tui;

pub(super) use asking::{Facets, Format, Question, Search, Show, Sort, SpeakerKind, Speakers, Unit};
pub(super) use cite::{Citation, Cite};
pub(super) use compare::Compare;
pub(super) use export::{Export, ExportFormat, Exported};
pub(super) use names::{Alias, AliasCommand};
pub(super) use reading::{Check, Index, Reading, Stats};
pub(super) use saved::{Save, Saved};
pub(super) use shell::{Completions, Config, Man};
pub(super) use spread::Spread;
pub(super) use telling::{By, Timeline, Verify};
pub(super) use texts::{Extract, ExtractFormat, LearnedPart, Train};
pub(super) use tui::Tui;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Full-text search over news archives that knows who said what.
///
/// Point it at a folder of articles; it finds every quotation, decides who spoke it, and answers
/// who said what, when and where. Everything stays on this machine.
#[derive(Parser)]
#[command(name = "onrecord", version, styles = STYLES, disable_help_subcommand = true, max_term_width = 100)]
#[command(subcommand_value_name = "COMMAND", subcommand_help_heading = "Commands")]
#[command(after_help = "Examples:
  onrecord search --in articles/ 'quotes by Merkel mentioning borders'
  onrecord index articles/
  onrecord search 'quotes by Merkel since 2015' --facet year
  onrecord help query          the query language, with examples
  onrecord help output         columns and JSON, for scripts

Exit codes: 0 found or done · 1 ran well, nothing found · 2 error ·
3 some files could not be read · 4 the index is damaged · 5 it differs from its sources")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// What every command takes.
#[derive(Args)]
pub(super) struct Common {
    /// The folder of the index [default: --in, $ONRECORD_INDEX, the nearest .onrecord upward]
    #[arg(long, global = true, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// When to use colour [default: auto]
    #[arg(long, global = true, value_name = "WHEN", hide_short_help = true)]
    pub color: Option<Color>,
    /// Print what is longer than the screen all at once
    #[arg(long, global = true, hide_short_help = true)]
    pub no_pager: bool,
    /// Say less: no notes, no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: what is opened and planned, and how long each part takes
    #[arg(short, long, global = true, conflicts_with = "quiet", hide_short_help = true)]
    pub verbose: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
pub(super) enum Command {
    // Each is described where its options are.
    Index(Index),
    Search(Search),
    Facets(Facets),
    Speakers(Speakers),
    Timeline(Timeline),
    Compare(Compare),
    Verify(Verify),
    Spread(Spread),
    Alias(Alias),
    Export(Export),
    Save(Save),
    Saved(Saved),
    Show(Show),
    Cite(Cite),
    Stats(Stats),
    Check(Check),
    Extract(Extract),
    Tui(Tui),
    Help(Help),
    Config(Config),
    Completions(Completions),
    Man(Man),
    #[command(hide = true)]
    Train(Train),
}

impl Command {
    /// How many hits it shows at most, where that can be set.
    pub(super) fn limit(&mut self) -> Option<&mut usize> {
        match self {
            Command::Search(args) => Some(&mut args.limit),
            Command::Speakers(args) => Some(&mut args.limit),
            Command::Saved(args) => Some(&mut args.limit),
            _ => None,
        }
    }

    /// How it prints rows, where that can be set.
    pub(super) fn format(&mut self) -> Option<&mut Format> {
        match self {
            Command::Search(args) => Some(&mut args.format),
            Command::Facets(args) => Some(&mut args.format),
            Command::Speakers(args) => Some(&mut args.format),
            Command::Timeline(args) => Some(&mut args.format),
            Command::Compare(args) => Some(&mut args.format),
            Command::Spread(args) => Some(&mut args.format),
            _ => None,
        }
    }

    /// Whether it prints for people.
    pub(super) fn is_for_people(&self) -> bool {
        let format = match self {
            Command::Search(args) if args.batch.is_some() => return false,
            Command::Search(args) => args.format,
            Command::Facets(args) => args.format,
            Command::Speakers(args) => args.format,
            Command::Timeline(args) => args.format,
            Command::Compare(args) => args.format,
            Command::Verify(args) => args.format,
            Command::Spread(args) => args.format,
            Command::Saved(args) => args.format,
            Command::Show(args) => args.format,
            Command::Stats(args) => args.format,
            Command::Check(args) => args.format,
            Command::Help(_) | Command::Alias(_) | Command::Index(_) => return true,
            _ => return false,
        };
        format == Format::Human
    }
}

/// The command line with one command on it, if that is one that asks: to describe the others as well takes longer
/// than to answer. What is typed wrong, and help, is for the whole of it.
pub(super) fn alone(name: &str) -> Option<clap::Command> {
    let described: fn(clap::Command) -> clap::Command = match name {
        "search" => Search::augment_args,
        "facets" => Facets::augment_args,
        "speakers" => Speakers::augment_args,
        "timeline" => Timeline::augment_args,
        "compare" => Compare::augment_args,
        "verify" => Verify::augment_args,
        "spread" => Spread::augment_args,
        "export" => Export::augment_args,
        "show" => Show::augment_args,
        "cite" => Cite::augment_args,
        _ => return None,
    };
    let command = described(clap::Command::new(name.to_owned()));
    Some(Common::augment_args(clap::Command::new("onrecord").subcommand(command)))
}

/// Explain a command or a topic: query, fields, phrases, formats, output, schema.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord help search
  onrecord help query          the query language, with examples
  onrecord help output         columns, JSON, and what stays from version to version
  onrecord help schema > output.schema.json")]
pub(super) struct Help {
    /// A command, or query, fields, phrases, formats, output, schema
    pub topic: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use crate::article::Date;
    use crate::query::{Known, ParseOptions, parse};
    use clap::{Command, CommandFactory, FromArgMatches};

    /// An archive where every name is somebody's.
    struct Anybody;

    impl Known for Anybody {
        fn outlet(&self, _: &str) -> bool {
            true
        }

        fn speaker(&self, _: &str) -> bool {
            true
        }

        fn saved(&self, _: &str) -> Option<String> {
            Some("bridge".to_owned())
        }

        fn today(&self) -> Date {
            Date::from_days(0)
        }
    }

    #[test]
    fn every_command_has_examples_and_each_of_them_can_be_typed() {
        let mut cli = Cli::command();
        cli.build();
        cli.clone().debug_assert();
        let mut commands = vec![cli.clone()];
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
            let examples = examples(&command);
            assert!(!examples.is_empty(), "{} has no examples", command.get_display_name().unwrap());
            for example in examples {
                assert_can_be_typed(&cli, &example);
            }
        }
    }

    /// The lines below "Examples:", which stands at the head of what follows a help, that call us.
    fn examples(command: &Command) -> Vec<String> {
        let after = command.get_after_long_help().or(command.get_after_help());
        let after = after.map(ToString::to_string).unwrap_or_default();
        let lines = after.strip_prefix("Examples:\n").into_iter().flat_map(str::lines);
        lines
            .take_while(|line| !line.is_empty())
            .filter(|line| line.contains("onrecord"))
            .map(Into::into)
            .collect()
    }

    fn assert_can_be_typed(cli: &Command, example: &str) {
        let words = words(example);
        let matches = cli.clone().try_get_matches_from(&words);
        let matches = match matches {
            Ok(matches) => matches,
            // Alone it opens the screen where there is a terminal.
            Err(_) if words.len() == 1 => return,
            Err(error) => panic!("{example}: {error}"),
        };
        if let Some(alone) = words.get(1).and_then(|name| super::alone(name)) {
            let read = alone.try_get_matches_from(&words).unwrap();
            assert_eq!(read.subcommand(), matches.subcommand(), "{example}");
            assert!(Cli::from_arg_matches(&read).is_ok(), "{example}");
        }
        let Some((_, typed)) = matches.subcommand() else { return };
        let query = typed.try_get_many::<String>("query").ok().flatten();
        let query = query.map(|words| words.cloned().collect::<Vec<_>>().join(" "));
        if let Some(query) = query.filter(|query| !query.is_empty()) {
            let read = parse(&query, &Anybody, &ParseOptions::default());
            assert!(read.is_ok(), "{example}: {}", read.unwrap_err().message);
        }
    }

    /// The words of our call as a shell would hand them on: up to a pipe, a redirection, the next command, or
    /// two blanks, behind which a remark stands.
    fn words(example: &str) -> Vec<String> {
        let call = &example[example.find("onrecord").unwrap()..];
        let (mut words, mut word, mut mark) = (Vec::new(), None::<String>, None);
        for c in call.chars() {
            match (mark, c) {
                (Some(open), c) if open == c => mark = None,
                (None, '\'' | '"') => {
                    mark = Some(c);
                    word.get_or_insert_default();
                }
                (None, '|' | '>' | '<' | ';' | '&') => break,
                (None, ' ') if word.is_none() => break,
                (None, ' ') => words.extend(word.take()),
                (_, c) => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        words
    }
}
