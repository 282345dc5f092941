use super::Kind;
use super::extract::Draft;
use super::page::Page;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A turn of a transcript: `MORA: We went home.`
pub(super) struct Turn {
    /// The label without its colon.
    label: Span,
    /// What was said.
    words: Span,
    /// The quoted segments inside.
    quoted: Vec<u32>,
    /// Index of the sentence it begins in.
    pub first_sentence: usize,
}

impl Turn {
    /// The turn as a quote, its speaker being its label.
    pub(super) fn draft(&self) -> Draft {
        Draft {
            pieces: vec![self.words],
            quoted: self.quoted.clone(),
            kind: Kind::Direct,
            frame: None,
            odds: None,
            label: Some(self.label),
            sentence: self.first_sentence,
        }
    }
}

/// The turns of a text by their paragraphs: those that begin with a label in capitals or with a
/// name, where there are several.
pub(super) fn find(page: &Page) -> BTreeMap<usize, Turn> {
    let turns = |is_label: fn(&str) -> bool| {
        let paragraphs = page.text.paragraphs().iter().enumerate();
        let found = paragraphs.filter_map(|(n, p)| Some((n, turn(page, *p, is_label)?)));
        found.collect::<BTreeMap<usize, Turn>>()
    };
    let in_capitals = turns(shouts);
    let named = turns(is_full_name);
    match () {
        () if in_capitals.len() >= FEWEST_TURNS => in_capitals,
        () if named.len() >= FEWEST_TURNS && alternate(page, &named) => named,
        () => BTreeMap::new(),
    }
}

/// Whether two or more speak, and one of them again: a list of "Place: words" names each but once.
fn alternate(page: &Page, turns: &BTreeMap<usize, Turn>) -> bool {
    let labels: BTreeSet<&str> = turns.values().map(|t| page.text.slice(t.label)).collect();
    labels.len() >= 2 && labels.len() < turns.len()
}

/// "SECRETARY MORA": a label in capitals.
fn shouts(label: &str) -> bool {
    label.chars().any(char::is_alphabetic)
        && !label.chars().any(char::is_lowercase)
        && !(label.contains(['“', '"', '.']) && label.len() > 30)
}

/// "Ana Mora", "Jan van Berg": two to four words, the first and the last with a capital.
fn is_full_name(label: &str) -> bool {
    let words: Vec<&str> = label.split(' ').collect();
    let capital = |word: Option<&&str>| word.is_some_and(|w| w.starts_with(char::is_uppercase));
    (2..=4).contains(&words.len())
        && capital(words.first())
        && capital(words.last())
        && label.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
}

/// A single "NOTE: …" makes no transcript.
const FEWEST_TURNS: usize = 3;

/// The longest label, in bytes: "SECRETARY OF STATE MORA".
const LONGEST_LABEL: usize = 48;

fn turn(page: &Page, paragraph: Span, is_label: fn(&str) -> bool) -> Option<Turn> {
    let body = page.text.slice(paragraph);
    let opening = body.len() - body.trim_start_matches(['"', '“']).len();
    let colon = body.bytes().take(LONGEST_LABEL).position(|b| b == b':').filter(|colon| *colon > opening)?;
    let label = body[opening..colon].trim_end();
    if !is_label(label) {
        return None;
    }
    let after = &body[colon + 1..];
    let words = after.trim_start();
    if words.is_empty() {
        return None;
    }
    let start = paragraph.start as usize + colon + 1 + (after.len() - words.len());
    let words = Span::new(start, paragraph.end as usize);
    let from = page.segmented.quoted.partition_point(|q| q.span.end <= words.start);
    let to = page.segmented.quoted.partition_point(|q| q.span.start < words.end);
    let label_start = paragraph.start as usize + opening;
    Some(Turn {
        label: Span::new(label_start, label_start + label.len()),
        words,
        quoted: (from as u32..to as u32).collect(),
        first_sentence: page.segmented.sentence_at(paragraph.start),
    })
}
