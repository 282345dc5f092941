//! How a question begins that is put as to a person: `all Putin quotes on`, `who first said`, `did X say`.

use crate::query::ast::{Expr, Field, Match, Sort, Unit};
use crate::query::lexer::{Token, What};
use crate::query::natural::{Opening, Part, Phrase, by};

/// Words before a question that say nothing.
const LEADS: &[&str] =
    &["all", "any", "every", "only", "the", "show", "me", "find", "list", "give", "get", "please", "new"];
/// What is asked for.
const ASKED: &[&str] = &["quotes", "quotations", "articles", "sources"];

/// The tokens of the question itself: without `show me all`, and without the `first` of `who said "x"
/// first`, which is an order.
pub(super) fn trimmed(tokens: &[Token]) -> (&[Token], Option<Sort>) {
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or_default().to_lowercase();
    let lead = (0..tokens.len()).take_while(|at| LEADS.contains(&word(*at).as_str())).count();
    let asks = (lead..tokens.len().min(lead + 4)).any(|at| ASKED.contains(&word(at).as_str()));
    let tokens = if asks { &tokens[lead..] } else { tokens };
    match tokens {
        [who, .., Token { what: What::Phrase(..), .. }, last]
            if who.word().is_some_and(|w| w.eq_ignore_ascii_case("who"))
                && last.word().is_some_and(|w| w.trim_end_matches('?').eq_ignore_ascii_case("first")) =>
        {
            (&tokens[..tokens.len() - 1], Some(Sort::Oldest))
        }
        _ => (tokens, None),
    }
}

impl Phrase<'_> {
    /// A question put as to a person.
    pub(super) fn asked(&self) -> Option<Opening> {
        let (first, second) = (self.word(0), self.word(1));
        match (first.as_str(), second.as_str()) {
            ("who", "first") if self.is(2, SAID) => self.opened(Part::Words, 3, None, Some(Sort::Oldest)),
            ("who", "was") => {
                let at = 2 + usize::from(self.is(2, &["the"]));
                let said = self.is(at, &["first"]) && self.is(at + 1, &["to"]) && self.is(at + 2, SAID);
                said.then(|| self.opened(Part::Words, at + 3, None, Some(Sort::Oldest))).flatten()
            }
            ("how", "often") if self.is(2, ASKING) => self.speaking(3),
            ("how", "many") if self.is(2, &["times"]) && self.is(3, ASKING) => self.speaking(4),
            ("did" | "has", _) => self.speaking(1),
            ("what", "is") if self.is(2, &["new"]) => self.news(3),
            ("what's", "new") => self.news(2),
            ("latest" | "newest" | "recent", "quotes") => self.behind(2, None, Some(Sort::Newest)),
            ("first" | "earliest" | "oldest", "quotes") => self.behind(2, None, Some(Sort::Oldest)),
            ("direct" | "mixed" | "indirect", "quotes" | "quotations") => {
                self.behind(2, Some(Expr::Leaf(Field::Kind, Match::Word(first))), None)
            }
            ("unnamed" | "anonymous", "quotes" | "quotations" | "source" | "sources") => {
                self.behind(2, Some(unnamed()), None)
            }
            _ => self.possessed(),
        }
    }

    /// `Putin quotes about …`, `Putin's quotes`.
    fn possessed(&self) -> Option<Opening> {
        let at = (1..self.tokens.len().min(5)).find(|at| self.is(*at, &["quotes", "quotations"]))?;
        let name = self.text(0..at)?;
        let bare = name.trim_end_matches(['s', 'S']).strip_suffix(['\'', '’']);
        let known = |name: &&str| self.known.speaker(name);
        let name = bare.filter(known).or(Some(name.as_str()).filter(known))?;
        self.behind(at + 1, Some(by(name)), None)
    }

    /// `what is new since yesterday`; `what is new` alone says nothing of a day.
    fn news(&self, at: usize) -> Option<Opening> {
        if at < self.tokens.len() { self.behind(at, None, None) } else { None }
    }

    /// `did Putin ever say …`: somebody known, up to a verb of speaking.
    fn speaking(&self, from: usize) -> Option<Opening> {
        let verb = (from + 1..self.tokens.len()).find(|at| self.is(*at, SPEAK))?;
        let name = from..verb - usize::from(self.is(verb - 1, &["ever", "really", "actually"]));
        let names = self.text(name.clone())?;
        let all =
            names.split(" and ").flat_map(|part| part.split(" or ")).all(|name| self.known.speaker(name));
        let who = if all { self.names(name).ok()? } else { return None };
        let words = verb + 1 + usize::from(self.announces(verb + 1) || self.is(verb + 1, &["of"]));
        if words < self.tokens.len() { self.opened(Part::Words, words, Some(who), None) } else { None }
    }

    /// What may stand behind `quotes`: `by X`, `about Y`, a date, nothing.
    fn behind(&self, at: usize, more: Option<Expr>, sort: Option<Sort>) -> Option<Opening> {
        let (part, from) = if at == self.tokens.len() {
            (Part::Words, at)
        } else if self.is(at, &["by"]) {
            (Part::By, at + 1)
        } else if self.announces(at) {
            (Part::Words, at + 1)
        } else {
            self.starts_part(at, Part::Words)?
        };
        self.opened(part, from, more, sort)
    }

    fn opened(&self, first: Part, from: usize, more: Option<Expr>, sort: Option<Sort>) -> Option<Opening> {
        Some(Opening { unit: Unit::Quotes, first, from, more, sort })
    }
}

/// A source without a name.
pub(super) fn unnamed() -> Expr {
    Expr::Leaf(Field::Is, Match::Word("unnamed".to_owned()))
}

/// Whether a name is none: `unnamed sources`.
pub(super) fn is_unnamed(name: &str) -> bool {
    let name = name.to_lowercase();
    let (first, last) = name.trim_start_matches("an ").split_once(' ').unwrap_or_default();
    ["unnamed", "anonymous"].contains(&first) && ["source", "sources", "speakers"].contains(&last)
}

/// Verbs of `who first said`, `who was the first to say`.
const SAID: &[&str] = &["said", "say", "mentioned", "mention", "used", "use"];
/// Verbs of `did X say`, `how often did X speak about`.
const SPEAK: &[&str] = &["say", "said", "mention", "mentioned", "speak", "spoken", "talk", "talked"];
/// Verbs that put a question.
const ASKING: &[&str] = &["did", "do", "does", "has", "have"];
