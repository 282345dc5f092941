use super::Kind;
use super::extract::Draft;
use super::page::Page;
use crate::text::Span;

/// A turn of a transcript: `MORA: We went home.`
pub(super) struct Turn {
    /// The label without its colon.
    label: Span,
    /// What was said.
    words: Span,
    /// The quoted segments inside.
    quoted: Vec<u32>,
    paragraph: Span,
    /// Index of the sentence it begins in.
    pub first_sentence: usize,
}

impl Turn {
    /// Whether a sentence belongs to the turn.
    pub(super) fn holds(&self, sentence: Span) -> bool {
        self.paragraph.contains(sentence)
    }

    pub(super) fn draft(&self) -> Draft {
        Draft {
            pieces: vec![self.words],
            quoted: self.quoted.clone(),
            kind: Kind::Direct,
            frame: None,
            label: Some(self.label),
            sentence: self.first_sentence,
        }
    }
}

/// The turns of a text: paragraphs that begin with a label in capitals, where there are several.
pub(super) fn find(page: &Page) -> Vec<Turn> {
    let turns: Vec<Turn> = page.text.paragraphs().iter().filter_map(|p| turn(page, *p)).collect();
    if turns.len() < 3 { Vec::new() } else { turns }
}

/// The longest label, in bytes: "SECRETARY OF STATE MORA".
const LONGEST_LABEL: usize = 48;

fn turn(page: &Page, paragraph: Span) -> Option<Turn> {
    let body = page.text.slice(paragraph);
    let head = &body[..body.floor_char_boundary(LONGEST_LABEL)];
    let colon = head.find(':')?;
    let label = head[..colon].trim_end();
    let letters = label.chars().any(char::is_alphabetic);
    if !letters
        || label.chars().any(char::is_lowercase)
        || label.contains(['“', '"', '.']) && label.len() > 30
    {
        return None;
    }
    let after = &body[colon + 1..];
    let words = after.trim_start();
    if words.is_empty() {
        return None;
    }
    let start = paragraph.start as usize + colon + 1 + (after.len() - words.len());
    let words = Span::new(start, paragraph.end as usize);
    let from = page.segmented.quoted.partition_point(|q| q.span.start < words.start);
    let to = page.segmented.quoted.partition_point(|q| q.span.start < words.end);
    Some(Turn {
        label: Span::new(paragraph.start as usize, paragraph.start as usize + label.len()),
        words,
        quoted: (from as u32..to as u32).collect(),
        paragraph,
        first_sentence: page.segmented.sentence_at(paragraph.start),
    })
}
