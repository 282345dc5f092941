//! Where words go: results to stdout, everything else to stderr; colour and width only where a
//! terminal is.

use crate::cli::args::{Color, Common};
use crate::render::safe_lines;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, BufWriter, IsTerminal, Write};

/// How wide lines are where there is no terminal to ask.
const NO_TERMINAL: usize = 80;
/// Longer lines than this are hard to read, however wide the terminal.
const WIDEST: usize = 110;

/// The terminal, or what stands in its place.
pub(super) struct Screen {
    color: ColorChoice,
    /// Columns to set lines in.
    pub width: usize,
    quiet: bool,
}

impl Screen {
    pub(super) fn new(common: &Common) -> Screen {
        let color = match common.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Screen { color, width: width(), quiet: common.quiet }
    }

    /// Results. Flush it at the end: see [`Screen::print`].
    pub(super) fn out(&self) -> impl Write {
        let choice = match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()),
            stated => stated,
        };
        BufWriter::new(AutoStream::new(io::stdout().lock(), choice))
    }

    /// Whether results are in colour.
    pub(super) fn coloured(&self) -> bool {
        match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            stated => stated != ColorChoice::Never,
        }
    }

    /// Hands the stream of results to `write`, and flushes it.
    pub(super) fn print(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut out = self.out();
        write(&mut out)?;
        out.flush()
    }

    /// The same for what is written as it is: in JSON an escape character is `\u001b`, so that there is no
    /// sequence to take out, and looking for one takes time.
    pub(super) fn print_plain(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush()
    }

    /// A line for the person at the keyboard, not for the next program. Left out with `--quiet`.
    pub(super) fn note(&self, line: &str) {
        if !self.quiet {
            self.say(line);
        }
    }

    /// A line on stderr, `--quiet` or not: what went wrong. It may hold names and words of an archive.
    pub(super) fn say(&self, line: &str) {
        self.say_styled(&safe_lines(line));
    }

    /// Why a command failed.
    pub(super) fn fail(&self, told: &str) {
        let style = anstyle::AnsiColor::Red.on_default().bold();
        self.say_styled(&format!("{style}error{style:#}: {}", safe_lines(told)));
    }

    fn say_styled(&self, line: &str) {
        let choice = match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stderr()),
            stated => stated,
        };
        // Nobody is left to tell where stderr is closed.
        let _ = writeln!(AutoStream::new(io::stderr().lock(), choice), "{line}");
    }

    /// Whether a bar that moves would be seen.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }
}

/// `$COLUMNS`, or the terminal's width, or 80.
fn width() -> usize {
    let stated = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    stated.or_else(asked).unwrap_or(NO_TERMINAL).clamp(20, WIDEST)
}
