//! Phrases a person would type, read by fixed patterns. A query that begins with none of them is left
//! to the language.

use crate::article::{Date, DateRange};
use crate::lexicon;
use crate::query::ast::{Expr, Field, Match, Sort, Unit};
use crate::query::dates;
use crate::query::error::QueryError;
use crate::query::known::Known;
use crate::query::lexer::{Token, What};
use crate::query::parser;
use std::ops::Range;

/// A phrase as it was understood.
pub(super) struct Natural {
    pub unit: Unit,
    pub expr: Expr,
    pub sort: Option<Sort>,
}

/// Reads a phrase; None where the query begins with none.
pub(super) fn read(tokens: &[Token], end: usize, known: &dyn Known) -> Option<Result<Natural, QueryError>> {
    let phrase = Phrase { tokens, end, known };
    let opening = phrase.opening()?;
    Some(phrase.finish(opening))
}

/// Whether a query that begins with this word may be read as a phrase, or as one with a head.
pub(super) fn opens(word: &str) -> bool {
    let word = word.to_lowercase();
    ["quotes", "quotations", "articles", "what", "who", "when"].contains(&word.trim_end_matches(['?', ',']))
}

/// Whether this word, right behind a head, may begin the part of a phrase.
pub(super) fn goes_on(word: &str) -> bool {
    let word = word.to_lowercase();
    let word = word.trim_end_matches(['?', ',']);
    let dated = word.starts_with(|c: char| c.is_ascii_digit()) || dates::is_month(word);
    dated || ["by", "in", "from"].contains(&word) || MENTIONING.contains(&word) || WHEN.contains(&word)
}

/// How a phrase begins: what it answers with, and where its parts lie.
struct Opening {
    unit: Unit,
    /// The first part, whose word (`by`, `about` …) may be left out in the phrase.
    first: Part,
    /// Where the first part's words begin.
    from: usize,
    /// A condition the opening itself states (the cue of "X denied …").
    more: Option<Expr>,
    sort: Option<Sort>,
}

/// What a part of a phrase says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Who said it.
    By,
    /// What was said.
    Words,
    /// A date or an outlet: `since 2015`, `in The Harbour Gazette`.
    When,
}

struct Phrase<'a> {
    tokens: &'a [Token],
    end: usize,
    known: &'a dyn Known,
}

/// Words that begin a part about what was said.
const MENTIONING: &[&str] = &["mentioning", "about", "on", "saying", "regarding", "concerning"];
/// Words that begin a date.
const WHEN: &[&str] =
    &["since", "before", "after", "until", "between", "during", "last", "past", "yesterday", "today", "this"];
/// Words before a date.
const DATING: &[&str] = &["since", "before", "after", "until", "between", "during", "in"];
/// Words a misspelt one behind a name may stand for.
const ANNOUNCING: &[&str] = &[
    "mentioning",
    "about",
    "saying",
    "regarding",
    "concerning",
    "since",
    "before",
    "after",
    "until",
    "between",
    "during",
];
/// Words that say nothing about the subject when a part begins with them.
const FILLERS: &[&str] = &["the", "a", "an", "that", "of", "to", "any", "some", "his", "her", "their"];
/// Verbs of a phrase like "X denied Y"; those that name a class of cues stand for all of it.
const CLAIMS: &[&str] = &[
    "deny", "claim", "promise", "warn", "accuse", "ask", "write", "admit", "announce", "insist", "pledge",
    "vow", "reject", "allege",
];

/// The dictionary form of a finite verb of such a phrase: `denied`, `denies`; not `deny`, `denying`.
fn claimed(word: &str) -> Option<&'static str> {
    let lemma = &lexicon::cue(word)?.lemma;
    let finite = word.ends_with(['d', 's']) || word == "wrote";
    CLAIMS.iter().copied().find(|claim| finite && claim == lemma)
}

/// The same of an infinitive ("what did X deny") or a participle ("what has X denied").
fn claim_asked(word: &str) -> Option<&'static str> {
    let participle = if word == "written" { Some("write") } else { claimed(word) };
    CLAIMS.iter().copied().find(|claim| *claim == word).or(participle)
}

