use super::entries;
use std::collections::HashSet;
use std::sync::LazyLock;

static ORDINARY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("ordinary.txt")).flat_map(str::split_whitespace).collect());

/// Whether a word is so common that with a capital at the start of a sentence it is no name; lower
/// case.
pub fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}
