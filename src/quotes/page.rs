use super::Cue;
use super::grammar::{is_adverb, is_before_verb, is_subject_pronoun, makes_noun};
use super::sayings::forms::Says;
use super::segment::{Segmented, Token, TokenKind};
use super::vocabulary::{Met, Spelling, Vocabulary};
use crate::lexicon;
use crate::lexicon::{CueWord, Known, Use, Uses};
use crate::text::{Span, Text};
use std::ops::Range;

/// A segmented text with its words in lower case: what the patterns read.
pub(super) struct Page<'a> {
    pub text: &'a Text,
    pub segmented: &'a Segmented,
    /// Of every token.
    spellings: Vec<&'a Spelling>,
    vocabulary: &'a Vocabulary,
}

/// The longest dateline, in tokens.
const LONGEST_DATELINE: usize = 14;

/// A cue where it stands: its tokens and its entry in the lexicon.
#[derive(Clone, Debug)]
pub(super) struct CueAt {
    /// Its tokens: one, or two for "pointed out" and "according to".
    pub tokens: Range<usize>,
    /// What the lexicon says of it.
    pub word: &'static CueWord,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a Text, segmented: &'a Segmented, vocabulary: &'a mut Vocabulary) -> Page<'a> {
        vocabulary.begin_page();
        let mut number = |token: &Token| match token.kind {
            TokenKind::Quoted(_) => vocabulary.number_of_any("“”"),
            // Numbers are as good as endless, and all say the same.
            TokenKind::Number if is_figures(text.slice(token.span)) => vocabulary.number_of_any("0"),
            _ => vocabulary.number_at(text, token.span),
        };
        let numbers: Vec<u32> = segmented.tokens.iter().map(&mut number).collect();
        let vocabulary = &*vocabulary;
        let spellings = numbers.into_iter().map(|number| vocabulary.spelling(number)).collect();
        Page { text, segmented, spellings, vocabulary }
    }

    /// Remembers how the word at `at` was met.
    pub(super) fn meet(&self, at: usize, how: Met) {
        self.vocabulary.meet(self.spelling(at), how);
    }

    /// Whether the word at `at` was met so anywhere on the page.
    pub(super) fn is_met(&self, at: usize, how: Met) -> bool {
        self.vocabulary.is_met(self.spelling(at), how)
    }

    /// Whether it was met in small letters, however it is spelled here.
    pub(super) fn is_met_small(&self, at: usize) -> bool {
        self.vocabulary.is_any_met(self.word(at), Met::Small)
    }

    /// Whether this word was met as a name.
    pub(super) fn is_name(&self, word: &str) -> bool {
        self.vocabulary.is_any_met(word, Met::Name)
    }

