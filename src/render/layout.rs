//! Lines of a width from words with styles.

use crate::render::safe;
use crate::text::Span;
use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A line as it is set: pieces of harmless text, each in its style.
pub type Row = Vec<(String, Style)>;

/// Words of an article's text, each with its style, to be set in lines.
#[derive(Default)]
pub(super) struct Words {
    words: Vec<Row>,
}

impl Words {
    /// Adds `text`, of which the `marked` spans (offsets in `text`, in order) are set in `mark`, the
    /// rest in `base`. Two calls in a row are two words at least.
    pub(super) fn push(&mut self, text: &str, base: Style, marked: &[Span], mark: Style) {
        self.push_each(text, base, &marked.iter().map(|span| (*span, mark)).collect::<Vec<_>>());
    }

    /// The same with a style for each of the spans.
    pub(super) fn push_each(&mut self, text: &str, base: Style, marked: &[(Span, Style)]) {
        let mut ahead = marked;
        for (start, word) in words(text) {
            let span = Span::new(start, start + word.len());
            let mut parts = Vec::new();
            let mut at = start;
            // Marks stand in order: those that end before this word mark none behind it.
            ahead = &ahead[ahead.iter().take_while(|(m, _)| m.end <= span.start).count()..];
            for (m, mark) in ahead.iter().take_while(|(m, _)| m.start < span.end) {
                let (from, to) = ((m.start as usize).max(at), (m.end as usize).min(span.end as usize));
                if from > at {
                    parts.push((safe(&text[at..from]).into_owned(), base));
                }
                if to > from {
                    parts.push((safe(&text[from..to]).into_owned(), *mark));
                    at = to;
                }
            }
            if at < span.end as usize {
                parts.push((safe(&text[at..span.end as usize]).into_owned(), base));
            }
            self.words.push(parts);
        }
    }

    /// Sets the words in lines of at most `width` columns.
    pub(super) fn rows(&self, width: usize) -> Vec<Row> {
        let (mut rows, mut row, mut used) = (Vec::new(), Row::new(), 0);
        for word in &self.words {
            let wide: usize = word.iter().map(|(text, _)| columns(text)).sum();
            if used > 0 && used + 1 + wide > width {
                rows.push(std::mem::take(&mut row));
                used = 0;
            }
            if used > 0 {
                row.push((" ".to_owned(), Style::new()));
                used += 1;
            }
            if wide <= width {
                row.extend(word.iter().cloned());
                used += wide;
                continue;
            }
            // The last part is gone on with.
            let mut parts = broken(word, width);
            row = parts.pop().unwrap_or_default();
            used = row.iter().map(|(text, _)| columns(text)).sum();
            rows.extend(parts);
        }
        if !row.is_empty() {
            rows.push(row);
        }
        rows
    }

    /// A text of one style, set in lines.
    pub(super) fn line(text: &str, style: Style, width: usize) -> String {
        let mut words = Words::default();
        words.push(text, style, &[], style);
        words.set(width, "")
    }

    /// Sets the words in lines of at most `width` columns, each behind `indent`.
    pub(super) fn set(&self, width: usize, indent: &str) -> String {
        let room = width.saturating_sub(columns(indent)).max(20);
        self.rows(room).iter().map(|row| format!("{indent}{}\n", painted(row))).collect()
    }
}

/// Rows of styled text, one a line.
pub(super) fn under(rows: &[Row]) -> String {
    rows.iter().map(|row| painted(row).trim_end().to_owned() + "\n").collect()
}

/// Two columns side by side, the left one `column` wide.
pub(super) fn beside(left: &[Row], right: &[Row], column: usize) -> String {
    let empty = Row::new();
    let line = |number: usize| {
        let (left, right) = (left.get(number).unwrap_or(&empty), right.get(number).unwrap_or(&empty));
        let used: usize = left.iter().map(|(text, _)| columns(text)).sum();
        let gap = " ".repeat(column.saturating_sub(used) + GAP);
        format!("{}{gap}{}", painted(left), painted(right)).trim_end().to_owned() + "\n"
    };
    (0..left.len().max(right.len())).map(line).collect()
}

