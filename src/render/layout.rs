//! Lines of a width from words with styles.

use crate::render::safe;
use crate::text::Span;
use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Words of an article's text, each with its style, to be set in lines.
#[derive(Default)]
pub(super) struct Words {
    words: Vec<Vec<(String, Style)>>,
}

impl Words {
    /// Adds `text`, of which the `marked` spans (offsets in `text`, in order) are set in `mark`, the
    /// rest in `base`. Two calls in a row are two words at least.
    pub(super) fn push(&mut self, text: &str, base: Style, marked: &[Span], mark: Style) {
        for (start, word) in words(text) {
            let span = Span::new(start, start + word.len());
            let mut parts = Vec::new();
            let mut at = start;
            for m in marked.iter().filter(|m| m.overlaps(span)) {
                let (from, to) = ((m.start as usize).max(at), (m.end as usize).min(span.end as usize));
                if from > at {
                    parts.push((safe(&text[at..from]).into_owned(), base));
                }
                if to > from {
                    parts.push((safe(&text[from..to]).into_owned(), mark));
                    at = to;
                }
            }
            if at < span.end as usize {
                parts.push((safe(&text[at..span.end as usize]).into_owned(), base));
            }
            self.words.push(parts);
        }
    }

    /// A text of one style, set in lines.
    pub(super) fn line(text: &str, style: Style, width: usize) -> String {
        let mut words = Words::default();
        words.push(text, style, &[], style);
        words.set(width, "")
    }

    /// Sets the words in lines of at most `width` columns, each behind `indent`.
    pub(super) fn set(&self, width: usize, indent: &str) -> String {
        let room = width.saturating_sub(indent.width()).max(20);
        let mut out = String::new();
        let mut used = 0;
        for word in &self.words {
            let wide: usize = word.iter().map(|(text, _)| text.width()).sum();
            if used > 0 && used + 1 + wide > room {
                out.push('\n');
                used = 0;
            }
            if used == 0 {
                out.push_str(indent);
            } else {
                out.push(' ');
                used += 1;
            }
            for (text, style) in word {
                out.push_str(&paint(text, *style));
            }
            used += wide;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }
}

/// `text` in a style; as it is where the style is plain.
pub(super) fn paint(text: &str, style: Style) -> String {
    if style.is_plain() { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// `text` cut to `width` columns, with `…` where something is left out.
pub(super) fn cut(text: &str, width: usize) -> String {
    let text = safe(text);
    if text.width() <= width {
        return text.into_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        let next = format!("{kept}{c}");
        if next.width() + 1 > width {
            break;
        }
        kept = next;
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

/// The words of a text with the byte where each starts.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |w| (w.as_ptr() as usize - base, w))
}

#[cfg(test)]
mod tests {
    use super::{Words, cut};
    use crate::text::Span;
    use anstyle::Style;

    #[test]
    fn sets_words_in_lines_and_marks_parts_of_them() {
        let mut words = Words::default();
        let bold = Style::new().bold();
        words.push("the state never interfered, it said", Style::new(), &[Span::new(16, 26)], bold);
        let plain = words.set(24, "  ");
        assert!(plain.contains(&format!("{bold}interfered{bold:#},")), "{plain}");
        let lines: Vec<usize> =
            plain.lines().map(|l| anstream::adapter::strip_str(l).to_string().len()).collect();
        assert_eq!(lines, [17, 21]);
    }

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("short", 9), "short");
        assert_eq!(cut("a longer title", 9), "a longer…");
        assert_eq!(cut("日本語日本語", 7), "日本語…");
    }
}
