//! What may stand at one place of a text: read from a query, compared with words, and turned into the
//! terms of the index.

use crate::index::Reader;
use crate::query::{Match, whole_word};
use crate::schema::{self, Word};
use crate::search::inflected::inflections;
use crate::search::neighbours::neighbours;
use crate::search::places::Positions;
use crate::search::plan::SearchError;
use regex::Regex;
use std::collections::BTreeSet;
use tantivy::schema::Field;

/// More words than this a wildcard may not stand for.
const MOST_WORDS: usize = 4096;

/// What fits one place.
#[derive(Clone, Debug)]
pub(super) enum Spot {
    /// A word in any inflection.
    Inflected {
        /// As it was typed.
        word: String,
        /// What all its inflections have in common.
        stem: String,
        /// What they all begin with.
        beginning: String,
    },
    /// This very word.
    Exact(String),
    /// Words that begin so.
    Prefix(String),
    /// Words within so many letters.
    Fuzzy(String, u8),
    /// Words that fit a pattern.
    Pattern(Regex),
    /// Any word.
    Anything,
}

/// Words that follow one another, with up to `slop` others among them.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub spots: Vec<Spot>,
    pub slop: u32,
}

impl Row {
    /// The row a condition on words asks for; None where it is none, or holds no word.
    pub(super) fn of(sought: &Match) -> Option<Row> {
        let (spots, slop) = match sought {
            Match::Word(word) => match &schema::tokens(word)[..] {
                [one] => {
                    let (word, stem) = (one.clone(), schema::stem(one));
                    let beginning = schema::beginning(&stem).to_owned();
                    (vec![Spot::Inflected { word, stem, beginning }], 0)
                }
                several => (several.iter().cloned().map(Spot::Exact).collect(), 0),
            },
            Match::Phrase { words, slop } => (words.iter().flat_map(|w| in_phrase(w)).collect(), *slop),
            Match::Literal(words) => (schema::tokens(words).into_iter().map(Spot::Exact).collect(), 0),
            Match::Prefix(start) => (beginning(start), 0),
            Match::Fuzzy(word, distance) => {
                let (last, before) =
                    schema::tokens(word).split_last().map(|(l, b)| (l.clone(), b.to_vec()))?;
                let fuzzy = Spot::Fuzzy(last, *distance);
                (before.into_iter().map(Spot::Exact).chain([fuzzy]).collect(), 0)
            }
            Match::Regex(pattern) => (vec![Spot::Pattern(whole_word(pattern)?)], 0),
            Match::Near(_) | Match::AtLeast(..) | Match::Dates(_) | Match::Number(_) => return None,
        };
        let row = Row { spots, slop };
        row.spots.iter().any(|spot| !matches!(spot, Spot::Anything)).then_some(row)
    }

    /// The very words of a row that is nothing else.
    pub(super) fn exact_words(&self) -> Option<Vec<&str>> {
        let exact = self.spots.iter().map(|spot| match spot {
            Spot::Exact(word) => Some(word.as_str()),
            _ => None,
        });
        if self.slop == 0 { exact.collect() } else { None }
    }

    /// The positions, among the words of a text, that fit each place.
    pub(super) fn positions(&self, words: &[Word]) -> Vec<Positions> {
        let fitting = |spot: &Spot| {
            let fits = words.iter().zip(0..).filter(|(word, _)| spot.fits(&word.folded));
            fits.map(|(_, position)| position).collect()
        };
        let positions = |spot: &Spot| (!matches!(spot, Spot::Anything)).then(|| fitting(spot));
        self.spots.iter().map(positions).collect()
    }
}

/// The places of a word in a phrase. A star behind the beginning of a word, or alone, is a wildcard.
fn in_phrase(typed: &str) -> Vec<Spot> {
    match typed.strip_suffix('*') {
        Some("") => vec![Spot::Anything],
        Some(start) if !start.contains('*') => beginning(start),
        _ => schema::tokens(typed).into_iter().map(Spot::Exact).collect(),
    }
}

/// `co-op*` is `co`, then what begins with `op`.
fn beginning(start: &str) -> Vec<Spot> {
    let mut tokens = schema::tokens(start);
    let Some(last) = tokens.pop() else { return Vec::new() };
    tokens.into_iter().map(Spot::Exact).chain([Spot::Prefix(last)]).collect()
}

impl Spot {
    /// Whether a folded word fits.
    fn fits(&self, word: &str) -> bool {
        match self {
            Spot::Inflected { word: sought, stem, beginning } => {
                word == sought || word.starts_with(beginning.as_str()) && schema::stem(word) == *stem
            }
            Spot::Exact(sought) => word == sought,
            Spot::Prefix(start) => word.starts_with(start.as_str()),
            Spot::Fuzzy(sought, distance) => strsim::osa_distance(word, sought) <= usize::from(*distance),
            Spot::Pattern(pattern) => pattern.is_match(word),
            Spot::Anything => true,
        }
    }

    /// What every folded word begins with that fits; None where that is not known.
    pub(super) fn first_byte(&self) -> Option<u8> {
        match self {
            Spot::Inflected { beginning: word, .. } | Spot::Exact(word) | Spot::Prefix(word) => {
                word.bytes().next()
            }
            Spot::Fuzzy(..) | Spot::Pattern(_) | Spot::Anything => None,
        }
    }

    /// The terms of a field that fit; None for any word.
    pub(super) fn terms(&self, reader: &Reader, field: Field) -> Result<Option<Vec<String>>, SearchError> {
        Ok(Some(match self {
            Spot::Inflected { word, .. } => inflections(reader, field, word)?,
            Spot::Exact(word) => vec![word.clone()],
            Spot::Prefix(start) => beginning_so(reader, field, start)?,
            Spot::Fuzzy(word, distance) => neighbours(reader, field, word, *distance)?.into_keys().collect(),
            Spot::Pattern(pattern) => fitting(reader, field, pattern)?,
            Spot::Anything => return Ok(None),
        }))
    }
}

fn beginning_so(reader: &Reader, field: Field, start: &str) -> Result<Vec<String>, SearchError> {
    let mut found = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms =
            inverted.terms().range().ge(start).into_stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, _)) = terms.next() {
            let Some(word) = std::str::from_utf8(term).ok().filter(|word| word.starts_with(start)) else {
                break;
            };
            found.insert(word.to_owned());
            bounded(&found, || format!("{start}*"))?;
        }
    }
    Ok(found.into_iter().collect())
}

fn fitting(reader: &Reader, field: Field, pattern: &Regex) -> Result<Vec<String>, SearchError> {
    let mut found = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, _)) = terms.next() {
            // The marks of sentences are no words.
            let word = std::str::from_utf8(term).ok().filter(|t| !t.starts_with(char::is_control));
            if let Some(word) = word.filter(|word| pattern.is_match(word)) {
                found.insert(word.to_owned());
                bounded(&found, || "the regular expression".to_owned())?;
            }
        }
    }
    Ok(found.into_iter().collect())
}

fn bounded(found: &BTreeSet<String>, what: impl Fn() -> String) -> Result<(), SearchError> {
    if found.len() <= MOST_WORDS {
        return Ok(());
    }
    Err(SearchError::TooWide(format!(
        "{} stands for more than {MOST_WORDS} words of this archive\n  more of its letters narrow it",
        what()
    )))
}
