//! What is printed for people: straight to the terminal where it fits, through a pager where it is longer
//! than the screen, and without colours and links where they are not wanted.
//!
//! A pager is named by who sits at the terminal, never by an archive.

use crate::render::{IN_ARCHIVE, LINK, LINK_END, escaped_path, safe};
use anstream::adapter::strip_str;
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use unicode_width::UnicodeWidthStr;

/// The pager where nobody names one: quits what fits, lets colours through, leaves what was shown.
pub(super) const LESS: &str = "less -FRX";

/// A terminal that can be paged.
pub(super) struct Terminal {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// The program, as a shell reads it.
    pub(super) pager: String,
}

/// Where the words for people go. Its lines are held until it is known whether they fit the screen.
pub(super) struct Pages {
    to: To,
    coloured: bool,
    /// Where links of files may lead; None without links.
    linked: Option<Vec<(String, PathBuf)>>,
    /// The line that is being written.
    line: Vec<u8>,
    /// Whether Ctrl-C ends us: not while a pager is open, which it would leave without us.
    interruptible: Arc<AtomicBool>,
}

enum To {
    /// Stdout at once.
    Out,
    /// Not yet more than a screenful.
    Held { terminal: Terminal, lines: Vec<u8>, rows: usize },
    /// A pager, with what it was given so far: it may turn out not to work.
    Pager { program: String, child: Child, given: Vec<u8>, all: bool },
    /// Nowhere: who left the pager early has seen enough, and the command ends as it would have.
    Left,
}

/// How much is kept for a pager that does not work: more than a pipe takes before it is read.
const KEPT: usize = 1 << 20;

impl Pages {
    /// Colours and links as wanted; a pager where there is a terminal for one.
    pub(super) fn new(coloured: bool, linked: bool, terminal: Option<Terminal>) -> Pages {
        let linked = (coloured && linked).then(Vec::new);
        let to = terminal.map_or(To::Out, |terminal| To::Held { terminal, lines: Vec::new(), rows: 0 });
        Pages { to, coloured, linked, line: Vec::new(), interruptible: Arc::new(AtomicBool::new(true)) }
    }

    /// Files of these folders can be linked; their paths begin with what stands before each.
    pub(super) fn link_into(&mut self, folders: Vec<(String, PathBuf)>) {
        self.linked = self.linked.take().map(|_| folders);
    }

    /// Whether something waits here, or in a pager, that notes would come before or get into.
    pub(super) fn is_open(&self) -> bool {
        match &self.to {
            To::Out | To::Left => false,
            To::Held { lines, .. } => !lines.is_empty(),
            To::Pager { .. } => true,
        }
    }

    /// Shows what is held, and waits for the reader to leave the pager.
    pub(super) fn close(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.line);
        self.whole(&rest)?;
        let closed = self.close_to();
        self.interruptible.store(true, Ordering::Relaxed);
        closed
    }

    fn close_to(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.to, To::Out) {
            To::Out => io::stdout().flush(),
            To::Left => Ok(()),
            To::Held { lines, .. } => out(&lines),
            To::Pager { program, mut child, given, all } => {
                drop(child.stdin.take());
                let ended = child.wait()?;
                if all { shown(&program, ended, &given).map(|_| ()) } else { Ok(()) }
            }
        }
    }

    /// A whole line, with its end.
    fn whole(&mut self, line: &[u8]) -> io::Result<()> {
        let text = String::from_utf8_lossy(line);
        let text = match (&self.linked, &self.to) {
            _ if !self.coloured => strip_str(&text).to_string(),
            (Some(folders), To::Out | To::Held { .. }) => linked(&text, folders),
            _ => unlinked(&text),
        };
        match &mut self.to {
            To::Out => io::stdout().write_all(text.as_bytes()),
            To::Held { terminal, lines, rows } => {
                lines.extend_from_slice(text.as_bytes());
                let wide = strip_str(text.trim_end()).to_string().width();
                *rows += wide.div_ceil(terminal.columns.max(1)).max(1);
                // A row is left for the note below, one for the prompt.
                if *rows + 2 > terminal.rows { self.turn() } else { Ok(()) }
            }
            To::Pager { .. } => self.give(text.as_bytes()),
            To::Left => Ok(()),
        }
    }

    /// From held lines to a pager; to stdout where it cannot be started.
    fn turn(&mut self) -> io::Result<()> {
        let To::Held { terminal, lines, .. } = std::mem::replace(&mut self.to, To::Out) else {
            return Ok(());
        };
        let Ok(child) = start(&terminal.pager) else { return out(&lines) };
        outlive_interrupts(&self.interruptible);
        self.to = To::Pager { program: terminal.pager, child, given: Vec::new(), all: true };
        let text = String::from_utf8_lossy(&lines);
        self.give(unlinked(&text).as_bytes())
    }

    fn give(&mut self, text: &[u8]) -> io::Result<()> {
        let To::Pager { program, child, given, all } = &mut self.to else { return out(text) };
        if given.len() < KEPT {
            given.extend_from_slice(text);
        } else {
            *all = false;
        }
        let written = child.stdin.as_mut().map_or(Ok(()), |pipe| pipe.write_all(text));
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                let ended = child.wait()?;
                let works = !*all || !shown(program, ended, given)?;
                self.to = if works { To::Left } else { To::Out };
                self.interruptible.store(true, Ordering::Relaxed);
                Ok(())
            }
            written => written,
        }
    }
}

