//! The command line as it is typed. Help texts live here and nowhere else.

mod asking;
mod cite;
mod export;
mod names;
mod reading;
mod saved;
mod shell;
mod telling;
mod texts;
mod tui;

pub(super) use asking::{Facets, Format, Question, Search, Show, Sort, SpeakerKind, Speakers, Unit};
pub(super) use cite::{Citation, Cite};
pub(super) use export::{Export, ExportFormat, Exported};
pub(super) use names::{Alias, AliasCommand};
pub(super) use reading::{Check, Index, Reading, Stats};
pub(super) use saved::{Save, Saved};
pub(super) use shell::{Completions, Config, Man};
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
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<Color>,
    /// Print what is longer than the screen all at once
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Say less: no notes, no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more: what is opened and planned, and how long each part takes
    #[arg(short, long, global = true, conflicts_with = "quiet")]
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
    /// Add or update articles
    Index(Index),
    /// Search quotes or articles, as the query asks
    Search(Search),
    /// Count the hits of a query by speaker, outlet, year …
    Facets(Facets),
    /// Who is quoted, how often, under which names, in which outlets
    Speakers(Speakers),
    /// The hits of a query over time
    Timeline(Timeline),
    /// Whether a quotation is real: the nearest quotes, word by word
    Verify(Verify),
    /// Say which names are one speaker's, and which are not
    Alias(Alias),
    /// Write all quotes, articles or speakers of a query to a file
    Export(Export),
    /// Keep a query under a name
    Save(Save),
    /// List saved queries, ask them again, and tell what is new
    Saved(Saved),
    /// Show a quote in its place, or an article with its quotes
    Show(Show),
    /// Cite a quote or an article: a sentence, BibTeX or CSL-JSON
    Cite(Cite),
    /// What the index holds
    Stats(Stats),
    /// Whether the index is what was written; and mend it
    Check(Check),
    /// Find the quotes of texts without an index: text in, JSON lines out
    Extract(Extract),
    /// Browse the archive on a full screen; also `onrecord` alone on a terminal
    Tui(Tui),
    /// Explain a command or a topic: query, fields, phrases, formats, output, schema
    Help(Help),
    /// List the settings in force, and where each is set
    Config(Config),
    /// Print what completes the command line in a shell
    Completions(Completions),
    /// Print the page of the manual, or write all pages into a folder
    Man(Man),
    /// Learn the weights of attribution from annotated articles
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
            Command::Verify(args) => args.format,
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

/// Explain a command or a topic.
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
