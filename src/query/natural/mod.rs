//! Phrases a person would type, read by fixed patterns. A query that begins with none of them is left
//! to the language.

mod asked;
mod holding;
mod opening;
mod when;
mod who;

use crate::query::ast::{Expr, Field, Match, Sort, Unit};
use crate::query::dates;
use crate::query::error::QueryError;
use crate::query::known::Known;
use crate::query::lexer::{Token, What};
use crate::query::natural::opening::claim_asked;
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
    let (tokens, sort) = asked::trimmed(tokens);
    let phrase = Phrase { tokens, end, known };
    if let Some(natural) = phrase.holding() {
        return Some(Ok(natural));
    }
    let opening = phrase.opening()?;
    Some(phrase.finish(Opening { sort: sort.or(opening.sort), ..opening }))
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

#[derive(Clone, Copy)]
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
/// Words that say nothing about the subject when a part begins with them.
const FILLERS: &[&str] = &["the", "a", "an", "that", "of", "to", "any", "some", "his", "her", "their"];

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

    /// Whether the subject follows this word: `on tolls`, not `on Monday`.
    fn announces(&self, at: usize) -> bool {
        self.is(at, MENTIONING) && self.date_at(at).is_none()
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
        let ends = |at: &usize| {
            self.starts_part(*at, part).is_some() || part == Part::By && *at > from && self.ends_name(*at)
        };
        let end = (from..self.tokens.len()).find(ends).unwrap_or(self.tokens.len());
        let expr = if part == Part::By { self.names(from..end)? } else { self.words(from..end)? };
        Ok((expr, end))
    }

    /// The part that begins at `at`, seen from within a part, and where its words begin: a date or
    /// outlet is read with the word that begins it, the other words only announce.
    fn starts_part(&self, at: usize, within: Part) -> Option<(Part, usize)> {
        let words =
            || Some((Part::Words, at + 1 + usize::from(!self.is(at, MENTIONING) && self.announces(at + 1))));
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
            let ends = (at + 2..self.tokens.len()).find(|next| self.ends_name(*next));
            let name = self.text(at + 1..ends.unwrap_or(self.tokens.len()));
            let meant = name.is_some_and(|n| n.starts_with(char::is_uppercase) || self.known.speaker(&n));
            return meant.then_some((Part::By, at + 1));
        }
        // Behind a date the subject may begin anew.
        if within != Part::By && self.is(at, &["mentioning", "about", "saying"]) { words() } else { None }
    }

    /// Whether no name goes on here: with a field, a word to be left out, words in marks behind the name.
    fn ends_name(&self, at: usize) -> bool {
        match &self.tokens[at].what {
            What::Word(_) | What::Or | What::And => false,
            What::Phrase(_, 0) => !self.parts_names(at - 1) && !self.is_listed(at - 1),
            _ => true,
        }
    }

    /// Whether a word stands between two names.
    fn parts_names(&self, at: usize) -> bool {
        self.is(at, &["or", "and"]) || matches!(self.tokens[at].what, What::Or | What::And)
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
        words.retain(|word| !word.is_empty());
        let text = words.join(" ");
        text.contains(char::is_alphanumeric).then_some(text)
    }

    fn unfinished(&self, part: Part) -> QueryError {
        let (message, hint) = match part {
            Part::By => {
                ("a name is missing here", "such as: quotes by Marsh, quotes by \"Ellen Marsh\" or Oduya")
            }
            // A date or an outlet is never announced: it is read with its word, or that is a word as others.
            Part::Words | Part::When => {
                ("here it should say what was said", "such as: quotes by Marsh mentioning the bridge")
            }
        };
        QueryError::new(self.end..self.end + 1, message).hint(hint)
    }
}

/// Words that announce what was said in "what did X say about Y".
const SAYING: &[&str] = &["say", "said", "says", "mention", "mentions", "mentioned", "first", "ever"];

/// Who said it: a known form of the name, or the very words behind `=`.
fn by(name: &str) -> Expr {
    let literal = name.strip_prefix('=').filter(|words| words.contains(char::is_alphanumeric));
    let sought =
        literal.map_or_else(|| Match::Word(name.to_owned()), |words| Match::Literal(words.trim().to_owned()));
    Expr::Leaf(Field::By, sought)
}
