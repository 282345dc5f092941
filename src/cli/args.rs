//! The command line as it is typed. Help texts live here and nowhere else.

mod export;
mod saved;
mod tui;

use crate::ingest::{self, PathDate};
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

pub(super) use export::{Export, ExportFormat, Exported};
pub(super) use saved::{Save, Saved};
pub(super) use tui::Tui;

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
#[command(after_help = "Examples:
  onrecord search --in articles/ 'quotes by Merkel mentioning borders'
  onrecord index articles/
  onrecord search 'quotes by Merkel since 2015' --facet year
  onrecord help query          the query language, with examples

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
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say less: no notes, no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
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
    /// What the index holds
    Stats(Stats),
    /// Whether the index is what was written; and mend it
    Check(Check),
    /// Find the quotes of texts without an index: text in, JSON lines out
    Extract(Extract),
    /// Browse the archive on a full screen; also `onrecord` alone on a terminal
    Tui(Tui),
    /// Explain a command or a topic: query, fields, formats
    Help(Help),
    /// Learn the weights of attribution from annotated articles
    #[command(hide = true)]
    Train(Train),
}

/// How articles are read.
#[derive(Args, Clone, Default)]
pub(super) struct Reading {
    /// Where a record keeps a field, by column or path: title=headline.main (may be repeated)
    #[arg(long, value_name = "FIELD=PATH", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// The outlet of articles that name none
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Read 3/4/2016 as 3 April (not 4 March); without it such dates are kept unread
    #[arg(long)]
    pub day_first: bool,
    /// Take dates from paths, over what articles state: path:%Y/%m/%d, path:%Y%m%d, path:%d-%b-%Y …
    #[arg(long, value_name = "path:PATTERN")]
    pub date_from: Option<PathDate>,
    /// Read every file as FORMAT, whatever its name: see `onrecord help formats`
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub read_as: Option<String>,
}

fn format(typed: &str) -> Result<String, String> {
    if ingest::Format::named(typed).is_some() {
        return Ok(typed.to_owned());
    }
    let names: Vec<&str> = ingest::FORMATS.iter().map(|format| format.name).collect();
    Err(format!("there is no format `{typed}`; there are {}", names.join(", ")))
}

fn mapping(typed: &str) -> Result<(String, String), String> {
    let (field, path) = typed.split_once('=').unwrap_or((typed, ""));
    let (field, path) = (field.trim(), path.trim());
    if field.is_empty() || path.is_empty() {
        return Err("write it as FIELD=PATH, such as title=headline.main".into());
    }
    if !ingest::field_names().any(|name| name == field) {
        let names: Vec<&str> = ingest::field_names().collect();
        return Err(format!("there is no field `{field}`; there are {}", names.join(", ")));
    }
    Ok((field.to_owned(), path.to_owned()))
}

/// Add or update articles.
///
/// Files that have not changed since they were last read are skipped, changed ones are replaced.
/// Without PATH the folders recorded in the index are refreshed; a dry run without an index looks at the current
/// folder. How files are read may be kept for each folder, in a table [sources] of .onrecord/config.toml:
/// see `onrecord help formats`.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord index articles/                    index a folder, or bring its index up to date
  onrecord index articles/ --prune            and drop what is no longer there
  onrecord index articles/ --dry-run          show how its files would be read
  onrecord index scans/ --date-from path:%Y/%m/%d --outlet 'The Harbour Gazette'
  onrecord index dump.jsonl --map body=text.full --outlet 'The Harbour Gazette'

