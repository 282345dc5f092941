//! How a phrase begins: `quotes by`, `what did X say`, `X denied`.

use crate::lexicon;
use crate::query::ast::{Expr, Field, Match, Sort, Unit};
use crate::query::natural::{MENTIONING, Opening, Part, Phrase, WHEN, by};

impl Phrase<'_> {
    pub(super) fn opening(&self) -> Option<Opening> {
        let opening = |unit, first, from| Opening { unit, first, from, more: None, sort: None };
        let (first, second, third) = (self.word(0), self.word(1), self.word(2));
        match (first.as_str(), second.as_str()) {
            ("quotes" | "quotations", "by") => Some(opening(Unit::Quotes, Part::By, 2)),
            ("quotes" | "quotations", _) if self.has_subject() => Some(opening(Unit::Quotes, Part::Words, 2)),
            ("articles", _) if self.has_subject() => Some(opening(Unit::Articles, Part::Words, 2)),
            ("quotes" | "quotations" | "articles", "in" | "from")
            | ("quotes" | "quotations" | "articles", _)
                if self.is(1, &["in", "from"]) || self.is(1, WHEN) || self.date_at(1).is_some() =>
            {
                let unit = if first == "articles" { Unit::Articles } else { Unit::Quotes };
                Some(opening(unit, Part::Words, 1)).filter(|_| self.starts_part(1, Part::Words).is_some())
            }
            ("what", "did" | "does" | "has" | "have") if self.says() => {
                Some(opening(Unit::Quotes, Part::By, 2))
            }
            ("what", "did" | "does" | "has" | "have") => self.asked_claim(),
            ("who", "talked" | "talks" | "spoke" | "speaks") if self.is(2, &["about", "of"]) => {
                Some(opening(Unit::Quotes, Part::Words, 3))
            }
            ("who", "said" | "says" | "mentioned" | "mentions") => {
                Some(opening(Unit::Quotes, Part::Words, 2))
            }
            ("when", "did") if self.says() => {
                Some(Opening { sort: Some(Sort::Oldest), ..opening(Unit::Quotes, Part::By, 2) })
            }
            _ if third.is_empty() && second.is_empty() => None,
            _ => self.asked().or_else(|| self.claim()),
        }
    }

    /// Whether a subject follows the first word: `on tolls`, `on Sunday trading`, not `on Sunday` alone.
    fn has_subject(&self) -> bool {
        let is_date = self.date_at(1).is_some_and(|(_, taken)| 1 + taken == self.tokens.len());
        self.is(1, MENTIONING) && !is_date
    }

    /// Whether a question goes on to somebody's saying: `what did it cost` does not.
    fn says(&self) -> bool {
        (3..self.tokens.len()).any(|at| self.is(at, &["say", "said", "says", "mention", "mentioned"]))
    }

    /// `what did X deny`: the cue asked for, behind a name.
    fn asked_claim(&self) -> Option<Opening> {
        let (verb, lemma) =
            (3..self.tokens.len()).find_map(|at| claim_asked(&self.word(at)).map(|lemma| (at, lemma)))?;
        self.text(2..verb).filter(|name| self.known.speaker(name))?;
        let opening = Opening { unit: Unit::Quotes, first: Part::By, from: 2, more: None, sort: None };
        Some(Opening { more: Some(cue(lemma)), ..opening })
    }

    /// `X denied Y`, where somebody is known by the name X; `who denied Y`.
    fn claim(&self) -> Option<Opening> {
        let (verb, lemma) =
            (1..self.tokens.len().min(5)).find_map(|at| claimed(&self.word(at)).map(|lemma| (at, lemma)))?;
        let more = if verb == 1 && self.is(0, &["who"]) {
            cue(lemma)
        } else {
            let name = self.text(0..verb).filter(|name| self.known.speaker(name))?;
            Expr::all(vec![by(&name), cue(lemma)])
        };
        Some(Opening { unit: Unit::Quotes, first: Part::Words, from: verb + 1, more: Some(more), sort: None })
    }
}

/// Verbs of a phrase like "X denied Y"; those that name a class of cues stand for all of it.
const CLAIMS: &[&str] = &[
    "deny", "claim", "promise", "warn", "accuse", "ask", "write", "admit", "announce", "insist", "pledge",
    "vow", "reject", "allege",
];

/// The dictionary form of a finite verb of such a phrase: `denied`, `denies`; not `deny`, `denying`.
pub(super) fn claimed(word: &str) -> Option<&'static str> {
    let lemma = &lexicon::cue(word)?.lemma;
    let finite = word.ends_with(['d', 's']) || word == "wrote";
    CLAIMS.iter().copied().find(|claim| finite && claim == lemma)
}

/// The same of an infinitive ("what did X deny") or a participle ("what has X denied").
pub(super) fn claim_asked(word: &str) -> Option<&'static str> {
    let participle = if word == "written" { Some("write") } else { claimed(word) };
    CLAIMS.iter().copied().find(|claim| *claim == word).or(participle)
}

pub(super) fn cue(lemma: &str) -> Expr {
    Expr::Leaf(Field::Cue, Match::Word(lemma.to_owned()))
}
