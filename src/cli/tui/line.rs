//! A line that is being typed.

/// Its text, and where the cursor stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    text: String,
    at: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub(super) fn new(text: impl Into<String>) -> Line {
        let text = text.into();
        Line { at: text.len(), text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor.
    pub(super) fn before(&self) -> &str {
        &self.text[..self.at]
    }

    pub(super) fn insert(&mut self, c: char) {
        self.text.insert(self.at, c);
        self.at += c.len_utf8();
    }

    pub(super) fn erase_before(&mut self) {
        if let Some(c) = self.before().chars().next_back() {
            self.at -= c.len_utf8();
            self.text.remove(self.at);
        }
    }

    pub(super) fn erase_after(&mut self) {
        if self.at < self.text.len() {
            self.text.remove(self.at);
        }
    }

    /// Takes out the word before the cursor, with the blanks behind it.
    pub(super) fn erase_word(&mut self) {
        let kept = self.before().trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let kept = self.text.ceil_char_boundary(kept);
        self.text.replace_range(kept..self.at, "");
        self.at = kept;
    }

    pub(super) fn clear(&mut self) {
        *self = Line::default();
    }

    pub(super) fn left(&mut self) {
        self.at -= self.before().chars().next_back().map_or(0, char::len_utf8);
    }

    pub(super) fn right(&mut self) {
        self.at += self.text[self.at..].chars().next().map_or(0, char::len_utf8);
    }

    pub(super) fn first(&mut self) {
        self.at = 0;
    }

    pub(super) fn last(&mut self) {
        self.at = self.text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn letters_of_any_length_are_typed_and_erased() {
        let mut line = Line::new("Zürich");
        line.left();
        line.insert('—');
        assert_eq!(line.text(), "Züric—h");
        line.erase_before();
        line.erase_after();
        line.first();
        line.right();
        line.erase_after();
        line.erase_before();
        line.erase_before();
        assert_eq!((line.text(), line.before()), ("ric", ""));
        line.last();
        line.right();
        assert_eq!(line.before(), "ric");
        let mut line = Line::new("by:marsh  „Brücke“ ");
        line.erase_word();
        assert_eq!(line.text(), "by:marsh  ");
        line.erase_word();
        line.erase_word();
        assert_eq!(line.text(), "");
    }
}
