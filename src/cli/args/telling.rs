//! What an archive tells beyond its hits: `timeline`, `verify`.

use crate::cli::args::{Format, Question};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The hits of a query over time.
///
/// One bar a period, from the first hit to the last, empty periods included. Hits without a date, and those
/// whose date is not known to the period (a month only, by day), are counted apart. Each print counts, copies
/// too, as in `facets`.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord timeline 'quotes by Merkel mentioning migration' --by month
  onrecord timeline 'migration by:(merkel OR macron)' --by year --split speaker
  onrecord timeline 'articles bridge' --format csv > bridge.csv")]
pub(in crate::cli) struct Timeline {
    /// Of which hits [default: all quotes]
    pub query: Vec<String>,
    #[command(flatten)]
    pub question: Question,
    /// How long each period is [default: as suits the span]
    #[arg(long, value_name = "PERIOD")]
    pub by: Option<By>,
    /// Count the commonest values of this apart: speaker,outlet,agency,section,cue,kind,lang,place
    #[arg(long, value_name = "FIELD")]
    pub split: Option<String>,
    /// At most so many values of --split (0: all)
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub top: usize,
    /// How to print the counts
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum By {
    Day,
    /// Monday to Sunday
    Week,
    Month,
    Year,
}

/// Whether a quotation is real: the nearest quotes, word by word.
///
/// Compares the words with the quotes that hold them in a row or hold most of the rare ones. What differs is
/// marked: [-given, not printed-] {+printed, not given+}. Likeness is the share of words that agree, in the
/// same order, of the longer of the two wordings; from 60 % on a quote counts as close. Copies stand under
/// their first print. It ends with what was searched: what is not found there may have been said elsewhere.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord verify 'The Russian state has never interfered'
  onrecord verify 'I never said that' --by Marsh
  pbpaste | onrecord verify - --format json

Exit codes: 0 quoted, word for word or closely (with --by: of that speaker) · 1 not · 2 error")]
pub(in crate::cli) struct Verify {
    /// The quotation; - reads it from standard input
    #[arg(required = true)]
    pub words: Vec<String>,
    /// Who is said to have said it
    #[arg(long, value_name = "NAME", alias = "speaker")]
    pub by: Option<String>,
    /// Look in the index of FOLDER: index it on first use, bring it up to date, then answer
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// At most so many quotes, and so many of others (0: all that are like it)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 3)]
    pub limit: usize,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}
