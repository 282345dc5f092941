//! What is known of words as they are spelled: each is looked up once, however often it is read.
//!
//! A word of the news stands in some thirty lists and tables, or in none of them, and most words of a
//! text were read a hundred times before. What a vocabulary holds changes no answer, only when it is
//! found.

mod short;

use super::grammar::is_adverb;
use super::mentions::{Begins, Modifies, begins, modifies};
use super::page::may_be_unlisted_cue;
use super::sayings::forms::Says;
use super::sayings::seen::{Class, class_of_little_word, class_of_word, kind_of_capital, parts};
use super::weights::{Weights, hash};
use crate::lexicon;
use crate::lexicon::{Gender, Known, Role, Use};
use crate::text::{Span, Text, fold};
use foldhash::{HashMap, HashMapExt};
use short::{ShortWords, letters, letters_at};
use std::array;
use std::cell::Cell;

/// A word as it is spelled, with what the lists and the weights say of it. It begins with a line of
/// the processor's cache, so that few are fetched for it.
#[repr(align(64))]
pub(super) struct Spelling {
    /// The word in lower case.
    pub lower: Box<str>,
    /// The word as names are compared, where that is another.
    folded: Option<Box<str>>,
    /// The hash of it in lower case.
    pub hash: u32,
    /// What the lists say of it in lower case.
    pub known: &'static Known,
    /// The role it names, spelled out: "Sen." is a senator.
    pub role: Option<Role>,
    /// Whose given name it is.
    pub given: Option<Gender>,
    /// The nation it names.
    pub nation: Option<&'static str>,
    /// Whether it is a particle of names, and one that names begin with.
    pub particle: Option<bool>,
    /// Whether a title begins with it, whether it stands behind names ("Jr."), in names of bodies, and for
    /// something written.
    pub begins_title: bool,
    pub is_name_suffix: bool,
    pub is_body_word: bool,
    pub is_document: bool,
    /// Whether a cue may begin with it: one of the lists, or a verb in the past that is in none.
    pub may_report: bool,
    /// What may begin with it, and what it may stand before.
    pub begins: Begins,
    pub modifies: Modifies,
    /// Whether it is a day or a month.
    pub is_date: bool,
    /// Whether with a capital it begins a sentence rather than a name.
    pub opens_sentence: bool,
    /// Whether it is no name for having a capital at the beginning of a sentence.
    pub is_common: bool,
    /// Whether it has a capital behind a hyphen: "pro-Lund".
    pub holds_name: bool,
    /// The class it has as a little word, and the one it has as any other.
    pub little: Option<Class>,
    pub class: Class,
    /// What kind of word with a capital it is.
    pub capital: u32,
    /// The parts of speech it is used as, and whether it was seen in training.
    pub parts: Option<u32>,
    pub is_trained: bool,
    /// What it says by itself beside a cue.
    pub says: Says,
    /// The last page on which it was met, by number: in small letters, as a name, behind a given name.
    met: [Cell<u32>; 3],
}

impl Spelling {
    /// The word as names are compared.
    #[inline]
    pub(super) fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.lower)
    }
}

/// How a word was met on a page.
#[derive(Clone, Copy)]
pub(super) enum Met {
    /// In small letters.
    Small,
    /// With a capital inside a sentence: it is a name.
    Name,
    /// Behind a given name: a surname, whatever else it means ("King", "Baker").
    Surname,
}

/// The words that were read, with what is known of them.
pub(super) struct Vocabulary {
    weights: Weights,
    /// How many pages were begun.
    pages: u32,
    /// The numbers of short words, and of all others.
    short: ShortWords,
    long: HashMap<Box<str>, u32>,
    /// What the forms say that are those of no word: of numbers, of capitals.
    odd_says: [Says; ODD],
    spellings: Vec<Spelling>,
}

/// The forms of numbers, capitals and their like are below.
const ODD: usize = 12;

/// So many words are kept from text to text: a dozen megabytes. When there are more, it begins anew, before its list
/// would be moved to twice the room.
const MOST_KEPT: usize = (1 << 16) - (1 << 12);

