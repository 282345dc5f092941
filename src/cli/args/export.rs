//! `onrecord export`, as it is typed.

use crate::cli::args::Sort;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Write all quotes, articles or speakers of a query to a file.
///
/// What `search` shows a page of, `export` writes whole, hit after hit, by the same query and in the same order.
/// Without QUERY it is all the index holds. A file is written aside and put in place when it is complete; one that
/// is there already is replaced with --force only.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord export quotes 'by Putin mentioning interference' -o putin.csv
  onrecord export quotes 'by:merkel kind:direct date:2015..2016' --sort oldest -o merkel.jsonl
  onrecord export articles 'outlet:Northwire bridge' -o bridge.tsv --fields date,title,path
  onrecord export speakers 'quotes about the toll' -o people.csv
  onrecord export quotes --format jsonl | jq -r .speaker.name

Exit code 1 says that nothing was found; then no file is written.")]
pub(in crate::cli) struct Export {
    /// What to write
    #[arg(value_name = "WHAT")]
    pub what: Exported,
    /// Which of them [default: all]
    pub query: Vec<String>,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub out: PathBuf,
    /// Replace FILE if it is there
    #[arg(long)]
    pub force: bool,
    /// How to write it [default: as FILE ends, csv to standard output]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,
    /// Columns of csv, tsv and md: date,outlet,speaker,text …
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// In which order
    #[arg(long, value_name = "ORDER")]
    pub sort: Option<Sort>,
    /// Write every print of an article or quote, not the first with the number of its copies
    #[arg(long)]
    pub all_copies: bool,
    /// Search FOLDER: index it on first use, bring it up to date, then answer
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// Take the query word for word: no natural phrases
    #[arg(long)]
    pub raw: bool,
}

/// What can be written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Exported {
    /// one row a quote
    Quotes,
    /// one row an article
    Articles,
    /// one row a speaker of the quotes found
    Speakers,
}

/// How it can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportFormat {
    /// one JSON object a line
    Jsonl,
    /// for spreadsheets
    Csv,
    /// tab-separated
    Tsv,
    /// a Markdown table
    Md,
}

impl ExportFormat {
    /// What a file of that ending is taken for.
    pub(in crate::cli) fn of_ending(ending: &str) -> Option<ExportFormat> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => ExportFormat::Jsonl,
            "csv" => ExportFormat::Csv,
            "tsv" | "tab" => ExportFormat::Tsv,
            "md" | "markdown" => ExportFormat::Md,
            _ => return None,
        })
    }
}
