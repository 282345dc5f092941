//! Draws the screen: a picture of its state, and nothing else.

use crate::cli::tui::keys;
use crate::cli::tui::state::{Answer, Focus, Found, Pane, State};
use crate::render::{Row, counted, cut, hit_rows, safe, safe_lines, text_rows};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

/// Where each part of the screen lies.
pub(super) struct Areas {
    query: Rect,
    reading: Rect,
    /// The counts; None where there is room for one thing only, and it is another.
    counts: Option<Rect>,
    /// The hits, or the open article.
    body: Option<Rect>,
    foot: Rect,
}

/// Narrower screens show one thing at a time.
const WIDE: u16 = 64;
/// Columns of the counts on a wide one.
const COUNTS: u16 = 28;
/// What stands in a query line where nothing is typed.
const EMPTY: &str = "such as: quotes by Marsh mentioning the bridge";

impl Areas {
    pub(super) fn of(screen: Rect, state: &State) -> Areas {
        let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)];
        let [query, reading, middle, foot] = Layout::vertical(rows).areas(screen);
        let (counts, body) = if state.found().is_none() || state.open.is_some() {
            (None, Some(middle))
        } else if screen.width >= WIDE {
            let columns = [Constraint::Length(COUNTS), Constraint::Fill(1)];
            let [counts, body] = Layout::horizontal(columns).areas(middle);
            (Some(counts), Some(body))
        } else if state.focus == Focus::Counts {
            (Some(middle), None)
        } else {
            (None, Some(middle))
        };
        Areas { query, reading, counts, body, foot }
    }

    /// Columns and rows an open article has, within its frame.
    pub(super) fn page(&self) -> (usize, usize) {
        let body = self.body.unwrap_or_default();
        (usize::from(body.width.saturating_sub(4)), usize::from(body.height.saturating_sub(2)))
    }
}

/// Draws what the state says, in colour or without.
pub(super) fn draw(frame: &mut Frame<'_>, state: &State, coloured: bool) {
    let areas = Areas::of(frame.area(), state);
    let ink = Ink { coloured };
    query_line(frame, areas.query, state, &ink);
    frame
        .render_widget(Paragraph::new(reading(state, usize::from(areas.reading.width), &ink)), areas.reading);
    if let (Some(area), Some(found)) = (areas.counts, state.found()) {
        counts(frame, area, state, found, &ink);
    }
    if let Some(area) = areas.body {
        body(frame, area, state, &ink);
    }
    foot(frame, areas.foot, state, &ink);
    if state.help {
        help(frame, &ink);
    }
}

/// The styles of the screen; without colour where none is wanted.
struct Ink {
    coloured: bool,
}

impl Ink {
    fn style(&self, style: anstyle::Style) -> Style {
        let effects = style.get_effects();
        let pairs = [
            (anstyle::Effects::BOLD, Modifier::BOLD),
            (anstyle::Effects::DIMMED, Modifier::DIM),
            (anstyle::Effects::UNDERLINE, Modifier::UNDERLINED),
        ];
        let with = |made: Style, (effect, modifier): (anstyle::Effects, Modifier)| {
            if effects.contains(effect) { made.add_modifier(modifier) } else { made }
        };
        let made = pairs.into_iter().fold(Style::new(), with);
        match style.get_fg_color() {
            Some(_) if self.coloured => made.fg(Color::Yellow),
            // What stands out by colour alone must stand out otherwise.
            Some(_) => made.add_modifier(Modifier::REVERSED),
            None => made,
        }
    }

    fn chosen(&self, focused: bool) -> Style {
        let style = if focused { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        style.add_modifier(Modifier::BOLD)
    }

    /// The frame of what has the focus.
    fn frame(&self, focused: bool) -> Style {
        match (focused, self.coloured) {
            (true, true) => Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            (true, false) => Style::new().add_modifier(Modifier::BOLD),
            (false, _) => Style::new().add_modifier(Modifier::DIM),
        }
    }

    fn line(&self, row: Row) -> Line<'static> {
        Line::from(
            row.into_iter().map(|(text, style)| Span::styled(text, self.style(style))).collect::<Vec<_>>(),
        )
    }
}

fn query_line(frame: &mut Frame<'_>, area: Rect, state: &State, ink: &Ink) {
    let (label, line) = match &state.file {
        Some(file) => ("write to file: ", file),
        None => ("onrecord › ", &state.query),
    };
    let room = usize::from(area.width).saturating_sub(label.width() + 1);
    let before = safe(line.before());
    // Of a line that is too long the part around the cursor is shown.
    let skipped = before.width().saturating_sub(room);
    let shown: String = tail(&safe(line.text()), skipped);
    let words = if line.text().is_empty() && state.file.is_none() {
        Span::styled(EMPTY, Style::new().add_modifier(Modifier::DIM))
    } else {
        Span::raw(shown)
    };
    let label_style = ink.frame(state.typing());
    frame.render_widget(Paragraph::new(Line::from(vec![Span::styled(label, label_style), words])), area);
    if state.typing() {
        let at = label.width() + before.width() - skipped;
        let at = u16::try_from(at).unwrap_or(u16::MAX).min(area.width.saturating_sub(1));
        frame.set_cursor_position((area.x + at, area.y));
    }
}