/// The number of no word at all.
const NOTHING: u32 = 0;

impl Vocabulary {
    /// An empty one, of words as these weights know them.
    pub(super) fn of(weights: &Weights) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            weights: weights.clone(),
            pages: 0,
            short: ShortWords::default(),
            long: HashMap::new(),
            odd_says: array::from_fn(|form| Says::of(form as u32, weights)),
            spellings: Vec::new(),
        };
        vocabulary.number_of_any("");
        vocabulary
    }

    /// Whether it is small enough to be kept.
    pub(super) fn is_small(&self) -> bool {
        self.spellings.len() <= MOST_KEPT
    }

    /// Begins a page: no word was met on it yet.
    pub(super) fn begin_page(&mut self) {
        self.pages += 1;
    }

    /// Remembers how a word was met on the page.
    pub(super) fn meet(&self, word: &Spelling, how: Met) {
        word.met[how as usize].set(self.pages);
    }

    /// Whether a word was met so on the page.
    pub(super) fn is_met(&self, word: &Spelling, how: Met) -> bool {
        word.met[how as usize].get() == self.pages
    }

    /// The same of a word that may not have been read at all.
    pub(super) fn is_any_met(&self, word: &str, how: Met) -> bool {
        let number = match letters(word) {
            Some(letters) => self.short.number(letters),
            None => self.long.get(word).copied(),
        };
        number.is_some_and(|number| self.is_met(self.spelling(number), how))
    }

    /// A word by its number.
    #[inline]
    pub(super) fn spelling(&self, number: u32) -> &Spelling {
        &self.spellings[number as usize]
    }

    /// What stands past the end.
    pub(super) fn nothing(&self) -> &Spelling {
        self.spelling(NOTHING)
    }

    /// What a form says by itself that is that of no word; of words in marks, which have many, it is not kept.
    pub(super) fn says(&self, form: u32) -> Option<&Says> {
        self.odd_says.get(form as usize)
    }

    /// The number of the word at a place of a text.
    #[inline]
    pub(super) fn number_at(&mut self, text: &Text, span: Span) -> u32 {
        match letters_at(text.as_str().as_bytes(), span) {
            Some(letters) => self.number_of_short(letters, || text.slice(span)),
            None => self.number_of_long(text.slice(span)),
        }
    }

    /// The number of a word; one that is new is looked up.
    pub(super) fn number_of_any(&mut self, word: &str) -> u32 {
        match letters(word) {
            Some(letters) => self.number_of_short(letters, || word),
            None => self.number_of_long(word),
        }
    }

    #[inline]
    fn number_of_short<'a>(&mut self, letters: u128, word: impl FnOnce() -> &'a str) -> u32 {
        if let Some(number) = self.short.number(letters) {
            return number;
        }
        let number = self.look_up(word());
        self.short.insert(letters, number);
        number
    }

    fn number_of_long(&mut self, word: &str) -> u32 {
        if let Some(number) = self.long.get(word) {
            return *number;
        }
        let number = self.look_up(word);
        self.long.insert(word.into(), number);
        number
    }

    /// Gives a new word its number.
    #[cold]
    fn look_up(&mut self, word: &str) -> u32 {
        let number = self.spellings.len() as u32;
        self.spellings.push(looked_up(word, &lexicon::lower(word), &self.weights));
        number
    }
}

