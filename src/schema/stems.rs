use frostem::{Algorithm, Stemmer};
use std::cell::RefCell;
use std::collections::HashMap;
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// Stands before a stem, so that no stem is taken for a word. No token can hold it.
pub const STEM_MARK: char = '\u{1}';

/// The English stem of a folded word, marked as one: the same for all its inflections.
pub fn stem_term(folded: &str) -> String {
    with_stem(folded, |stem| match stem {
        Some(term) => term.to_owned(),
        None => format!("{STEM_MARK}{folded}"),
    })
}

/// The terms under which a text holds a word in any of its inflections. A word that is its own stem
/// stands in the index as it is, once; so a stem is looked for among words as well.
pub fn inflections(folded: &str) -> Vec<String> {
    let stem = stem_term(folded);
    let bare = stem.trim_start_matches(STEM_MARK);
    let mut terms = vec![folded.to_owned()];
    if bare != folded && with_stem(bare, |other| other.is_none()) {
        terms.push(bare.to_owned());
    }
    terms.push(stem);
    terms
}

/// Gives the marked stem of a folded word, or None where the word is its own.
pub(crate) fn with_stem<T>(folded: &str, take: impl FnOnce(Option<&str>) -> T) -> T {
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(folded) {
            return take(stem.as_deref());
        }
        let stem = Stemmer::new(Algorithm::English).stem(folded);
        let term = (stem != folded).then(|| format!("{STEM_MARK}{stem}").into_boxed_str());
        if stems.len() >= STEMS_KEPT {
            stems.clear();
        }
        let given = take(term.as_deref());
        stems.insert(folded.into(), term);
        given
    })
}

type Stems = HashMap<Box<str>, Option<Box<str>>, Xxh3DefaultBuilder>;

thread_local! {
    static STEMS: RefCell<Stems> = RefCell::new(Stems::default());
}

/// A news archive's common words are far fewer; past this, memory is worth more than time.
const STEMS_KEPT: usize = 100_000;

#[cfg(test)]
mod tests {
    use super::{inflections, stem_term};

    #[test]
    fn a_stem_finds_all_inflections_and_is_no_word() {
        assert_eq!(stem_term("interference"), stem_term("interfered"));
        assert_ne!(stem_term("interf"), "interf");
    }

    #[test]
    fn a_word_that_is_its_own_stem_is_looked_for_as_a_word() {
        assert_eq!(inflections("attack"), ["attack", "\u{1}attack"]);
        assert_eq!(inflections("attacks"), ["attacks", "attack", "\u{1}attack"]);
    }
}