/// Columns between two columns of text.
pub(super) const GAP: usize = 3;

/// A row with its styles; what is empty has none.
fn painted(row: &Row) -> String {
    row.iter().filter(|(text, _)| !text.is_empty()).map(|(text, style)| paint(text, *style)).collect()
}

/// `text` in a style; as it is where the style is plain.
pub(super) fn paint(text: &str, style: Style) -> String {
    if style.is_plain() { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// `text` cut to `width` columns, with `…` where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    let text = safe(text);
    if columns(&text) <= width {
        return text.into_owned();
    }
    // As far as there is nothing but ASCII, each letter takes a column.
    let plain = text.bytes().take(width.saturating_sub(1)).take_while(|byte| is_plain(*byte)).count();
    let mut kept = text[..plain].to_owned();
    // What takes no column of its own may go on for ever.
    for c in text[plain..].chars().take(SIGNS * width) {
        kept.push(c);
        if columns(&kept) + 1 > width {
            kept.pop();
            break;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

/// So many signs are looked at for each column.
const SIGNS: usize = 16;

/// How many columns a text takes on a terminal. A terminal sets Arabic letter by letter, and knows nothing of the one
/// sign that two of them may make.
pub(super) fn columns(text: &str) -> usize {
    if text.bytes().all(is_plain) {
        return text.len();
    }
    if text.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c)) {
        return text.chars().filter_map(UnicodeWidthChar::width).sum();
    }
    text.width()
}

/// A letter or mark of ASCII.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// A word longer than a line, as of Chinese and Japanese, which know no blanks: parts that fit one, where it may be
/// broken. An address stays whole, to be copied.
fn broken(word: &Row, width: usize) -> Vec<Row> {
    let (mut parts, mut part, mut used, mut before) = (Vec::new(), Row::new(), 0, 0);
    for (text, style) in word {
        part.push((String::new(), *style));
        for c in text.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > width && (wide == 2 || before == 2 && wide == 1) {
                let taken_along = part.last_mut().filter(|_| NOT_FIRST.contains(c));
                let last = taken_along.and_then(|(text, _)| text.pop()).map(String::from).unwrap_or_default();
                used = columns(&last);
                parts.push(std::mem::replace(&mut part, vec![(last, *style)]));
            }
            if let Some((text, _)) = part.last_mut() {
                text.push(c);
            }
            (used, before) = (used + wide, if wide == 0 { before } else { wide });
        }
    }
    parts.push(part);
    parts
}

/// What does not begin a line: the sign before it comes along.
const NOT_FIRST: &str = "、。，．・：；？！）］｝」』】〉》〕”’…,.!?;:)]}";

/// The words of a text with the byte where each starts.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |w| (w.as_ptr() as usize - base, w))
}

#[cfg(test)]
mod tests {
    use super::{Words, columns, cut};
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
        assert_eq!(cut("Ve\u{301}rite\u{301} et plus", 8), "Ve\u{301}rite\u{301}…");
        let marks = "\u{301}".repeat(500_000);
        assert!(cut(&format!("e{marks} and so on for long"), 8).chars().count() < 200);
        // Two letters of Arabic that may make one sign take two columns.
        assert_eq!((columns("الأوسط"), cut("الأوسط", 5)), (6, "الأو…".to_owned()));
    }

    #[test]
    fn breaks_what_has_no_blanks_and_leaves_addresses_whole() {
        let set = |text: &str| {
            let mut words = Words::default();
            words.push(text, Style::new(), &[Span::new(0, 6)], Style::new().bold());
            let lines = words.set(22, "  ");
            let lines = lines.lines().map(|line| anstream::adapter::strip_str(line).to_string());
            lines.collect::<Vec<_>>()
        };
        // No full stop and no closing mark begins a line.
        assert_eq!(
            set("橋は私たちのものです。と市長は述べた。 end"),
            ["  橋は私たちのもので", "  す。と市長は述べた。", "  end"]
        );
        assert_eq!(
            set("see https://e.example/a/long/address now"),
            ["  see", "  https://e.example/a/long/address", "  now"]
        );
    }
}
