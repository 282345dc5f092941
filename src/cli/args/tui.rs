//! `onrecord tui`, as it is typed.

use clap::Args;
use std::path::PathBuf;

/// Browse the archive on a full screen; also `onrecord` alone on a terminal.
///
/// A line for the query with its hits below, counts by speaker,
/// outlet, year and kind to narrow it by, and each quote in its article. Press ? there for the keys. Nothing is
/// changed; what is on screen can be written to a file.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord                                       where there is an index
  onrecord tui 'quotes by Putin mentioning interference'
  onrecord tui --in articles/")]
pub(in crate::cli) struct Tui {
    /// The query to begin with [default: all quotes]
    pub query: Vec<String>,
    /// Browse FOLDER: index it on first use, bring it up to date first
    #[arg(long = "in", value_name = "FOLDER", conflicts_with = "index")]
    pub folder: Option<PathBuf>,
    /// Print the screen as text, and stop
    #[arg(long, hide = true)]
    pub picture: bool,
    /// As if the terminal had so many columns and rows
    #[arg(long, hide = true, value_name = "COLUMNSxROWS", default_value = "80x24", value_parser = size)]
    pub size: (u16, u16),
    /// As if these keys had been pressed: Tab Down Enter Ctrl-S ?
    #[arg(long, hide = true, value_name = "KEYS", default_value = "")]
    pub keys: String,
}

fn size(typed: &str) -> Result<(u16, u16), String> {
    let parsed = typed.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let fits = |(w, h): &(u16, u16)| (1..=500).contains(w) && (1..=500).contains(h);
    parsed.filter(fits).ok_or_else(|| "write it as COLUMNSxROWS, such as 80x24".to_owned())
}