Exit code 3 says that some files could not be read; they are listed, the rest is indexed.")]
pub(super) struct Index {
    /// Folders and files to read
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// Index articles alone: quotations are not looked for, which takes less than half the time
    #[arg(long)]
    pub no_quotes: bool,
    /// Look for quotations again, in folders indexed with --no-quotes
    #[arg(long, conflicts_with = "no_quotes")]
    pub quotes: bool,
    /// Show how each kind of file would be read, with two articles of each, and write nothing
    #[arg(long, conflicts_with_all = ["prune", "rebuild", "report"])]
    pub dry_run: bool,
    /// Drop articles whose files are gone
    #[arg(long)]
    pub prune: bool,
    /// Start over: read everything again into a new index, then switch to it
    #[arg(long)]
    pub rebuild: bool,
    /// Threads that read and find quotes [default: one for each core]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Write each problem as a JSON line to FILE (path, member, place, reason), and last their counts
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Which articles and quotes are meant.
#[derive(Args, Clone)]
pub(super) struct Question {
    /// Search FOLDER: index it on first use, bring it up to date, then answer
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// Answer with quotes or articles, whatever the query begins with
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<Unit>,
    /// Take the query word for word: no natural phrases
    #[arg(long)]
    pub raw: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Unit {
    Quote,
    Article,
}

/// Search quotes or articles, as the query asks.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord search 'quotes by Putin mentioning interference'
  onrecord search 'by:merkel kind:direct date:2015..2016' --sort oldest
  onrecord search 'what did Yusuf say about the hospital' --facet outlet,year
  onrecord search '\"fake news\"' --format csv > hits.csv
  onrecord search --batch queries.csv > answers.csv
  onrecord help query          the whole language

Put single quotation marks around the query: the shell eats the double ones.")]
pub(super) struct Search {
    /// The question
    #[arg(required_unless_present = "batch")]
    pub query: Vec<String>,
    /// Ask each query of FILE, one a line or CSV with a column `query` (and `name`): a row of answers each, with
    /// the number of hits and the first of them; csv unless --format says otherwise
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "fields", "facet", "explain", "limit", "offset"])]
    pub batch: Option<PathBuf>,
    #[command(flatten)]
    pub question: Question,
    /// How to print the hits
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Columns of csv, tsv and md: date,outlet,speaker,text …
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// In which order
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<Sort>,
    /// At most so many hits (0: all)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Show every print of an article or quote, not the first with `+N copies`
    #[arg(long)]
    pub all_copies: bool,
    /// Also count the hits by these: speaker,outlet,agency,section,year,month,cue,kind,lang,place
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    pub facet: Vec<String>,
    /// Print how the query was understood and planned, and stop
    #[arg(long)]
    pub explain: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// for people
    Human,
    /// one JSON object a line
    Jsonl,
    /// one JSON document
    Json,
    /// for spreadsheets
    Csv,
    /// tab-separated
    Tsv,
    /// a Markdown table
    Md,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// best match first
    Relevance,
    /// latest first
    Newest,
    /// earliest first
    Oldest,
}

/// Count the hits of a query by speaker, outlet, year …
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord facets speaker                          who is quoted most
  onrecord facets outlet,year 'by:merkel migration'
  onrecord facets speaker 'quotes mentioning interference' --top 50 --format csv")]
pub(super) struct Facets {
    /// What to count by: speaker,outlet,section,year,month,cue,kind,lang,place
    #[arg(value_name = "FIELDS")]
    pub fields: String,
    /// Of which hits [default: all quotes]
    pub query: Vec<String>,
    #[command(flatten)]
    pub question: Question,
    /// How to print the counts
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// At most so many values (0: all)
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub top: usize,
}

/// Who is quoted, how often, under which names, in which outlets, from when to when.
///
/// Words search the reported words, as after `quotes`; behind `articles` they search the articles, and the
/// speakers are those quoted there.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord speakers                                everybody, most quoted first
  onrecord speakers 'interference since 2016' --kind person
  onrecord speakers 'is:unnamed outlet:Northwire'  its unnamed sources
  onrecord speakers 'articles bridge' --format csv > people.csv")]
pub(super) struct Speakers {
    /// In which quotes [default: all]
    pub query: Vec<String>,
    #[command(flatten)]
    pub question: Question,
    /// Only speakers of these kinds: person,org,group,document,anonymous
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub kind: Vec<SpeakerKind>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// At most so many speakers (0: all)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SpeakerKind {
    /// a named person
    Person,
    /// a ministry, company, newspaper
    Org,
    /// several unnamed people
    Group,
    /// a report or statement
    Document,
    /// an unnamed source
    Anonymous,
}

/// Say which names are one speaker's, and which are not.
///
/// The archive joins names it is sure of; the rest is for you to say. What is said stands in aliases.txt in the
/// folder of the index, one line a speaker, wins over everything, and outlives indexing and rebuilding. Edit it
/// as you like; searches, counts and speakers follow at once.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord alias list --suggest                        names that may be one speaker's, as commands
  onrecord alias merge 'Muriel Okafor' 'M. O’Kafor'    these are one speaker, shown as the first
  onrecord alias add 'Muriel Okafor' 'The Mayor'       she is also known so
  onrecord alias split 'Tobias Marsh' 'T. Marsh'       that one is somebody else")]
