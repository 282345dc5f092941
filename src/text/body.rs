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
            body.truncate(body.floor_char_boundary(u32::MAX as usize));
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

/// Every run of lines up to a line break is a paragraph (to be refined: wrapped lines).
fn paragraphs(body: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in body.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            found.push(Span::new(start, start + trimmed.len()));
        }
        at += line.len() + 1;
    }
    found
}
