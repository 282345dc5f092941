use crate::text::Span;

/// The text of an article and its paragraphs. All [`Span`]s are byte ranges of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    body: String,
    paragraphs: Vec<Span>,
}

impl Text {
    /// The text as given, letter for letter, with its paragraphs found.
    ///
    /// A text longer than `u32::MAX` bytes is cut at a character boundary (readers cap texts far
    /// below that).
    pub fn new(body: String) -> Text {
        let mut body = body;
        if body.len() > u32::MAX as usize {
            let cut = (0..=u32::MAX as usize).rev().find(|&at| body.is_char_boundary(at));
            body.truncate(cut.unwrap_or(0));
        }
        let paragraphs = paragraphs(&body);
        Text { body, paragraphs }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.body
    }

    /// The words at `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.body[span.range()]
    }

    /// The paragraphs in order, without the white space around them.
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// Index of the paragraph that holds byte `at`, or the one before it.
    pub fn paragraph_at(&self, at: u32) -> usize {
        self.paragraphs.partition_point(|p| p.start <= at).saturating_sub(1)
    }
}

/// Lines, joined into paragraphs: a line broken at the column of a wrapped file goes on in the
/// next one, and so does one that breaks off mid-sentence, even over a blank line.
fn paragraphs(body: &str) -> Vec<Span> {
    let lines = lines(body);
    let column = wrap_column(body, &lines);
    let mut found: Vec<Span> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let before = number.checked_sub(1).map(|n| &lines[n]);
        let goes_on = before.is_some_and(|before| {
            column.is_some_and(|column| wrapped(body, before, line, column))
                || breaks_off(&body[before.span.range()], &body[line.span.range()])
        });
        match found.last_mut() {
            Some(last) if goes_on => last.end = line.span.end,
            _ => found.push(line.span),
        }
    }
    found
}

/// A line with something on it.
struct Line {
    /// Without the white space around it.
    span: Span,
    /// Whether a blank line stands before it.
    after_blank: bool,
}

fn lines(body: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut at, mut after_blank) = (0, false);
    for line in body.split('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            after_blank = true;
        } else {
            let start = at + (line.len() - line.trim_start().len());
            found.push(Line { span: Span::new(start, start + trimmed.len()), after_blank });
            after_blank = false;
        }
        at += line.len() + 1;
    }
    found
}

/// The narrowest and widest columns anybody wraps prose at.
const COLUMNS: std::ops::RangeInclusive<usize> = 40..=130;

/// The column at which the lines were broken, if most breaks are there because the next word
/// would not have fitted.
fn wrap_column(body: &str, lines: &[Line]) -> Option<usize> {
    let column = lines.iter().map(|l| l.span.len()).max()?;
    if !COLUMNS.contains(&column) {
        return None;
    }
    let breaks = lines.windows(2).filter(|pair| !pair[1].after_blank);
    let (mut all, mut full) = (0, 0);
    for pair in breaks {
        all += 1;
        full += usize::from(wrapped(body, &pair[0], &pair[1], column));
    }
    (full >= 2 && full * 5 >= all * 3).then_some(column)
}

/// Whether `line` stands on a line of its own only because its first word did not fit above.
fn wrapped(body: &str, before: &Line, line: &Line, column: usize) -> bool {
    let first_word = body[line.span.range()].split_whitespace().next().map_or(0, str::len);
    !line.after_blank && before.span.len() + 1 + first_word > column
}

/// Whether a line ends in the middle of a sentence that the next one takes up in lower case.
fn breaks_off(line: &str, next: &str) -> bool {
    let open_end = line.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',');
    open_end && next.starts_with(char::is_lowercase) && line.split_whitespace().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::Text;

    fn paragraphs(body: &str) -> Vec<String> {
        let text = Text::new(body.to_owned());
        text.paragraphs().iter().map(|p| text.slice(*p).replace('\n', "/")).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(paragraphs("One here.\n\n  Two there. \nThree.\n"), ["One here.", "Two there.", "Three."]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let body = "The council met on Tuesday evening and\ndecided that the old bridge over the mill\nstream should stay.\n\nNobody spoke against it, the clerk who\nkept the minutes said.";
        assert_eq!(paragraphs(body).len(), 2);
    }

    #[test]
    fn a_sentence_goes_on_over_a_blank_line() {
        assert_eq!(
            paragraphs("She said: “I had\n\nto go home.”\n\nThen she left."),
            ["She said: “I had//to go home.”", "Then she left."]
        );
    }
}
