//! `onrecord` alone on a terminal: the archive on a full screen.
//!
//! `key → act → state, and what it wishes of the archive → desk → state → view`. Only this file knows the
//! terminal; the state and the view are tested by the pictures they make.

mod desk;
mod keys;
mod line;
mod picture;
mod state;
mod view;

use crate::cli::args::Tui;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use anyhow::{Context, bail};
use desk::Desk;
use keys::Act;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyEvent, KeyEventKind,
};
use ratatui::crossterm::execute;
use ratatui::layout::Rect;
use state::{State, Wish};
use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::Duration;

pub(super) fn run(args: &Tui, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    if !args.picture && !has_terminal() {
        bail!(
            "the screen needs a terminal; for pipes and files there are `onrecord search` and `onrecord export`"
        );
    }
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let browser = Browser {
        desk: Desk { archive: question::archive(&reader, screen) },
        state: State::new(args.query.join(" ")),
        coloured: screen.coloured(),
        asked: false,
    };
    if args.picture {
        let shown = picture::picture(browser, args.size, &keys::written(&args.keys))?;
        screen.print(|out| out.write_all(shown.as_bytes()))?;
        return Ok(Outcome::Done);
    }
    let mut terminal = Stage::open()?;
    browse(browser, &mut terminal.0)?;
    Ok(Outcome::Done)
}

/// Whether a screen can be drawn and keys be read.
pub(super) fn has_terminal() -> bool {
    io::stdout().is_terminal() && io::stdin().is_terminal()
}

/// The terminal while the screen is open: put back as it was whatever happens, panics included.
struct Stage(DefaultTerminal);

impl Stage {
    fn open() -> anyhow::Result<Stage> {
        let opened = ratatui::try_init().and_then(|terminal| {
            // What is pasted is text, whatever keys its letters are.
            execute!(io::stdout(), EnableBracketedPaste)?;
            Ok(terminal)
        });
        if opened.is_err() {
            let _ = ratatui::try_restore();
        }
        Ok(Stage(opened.context("the terminal cannot be used")?))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = execute!(io::stdout(), DisableBracketedPaste);
        let _ = ratatui::try_restore();
    }
}

/// The screen with the archive behind it.
struct Browser<'a> {
    desk: Desk<'a>,
    state: State,
    coloured: bool,
    /// Whether what stands in the query line has been asked.
    asked: bool,
}

impl Browser<'_> {
    /// Takes a key; false when it was to leave. What is typed is asked only when another key needs the
    /// answer, or no key waits.
    fn press(&mut self, key: KeyEvent) -> bool {
        let Some(act) = keys::act(key, self.state.typing()) else { return true };
        if !matches!(act, Act::Type(_) | Act::EraseBefore) {
            self.catch_up();
        }
        match self.state.act(act) {
            Wish::Ask => {
                self.asked = false;
                true
            }
            wish => self.desk.fulfil(&wish, &mut self.state),
        }
    }

    /// Takes pasted text as typed, where something is being typed.
    fn paste(&mut self, text: &str) {
        for c in text.chars().filter(|_| self.state.typing()).collect::<Vec<_>>() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if self.state.act(Act::Type(c)) == Wish::Ask {
                self.asked = false;
            }
        }
    }

    /// Asks what has not been asked yet.
    fn catch_up(&mut self) {
        if !self.asked {
            self.desk.fulfil(&Wish::Ask, &mut self.state);
            self.asked = true;
        }
    }

    /// Makes ready for drawing on a screen of this size.
    fn fit(&mut self, screen: Rect) {
        self.catch_up();
        let (width, height) = view::Areas::of(screen, &self.state).page();
        self.state.fit(width, height);
    }
}

fn browse(mut browser: Browser<'_>, terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    loop {
        let size = terminal.size()?;
        browser.fit(Rect::new(0, 0, size.width, size.height));
        terminal.draw(|frame| view::draw(frame, &browser.state, browser.coloured))?;
        // All keys that wait are taken before anything is asked or drawn.
        loop {
            match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release && !browser.press(key) => return Ok(()),
                Event::Paste(text) => browser.paste(&text),
                _ => {}
            }
            if !event::poll(Duration::ZERO)? {
                break;
            }
        }
    }
}
