use super::entries;
use super::listed::{Listed, Words};
use std::sync::LazyLock;

type List = LazyLock<Words>;

static ORDINARY: List =
    LazyLock::new(|| entries(include_str!("ordinary.txt")).flat_map(str::split_whitespace).collect());

static FUNCTION_WORDS: List = LazyLock::new(|| entries(include_str!("function_words.txt")).collect());

static POINTERS: List = LazyLock::new(|| entries(include_str!("pointers.txt")).collect());

static TRAIT_TAILS: List = LazyLock::new(|| entries(include_str!("trait_tails.txt")).collect());

static CALENDAR: List = LazyLock::new(|| entries(include_str!("calendar.txt")).collect());

static PARTICLES: LazyLock<Listed<&str, bool>> = LazyLock::new(|| {
    let entry = |line: &'static str| match line.split_once(' ') {
        Some((word, _)) => (word, true),
        None => (line, false),
    };
    entries(include_str!("particles.txt")).map(entry).collect()
});

/// Whether a word is so common that with a capital at the start of a sentence it is no name; lower
/// case.
pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}

/// Whether a word joins or points and is never part of a description; lower case.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

/// Whether a word behind a hyphen tells what somebody is ("based"); lower case.
pub fn ends_trait(tail: &str) -> bool {
    TRAIT_TAILS.contains(tail)
}

/// Whether a determiner stands before no name; lower case.
pub fn points(word: &str) -> bool {
    POINTERS.contains(word)
}

/// Whether a capitalised word is a day or a month.
pub fn is_date(word: &str) -> bool {
    CALENDAR.contains(word)
}

/// Whether it is a word in small letters inside names, and if so whether a name may begin with it.
pub fn particle(word: &str) -> Option<bool> {
    PARTICLES.get(word).copied()
}
