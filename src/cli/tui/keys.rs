//! What each key does. The help on the screen is made of the same table.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Type(char),
    EraseBefore,
    EraseAfter,
    EraseWord,
    EraseAll,
    Left,
    Right,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    NextPane,
    PreviousPane,
    Enter,
    Back,
    Undo,
    Swap,
    Write,
    Query,
    Help,
    Leave,
}

/// The keys with what they do, as the help tells it.
pub(super) const TOLD: &[(&str, &str)] = &[
    ("Tab  Shift-Tab", "query, hits, counts: the next, the one before"),
    ("↑ ↓  PgUp PgDn  Home End", "move, scroll"),
    ("Enter", "open the hit; narrow the query by the count"),
    ("← →", "among the counts: the next kind of count"),
    ("Esc", "back; from the list: leave"),
    ("/", "to the query"),
    ("u", "undo the last narrowing"),
    ("s", "switch between quotes and articles"),
    ("w  Ctrl-S", "write all hits to a file: .jsonl .csv .tsv .md"),
    ("Ctrl-W  Ctrl-U", "take out a word, the whole query"),
    ("?  F1", "these keys"),
    ("q  Ctrl-C", "leave"),
];

/// What a key asks for. While a line is being `typed`, letters are letters.
pub(super) fn act(key: KeyEvent, typing: bool) -> Option<Act> {
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c' | 'd' | 'q') => Some(Act::Leave),
            KeyCode::Char('u') => Some(Act::EraseAll),
            KeyCode::Char('w') => Some(Act::EraseWord),
            KeyCode::Char('s') => Some(Act::Write),
            KeyCode::Char('a') => Some(Act::First),
            KeyCode::Char('e') => Some(Act::Last),
            _ => None,
        };
    }
    Some(match key.code {
        KeyCode::Tab => Act::NextPane,
        KeyCode::BackTab => Act::PreviousPane,
        KeyCode::Enter => Act::Enter,
        KeyCode::Esc => Act::Back,
        KeyCode::Up => Act::Up,
        KeyCode::Down => Act::Down,
        KeyCode::Left => Act::Left,
        KeyCode::Right => Act::Right,
        KeyCode::PageUp => Act::PageUp,
        KeyCode::PageDown => Act::PageDown,
        KeyCode::Home => Act::First,
        KeyCode::End => Act::Last,
        KeyCode::Backspace => Act::EraseBefore,
        KeyCode::Delete => Act::EraseAfter,
        KeyCode::F(1) => Act::Help,
        KeyCode::Char(c) if typing => Act::Type(c),
        KeyCode::Char(c) => return letter(c),
        _ => return None,
    })
}

fn letter(c: char) -> Option<Act> {
    Some(match c {
        'q' => Act::Leave,
        '?' => Act::Help,
        '/' => Act::Query,
        'u' => Act::Undo,
        's' => Act::Swap,
        'w' => Act::Write,
        'j' => Act::Down,
        'k' => Act::Up,
        ' ' => Act::PageDown,
        _ => return None,
    })
}

/// The keys of a written row of them: `Tab Down Enter Ctrl-S ? a`; anything else is typed letter by letter.
pub(super) fn written(keys: &str) -> Vec<KeyEvent> {
    keys.split_whitespace().flat_map(named).collect()
}

fn named(name: &str) -> Vec<KeyEvent> {
    let code = match name {
        "Tab" => KeyCode::Tab,
        "Shift-Tab" => KeyCode::BackTab,
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Space" => KeyCode::Char(' '),
        _ => {
            if let Some(letter) = name.strip_prefix("Ctrl-").and_then(|rest| rest.chars().next()) {
                let code = KeyCode::Char(letter.to_ascii_lowercase());
                return vec![KeyEvent::new(code, KeyModifiers::CONTROL)];
            }
            return name.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)).collect();
        }
    };
    vec![KeyEvent::new(code, KeyModifiers::NONE)]
}
