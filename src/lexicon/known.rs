use super::bodies::BODY_NOUNS;
use super::cues::{CUES, CueWord};
use super::listed::{Listed, Listing};
use super::little::{LITTLE_WORDS, Uses};
use super::people::{ROLES, Role};
use std::sync::LazyLock;

/// What the lists that every word is looked up in say of one, together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// What it is used as, if it is one of the little words.
    pub uses: Uses,
    /// The role it names, as [`role`](super::role).
    pub role: Option<Role>,
    /// Whether it is a noun for a body, as [`body_noun`](super::body_noun).
    pub body_noun: Option<bool>,
    /// The cues that begin with it, as [`cues`](super::cues).
    pub cues: &'static [CueWord],
}

impl Known {
    /// Whether it is a cue that needs no further word.
    pub fn is_cue(&self) -> bool {
        self.cues.iter().any(|cue| cue.rest.is_empty())
    }
}

static NOTHING: Known = Known { uses: Uses::NONE, role: None, body_noun: None, cues: &[] };

static KNOWN: LazyLock<Listed<&str, Known>> = LazyLock::new(|| {
    let mut known: Listing<&str, Known> = Listing::default();
    LITTLE_WORDS.each(|word, uses| known.entry(word).or_default().uses = *uses);
    ROLES.each(|word, role| known.entry(word).or_default().role = Some(*role));
    BODY_NOUNS.each(|word, plural| known.entry(word).or_default().body_noun = Some(*plural));
    CUES.each(|word, cues| known.entry(word).or_default().cues = cues);
    known.into()
});

/// What is known of a word; lower case.
#[inline]
pub fn known(word: &str) -> &'static Known {
    KNOWN.get(word).unwrap_or(&NOTHING)
}

#[cfg(test)]
mod tests {
    use super::known;
    use crate::lexicon::{Use, body_noun, cues, role};

    #[test]
    fn says_what_the_lists_say() {
        for word in ["before", "minister", "ministries", "called", "according", "the", "bridge"] {
            let known = known(word);
            assert_eq!((known.role, known.body_noun, known.cues), (role(word), body_noun(word), cues(word)));
        }
        assert!(known("was").uses.has(Use::Be) && known("said").is_cue());
        assert!(!known("according").is_cue());
    }
}
