use crate::text::Span;

/// Converts byte offsets of one text into character offsets (Unicode scalar values), the unit of
/// every offset we print.
///
/// One pass over the text to build, a binary search and at most 64 bytes of counting to ask.
pub struct CharOffsets<'a> {
    text: &'a str,
    /// Characters before byte `64 * i` (rounded down to a character boundary); empty for ASCII.
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'a> CharOffsets<'a> {
    /// Prepares the conversion for `text`.
    pub fn new(text: &'a str) -> CharOffsets<'a> {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut chars = 0;
            for step in text.as_bytes().chunks(STEP) {
                marks.push(chars);
                chars += chars_in(step) as u32;
            }
        }
        CharOffsets { text, marks }
    }

    /// The character offset of byte offset `byte` (a boundary; past the end counts as the end).
    pub fn char(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let Some(&before) = self.marks.get(byte / STEP) else {
            return if self.marks.is_empty() { byte } else { self.text.chars().count() };
        };
        let from = byte / STEP * STEP;
        before as usize + chars_in(&self.text.as_bytes()[from..byte])
    }

    /// A byte span as `[start, end]` in characters.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.char(span.start as usize), self.char(span.end as usize)]
    }
}

/// How many characters begin in some bytes of UTF-8.
fn chars_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::CharOffsets;

    #[test]
    fn agrees_with_counting() {
        for text in ["", "plain", "“é”—", &"añb“”𝄞c".repeat(50)] {
            let offsets = CharOffsets::new(text);
            for (chars, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.char(byte), chars);
            }
            assert_eq!(offsets.char(text.len()), text.chars().count());
        }
    }
}
