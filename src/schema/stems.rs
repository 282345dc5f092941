use frostem::{Algorithm, Stemmer};

/// The English stem of a folded word: the same for all its inflections. It is not always a word.
pub fn stem(folded: &str) -> String {
    Stemmer::new(Algorithm::English).stem(folded).into_owned()
}

/// What every word of a stem begins with. The stemmer changes at most the last letter of what it leaves
/// (deny, denied: deni), but for dying, lying and the like.
pub fn beginning(stem: &str) -> &str {
    let letters = stem.chars().count();
    let kept = if letters == 3 && stem.ends_with("ie") { 1 } else { letters - 1 };
    stem.char_indices().nth(kept.max(1)).map_or(stem, |(end, _)| &stem[..end])
}

#[cfg(test)]
mod tests {
    use super::{beginning, stem};

    #[test]
    fn inflections_have_one_stem_and_begin_as_it_says() {
        let rows = [
            ("interference", "interfer", "interfered interfering interferes"),
            ("deny", "deni", "denied denies denying"),
            ("hope", "hope", "hoped hoping hopes"),
            ("possible", "possibl", "possibly possibility"),
            ("sky", "sky", "skies"),
            ("die", "die", "died dies dying"),
            ("vie", "vie", "vying"),
            ("organize", "organiz", "organized organizing organization"),
            ("a", "a", ""),
        ];
        for (word, stemmed, inflections) in rows {
            for word in inflections.split_whitespace().chain([word]) {
                assert_eq!(stem(word), stemmed, "{word}");
                assert!(word.starts_with(beginning(stemmed)), "{word}");
            }
        }
    }
}
