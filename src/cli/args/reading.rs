//! What is read, and whether it is whole: `index`, `check`, `stats`, and how articles are read.

use crate::cli::args::Format;
use crate::ingest::{self, PathDate};
use clap::Args;
use std::path::PathBuf;

/// How articles are read.
#[derive(Args, Clone, Default)]
pub(in crate::cli) struct Reading {
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
    #[arg(long, value_name = "PATTERN")]
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

/// Bytes: `64M`, `1G`.
fn size(typed: &str) -> Result<usize, String> {
    let unit = |c: char| "KMG".find(c.to_ascii_uppercase()).map(|at| 1_usize << (10 * (at + 1)));
    let (number, unit) = match typed.char_indices().last().and_then(|(at, c)| Some((&typed[..at], unit(c)?)))
    {
        Some(sized) => sized,
        None => (typed, 1),
    };
    let bytes = number.parse::<usize>().ok().and_then(|number| number.checked_mul(unit));
    bytes.ok_or_else(|| "write it as a number with K, M or G behind it, such as 64M".to_owned())
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
#[command(after_long_help = "Examples:
  onrecord index articles/                    index a folder, or bring its index up to date
  onrecord index articles/ --prune            and drop what is no longer there
  onrecord index articles/ --dry-run          show how its files would be read
  onrecord index scans/ --date-from path:%Y/%m/%d --outlet 'The Harbour Gazette'
  onrecord index dump.jsonl --map text=text.full --outlet 'The Harbour Gazette'
  onrecord index articles/ -j 1 --memory 32M  on a small machine, or beside other work

Exit code 3 says that some files could not be read; they are listed, the rest is indexed.")]
pub(in crate::cli) struct Index {
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
    #[arg(long, conflicts_with_all = ["prune", "rebuild", "report", "forget"])]
    pub dry_run: bool,
    /// Forget what was said before of how FOLDER is read (--outlet, --map …); what is not said now is guessed
    #[arg(long, requires = "paths")]
    pub forget: bool,
    /// Drop articles whose files are gone
    #[arg(long)]
    pub prune: bool,
    /// Start over: read everything again into a new index, then switch to it
    #[arg(long)]
    pub rebuild: bool,
    /// Threads that read and find quotes [default: one for each core]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Memory for articles that wait to be written, such as 64M: the more, the fewer pieces to merge; above 200M
    /// nothing is gained, and no more is used [default: 80M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<usize>,
    /// Write each problem as a JSON line to FILE (path, member, place, reason), and last their counts
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// What the index holds.
///
/// How many articles, quotes, speakers and outlets; the first and the last date; the files read, the problems with
/// them, the folders they are from, and the size of the index.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord stats
  onrecord stats --in articles/ --problems             and which files could not be read
  onrecord stats --format json | jq .quotes")]
pub(in crate::cli) struct Stats {
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

/// Whether the index is what was written; and mend it.
///
/// Looks whether it opens, every file of it is there and the counts agree. The other levels take longer, and do all
/// that those before them do. Every damaged file is listed. Nothing is written without --repair.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord check                              a quick look
  onrecord check articles/ --read-data        everything, of the index of a folder
  onrecord check --against articles/          does the index hold what the folder holds?
  onrecord check --repair                     and mend what is damaged, from the sources

Exit codes: 0 sound, or mended whole · 2 error · 3 mended, but some files could not be read or are gone ·
4 damaged · 5 sound, but it differs from the sources")]
pub(in crate::cli) struct Check {
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
