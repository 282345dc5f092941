//! Where words go: results to stdout, everything else to stderr; colour and width only where a
//! terminal is.

use crate::cli::args::Common;
use crate::cli::pager::{Pages, Terminal, Through};
use crate::cli::settings::Settings;
use crate::render::safe_lines;
use anstream::adapter::StripBytes;
use anstream::{AutoStream, ColorChoice};
use std::cell::{Cell, RefCell};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Instant;

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
    /// What people read; None where results go to a program.
    pages: Option<Rc<RefCell<Pages>>>,
    /// With `--verbose`, when the part that is under way began.
    part: Option<Cell<Instant>>,
    /// Notes that wait for the pages before them.
    waiting: RefCell<Vec<String>>,
}

impl Screen {
    /// As set, and as options say; for people or for a program.
    pub(super) fn new(common: &Common, settings: &Settings, for_people: bool) -> Screen {
        let color = match settings.text("color") {
            "always" => ColorChoice::Always,
            "never" => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        let mut screen = Screen {
            color,
            width: width(),
            quiet: common.quiet,
            pages: None,
            part: common.verbose.then(|| Cell::new(Instant::now())),
            waiting: RefCell::default(),
        };
        let (coloured, on_terminal) = (screen.coloured(), io::stdout().is_terminal());
        // Where neither is, there is nothing to page, to paint or to link.
        if for_people && (coloured || on_terminal) {
            let terminal = on_terminal.then(|| terminal(settings.text("pager"))).flatten();
            screen.pages = Some(Rc::new(RefCell::new(Pages::new(coloured, on_terminal, terminal))));
        }
        screen
    }

    /// Results. Flush it at the end: see [`Screen::print`].
    pub(super) fn out(&self) -> Box<dyn Write> {
        if let Some(pages) = &self.pages {
            return Box::new(Through(pages.clone()));
        }
        let stdout = io::stdout().lock();
        if self.coloured() {
            return Box::new(BufWriter::new(AutoStream::always(stdout)));
        }
        Box::new(Plain { strip: StripBytes::new(), out: BufWriter::with_capacity(PLAIN_BUFFER, stdout) })
    }

    /// Whether results are in colour.
    pub(super) fn coloured(&self) -> bool {
        match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            stated => stated != ColorChoice::Never,
        }
    }

    /// Files of the archive lie in these folders, where links may lead; their paths begin with what stands before each.
    pub(super) fn link_into(&self, folders: &dyn Fn() -> Vec<(String, PathBuf)>) {
        if let Some(pages) = &self.pages {
            pages.borrow_mut().link_into(folders());
        }
    }

    /// Shows what is held back, waits until the reader leaves the pager, and then gives the notes.
    pub(super) fn close(&self) -> io::Result<()> {
        let closed = self.pages.as_ref().map_or(Ok(()), |pages| pages.borrow_mut().close());
        for line in self.waiting.take() {
            self.write_note(&line);
        }
        closed
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

    /// What the reader should know of how a question was understood.
    pub(super) fn notes(&self, notes: &[String]) {
        notes.iter().for_each(|note| self.note(&format!("note: {note}")));
    }

    /// With `--verbose`: a part that is done, and how long it took. Lines after the first stand below it.
    pub(super) fn done(&self, what: impl FnOnce() -> String) {
        let Some(begun) = &self.part else { return };
        let took = begun.replace(Instant::now()).elapsed();
        for (number, line) in what().lines().enumerate() {
            let took =
                if number == 0 { format!("{:.1} ms", took.as_secs_f64() * 1e3) } else { String::new() };
            self.say(&format!("{took:>10}  {line}"));
        }
        begun.set(Instant::now());
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
        if self.pages.as_ref().is_some_and(|pages| pages.borrow().is_open()) {
            self.waiting.borrow_mut().push(line.to_owned());
        } else {
            self.write_note(line);
        }
    }

    fn write_note(&self, line: &str) {
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

/// Results without the sequences that colour them. Stdout by itself writes each line on its own, and
/// [`AutoStream`] each piece between two sequences: a hundred writes a page of hits.
struct Plain {
    strip: StripBytes,
    out: BufWriter<StdoutLock<'static>>,
}

/// Bytes that are written at once where no terminal waits for them.
const PLAIN_BUFFER: usize = 64 << 10;

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.strip.strip_next(bytes).try_for_each(|plain| self.out.write_all(plain))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// `$COLUMNS`, or the terminal's width, or 80.
fn width() -> usize {
    let stated = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    stated.or_else(asked).unwrap_or(NO_TERMINAL).clamp(20, WIDEST)
}

/// A terminal that can be paged, if there is a pager for it.
fn terminal(pager: &str) -> Option<Terminal> {
    let named =
        !matches!(pager.trim(), "" | "cat") && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    let (columns, rows) = named.then(terminal_size::terminal_size)??;
    Some(Terminal { columns: columns.0.into(), rows: rows.0.into(), pager: pager.to_owned() })
}