/// The stream of a screen's pages, for several hands.
pub(super) struct Through(pub(super) Rc<RefCell<Pages>>);

impl Write for Through {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut pages = self.0.borrow_mut();
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            pages.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut pages.line);
                pages.whole(&line)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.borrow().to {
            To::Out => io::stdout().flush(),
            _ => Ok(()),
        }
    }
}

/// Starts a pager. It runs no commands for who reads, and gets colours alone.
fn start(program: &str) -> io::Result<Child> {
    let mut command = match program {
        // Without a shell it is seen at once that there is none.
        LESS => {
            let mut less = Command::new("less");
            less.arg("-FRX");
            less
        }
        program if cfg!(windows) => Command::new(program),
        program => {
            let mut shell = Command::new("sh");
            shell.args(["-c", program]);
            shell
        }
    };
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    command.env("LESSSECURE", "1").stdin(Stdio::piped()).spawn()
}

/// Ctrl-C is the pager's while it is open: it stops what the pager does.
#[cfg(unix)]
fn outlive_interrupts(interruptible: &Arc<AtomicBool>) {
    interruptible.store(false, Ordering::Relaxed);
    let _ = signal_hook::flag::register_conditional_default(
        signal_hook::consts::SIGINT,
        Arc::clone(interruptible),
    );
}

#[cfg(not(unix))]
fn outlive_interrupts(_: &Arc<AtomicBool>) {}

/// After a pager that did not work: what it was given, on stdout, and a word on it. Whether that was so.
fn shown(program: &str, ended: ExitStatus, given: &[u8]) -> io::Result<bool> {
    // One that was killed (the window was closed) has no code.
    let Some(code) = ended.code().filter(|code| *code != 0) else { return Ok(false) };
    out(given)?;
    let told = format!("note: the pager `{program}` ended with code {code}; this is without one");
    let _ = writeln!(io::stderr(), "{}", safe(&told));
    Ok(true)
}

fn out(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// A text without its links: their words stay.
fn unlinked(text: &str) -> String {
    with_links(text, &|_| String::new())
}

/// A text with its links, those of files completed where there is such a file, else without.
fn linked(text: &str, folders: &[(String, PathBuf)]) -> String {
    // The second of two ends a link; one that led nowhere is ended all the same, which does no harm.
    with_links(text, &|address| match address.strip_prefix(IN_ARCHIVE) {
        Some(path) => format!("{LINK}{}{LINK_END}", of_file(path, folders).unwrap_or_default()),
        None => format!("{LINK}{address}{LINK_END}"),
    })
}

fn with_links(text: &str, link: &dyn Fn(&str) -> String) -> String {
    let mut parts = text.split(LINK);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once(LINK_END) {
        Some((address, words)) => text + &link(address) + words,
        None => text,
    })
}

/// The address of a file of the archive.
fn of_file(path: &str, folders: &[(String, PathBuf)]) -> Option<String> {
    let path = unescaped(path)?;
    // Of a record in a file of many: the file.
    let paths = [Some(path.as_str()), path.rsplit_once('#').map(|(file, _)| file)];
    let within = |path: &str, (label, folder): &(String, PathBuf)| {
        Some(folder.join(path.strip_prefix(label.as_str())?))
    };
    let files = paths.iter().flatten().flat_map(|path| folders.iter().filter_map(|one| within(path, one)));
    let file = { files }.find(|file| file.is_file())?;
    let file = std::path::absolute(file).ok()?;
    Some(format!("file://{}", escaped_path(file.to_str()?)))
}

/// What an escaped path stands for.
fn unescaped(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}