/// What the lists and the weights say of a word, given also in lower case.
fn looked_up(word: &str, lower: &str, weights: &Weights) -> Spelling {
    let known = lexicon::known(lower);
    let hash = hash(lower);
    let (parts, is_trained) = parts(lower, hash, weights);
    let opens_sentence = lexicon::opens_sentence(word);
    let beginning = lower.split('-').next().unwrap_or_default();
    let is_common = opens_sentence
        || lexicon::is_ordinary(beginning)
        || is_adverb(lower)
        || [Use::BeforeVerb, Use::Preposition, Use::Clause].iter().any(|one| known.uses.has(*one))
        || known.role.is_some()
        || known.body_noun.is_some()
        || known.is_cue();
    let (particle, modifies) = (lexicon::particle(word), modifies(lower, known));
    let (nation, is_body_word) = (lexicon::nation(word), lexicon::body_word(word));
    let opens = known.role.is_some()
        || known.body_noun.is_some()
        || particle == Some(true)
        || modifies == Modifies::People;
    Spelling {
        lower: lower.into(),
        folded: if word.is_ascii() { None } else { Some(fold(word).into()) },
        hash,
        known,
        role: lexicon::short_role(word).or(known.role),
        given: lexicon::given_name(word),
        nation,
        particle,
        begins_title: lexicon::begins_title(word),
        is_name_suffix: lexicon::name_suffix(word),
        is_body_word,
        is_document: lexicon::document(word),
        may_report: !known.cues.is_empty() || may_be_unlisted_cue(lower),
        begins: begins(lower, opens),
        modifies,
        is_date: lexicon::is_date(word),
        opens_sentence,
        is_common,
        holds_name: holds_name(word),
        little: class_of_little_word(lower, known.uses),
        class: class_of_word(lower, known),
        capital: kind_of_capital(word, lower, nation.is_some(), is_body_word),
        parts,
        is_trained,
        says: Says::of(hash, weights),
        met: Default::default(),
    }
}

/// "pro-Lund": a capital behind a hyphen.
fn holds_name(word: &str) -> bool {
    word.len() < LONGEST_HYPHENED
        && word.contains('-')
        && word.starts_with(|c: char| c.is_lowercase())
        && word.split('-').skip(1).any(|w| w.starts_with(char::is_uppercase))
}

/// Longer words with hyphens are whole phrases, in bytes.
const LONGEST_HYPHENED: usize = 24;

#[cfg(test)]
mod tests {
    use super::{Met, Vocabulary};
    use crate::quotes::weights::Weights;
    use crate::text::{Span, Text};

    #[test]
    fn a_word_has_one_number_wherever_it_stands() {
        let mut vocabulary = Vocabulary::of(&Weights::shipped());
        let words =
            ["a", "said", "Bundesbank", "counterproposals", "counterproposals!", "\0", "a\0", "\0a", "é"];
        for before in ["", " ", "some words that stand before it "] {
            for behind in ["", "s", " and more words behind it"] {
                for word in words {
                    let text = Text::new(format!("{before}{word}{behind}"));
                    let at = text.as_str().find(word).unwrap();
                    let found = vocabulary.number_at(&text, Span::new(at, at + word.len()));
                    assert_eq!(
                        found,
                        vocabulary.number_of_any(word),
                        "{word:?} between {before:?} and {behind:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_word_is_known_by_its_spelling_and_in_lower_case() {
        let mut vocabulary = Vocabulary::of(&Weights::shipped());
        let [upper, lower] = ["Said", "said"].map(|word| vocabulary.number_of_any(word));
        assert_eq!(vocabulary.number_of_any("Said"), upper);
        assert_eq!(&*vocabulary.spelling(upper).lower, "said");
        assert!(vocabulary.spelling(upper).known.is_cue() && vocabulary.spelling(upper).is_common);
        assert!(vocabulary.nothing().lower.is_empty() && !vocabulary.nothing().known.is_cue());
        let ana = vocabulary.number_of_any("Ana");
        assert!(vocabulary.spelling(ana).given.is_some() && !vocabulary.spelling(ana).is_common);
        assert_eq!(vocabulary.spellings.len(), 4);
        vocabulary.begin_page();
        vocabulary.meet(vocabulary.spelling(lower), Met::Small);
        assert!(vocabulary.is_met(vocabulary.spelling(lower), Met::Small));
        assert!(vocabulary.is_any_met("said", Met::Small) && !vocabulary.is_any_met("Said", Met::Small));
        assert!(!vocabulary.is_met(vocabulary.spelling(lower), Met::Name));
        vocabulary.begin_page();
        assert!(!vocabulary.is_met(vocabulary.spelling(lower), Met::Small));
    }
}