fn cue(lemma: &str) -> Expr {
    Expr::Leaf(Field::Cue, Match::Word(lemma.to_owned()))
}

impl Phrase<'_> {
    /// The word at `at` in small letters; empty where there is none.
    fn word(&self, at: usize) -> String {
        match self.tokens.get(at).map(|t| &t.what) {
            Some(What::Word(word)) => word.trim_end_matches(['?', ',']).to_lowercase(),
            _ => String::new(),
        }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at).as_str())
    }

    fn opening(&self) -> Option<Opening> {
        let opening = |unit, first, from| Opening { unit, first, from, more: None, sort: None };
        let (first, second, third) = (self.word(0), self.word(1), self.word(2));
        match (first.as_str(), second.as_str()) {
            ("quotes" | "quotations", "by") => Some(opening(Unit::Quotes, Part::By, 2)),
            ("quotes" | "quotations", m) if MENTIONING.contains(&m) => {
                Some(opening(Unit::Quotes, Part::Words, 2))
            }
            ("articles", m) if MENTIONING.contains(&m) => Some(opening(Unit::Articles, Part::Words, 2)),
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
            _ => self.claim(),
        }
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

    /// Reads the parts one after another, and puts them together.
    fn finish(&self, opening: Opening) -> Result<Natural, QueryError> {
        let mut conditions: Vec<Expr> = opening.more.into_iter().collect();
        let (mut part, mut from) = (opening.first, opening.from);
        loop {
            if from >= self.tokens.len() && self.announced(from) {
                return Err(self.unfinished(part));
            }
            let (expr, end) = self.part(part, from)?;
            conditions.push(expr);
            if end >= self.tokens.len() {
                break;
            }
            // Behind a date or an outlet the subject goes on.
            (part, from) = self.starts_part(end, part).unwrap_or((Part::Words, end));
        }
        Ok(Natural { unit: opening.unit, expr: Expr::all(conditions), sort: opening.sort })
    }

    /// Whether the word before `at` announces something: "quotes by", "… about".
    fn announced(&self, at: usize) -> bool {
        let last = at.saturating_sub(1);
        self.is(last, MENTIONING) || self.is(last, &["by"]) || (self.is(0, &["who"]) && at <= 2)
    }

    /// The condition of the part whose words begin at `from`, and where they end.
    fn part(&self, part: Part, from: usize) -> Result<(Expr, usize), QueryError> {
        if part == Part::When {
            return self.when_or_where(from).map(|(expr, taken)| (expr, from + taken));
        }
        let end = (from..self.tokens.len()).find(|at| self.starts_part(*at, part).is_some());
        let end = end.unwrap_or(self.tokens.len());
        let expr = if part == Part::By { self.names(from..end)? } else { self.words(from..end)? };
        Ok((expr, end))
    }

    /// The part that begins at `at`, seen from within a part, and where its words begin: a date or
    /// outlet is read with the word that begins it, the other words only announce.
    fn starts_part(&self, at: usize, within: Part) -> Option<(Part, usize)> {
        let words = || {
            Some((Part::Words, at + 1 + usize::from(!self.is(at, MENTIONING) && self.is(at + 1, MENTIONING))))
        };
        if self.is(at, &["on"]) && self.date_at(at).is_some() {
            return Some((Part::When, at));
        }
        if self.is(at, &["in", "from"]) || self.is(at, WHEN) {
            let meant = self.when_or_where(at).is_ok() || self.misdated(at, within);
            return meant.then_some((Part::When, at));
        }
        let claim = || claim_asked(&self.word(at)).is_some() && self.is(0, &["what"]);
        if within == Part::By && (self.is(at, MENTIONING) || self.is(at, SAYING) || claim()) {
            return words();
        }
        if within == Part::Words && self.is(at, &["by"]) && self.tokens.len() > at + 1 {
            let name = self.text(at + 1..self.tokens.len());
            let meant = name.is_some_and(|n| n.starts_with(char::is_uppercase) || self.known.speaker(&n));
            return meant.then_some((Part::By, at + 1));
        }
        // Behind a date the subject may begin anew.
        if within != Part::By && self.is(at, &["mentioning", "about", "saying"]) { words() } else { None }
    }

    /// Whether a date was meant at `at` that is none: `since 2016-13`, `in March` without a year.
    fn misdated(&self, at: usize, within: Part) -> bool {
        let next = self.word(at + 1);
        let digits = next.len() >= 4 && next.starts_with(|c: char| c.is_ascii_digit());
        // "the bridge in May" may be words; behind a name it can only be a date.
        let month = dates::is_month(&next) && (within == Part::By || !self.is(at, &["in", "from"]));
        self.is(at, DATING) && (digits || month)
    }

    /// `X`, `X or Z`: whoever is known by the whole is not taken apart.
    fn names(&self, range: Range<usize>) -> Result<Expr, QueryError> {
        let missing = self.unfinished(Part::By);
        if let Some(whole) = self.text(range.clone()).filter(|whole| self.known.speaker(whole)) {
            return Ok(by(&whole));
        }
        self.misspelt(range.clone())?;
        let mut names = Vec::new();
        let mut from = range.start;
        for at in range.clone().chain([range.end]) {
            let parts = at == range.end
                || self.is(at, &["or", "and"])
                || matches!(self.tokens[at].what, What::Or | What::And);
            if parts {
                names.push(by(&self.text(from..at).ok_or_else(|| missing.clone())?));
                from = at + 1;
            }
        }
        Ok(Expr::any(names))
    }

    /// `Putin mentionning interference` is no name of three words.
    fn misspelt(&self, range: Range<usize>) -> Result<(), QueryError> {
        for at in range.clone().skip(1).take_while(|at| at + 1 < range.end) {
            let word = self.word(at);
            let small = self.tokens[at].word().is_some_and(|typed| typed.starts_with(&word));
            let allowed = if word.chars().count() < 7 { 1 } else { 2 };
            let near = ANNOUNCING.iter().find(|meant| strsim::osa_distance(&word, meant) <= allowed);
            if let Some(meant) = near.filter(|_| small && word.len() > 4 && !self.known.speaker(&word)) {
                let message = format!("nobody is known by a name with `{word}` in it");
                let name = self.text(range.clone()).unwrap_or_default();
                return Err(QueryError::new(self.tokens[at].span.clone(), message)
                    .hint(format!("did you mean {meant}? for the name itself type by:\"{name}\"")));
            }
        }
        Ok(())
    }

    /// What was said, in the language itself, without the words that only announce it.
    fn words(&self, range: Range<usize>) -> Result<Expr, QueryError> {
        let mut from = range.start;
        while from < range.end
            && (self.is(from, FILLERS) || self.is(from, SAYING) || self.is(from, MENTIONING))
        {
            from += 1;
        }
        if from == range.end {
            // "quotes in 2016" says nothing of words; "quotes about the" has words that say nothing.
            return if range.is_empty() { Ok(Expr::All) } else { Err(self.unfinished(Part::Words)) };
        }
        let end = self.tokens.get(range.end).map_or(self.end, |t| t.span.start);
        let mut tokens = self.tokens[from..range.end].to_vec();
        if let Some(Token { what: What::Word(word), .. }) = tokens.last_mut() {
            word.truncate(word.trim_end_matches('?').len());
        }
        tokens.retain(|t| t.what != What::Word(String::new()));
        for token in &mut tokens {
            if token.what == What::Word("or".into()) {
                token.what = What::Or;
            }
        }
        tokens.retain(|t| t.what != What::Word("and".into()));
        parser::expression(&tokens, end, self.known.today())
    }

    /// `in OUTLET`, `from OUTLET`, or a date with the word that begins it; how many tokens it takes.
    fn when_or_where(&self, at: usize) -> Result<(Expr, usize), QueryError> {
        if let Some((range, taken)) = self.date_at(at) {
            return Ok((Expr::Leaf(Field::Date, Match::Dates(range)), taken));
        }
        let longest = (at + 1..=self.tokens.len().min(at + 7)).rev();
        for to in longest {
            if let Some(name) = self.text(at + 1..to).filter(|name| self.known.outlet(name)) {
                return Ok((Expr::Leaf(Field::Outlet, Match::Word(name)), to - at));
            }
        }
        Err(self.misplaced(at))
    }

    /// A date that begins at `at` with `in`, `since` … or on its own.
    fn date_at(&self, at: usize) -> Option<(DateRange, usize)> {
        let words: Vec<String> = (at..self.tokens.len().min(at + 8)).map(|i| self.word(i)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let date = |from: usize| {
            let from = from + usize::from(words.get(from) == Some(&"the"));
            dates::words_at(words.get(from..)?, self.known.today()).map(|(r, n)| (r, from + n))
        };
        let (range, taken) = match *words.first()? {
            "from" => {
                let (from, next) = date(1)?;
                let to = ["to", "until", "till"].contains(words.get(next).unwrap_or(&""));
                let to = to.then(|| date(next + 1)).flatten();
                let ends =
                    to.and_then(|(to, taken)| Some((dates::ordered(from.first, to.last).ok()?, taken)));
                ends.unwrap_or((from, next))
            }
            "in" | "during" | "on" => date(1)?,
            "since" => date(1)
                .or_else(|| Some((dates::latest_month(words.get(1)?, self.known.today())?, 2)))
                .map(|(r, n)| (DateRange { first: r.first, last: None }, n))?,
            "after" => {
                date(1).map(|(r, n)| (DateRange { first: r.last.and_then(day_after), last: None }, n))?
            }
            "before" => {
                date(1).map(|(r, n)| (DateRange { first: None, last: r.first.map(day_before) }, n))?
            }
            "until" => date(1).map(|(r, n)| (DateRange { first: None, last: r.last }, n))?,
            "between" => {
                let (from, and) = date(1)?;
                let (to, taken) = (words.get(and) == Some(&"and")).then(|| date(and + 1)).flatten()?;
                (dates::ordered(from.first, to.last).ok()?, taken)
            }
            _ => date(0)?,
        };
        Some((range, taken))
    }

    /// The words of a range as one name; None where it is empty or holds anything but words.
    fn text(&self, range: Range<usize>) -> Option<String> {
        let tokens = self.tokens.get(range)?;
        let mut words = Vec::new();
        for token in tokens {
            match &token.what {
                What::Word(word) => words.push(word.trim_end_matches(['?', ','])),
                What::Phrase(words_in_marks, 0) => words.push(words_in_marks.trim()),
                _ => return None,
            }
        }
        let text = words.join(" ");
        text.contains(char::is_alphanumeric).then_some(text)
    }

    /// Neither a date nor an outlet.
    fn misplaced(&self, at: usize) -> QueryError {
        let span = self.tokens.get(at + 1).map_or(self.end..self.end + 1, |t| t.span.clone());
        QueryError::new(span, "this is no date, and no outlet of the archive")
            .hint("such as: in 2016, in October 2016, since 2016-10-12, between 2015 and 2017")
    }

    fn unfinished(&self, part: Part) -> QueryError {
        let (message, hint) = match part {
            Part::By => {
                ("a name is missing here", "such as: quotes by Marsh, quotes by \"Ellen Marsh\" or Oduya")
            }
            Part::Words => {
                ("here it should say what was said", "such as: quotes by Marsh mentioning the bridge")
            }
            Part::When => (
                "an outlet or a date is missing here",
                "such as: in 2016, in \"The Harbour Gazette\", since March 2017",
            ),
        };
        QueryError::new(self.end..self.end + 1, message).hint(hint)
    }
}

/// Words that announce what was said in "what did X say about Y".
const SAYING: &[&str] = &["say", "said", "says", "mention", "mentioned", "first", "ever"];

/// Who said it: a known form of the name, or the very words behind `=`.
fn by(name: &str) -> Expr {
    let literal = name.strip_prefix('=').filter(|words| words.contains(char::is_alphanumeric));
    let sought =
        literal.map_or_else(|| Match::Word(name.to_owned()), |words| Match::Literal(words.trim().to_owned()));
    Expr::Leaf(Field::By, sought)
}

fn day_before(date: Date) -> Date {
    Date::from_days(date.days() - 1)
}

fn day_after(date: Date) -> Option<Date> {
    Some(Date::from_days(date.last_day().days() + 1))
}
