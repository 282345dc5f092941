use std::borrow::Cow;

/// In single marks, as a shell takes it for one word.
pub fn in_marks(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A word as it is typed: in marks where a shell would read something else.
pub fn typed(word: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.into() } else { in_marks(word).into() }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn a_shell_reads_one_word() {
        for (word, expected) in [
            ("archive/1962", "archive/1962"),
            ("News Archive", "'News Archive'"),
            ("Mora's", r"'Mora'\''s'"),
            ("$HOME", "'$HOME'"),
            ("Zürich", "Zürich"),
            ("", "''"),
        ] {
            assert_eq!(typed(word), expected);
        }
    }
}
