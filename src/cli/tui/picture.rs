//! The screen as text: what the README shows, and what the tests compare.

use crate::cli::tui::{Browser, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// The screen of that size after these keys.
pub(super) fn picture(
    mut browser: Browser<'_>,
    (width, height): (u16, u16),
    keys: &[KeyEvent],
) -> anyhow::Result<String> {
    let screen = Rect::new(0, 0, width, height);
    browser.fit(screen);
    for key in keys {
        if !browser.press(*key) {
            break;
        }
        browser.fit(screen);
    }
    let mut terminal = Terminal::new(TestBackend::new(width, height))?;
    let drawn = terminal.draw(|frame| view::draw(frame, &browser.state, browser.coloured))?;
    let mut text = String::new();
    for y in 0..height {
        let (mut line, mut covered) = (String::new(), 0);
        for x in 0..width {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let symbol = drawn.buffer[(x, y)].symbol();
            line.push_str(symbol);
            covered = symbol.width().saturating_sub(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    Ok(text)
}