pub(super) struct Alias {
    #[command(subcommand)]
    pub what: AliasCommand,
    /// Of the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index", global = true)]
    pub folder: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(super) enum AliasCommand {
    /// Give a speaker other names, quoted yet or not
    Add {
        /// The speaker; he is shown under this name
        name: String,
        /// Names he has too
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Make one speaker of several
    Merge {
        /// The speaker they are shown as
        name: String,
        /// Who is the same
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Make speakers of their own of names that are somebody else's
    Split {
        /// The speaker they are taken from
        name: String,
        /// The names that are not his
        #[arg(required = true)]
        variants: Vec<String>,
    },
    /// List what is said, or what might be
    List {
        /// Names that may be one speaker's, most quoted first, as commands to run
        #[arg(long)]
        suggest: bool,
        /// At most so many suggestions (0: all)
        #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
}

/// Show a quote in its place, or an article with its quotes.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord show q7f3a1c            a quote in its paragraph
  onrecord show q7f3a1c --why      and why this speaker
  onrecord show a81b20f --full     a whole article, its quotes marked")]
pub(super) struct Show {
    /// An id as search prints it, or its first six characters or more
    pub id: String,
    /// Say what decided: the rule, the evidence for the cue, each step to the name, the runner-up, how
    /// sure it is
    #[arg(long)]
    pub why: bool,
    /// The whole article
    #[arg(long)]
    pub full: bool,
    /// Look in the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// What the index holds: articles, quotes, speakers, outlets, dates, problems.
#[derive(Args)]
pub(super) struct Stats {
    /// Of the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// List every file that could not be read
    #[arg(long)]
    pub problems: bool,
}

/// Whether the index is what was written.
///
/// Looks whether it opens, every file of it is there and the counts agree. The other levels take longer, and do all
/// that those before them do. Every damaged file is listed. Nothing is written without --repair.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord check                              a quick look
  onrecord check articles/ --read-data        everything, of the index of a folder
  onrecord check --against articles/          does the index hold what the folder holds?
  onrecord check --repair                     and mend what is damaged, from the sources

Exit codes: 0 sound, or mended whole · 2 error · 3 mended, but some files could not be read or are gone ·
4 damaged · 5 sound, but it differs from the sources")]
pub(super) struct Check {
    /// Of the index of FOLDER
    #[arg(value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// Verify the checksum of every file
    #[arg(long)]
    pub checksums: bool,
    /// Verify checksums, then read every article and quote back and hold them against each other
    #[arg(long)]
    pub read_data: bool,
    /// Compare with the files in SOURCES, by content: a folder that was indexed, a part of one, or a copy
    #[arg(long, value_name = "SOURCES")]
    pub against: Option<PathBuf>,
    /// Mend what is damaged: read the sources again into a new index, then switch to it
    #[arg(long, conflicts_with = "against")]
    pub repair: bool,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Find the quotes of texts without an index: text in, JSON lines out.
///
/// One line an article, in the order given: {"v":1,"type":"article","id":…,"text":…,"quotes":[…]}.
/// Offsets count Unicode characters of the text printed.
#[derive(Args)]
#[command(after_help = "Examples:
  onrecord extract article.html
  onrecord extract --plain notes.txt      the whole file, unchanged, is the text
  cat dump.jsonl | onrecord extract - | jq '.quotes[].speaker.name'
  onrecord extract --format markup article.txt")]
pub(super) struct Extract {
    /// Files to read; - is standard input
    #[arg(default_value = "-")]
    pub files: Vec<PathBuf>,
    /// Each file is one article: its whole content is the text, its stem the id
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub reading: Reading,
    /// jsonl, or markup: the text with its quotes, speakers and cues in brackets
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: ExtractFormat,
    /// Read with these weights, as `train` writes them, instead of those that are shipped
    #[arg(long, value_name = "FILE", hide = true)]
    pub weights: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExtractFormat {
    /// one JSON object an article
    Jsonl,
    /// annotated text
    Markup,
}

/// Explain a command or a topic.
#[derive(Args)]
pub(super) struct Help {
    /// A command, or query, fields, formats
    pub topic: Option<String>,
}

/// Learn the weights of attribution from annotated articles.
#[derive(Args)]
pub(super) struct Train {
    /// Annotated articles: text/ID.txt and attributions/ID_*.ann in brat's standoff
    pub folder: PathBuf,
    /// Where the weights go
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// Leave out every fifth article, from the one of this number on (0 to 4), to be read with what the
    /// others teach
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(0..5))]
    pub leave: Option<u8>,
    /// Do without a part, to see what it adds
    #[arg(long, value_name = "PART")]
    pub without: Option<LearnedPart>,
}

/// What can be done without.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LearnedPart {
    /// The parts of speech of words
    Tags,
    /// The chain around each cue, and the parts of speech, which only it sees
    Chain,
    /// The ranking of candidates where no rule decides
    Ranking,
    /// How present somebody is to a pronoun
    Salience,
}
