use super::entries;
use super::listed::Listed;
use std::sync::LazyLock;

/// What a little word of English is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A form of be.
    Be,
    /// A form of be, have or do, or a modal.
    Auxiliary,
    /// Between a subject and its verb: an auxiliary, an adverb, a day.
    BeforeVerb,
    /// An article, owner or pointer: "the", "his", "these".
    Article,
    /// At the beginning of a noun phrase.
    Determiner,
    /// A pronoun that can only be, or usually is, a subject.
    Subject,
    /// A personal pronoun for speakers.
    Speaks,
    /// At the beginning of a clause.
    Clause,
    /// Before a noun, which it ties to what stands before.
    Preposition,
    /// Before a noun that is a verb elsewhere: "the claim", "of calls".
    MakesNoun,
    /// A day of the week.
    Day,
    /// Something that tells when.
    Time,
    /// At the beginning of an indirect question.
    Question,
    /// At the beginning of a relative clause.
    Relative,
}

/// All that a word is used as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses(u16);

impl Uses {
    pub(super) const NONE: Uses = Uses(0);

    /// Whether this is one of them.
    #[inline]
    pub fn has(self, one: Use) -> bool {
        self.0 & 1 << one as u16 != 0
    }

    fn read(tags: &str) -> Uses {
        use Use::{
            Article, Auxiliary, Be, BeforeVerb, Clause, Day, Determiner, MakesNoun, Preposition, Question,
            Relative, Speaks, Subject, Time,
        };
        let uses = |tag: &str| -> &[Use] {
            match tag {
                "be" => &[Be, Auxiliary, BeforeVerb],
                "auxiliary" => &[Auxiliary, BeforeVerb],
                "adverb" => &[BeforeVerb],
                "article" => &[Article, Determiner, MakesNoun],
                "determiner" => &[Determiner],
                "subject" => &[Subject],
                "speaks" => &[Speaks],
                "clause" => &[Clause],
                "preposition" => &[Preposition],
                "noun" => &[MakesNoun],
                "day" => &[Day, Time, BeforeVerb],
                "time" => &[Time],
                "question" => &[Question],
                "relative" => &[Relative],
                _ => &[],
            }
        };
        Uses(tags.split_whitespace().flat_map(uses).fold(0, |all, one| all | 1 << *one as u16))
    }
}

pub(super) static LITTLE_WORDS: LazyLock<Listed<&str, Uses>> = LazyLock::new(|| {
    let entry = |line: &'static str| line.split_once(':').map(|(word, tags)| (word, Uses::read(tags)));
    entries(include_str!("little_words.txt")).filter_map(entry).collect()
});

/// What a word in lower case is used as, if it is one of the little words.
#[inline]
pub fn uses(word: &str) -> Uses {
    LITTLE_WORDS.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Use, Uses, uses};

    #[test]
    fn little_words_have_their_uses() {
        let before = uses("before");
        assert!(before.has(Use::Clause) && before.has(Use::Preposition) && !before.has(Use::Day));
        assert!(uses("was").has(Use::Be) && uses("was").has(Use::BeforeVerb));
        assert!(uses("the").has(Use::Determiner) && uses("the").has(Use::MakesNoun));
        assert_eq!(uses("bridge"), Uses::default());
    }
}
