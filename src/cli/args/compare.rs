use crate::cli::args::{By, Format};
use clap::Args;
use std::path::PathBuf;

/// Two speakers side by side: how often, when, where, in which words.
///
/// On a topic, or on everything: how many quotes each has, the first and the last, in which outlets and kinds, over
/// time; the words that set them apart, and those both use; the articles that quote both; some quotes of each. Quotes
/// count as prints, copies too, as in `facets`; QUERY is always asked of quotes. What both say together counts for
/// each.
///
/// Words are counted by the quotes that hold them, a saying and its copies once, as they are spelt but for case and
/// accents. Function words of English and the words QUERY asks for are left out. What sets a speaker apart is the
/// log-odds ratio of a word with a prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008), divided by its
/// standard error (z): the prior is ten quotes of each that hold the word as often as the quotes of both together do,
/// so that rare words tell little. Listed are words in two quotes or more whose z is 1 or more. A z above 2 is seldom
/// chance for one word looked at alone; among many words some reach it by chance.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord compare Putin Trump interference
  onrecord compare 'Ellen Marsh' 'Tobias Marsh' 'bridge date:2022' -n 5
  onrecord compare Merkel Macron migration --by month --format csv

csv, tsv and md hold the counts; json and jsonl also the articles and quotes.

Exit codes: 0 one of them is quoted so, or both · 1 neither · 2 error")]
pub(in crate::cli) struct Compare {
    /// The one: a name, as behind by:
    #[arg(value_name = "A")]
    pub one: String,
    /// The other
    #[arg(value_name = "B")]
    pub other: String,
    /// On what [default: all quotes]
    pub query: Vec<String>,
    /// Search FOLDER: index it on first use, bring it up to date, then answer
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// Take the query word for word: no natural phrases
    #[arg(long)]
    pub raw: bool,
    /// How long each period is
    #[arg(long, value_name = "PERIOD", default_value = "year")]
    pub by: By,
    /// At most so many words of each sort (0: all)
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// At most so many quotes of each, and so many articles (0: all)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 3)]
    pub limit: usize,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}
