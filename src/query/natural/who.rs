//! Who said it, in a phrase: `X`, `X or Z`, `X, Y and Z`.

use crate::lexicon;
use crate::query::ast::Expr;
use crate::query::error::QueryError;
use crate::query::lexer::What;
use crate::query::natural::asked::{is_unnamed, unnamed};
use crate::query::natural::{Part, Phrase, by};
use std::ops::Range;

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

impl Phrase<'_> {
    /// `X`, `X or Z`, `X, Y and Z`, `X or by Z`: whoever is known by the whole is not taken apart.
    pub(super) fn names(&self, range: Range<usize>) -> Result<Expr, QueryError> {
        let missing = self.unfinished(Part::By);
        if let Some(whole) = self.text(range.clone()).filter(|whole| self.known.speaker(whole)) {
            return Ok(by(&whole));
        }
        self.misspelt(range.clone())?;
        let mut names = Vec::new();
        let mut from = range.start;
        for at in range.start..=range.end {
            if at == range.end || self.parts_names(at) {
                let start = if self.is(from, &["by"]) { from + 1 } else { from };
                let whole = self.text(start..at).ok_or_else(|| missing.clone())?;
                match self.known.speaker(&whole) {
                    true => names.push(by(&whole)),
                    false => names.extend(self.listed(start..at)),
                }
                from = at + 1;
            }
        }
        Ok(Expr::any(names))
    }

    /// `X, Y`: each. `Jr.` and `Inc.` behind a comma go with the name before it.
    fn listed(&self, range: Range<usize>) -> Vec<Expr> {
        let mut names = Vec::new();
        let mut from = range.start;
        for at in range.start + 1..=range.end {
            let ends = self.is_listed(at - 1) && !self.is_of_name(at);
            if let Some(name) = self.text(from..at).filter(|_| at == range.end || ends) {
                names.push(if is_unnamed(&name) { unnamed() } else { by(&name) });
                from = at;
            }
        }
        names
    }

    /// Whether a word begins no name, but ends one.
    fn is_of_name(&self, at: usize) -> bool {
        let word = self.word(at);
        lexicon::name_suffix(&word) || lexicon::legal_form(&word)
    }

    /// Whether a comma stands behind the word.
    pub(super) fn is_listed(&self, at: usize) -> bool {
        matches!(&self.tokens[at].what, What::Word(word) if word.ends_with(','))
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
}