    /// The word at `at`; of a quoted segment its marks, past the end nothing.
    #[inline]
    pub(super) fn spelling(&self, at: usize) -> &'a Spelling {
        self.spellings.get(at).copied().unwrap_or_else(|| self.vocabulary.nothing())
    }

    /// The word at `at` in lower case; empty past the end.
    #[inline]
    pub(super) fn word(&self, at: usize) -> &'a str {
        &self.spelling(at).lower
    }

    /// The word at `at` as names are compared: of figures and of words in marks the text itself.
    pub(super) fn folded(&self, at: usize) -> &'a str {
        let token = &self.segmented.tokens[at];
        let text = self.text.slice(token.span);
        match token.kind {
            TokenKind::Quoted(_) => text,
            TokenKind::Number if is_figures(text) => text,
            _ => self.spelling(at).folded(),
        }
    }

    /// What a form says by itself that is that of no word, where it is kept.
    pub(super) fn says(&self, form: u32) -> Option<&'a Says> {
        self.vocabulary.says(form)
    }

    /// What the lexicon says of the word at `at`; nothing past the end.
    #[inline]
    pub(super) fn known(&self, at: usize) -> &'static Known {
        self.spelling(at).known
    }

    /// What the word at `at` is used as, if it is one of the little words.
    #[inline]
    pub(super) fn uses(&self, at: usize) -> Uses {
        self.known(at).uses
    }

    /// The quoted segment that token `at` is.
    pub(super) fn quoted(&self, at: usize) -> Option<u32> {
        match self.segmented.tokens.get(at)?.kind {
            TokenKind::Quoted(index) => Some(index),
            _ => None,
        }
    }

    pub(super) fn is_punct(&self, at: usize) -> bool {
        self.segmented.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Punct)
    }

    pub(super) fn is_clitic(&self, at: usize) -> bool {
        self.segmented.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Clitic)
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.segmented.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.segmented.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.segmented.tokens.get(at).is_some_and(|t| t.capital && t.kind == TokenKind::Word)
    }

    /// A word without a small letter; "4CAST" too.
    pub(super) fn is_in_capitals(&self, at: usize) -> bool {
        let counts = |t: &&Token| matches!(t.kind, TokenKind::Word | TokenKind::Number);
        let token = self.segmented.tokens.get(at).filter(counts);
        token.is_some_and(|t| !self.text.slice(t.span).contains(char::is_lowercase))
    }

    /// What of the tokens comes after the last stop among them.
    pub(super) fn after_stop(&self, tokens: Range<usize>) -> Range<usize> {
        let stop = tokens.clone().rev().find(|&i| self.is_stop(i));
        stop.map_or(tokens.start, |i| i + 1)..tokens.end
    }

    /// Whether token `at` ends a sentence.
    pub(super) fn is_stop(&self, at: usize) -> bool {
        self.is_punct(at) && (self.word(at).starts_with(['.', '!', '?']) || self.word(at) == "…")
    }

    /// The words in marks end with this kind of character, inside or right behind the marks.
    pub(super) fn quoted_ends_with(&self, at: usize, ends: &[char]) -> bool {
        self.quoted(at).is_some_and(|index| {
            let segment = &self.segmented.quoted[index as usize];
            let inner = self.text.slice(segment.inner).trim_end();
            inner.trim_end_matches(['\'', '’', '"', '”']).ends_with(ends)
                || ends.contains(&',') && segment.ends_with_comma(self.text)
        })
    }

    /// Where a sentence begins after its dateline: "BRILL, May 3 (Gazette) - The bridge …".
    pub(super) fn after_dateline(&self, sentence: &Range<usize>) -> usize {
        let first = &self.segmented.tokens[sentence.start];
        let place = self.text.slice(first.span);
        let in_capitals = place.len() > 2 && place.chars().all(|c| c.is_uppercase() || c == '.');
        let head = sentence.start..sentence.end.min(sentence.start + LONGEST_DATELINE);
        let dash = |i: &usize| matches!(self.word(*i), "-" | "–" | "—" | "--");
        let end = head.clone().find(dash).filter(|_| in_capitals);
        end.map_or(sentence.start, |dash| dash + 1)
    }

    /// From the first to the last of the tokens.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Span {
        let all = &self.segmented.tokens[tokens.clone()];
        match (all.first(), all.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span { start: 0, end: 0 },
        }
    }

    /// A cue as it is told to others. One that is in no list goes by the word itself.
    pub(super) fn cue(&self, cue: &CueAt) -> Cue {
        let lemma = if cue.word.lemma.is_empty() { self.word(cue.tokens.start) } else { &cue.word.lemma };
        Cue { span: self.span(&cue.tokens), lemma: lemma.to_owned() }
    }

    /// The cue that begins at token `at`, if one does: not a noun, not part of a name, not denied.
    pub(super) fn cue_at(&self, at: usize, sentence: &Range<usize>) -> Option<CueAt> {
        if !self.spelling(at).may_report || !self.is_word(at) {
            return None;
        }
        let found = self.known(at).cues;
        let fits = |cue: &&CueWord| {
            cue.rest.iter().enumerate().all(|(n, w)| at + 1 + n < sentence.end && self.word(at + 1 + n) == w)
        };
        let Some(word) = found.iter().find(fits) else { return self.unlisted_cue_at(at, sentence) };
        let token = &self.segmented.tokens[at];
        if token.capital && !token.initial && !self.word(at).ends_with("ing") && word.rest.is_empty() {
            return None;
        }
        let cue = CueAt { tokens: at..at + 1 + word.rest.len(), word };
        (word.lemma == "according to" || self.is_verb(at, sentence.start)).then_some(cue)
    }

    /// A verb that is not in the lexicon, where only a verb of saying stands: a regular past right
    /// before “: “Q””, between “Q,” and a name, or after both and at the end of its clause.
    fn unlisted_cue_at(&self, at: usize, sentence: &Range<usize>) -> Option<CueAt> {
        let word = self.word(at);
        let past = may_be_unlisted_cue(word) && !self.is_capital(at) && at > sentence.start;
        let inverted = past && self.quoted_ends_with(at - 1, &[',', '?', '!']) && self.is_capital(at + 1);
        if inverted {
            return Some(CueAt { tokens: at..at + 1, word: lexicon::unlisted_cue() });
        }
        if !past || !(self.is_capital(at - 1) || self.uses(at - 1).has(Use::Subject)) {
            return None;
        }
        let introduces = matches!(self.word(at + 1), ":" | ",") && self.quoted(at + 1 + 1).is_some();
        let closes = at + 1 >= sentence.end || self.is_punct(at + 1);
        let follows = (sentence.start..at).rev().take(6).any(|i| self.quoted_ends_with(i, &[',', '?', '!']));
        (introduces || closes && follows).then(|| CueAt { tokens: at..at + 1, word: lexicon::unlisted_cue() })
    }

    /// Whether the cue form at `at` is used as a verb of its sentence.
    fn is_verb(&self, at: usize, start: usize) -> bool {
        if at == start {
            return self.word(at).ends_with("ing") || self.word(at).ends_with("ed");
        }
        if self.segmented.tokens[at - 1].kind == TokenKind::Number && self.is_word(at + 1) {
            return matches!(self.word(at + 1), "that" | "to");
        }
        let before = self.word(at - 1);
        if matches!(before, "to" | "'s" | "’s" | "n't" | "not" | "don't" | "didn't" | "doesn't" | "won't") {
            let went_on = at >= start + 3 && before == "to" && self.word(at - 2) == "on";
            let named = at >= start + 2 && self.is_capital(at - 2) && !self.uses(at - 2).has(Use::Subject);
            if self.is_clitic(at - 1) && named && matches!(self.word(at), "said" | "says") {
                return self.word(at + 1) != "to";
            }
            let ed_or_ing =
                self.word(at).ends_with("ing") || (self.word(at).ends_with("ed") && before.ends_with('s'));
            return went_on || ed_or_ing;
        }
        if is_plural_noun(self.word(at)) {
            let introduces = matches!(self.word(at + 1), "that" | ":") || self.quoted(at + 1).is_some();
            let subject = self.is_capital(at - 1) || is_subject_pronoun(before) || before == "who";
            return !makes_noun(before) && (introduces || subject);
        }
        let past =
            self.word(at).ends_with("ed") || matches!(self.word(at), "said" | "told" | "wrote" | "says");
        past || self.word(at).ends_with("ing") || !makes_noun(before) && self.agrees(at)
    }

    /// Whether a form like "report" or "claim" has a subject in the plural, or an auxiliary.
    fn agrees(&self, at: usize) -> bool {
        let base = !self.word(at).ends_with('s')
            && lexicon::cue(self.word(at)).is_some_and(|c| c.lemma == self.word(at));
        let before = self.word(at - 1);
        !base
            || matches!(self.word(at), "read" | "put" | "hit")
            || before.ends_with('s')
            || before == ")"
            || before == ","
            || self.quoted(at - 1).is_some()
            || is_before_verb(before)
            || matches!(
                before,
                "i" | "you"
                    | "we"
                    | "they"
                    | "who"
                    | "that"
                    | "people"
                    | "police"
                    | "men"
                    | "women"
                    | "some"
                    | "others"
                    | "many"
                    | "and"
                    | "percent"
                    | "media"
            )
    }

    /// The first token left of `at` that is no adverb or auxiliary, not before `start`.
    pub(super) fn left_of_verb(&self, at: usize, start: usize) -> Option<usize> {
        let adverb = |i: usize| self.known(i).uses.has(Use::BeforeVerb) || is_adverb(self.word(i));
        let on_a_day = |i: usize| matches!(self.word(i), "on" | "in" | "at") && adverb(i + 1) && i + 1 < at;
        (start..at).rev().find(|&i| !(self.is_word(i) && (adverb(i) || on_a_day(i))))
    }
}

/// Whether a word may be a verb in the past; lower case.
pub(super) fn may_be_unlisted_cue(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed")
}

/// Whether a number is written in figures alone.
fn is_figures(number: &str) -> bool {
    number.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii())
}

/// Verb forms that are as often a noun in the plural.
fn is_plural_noun(word: &str) -> bool {
    matches!(
        word,
        "states"
            | "attacks"
            | "comments"
            | "claims"
            | "calls"
            | "reports"
            | "offers"
            | "charges"
            | "demands"
            | "answers"
            | "posts"
            | "texts"
            | "remarks"
            | "mentions"
            | "labels"
            | "brands"
            | "estimates"
            | "hopes"
            | "fears"
            | "worries"
            | "promises"
            | "notes"
            | "quotes"
            | "shows"
    )
}
