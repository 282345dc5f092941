//! Texts without an index: `extract`, and `train`.

use crate::cli::args::Reading;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Find the quotes of texts without an index: text in, JSON lines out.
///
/// One line an article, in the order given: {"v":1,"type":"article","id":…,"text":…,"quotes":[…]}.
/// Offsets count Unicode characters of the text printed.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord extract article.html
  onrecord extract --plain notes.txt      the whole file, unchanged, is the text
  cat dump.jsonl | onrecord extract - | jq '.quotes[].speaker.name'
  onrecord extract --format markup article.txt")]
pub(in crate::cli) struct Extract {
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
pub(in crate::cli) enum ExtractFormat {
    /// one JSON object an article
    Jsonl,
    /// annotated text
    Markup,
}

/// Learn the weights of attribution from annotated articles.
#[derive(Args)]
pub(in crate::cli) struct Train {
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
pub(in crate::cli) enum LearnedPart {
    /// The parts of speech of words
    Tags,
    /// The chain around each cue, and the parts of speech, which only it sees
    Chain,
    /// The ranking of candidates where no rule decides
    Ranking,
    /// How present somebody is to a pronoun
    Salience,
}
