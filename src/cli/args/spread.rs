use crate::cli::args::Format;
use clap::Args;
use std::path::PathBuf;

/// The prints of one quote in order of time, with what changed in the words.
///
/// Prints are the quotes the index knows as copies of it, and those of the same speaker that share most words with it:
/// 60 % of the shorter of the two, in the same order, and six at least. Quotes that hold its very words and name nobody
/// count, too; others who are given them are named beside. A saying of fewer than six words is looked for in the
/// copies of its article alone.
///
/// The first print is the earliest date; one known to the month or the year alone counts as the end of it, and none
/// comes last. What differs from the first print is marked: [-gone-] {+new+}. "shorter" is a part of the first
/// print, "longer" all of it and more.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord spread q7f3a1c
  onrecord spread q7f3a1c --format csv > prints.csv

The text that agencies supplied, and copies of an article, are marked as such.")]
pub(in crate::cli) struct Spread {
    /// A quote's id as search prints it, or its first six characters or more
    pub id: String,
    /// Look in the index of FOLDER: index it on first use, bring it up to date, then answer
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}
