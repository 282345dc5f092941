use super::listed::{Listed, Words};
use std::sync::LazyLock;

/// How a word whose dot is its own behaves at the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Stands before a name or a number; never ends a sentence ("Sen.").
    BeforeName,
    /// May end one ("Inc.").
    Any,
}

static ABBREVIATIONS: LazyLock<Listed<&str, Abbreviation>> = LazyLock::new(|| {
    let entry = |line: &'static str| match line.split_once(' ') {
        Some((word, _)) => (word, Abbreviation::BeforeName),
        None => (line, Abbreviation::Any),
    };
    super::entries(include_str!("abbreviations.txt")).map(entry).collect()
});

static OPENERS: LazyLock<Words> = LazyLock::new(|| super::entries(include_str!("openers.txt")).collect());

/// What is known of a word as an abbreviation; without its last dot.
pub fn abbreviation(word: &str) -> Option<Abbreviation> {
    (word.len() <= 6).then(|| ABBREVIATIONS.get(word).copied()).flatten()
}

/// Whether a capitalised word usually begins a sentence rather than a name.
pub fn opens_sentence(word: &str) -> bool {
    OPENERS.contains_lower(word)
}