/// What is left of a text behind so many columns.
fn tail(text: &str, columns: usize) -> String {
    let mut gone = 0;
    let mut chars = text.chars();
    while gone < columns {
        let Some(c) = chars.next() else { break };
        gone += c.to_string().width();
    }
    chars.collect()
}

/// How the query was read, and how much it found.
fn reading(state: &State, width: usize, ink: &Ink) -> Line<'static> {
    let line = match &state.answer {
        Answer::None => String::new(),
        Answer::Wrong(_) => "this cannot be asked".to_owned(),
        Answer::Nothing { reading, .. } => {
            format!("≡ {} · nothing found", reading.as_deref().unwrap_or(state.query.text()))
        }
        Answer::Found(found) => {
            let noun = found.parsed.query.unit.noun(found.total);
            let copies = if found.copies > 0 {
                format!(" (+{})", counted(found.copies, "copy"))
            } else {
                String::new()
            };
            let note = found.notes.first().map(|note| format!(" · {note}")).unwrap_or_default();
            format!("{} {noun}{copies} ≡ {}{note}", found.total, found.parsed.canonical())
        }
    };
    let rows = text_rows(&line, width.saturating_sub(1), anstyle::Style::new().dimmed());
    let more = rows.len() > 1;
    let mut first = rows.into_iter().next().unwrap_or_default();
    if more {
        first.push(("…".to_owned(), anstyle::Style::new().dimmed()));
    }
    ink.line(first)
}

fn framed(title: &str, focused: bool, ink: &Ink) -> Block<'static> {
    Block::bordered().title(format!(" {title} ")).border_style(ink.frame(focused))
}

/// The counts below one another; where they have no room, the one looked at.
fn counts(frame: &mut Frame<'_>, area: Rect, state: &State, found: &Found, ink: &Ink) {
    let focused = state.focus == Focus::Counts;
    let panes = u16::try_from(found.panes.len()).unwrap_or(u16::MAX).max(1);
    if area.height < panes * 4 {
        if let Some(pane) = found.panes.get(state.pane) {
            let title = format!("{} ‹{}/{panes}›", pane.name, state.pane + 1);
            values(frame, area, pane, &title, focused.then_some(state.value), ink);
        }
        return;
    }
    let rows = heights(&found.panes, area.height).into_iter().map(Constraint::Length);
    let areas = Layout::vertical(rows).split(area);
    for (i, (pane, area)) in found.panes.iter().zip(areas.iter()).enumerate() {
        let here = focused && i == state.pane;
        values(frame, *area, pane, pane.name, here.then_some(state.value), ink);
    }
}

/// Rows of each pane with its frame: as many as its values need, and what there is not shared out evenly.
fn heights(panes: &[Pane], room: u16) -> Vec<u16> {
    let need = |pane: &Pane| u16::try_from(pane.values.len()).unwrap_or(u16::MAX).saturating_add(2);
    let mut heights = vec![3; panes.len()];
    let mut left = usize::from(room).saturating_sub(3 * panes.len());
    while left > 0 {
        let mut given = false;
        for (height, _) in heights.iter_mut().zip(panes).filter(|(height, pane)| **height < need(pane)) {
            if left > 0 {
                (*height, left, given) = (*height + 1, left - 1, true);
            }
        }
        if !given {
            // Nobody needs it: the last reaches to the foot.
            if let Some(last) = heights.last_mut() {
                *last += u16::try_from(left).unwrap_or(0);
            }
            break;
        }
    }
    heights
}

fn values(frame: &mut Frame<'_>, area: Rect, pane: &Pane, title: &str, at: Option<usize>, ink: &Ink) {
    let (width, height) =
        (usize::from(area.width.saturating_sub(2)), usize::from(area.height.saturating_sub(2)));
    let skipped = (at.unwrap_or(0) + 1).saturating_sub(height);
    let lines = pane.values.iter().enumerate().skip(skipped).take(height).map(|(i, value)| {
        let count = value.count.to_string();
        let name = cut(&value.value, width.saturating_sub(count.len() + 1));
        let gap = " ".repeat(width.saturating_sub(name.width() + count.len()));
        let style = if at == Some(i) { ink.chosen(true) } else { Style::new() };
        Line::styled(format!("{name}{gap}{count}"), style)
    });
    let lines: Vec<Line<'_>> = lines.collect();
    frame.render_widget(Paragraph::new(lines).block(framed(title, at.is_some(), ink)), area);
}

