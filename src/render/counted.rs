use std::fmt::Display;

/// `1 file`, `2 files`, `2 copies`.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    if count == N::from(1) {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_of_them_or_several() {
        for (count, noun, expected) in [
            (0, "quote", "0 quotes"),
            (1, "quote", "1 quote"),
            (2, "day", "2 days"),
            (1, "copy", "1 copy"),
            (2, "copy", "2 copies"),
        ] {
            assert_eq!(counted(count, noun), expected);
        }
    }
}
