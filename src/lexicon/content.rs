use super::listed::Words;
use super::{Use, entries, is_function_word, uses};
use std::sync::LazyLock;

static FILLERS: LazyLock<Words> = LazyLock::new(|| entries(include_str!("fillers.txt")).collect());

/// What a word without its own content may be used as.
const LITTLE: [Use; 10] = [
    Use::Auxiliary,
    Use::BeforeVerb,
    Use::Determiner,
    Use::Subject,
    Use::Speaks,
    Use::Clause,
    Use::Preposition,
    Use::Question,
    Use::Relative,
    Use::Day,
];

/// The ends of words drawn together with an auxiliary: "don't", "we're", "I'd".
const DRAWN_TOGETHER: [&str; 6] = ["n't", "'re", "'ll", "'ve", "'m", "'d"];

/// Whether a word in lower case tells what is spoken about: no function word of English, no single letter.
pub fn carries_content(word: &str) -> bool {
    word.chars().nth(1).is_some()
        && !DRAWN_TOGETHER.iter().any(|end| word.ends_with(end))
        && !is_function_word(word)
        && FILLERS.get(word).is_none()
        && !is_little(word)
}

fn is_little(word: &str) -> bool {
    let uses = uses(word);
    LITTLE.into_iter().any(|one| uses.has(one))
}

#[cfg(test)]
mod tests {
    use super::{carries_content, is_little};
    use crate::lexicon::{entries, is_function_word};

    #[test]
    fn little_words_carry_none() {
        for word in ["bridge", "russia", "new", "o'brien", "2016", "u.s"] {
            assert!(carries_content(word), "{word}");
        }
        for word in ["the", "was", "them", "don't", "we're", "very", "between", "never", "five", "s"] {
            assert!(!carries_content(word), "{word}");
        }
    }

    #[test]
    fn a_filler_stands_in_no_other_list() {
        let listed = |word: &&str| is_function_word(word) || is_little(word);
        let twice: Vec<&str> = entries(include_str!("fillers.txt")).filter(listed).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
