//! `onrecord save` and `onrecord saved`, as they are typed.

use crate::cli::args::Format;
use clap::Args;
use std::path::PathBuf;

/// Keep a query under a name.
///
/// It is kept in saved.toml beside the index, which may be edited, and outlives rebuilding. saved:NAME stands for it
/// in any query. What it finds now counts as seen: `onrecord saved --new` tells what comes after.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord save bridge 'quotes by Marsh mentioning the bridge'
  onrecord search 'saved:bridge date:2020..'
  onrecord saved --new bridge")]
pub(in crate::cli) struct Save {
    /// What it is called: letters, digits, - and _
    pub name: String,
    /// The query
    #[arg(required = true)]
    pub query: Vec<String>,
    /// Replace the query of that name
    #[arg(long)]
    pub force: bool,
    /// In the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
}

/// List saved queries, ask them again, and tell what is new.
///
/// With --new each hit is printed once: those that were there when the query was saved, or were printed by an
/// earlier --new, are left out. Ids of articles and quotes do not change when an archive is indexed anew or moved; an
/// article whose text was changed is new. What was printed is remembered beside the index once all of it is printed.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord saved                          the saved queries, and how much each finds
  onrecord saved bridge                   ask one again
  onrecord saved --new                    what is new in any of them
  onrecord saved --new bridge --in articles/ --format csv -q
  onrecord saved --remove bridge

Exit codes with --new: 0 something is new · 1 nothing is new · 2 error. In a crontab:
  0 7 * * *  onrecord saved --new -q --in /archive > /tmp/new.txt && mail -s 'New quotes' me < /tmp/new.txt")]
pub(in crate::cli) struct Saved {
    /// Which of them [default: all]
    pub names: Vec<String>,
    /// Print only what has not been printed before
    #[arg(long)]
    pub new: bool,
    /// Forget these queries
    #[arg(long, requires = "names", conflicts_with = "new")]
    pub remove: bool,
    /// How to print hits
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// At most so many hits of each, without --new (0: all)
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20, conflicts_with = "new")]
    pub limit: usize,
    /// In the index of FOLDER, brought up to date first
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
}
