//! For the user, the shell and the manual: `config`, `completions`, `man`.

use crate::cli::settings;
use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

/// List the settings in force, and where each is set.
///
/// They are the defaults of who sits at the terminal, and hold only where standard output is one: scripts read what
/// they always did. They stand in $XDG_CONFIG_HOME/onrecord/config.toml (else ~/.config), as they are printed; an
/// archive may set `limit` in config.toml in the folder of its index. Of several the nearest counts: option,
/// environment, archive, own file. Where no pager is set, $PAGER is taken, else `less -FRX`.
#[derive(Args)]
#[command(after_long_help = format!("Examples:
  onrecord config
  onrecord config --show-origin                         and where each is set
  onrecord config > onrecord-config.toml                a file to begin with, to be put in place

Settings:
{}", settings::help()))]
pub(in crate::cli) struct Config {
    /// Say where each is set: a file with its line, the environment, an option
    #[arg(long)]
    pub show_origin: bool,
}

/// Print what completes the command line in a shell.
///
/// Commands, options and their values; where words are typed, the names of facets, columns, formats and topics.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions zsh > ~/.zfunc/_onrecord         a folder that fpath names
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish
  onrecord completions powershell >> $PROFILE")]
pub(in crate::cli) struct Completions {
    /// Which shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Print the page of the manual, or write all pages into a folder.
///
/// One page is for the program, one for each command: onrecord.1, onrecord-search.1 … They say what --help says, and
/// the same version writes the same bytes.
#[derive(Args)]
#[command(after_long_help = "Examples:
  onrecord man | man -l -                               read the first page
  onrecord man ~/.local/share/man/man1                  install all, for `man onrecord-search`")]
pub(in crate::cli) struct Man {
    /// The folder to write all pages into; it is made where there is none, and pages in it are replaced
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}
