//! Which names may be one.

/// Whether two names may be one: the same words, or the shorter one's all in the longer one and
/// its last word the longer one's last; a single word may also be the first.
pub(super) fn one_name(a: &[&str], b: &[&str]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 1 {
        return long.last() == short.last() || long.first() == short.first();
    }
    short.last() == long.last() && short.iter().all(|w| long.contains(w))
}

/// The shortest surname in which a letter may be wrong.
pub(super) const SHORTEST_MISSPELT: usize = 5;

/// Whether one is the other with one letter more, less, changed or moved, beyond the first and the
/// "s" of a plural.
pub(super) fn is_misspelt(word: &str, name: &str) -> bool {
    let plural = |a: &str, b: &str| a.strip_suffix('s') == Some(b);
    word.chars().next() == name.chars().next()
        && word.len().abs_diff(name.len()) <= 1
        && !plural(word, name)
        && !plural(name, word)
        && strsim::osa_distance(word, name) == 1
}

pub(super) fn initials(words: &[&str]) -> String {
    let counts = |w: &&&str| !matches!(**w, "of" | "for" | "and" | "the" | "&");
    words.iter().filter(counts).filter_map(|w| w.chars().next()).collect()
}
