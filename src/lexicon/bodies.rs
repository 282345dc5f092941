use super::entries;
use super::listed::{Listed, Listing, Words};
use super::people::plural;
use std::sync::LazyLock;

static NATIONS: LazyLock<Listed<&str, &str>> = LazyLock::new(|| {
    let mut nations = Listing::default();
    for line in entries(include_str!("nations.txt")) {
        let (nation, words) = line.split_once(':').unwrap_or((line, ""));
        nations.insert(nation, nation);
        nations.extend(words.split_whitespace().map(|w| (w, nation)));
    }
    nations.into()
});

pub(super) static BODY_NOUNS: LazyLock<Listed<String, bool>> = LazyLock::new(|| {
    let both = |noun: &'static str| [(noun.to_owned(), false), (plural(noun), true)];
    entries(include_str!("body_nouns.txt")).flat_map(both).collect()
});

static BODY_WORDS: LazyLock<Words> = LazyLock::new(|| entries(include_str!("body_words.txt")).collect());

static JOINT_BODIES: LazyLock<Words> = LazyLock::new(|| entries(include_str!("joint_bodies.txt")).collect());

static ANY_BODY: LazyLock<Words> = LazyLock::new(|| entries(include_str!("any_body.txt")).collect());

static BODY_KINDS: LazyLock<Listed<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut kinds: Listing<&str, Vec<&str>> = Listing::default();
    for line in entries(include_str!("body_kinds.txt")) {
        let (words, nouns) = line.split_once(':').unwrap_or((line, ""));
        for word in words.split_whitespace() {
            kinds.entry(word).or_default().extend(nouns.split_whitespace());
        }
    }
    kinds.into()
});

/// The nation a name, demonym or adjective belongs to: "Russian" → "Russia".
pub fn nation(word: &str) -> Option<&'static str> {
    NATIONS.get(word).copied()
}

/// The other names of nations, each with the one it is counted under.
pub fn nation_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(include_str!("nation_names.txt")).flat_map(|line| {
        let (name, others) = line.split_once(':').unwrap_or((line, ""));
        others.split(',').map(move |other| (other.trim(), name))
    })
}

/// Whether it is a common noun for a body, and if so whether it is in the plural; any case.
pub fn body_noun(word: &str) -> Option<bool> {
    BODY_NOUNS.get_lower(word).copied()
}

/// Whether a capitalised word makes a name that of a body; with or without a last dot.
pub fn body_word(word: &str) -> bool {
    BODY_WORDS.contains(word.trim_end_matches('.'))
}

/// Whether a capitalised word heads names of bodies in which "and" joins two nouns.
pub fn heads_joint_body(word: &str) -> bool {
    JOINT_BODIES.contains(word)
}

/// Whether a noun may stand for a body whatever its name says; lower case.
pub fn any_body(noun: &str) -> bool {
    ANY_BODY.contains(noun)
}

/// The nouns that may stand for a body with this word in its name, lower case; None where the word
/// tells nothing. With or without a last dot.
pub fn body_kind(word: &str) -> Option<&'static [&'static str]> {
    BODY_KINDS.get(word.trim_end_matches('.')).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::{body_kind, body_noun, body_word, nation};

    #[test]
    fn nations_by_name_people_and_capital() {
        assert_eq!(nation("Russian"), Some("Russia"));
        assert_eq!(nation("U.S."), nation("American"));
        assert_eq!(nation("Rowe"), None);
    }

    #[test]
    fn bodies() {
        assert_eq!(body_noun("ministry"), Some(false));
        assert_eq!(body_noun("companies"), Some(true));
        assert!(body_word("Inc."));
        assert!(body_kind("Inc.").is_some_and(|nouns| nouns.contains(&"company")));
    }
}
