//! What is seen of each token of a page, once: its word, its class, the mention it belongs to.
//!
//! Nothing here holds a name: a word with a capital is a capital, a title, a nation or a day, so
//! that renaming a speaker changes nothing.

use super::forms::Says;
use crate::lexicon;
use crate::lexicon::{Known, Use, Uses};
use crate::quotes::grammar::{is_adverb, is_day};
use crate::quotes::mentions::{Mention, Sort};
use crate::quotes::page::Page;
use crate::quotes::segment::TokenKind;
use crate::quotes::vocabulary::Spelling;
use crate::quotes::weights::{Feature, LEAST, Row, UNIT, Weights, hash, mix};

/// A page and what is seen of its tokens.
pub(in crate::quotes) struct Seen<'a> {
    pub page: &'a Page<'a>,
    tokens: Vec<Token<'a>>,
    outside: Token<'a>,
}

/// What is seen of one token.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::quotes) struct Token<'a> {
    /// The word; of one with a capital only what kind it is.
    pub form: u32,
    /// The coarse class.
    pub class: Class,
    /// The class, and of verbs, nouns and their like the parts of speech the word is used as.
    pub part: u32,
    /// The sort of mention it is part of, and whether it begins one.
    pub mention: u32,
    /// What its form says by itself, where that is kept.
    pub says: Option<&'a Says>,
}

/// Classes of words and marks, as the grammar of reported speech tells them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::quotes) enum Class {
    #[default]
    Outside,
    Quoted,
    Number,
    Clitic,
    Comma,
    Stop,
    Colon,
    Semicolon,
    Opening,
    Closing,
    Dash,
    Mark,
    That,
    To,
    And,
    Relative,
    Pronoun,
    Day,
    Determiner,
    Auxiliary,
    Preposition,
    Boundary,
    Capital,
    Cue,
    Role,
    Body,
    Adverb,
    Ed,
    Ing,
    S,
    Word,
}

impl<'a> Seen<'a> {
    pub(in crate::quotes) fn new(page: &'a Page<'a>, mentions: &[Mention]) -> Seen<'a> {
        let count = page.segmented.tokens.len();
        let mut tokens = vec![Token::default(); count];
        for mention in mentions.iter().rev() {
            for at in mention.tokens.clone() {
                tokens[at].mention = sort(mention) * 2;
            }
            tokens[mention.tokens.start].mention += 1;
        }
        for (at, token) in tokens.iter_mut().enumerate() {
            read(page, at, token);
        }
        let outside = Token { form: OUTSIDE, says: page.says(OUTSIDE), ..Token::default() };
        Seen { page, tokens, outside }
    }

    /// What is seen of token `at`.
    #[inline]
    pub(in crate::quotes) fn at(&self, at: usize) -> &Token<'a> {
        &self.tokens[at]
    }

    /// What is seen beyond the sentence.
    #[inline]
    pub(super) fn outside(&self) -> &Token<'a> {
        &self.outside
    }

    /// Whether the word at `at` is used as a verb in the past or the third person, as far as its
    /// form tells.
    pub(in crate::quotes) fn may_be_finite(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let parts = [token.part / PART_KINDS as u32 % PART_KINDS as u32, token.part % PART_KINDS as u32];
        token.class as u32 >= Class::Ed as u32
            && token.part >= KNOWN_PART
            && parts.iter().any(|p| matches!(PART_NAMES[*p as usize], 'd' | 'z'))
    }
}

/// Parts of speech, in one letter each: noun, nouns, base form, past, participle, -ing form, third
/// person, adjective, adverb, other.
pub(in crate::quotes) const PART_NAMES: [char; PART_KINDS] =
    ['n', 'p', 'b', 'd', 'e', 'g', 'z', 'j', 'r', 'o'];
const PART_KINDS: usize = 10;

/// How many classes there are.
pub(super) const CLASSES: usize = Class::Word as usize + 1;

