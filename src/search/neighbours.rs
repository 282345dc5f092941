//! The words of the archive that are spelled nearly like one typed.

use crate::index::Reader;
use crate::search::SearchError;
use std::collections::BTreeMap;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

/// The words of a field within `distance` letters (changed, added, left out or two swapped), with the
/// number of documents that hold them. The marks of sentences are no words.
pub(super) fn neighbours(
    reader: &Reader,
    field: Field,
    word: &str,
    distance: u8,
) -> Result<BTreeMap<String, u32>, SearchError> {
    let mut found = BTreeMap::new();
    let automaton = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true).automaton()?;
    for segment in reader.searcher().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms =
            inverted.terms().search(&automaton).into_stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, info)) = terms.next() {
            let word = std::str::from_utf8(term).ok().filter(|t| !t.starts_with(char::is_control));
            if let Some(word) = word {
                *found.entry(word.to_owned()).or_default() += info.doc_freq;
            }
        }
    }
    Ok(found)
}
