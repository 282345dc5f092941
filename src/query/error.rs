use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// A query that cannot be answered: where, why, and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Bytes of the query as typed.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl QueryError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> QueryError {
        QueryError { span, message: message.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> QueryError {
        QueryError { hint: Some(hint.into()), ..self }
    }
}

/// As much of the query as is shown on either side of the place.
const SHOWN: usize = 60;

/// The message, the query, carets under the place, the hint.
pub fn carets(typed: &str, error: &QueryError) -> String {
    let place = error.span.start.min(typed.len())..error.span.end.min(typed.len());
    let from = typed[..place.start].char_indices().rev().take(SHOWN).last().map_or(place.start, |(i, _)| i);
    let (mut line, mut marks, mut at) = (String::new(), String::new(), from);
    for c in typed[from..].chars() {
        if marks.len() > 4 * SHOWN || at > place.end && marks.len() > 2 * SHOWN {
            line.push('…');
            break;
        }
        let shown = if c.is_control() || c.is_whitespace() { ' ' } else { c };
        let width = shown.width().unwrap_or(0);
        line.push(shown);
        let mark = if place.contains(&at) { "^" } else { " " };
        marks.push_str(&mark.repeat(width));
        at += c.len_utf8();
    }
    if !marks.contains('^') {
        marks.push('^');
    }
    let hint = error.hint.as_ref().map(|h| format!("\n  {h}")).unwrap_or_default();
    format!("{}\n  {line}\n  {}{hint}", error.message, marks.trim_end())
}
