//! Articles that hold quotes of several people: `articles where A says x and B says y`.

use crate::query::ast::{Expr, Unit};
use crate::query::natural::opening::{claimed, cue};
use crate::query::natural::{Natural, Opening, Part, Phrase, SAYING, by};
use std::ops::Range;

impl Phrase<'_> {
    /// `articles where A says x and B denies y`, `articles with quotes by A and B`, `articles quoting A`: one
    /// `quote{…}` for each. None where somebody is not known.
    pub(super) fn holding(&self) -> Option<Natural> {
        let quotes = ["quotes", "quotations"];
        let from = match self.word(1).as_str() {
            _ if !self.is(0, &["articles"]) => return None,
            "where" | "quoting" => 2,
            "in" if self.is(2, &["which"]) => 3,
            "with" if self.is(2, &quotes) && self.is(3, &["by"]) => 4,
            _ => return None,
        };
        let says = !self.is(1, &["quoting", "with"]);
        let held: Option<Vec<Expr>> = self.each(from).into_iter().map(|part| self.held(part, says)).collect();
        Some(Natural { unit: Unit::Articles, expr: Expr::all(held?), sort: None })
    }

    /// The parts between one `and` and the next that has a known speaker behind it.
    fn each(&self, from: usize) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = from;
        for at in from..self.tokens.len() {
            if self.is(at, &["and"]) && self.speaker_at(at + 1).is_some() {
                parts.push(start..at);
                start = at + 1;
            }
        }
        parts.push(start..self.tokens.len());
        parts
    }

    /// Where the longest name of somebody known that begins at `at` ends.
    fn speaker_at(&self, at: usize) -> Option<usize> {
        let named = |to: &usize| self.text(at..*to).is_some_and(|name| self.known.speaker(&name));
        (at + 1..=self.tokens.len().min(at + 4)).rev().find(named)
    }

    /// `quote{…}` of one part: the speaker, the verb where it tells something, the words.
    fn held(&self, part: Range<usize>, says: bool) -> Option<Expr> {
        let end = self.speaker_at(part.start).filter(|end| *end <= part.end)?;
        let phrase = Phrase { tokens: &self.tokens[..part.end], ..*self };
        let opening = |first, from, more| Opening { unit: Unit::Quotes, first, from, more, sort: None };
        let opening = match claimed(&self.word(end)).filter(|_| says && end < part.end) {
            Some(lemma) => {
                let who = by(&self.text(part.start..end)?);
                opening(Part::Words, end + 1, Some(Expr::all(vec![who, cue(lemma)])))
            }
            // Somebody who is named and says nothing is part of other words.
            None if says && !self.is(end, SAYING) => return None,
            None => opening(Part::By, part.start, None),
        };
        Some(Expr::Quote(Box::new(phrase.finish(opening).ok()?.expr)))
    }
}