/// All [parts](Token::part) are below.
pub(super) const PARTS: usize = KNOWN_PART as usize + PART_KINDS * PART_KINDS;

/// All [mentions](Token::mention) are below.
pub(super) const MENTIONS: usize = 16;

/// From here on a part is that of a word that was seen in training.
const KNOWN_PART: u32 = 200;

/// The longest ending that tells how a word unseen in training is used, in characters.
pub(in crate::quotes) const LONGEST_ENDING: usize = 4;

/// The feature under which the parts of speech of a word are kept.
pub(in crate::quotes) fn part_of_word(word: &str) -> Feature {
    part_of_hash(hash(word))
}

fn part_of_hash(word: u32) -> Feature {
    Feature(mix(word, 0x776F))
}

/// The same for the last `chars` characters of a word.
pub(in crate::quotes) fn part_of_ending(word: &str, chars: usize) -> Option<Feature> {
    let from = word.char_indices().rev().nth(chars - 1)?.0;
    (from > 0).then(|| Feature(mix(hash(&word[from..]), 0x656E)))
}

/// What the first part of speech is kept as: no less, or its row would be left out as saying nothing.
const FIRST_PART: u32 = LEAST as u32;

/// Two parts of speech as they are kept in a row.
pub(in crate::quotes) fn row_of_parts(first: usize, second: usize) -> Row {
    [first, second].map(|part| (FIRST_PART + part as u32) as f32 * UNIT)
}

/// The parts of speech a word with this hash is used as, most often the first; and whether it was seen in
/// training.
pub(in crate::quotes) fn parts(word: &str, hash: u32, weights: &Weights) -> (Option<u32>, bool) {
    let known = |feature: Feature| {
        let [first, second] = weights.packed_row(feature).map(|part| part.max(0) as u32);
        // A table from elsewhere may say what it likes.
        let kind = |part: u32| part.saturating_sub(FIRST_PART).min(PART_KINDS as u32 - 1);
        (first > 0).then(|| KNOWN_PART + kind(first) * PART_KINDS as u32 + kind(second))
    };
    let trained = weights.packed_row(part_of_hash(hash))[0] > 0;
    let by_ending = || (2..=LONGEST_ENDING).rev().find_map(|chars| known(part_of_ending(word, chars)?));
    (known(part_of_hash(hash)).or_else(by_ending), trained)
}

fn read<'a>(page: &Page<'a>, at: usize, token: &mut Token<'a>) {
    let named = (NAME * 2..NATION * 2 + 2).contains(&token.mention);
    let spelling = page.spelling(at);
    let known = || spelling.is_trained || spelling.known.is_cue() || spelling.known.role.is_some();
    token.class = class(page, at, || named || !known());
    let open = token.class as u32 >= Class::Cue as u32;
    let part = if open { spelling.parts } else { None };
    token.part = part.unwrap_or(token.class as u32);
    token.form = form(page, at, spelling, token.class);
    token.says = if token.form == spelling.hash { Some(&spelling.says) } else { page.says(token.form) };
}

/// The form of what is beyond the sentence.
const OUTSIDE: u32 = 11;

/// The sorts of mentions that are names.
const NAME: u32 = 1;
const NATION: u32 = 3;

fn sort(mention: &Mention) -> u32 {
    match mention.sort {
        Sort::Name => NAME,
        Sort::Body => 2,
        Sort::Nation => NATION,
        Sort::Role(_) => 4,
        Sort::BodyNoun => 5,
        Sort::Document => 6,
        Sort::Pronoun => 7,
    }
}