/// The open article, the hits, or why there are none.
fn body(frame: &mut Frame<'_>, area: Rect, state: &State, ink: &Ink) {
    let (width, height) =
        (usize::from(area.width.saturating_sub(4)), usize::from(area.height.saturating_sub(2)));
    let reasons =
        |title: &str, text: &str| (title.to_owned(), text.lines().map(|l| Line::raw(l.to_owned())).collect());
    let (title, lines): (String, Vec<Line<'static>>) = match (&state.answer, &state.open) {
        (Answer::Found(found), Some(open)) => {
            let rows = open.set.rows.iter().skip(open.row).take(height);
            let title = format!(
                "{} of {} · row {} of {}",
                state.chosen + 1,
                found.total,
                open.row + 1,
                open.set.rows.len()
            );
            (title, rows.map(|row| ink.line(indented(row.clone()))).collect())
        }
        (Answer::Found(found), None) => {
            let title =
                format!("{} {} of {}", found.parsed.query.unit.noun(2), state.chosen + 1, found.total);
            (title, list(found, state, width, height, ink))
        }
        (Answer::Nothing { reasons: lines, .. }, _) => {
            reasons("nothing found", &safe_lines(&lines.join("\n")))
        }
        (Answer::Wrong(told), _) => reasons("query", &safe_lines(told)),
        (Answer::None, _) => reasons("", ""),
    };
    let focused = state.open.is_some() || state.focus == Focus::Hits;
    let paragraph = Paragraph::new(lines).block(framed(&title, focused, ink));
    let wrapped = matches!(state.answer, Answer::Nothing { .. } | Answer::Wrong(_));
    let paragraph = if wrapped { paragraph.wrap(ratatui::widgets::Wrap { trim: false }) } else { paragraph };
    frame.render_widget(paragraph, area);
}

fn indented(mut row: Row) -> Row {
    row.insert(0, (" ".to_owned(), anstyle::Style::new()));
    row
}

/// The hits around the one looked at, which stands in the last row at the latest.
fn list(found: &Found, state: &State, width: usize, height: usize, ink: &Ink) -> Vec<Line<'static>> {
    let mut shown: Vec<Vec<Line<'static>>> = Vec::new();
    let lines = |at: usize| {
        let mark = if at == state.chosen { "▌" } else { " " };
        let set = |row: Row| {
            let mut line = ink.line(row);
            line.spans.insert(0, Span::styled(mark, ink.frame(state.focus == Focus::Hits)));
            line
        };
        let mut lines: Vec<Line<'static>> =
            hit_rows(&found.hits[at], width.saturating_sub(1)).into_iter().map(set).collect();
        lines.push(Line::raw(""));
        lines
    };
    let mut used = 0;
    for at in (0..=state.chosen.min(found.hits.len().saturating_sub(1))).rev() {
        let block = lines(at);
        if used + block.len() > height + 1 && at != state.chosen {
            break;
        }
        used += block.len();
        shown.insert(0, block);
    }
    for at in state.chosen + 1..found.hits.len() {
        if used >= height {
            break;
        }
        let block = lines(at);
        used += block.len();
        shown.push(block);
    }
    shown.into_iter().flatten().take(height).collect()
}

fn foot(frame: &mut Frame<'_>, area: Rect, state: &State, ink: &Ink) {
    let keys = if state.file.is_some() {
        "Enter write · Esc do not"
    } else if state.open.is_some() {
        "Esc back · ? keys · q leave · ↑↓ scroll · ←→ other hits · w write"
    } else {
        match state.focus {
            Focus::Query => "Enter hits · F1 keys · Ctrl-C leave · Tab hits and counts",
            Focus::Hits => "Enter open · ? keys · q leave · ↑↓ move · Tab counts · / query · w write",
            Focus::Counts => "Enter narrow · u undo · ? keys · q leave · ↑↓ ←→ move · Tab query",
        }
    };
    let (text, style) = match &state.told {
        Some(told) => (cut(told, usize::from(area.width)), ink.chosen(false)),
        None => (cut(keys, usize::from(area.width)), Style::new().add_modifier(Modifier::DIM)),
    };
    frame.render_widget(Paragraph::new(Line::styled(text, style)), area);
}

/// The keys, over everything else.
fn help(frame: &mut Frame<'_>, ink: &Ink) {
    let screen = frame.area();
    let width = screen.width.min(76);
    let height = screen.height.min(u16::try_from(keys::TOLD.len()).unwrap_or(u16::MAX).saturating_add(2));
    let area = Rect { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height };
    let wide = keys::TOLD.iter().map(|(key, _)| key.width()).max().unwrap_or(0);
    let lines = keys::TOLD.iter().map(|(key, what)| {
        let gap = " ".repeat(wide - key.width());
        Line::from(vec![Span::styled(format!("{key}{gap}  "), ink.frame(true)), Span::raw(*what)])
    });
    let lines: Vec<Line<'_>> = lines.collect();
    frame.render_widget(Clear, area);
    frame.render_widget(Paragraph::new(lines).block(framed("keys · any key closes", true, ink)), area);
}
