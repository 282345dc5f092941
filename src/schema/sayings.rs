use crate::text::fold;
use xxhash_rust::xxh3::xxh3_64;

/// Words from which on nobody says the same twice by chance; shorter ones ("No comment") are one
/// saying within one story alone.
pub const LONG: usize = 6;

/// Which folded words somebody said, as a number: equal for the same words of a speaker with the same last
/// name. An odd one is long enough to be known in any article. None where nobody is named: an unnamed source
/// is not the same as another.
pub fn saying<'a>(words: impl Iterator<Item = &'a str>, speaker: Option<&str>) -> Option<u64> {
    let speaker = last_name(speaker?)?;
    // Hashed at once: that is quicker than word by word.
    let (mut said, mut count) = (Vec::with_capacity(256), 0);
    for word in words {
        said.extend_from_slice(word.as_bytes());
        said.push(0xFF);
        count += 1;
    }
    said.extend_from_slice(speaker.as_bytes());
    // Forty-eight bits are enough for any archive, and cost less to keep.
    (count > 0).then(|| xxh3_64(&said) >> 16 & !1 | u64::from(count >= LONG))
}

/// Whether a saying is long enough to be known in any article.
pub fn is_long(saying: u64) -> bool {
    saying & 1 == 1
}

fn last_name(name: &str) -> Option<String> {
    let folded = fold(name);
    let is_name = |word: &&str| !matches!(*word, "jr" | "sr" | "ii" | "iii");
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.rfind(is_name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::is_long;
    use crate::schema::tokens;

    fn saying(words: &str, speaker: Option<&str>) -> Option<u64> {
        super::saying(tokens(words).iter().map(String::as_str), speaker)
    }

    #[test]
    fn the_same_words_of_the_same_speaker_are_one_saying() {
        let first = saying("“We never touched the bridge.”", Some("Ellen Marsh"));
        let same =
            [("We never touched the bridge", "Marsh"), ("we NEVER touched … the bridge,", "E. Marsh Jr.")];
        for (words, speaker) in same {
            assert_eq!(saying(words, Some(speaker)), first, "{words}");
        }
        let other = [("We never touched the bridge", "Oduya"), ("We touched the bridge", "Marsh")];
        for (words, speaker) in other {
            assert_ne!(saying(words, Some(speaker)), first, "{words}");
        }
        assert_eq!(saying("We never touched the bridge", None), None);
    }

    #[test]
    fn short_words_are_known_in_one_story_alone() {
        assert!(!is_long(saying("No comment", Some("Marsh")).unwrap()));
        assert!(is_long(saying("We never touched the old bridge", Some("Marsh")).unwrap()));
    }
}
