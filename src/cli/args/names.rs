//! Who is whom: `alias`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Say which names are one speaker's, and which are not.
///
/// The archive joins names it is sure of; the rest is for you to say. What is said stands in aliases.txt in the
/// folder of the index, one line a speaker, wins over everything, and outlives indexing and rebuilding. Edit it
/// as you like; searches, counts and speakers follow at once.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord alias list --suggest                        names that may be one speaker's, as commands
  onrecord alias merge 'Muriel Okafor' 'M. O’Kafor'    these are one speaker, shown as the first
  onrecord alias add 'Muriel Okafor' 'The Mayor'       she is also known so
  onrecord alias split 'Tobias Marsh' 'T. Marsh'       that one is somebody else")]
pub(in crate::cli) struct Alias {
    #[command(subcommand)]
    pub what: AliasCommand,
    /// Of the index of FOLDER
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index", global = true)]
    pub folder: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(in crate::cli) enum AliasCommand {
    /// Give a speaker other names, quoted yet or not
    #[command(after_long_help = "Examples:
  onrecord alias add 'Muriel Okafor' 'The Mayor' 'Mayor Okafor'")]
    Add {
        /// The speaker; he is shown under this name
        name: String,
        /// Names he has too
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Make one speaker of several
    #[command(after_long_help = "Examples:
  onrecord alias merge 'Muriel Okafor' 'M. O’Kafor'    both are shown as the first")]
    Merge {
        /// The speaker they are shown as
        name: String,
        /// Who is the same
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Make speakers of their own of names that are somebody else's
    #[command(after_long_help = "Examples:
  onrecord alias split 'Tobias Marsh' 'T. Marsh'       T. Marsh is somebody else")]
    Split {
        /// The speaker they are taken from
        name: String,
        /// The names that are not his
        #[arg(required = true)]
        variants: Vec<String>,
    },
    /// List what is said, or what might be
    #[command(after_long_help = "Examples:
  onrecord alias list
  onrecord alias list --suggest -n 50                  names that may be one speaker's, as commands")]
    List {
        /// Names that may be one speaker's, most quoted first, as commands to run
        #[arg(long)]
        suggest: bool,
        /// At most so many suggestions (0: all)
        #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
}