/// The word; of a quoted segment how it ends, how it begins and whether it is short.
fn form(page: &Page, at: usize, spelling: &Spelling, class: Class) -> u32 {
    let token = &page.segmented.tokens[at];
    match token.kind {
        TokenKind::Quoted(index) => {
            let segment = &page.segmented.quoted[index as usize];
            let inner = page.text.slice(segment.inner).trim_end();
            let last = if segment.ends_with_comma(page.text) { Some(',') } else { inner.chars().next_back() };
            let end = last.filter(|c| matches!(c, ',' | '.' | '?' | '!' | '—' | '-'));
            let words = inner.split_whitespace().take(4).count() as u32;
            mix(mix(1, end.map_or(0, u32::from)), words * 2 + u32::from(token.capital))
        }
        TokenKind::Number => 2,
        TokenKind::Clitic => 3,
        TokenKind::Word if class == Class::Capital || token.capital && !token.initial => 4 + spelling.capital,
        TokenKind::Punct | TokenKind::Word => spelling.hash,
    }
}

/// What kind of word with a capital; of any other nothing.
pub(in crate::quotes) fn kind_of_capital(word: &str, lower: &str, nation: bool, body_word: bool) -> u32 {
    if !word.starts_with(char::is_uppercase) {
        0
    } else if is_day(lower) {
        1
    } else if nation {
        2
    } else if lexicon::title(std::iter::once(word)).is_some() {
        3
    } else if body_word {
        4
    } else if word.len() > 2 && !word.contains(char::is_lowercase) {
        5
    } else {
        0
    }
}

/// The class of a token; `name` tells whether the first word of a sentence has its capital elsewhere
/// too.
fn class(page: &Page, at: usize, name: impl Fn() -> bool) -> Class {
    match page.segmented.tokens[at].kind {
        TokenKind::Quoted(_) => Class::Quoted,
        TokenKind::Number => Class::Number,
        TokenKind::Clitic => Class::Clitic,
        TokenKind::Punct => class_of_mark(page.word(at)),
        TokenKind::Word => {
            let token = &page.segmented.tokens[at];
            let spelling = page.spelling(at);
            spelling.little.unwrap_or_else(|| match token.capital && (!token.initial || name()) {
                true => Class::Capital,
                false => spelling.class,
            })
        }
    }
}

fn class_of_mark(mark: &str) -> Class {
    match mark {
        "," => Class::Comma,
        "." | "!" | "?" => Class::Stop,
        ":" => Class::Colon,
        ";" => Class::Semicolon,
        "(" | "[" => Class::Opening,
        ")" | "]" => Class::Closing,
        _ if mark.starts_with(['-', '–', '—', '―']) => Class::Dash,
        _ => Class::Mark,
    }
}

/// The class of a word that holds sentences together; lower case.
pub(in crate::quotes) fn class_of_little_word(word: &str, uses: Uses) -> Option<Class> {
    Some(match word {
        "that" => Class::That,
        "to" => Class::To,
        "and" | "or" | "but" => Class::And,
        "who" | "which" | "whose" | "whom" => Class::Relative,
        "you" | "there" => Class::Pronoun,
        _ if uses == Uses::default() => return None,
        _ if uses.has(Use::Speaks) => Class::Pronoun,
        _ if uses.has(Use::Day) => Class::Day,
        _ if uses.has(Use::Determiner) => Class::Determiner,
        _ if uses.has(Use::Auxiliary) => Class::Auxiliary,
        _ if uses.has(Use::Preposition) => Class::Preposition,
        _ if uses.has(Use::Clause) => Class::Boundary,
        _ => return None,
    })
}

/// The class of any other word; lower case.
pub(in crate::quotes) fn class_of_word(word: &str, known: &Known) -> Class {
    if known.is_cue() {
        Class::Cue
    } else if known.role.is_some() {
        Class::Role
    } else if known.body_noun.is_some() {
        Class::Body
    } else if known.uses.has(Use::BeforeVerb) || is_adverb(word) {
        Class::Adverb
    } else if word.ends_with("ed") {
        Class::Ed
    } else if word.ends_with("ing") {
        Class::Ing
    } else if word.ends_with('s') {
        Class::S
    } else {
        Class::Word
    }
}
