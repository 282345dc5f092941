//! The language itself: a recursive descent over tokens.

use crate::article::Date;
use crate::query::ast::{Expr, Field, Match};
use crate::query::beside::{self, Placed};
use crate::query::dates;
use crate::query::error::QueryError;
use crate::query::fields::{self, Named, Takes};
use crate::query::lexer::{Token, What};
use crate::query::values;
use std::ops::Range;

/// Deeper brackets than this are no question a person asks.
const DEEPEST: usize = 32;
/// More conditions than this, likewise.
pub(super) const MOST_LEAVES: usize = 256;
/// Each of these is held against every word of the archive.
const MOST_LOOSE: usize = 32;

/// Reads `tokens`; `end` is the place behind the last, for errors about what is missing.
pub(super) fn expression(tokens: &[Token], end: usize, today: Date) -> Result<Expr, QueryError> {
    let mut parser = Parser { tokens, at: 0, end, today, depth: 0, leaves: 0, loose: 0 };
    let expr = parser.any(None)?;
    match parser.peek() {
        None => Ok(expr),
        Some(Token { what: What::Close, span }) => {
            Err(QueryError::new(span.clone(), "there is no open bracket for this one")
                .hint("take it out, or open one before"))
        }
        Some(token) => Err(QueryError::new(token.span.clone(), "there is no open brace for this one")
            .hint("a group is written quote{…}")),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
    today: Date,
    depth: usize,
    leaves: usize,
    /// How many of them are fuzzy words or regular expressions.
    loose: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn what(&self) -> Option<&'a What> {
        self.peek().map(|t| &t.what)
    }

    /// The place of the next token, or behind the last.
    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end + 1, |t| t.span.clone())
    }

    /// `a b OR c`: AND binds closer than OR.
    fn any(&mut self, field: Option<&'static Named>) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all(field)?];
        while self.what() == Some(&What::Or) {
            self.at += 1;
            parts.push(self.all(field)?);
        }
        Ok(Expr::any(parts))
    }

    fn all(&mut self, field: Option<&'static Named>) -> Result<Expr, QueryError> {
        let mut parts = vec![self.beside(field)?];
        loop {
            match self.what() {
                None | Some(What::Or | What::Close | What::CloseGroup) => return Ok(Expr::all(parts)),
                Some(What::And) => self.at += 1,
                Some(_) => {}
            }
            parts.push(self.beside(field)?);
        }
    }

    /// `a NEAR/5 b /s c` binds closer than AND.
    fn beside(&mut self, field: Option<&'static Named>) -> Result<Expr, QueryError> {
        let first = self.placed(field)?;
        let mut rest = Vec::new();
        while let Some(What::Within(within)) = self.what() {
            self.at += 1;
            rest.push((*within, self.placed(field)?));
        }
        if rest.is_empty() { Ok(first.0) } else { beside::chain(first, rest) }
    }

    /// A condition, and its place.
    fn placed(&mut self, field: Option<&'static Named>) -> Result<Placed, QueryError> {
        let start = self.here().start;
        let expr = self.one(field)?;
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |t| t.span.end);
        Ok((expr, start..end))
    }

    fn one(&mut self, field: Option<&'static Named>) -> Result<Expr, QueryError> {
        let span = self.here();
        let Some(token) = self.peek() else { return Err(self.missing()) };
        match &token.what {
            What::Not => {
                self.at += 1;
                let inner = self.deeper(&span, |p| p.one(field))?;
                Ok(match inner {
                    Expr::Not(twice) => *twice,
                    other => Expr::Not(Box::new(other)),
                })
            }
            What::Open => self.bracket(&What::Close, "this bracket is not closed", |p| p.any(field)),
            What::Group => {
                if let Some(named) = field {
                    return Err(QueryError::new(span, format!("{}: takes no group", named.names[0])));
                }
                let inner = self.bracket(&What::CloseGroup, "this brace is not closed", |p| p.any(None))?;
                Ok(Expr::Quote(Box::new(inner)))
            }
            What::Field(name) => self.field(name, span, field),
            What::Word(typed) => {
                self.leaf(&span)?;
                let word = values::word(field, typed, span.clone(), self.today)?;
                if matches!(word, Expr::Leaf(_, Match::Fuzzy(..))) {
                    self.loose(span)?;
                }
                Ok(word)
            }
            What::Phrase(typed, slop) => {
                self.leaf(&span)?;
                values::phrase(field, typed, *slop, span, self.today)
            }
            What::Regex(typed) => {
                self.leaf(&span)?;
                self.loose(span.clone())?;
                values::regex(field, typed, span, self.today)
            }
            What::Saved(saved) => {
                if let Some(named) = field {
                    return Err(QueryError::new(span, format!("{}: takes no saved query", named.names[0])));
                }
                self.leaf(&span)?;
                Ok(saved.expr.clone())
            }
            What::AtLeast(least) => {
                self.at += 1;
                let start = span.start;
                let placed = self.placed(field)?;
                beside::at_least(*least, (placed.0, start..placed.1.end))
            }
            What::And | What::Or | What::Within(_) | What::Close | What::CloseGroup => Err(self.missing()),
        }
    }

    fn field(&mut self, name: &str, span: Range<usize>, outer: Option<&Named>) -> Result<Expr, QueryError> {
        let Some(named) = fields::named(name) else {
            let value = self.tokens.get(self.at + 1).and_then(Token::word);
            let near = fields::meant(name, value).map(|n| format!("did you mean {n}? "));
            let hint = near.unwrap_or_default()
                + "`onrecord help fields` lists them; for the words themselves put them in marks";
            return Err(QueryError::new(span, format!("there is no field `{name}`")).hint(hint));
        };
        if let Some(outer) = outer {
            return Err(QueryError::new(span, format!("{}:(…) holds no other field", outer.names[0]))
                .hint("close the bracket first"));
        }
        self.at += 1;
        if named.takes == Takes::Date
            && let Some(date) = self.date_in_words()
        {
            return Ok(date);
        }
        match self.what() {
            Some(What::Word(_) | What::Phrase(..) | What::Regex(_) | What::AtLeast(_) | What::Open) => {
                self.one(Some(named))
            }
            _ => Err(QueryError::new(span, format!("{name}: stands without a value"))
                .hint(format!("such as {}", named.example))),
        }
    }

    /// `last month`, `oct 2016`: a date of several words, without marks.
    fn date_in_words(&mut self) -> Option<Expr> {
        let words: Vec<&str> = self.tokens[self.at..].iter().map_while(Token::word).take(3).collect();
        let (range, taken) = dates::words_at(&words, self.today).filter(|(_, taken)| *taken > 1)?;
        self.at += taken;
        Some(Expr::Leaf(Field::Date, Match::Dates(range)))
    }

    fn bracket(
        &mut self,
        close: &What,
        open: &str,
        inner: impl FnOnce(&mut Self) -> Result<Expr, QueryError>,
    ) -> Result<Expr, QueryError> {
        let span = self.here();
        self.at += 1;
        if self.what() == Some(close) {
            return Err(QueryError::new(span.start..self.here().end, "there is nothing between these"));
        }
        let expr = self.deeper(&span, inner)?;
        if self.what() != Some(close) {
            let closing = if *close == What::Close { ')' } else { '}' };
            return Err(QueryError::new(span, open).hint(format!("close it with {closing}")));
        }
        self.at += 1;
        Ok(expr)
    }

    fn deeper<T>(
        &mut self,
        span: &Range<usize>,
        inner: impl FnOnce(&mut Self) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(QueryError::new(
                span.clone(),
                format!("brackets and NOTs are nested deeper than {DEEPEST}"),
            ));
        }
        let found = inner(self);
        self.depth -= 1;
        found
    }

    fn leaf(&mut self, span: &Range<usize>) -> Result<(), QueryError> {
        self.at += 1;
        self.leaves += 1;
        if self.leaves > MOST_LEAVES {
            return Err(QueryError::new(
                span.clone(),
                format!("a query has {MOST_LEAVES} conditions at most"),
            ));
        }
        Ok(())
    }

    fn loose(&mut self, span: Range<usize>) -> Result<(), QueryError> {
        self.loose += 1;
        if self.loose > MOST_LOOSE {
            let message = format!("a query has {MOST_LOOSE} fuzzy words and regular expressions at most");
            return Err(QueryError::new(span, message)
                .hint("ask in several queries, or with the beginnings of words: interfer*"));
        }
        Ok(())
    }

    /// An operator or a bracket where a condition should stand.
    fn missing(&self) -> QueryError {
        let before = self.at.checked_sub(1).and_then(|i| self.tokens.get(i));
        match (self.peek().map(|t| &t.what), before) {
            (Some(What::Within(within)), _) => {
                QueryError::new(self.here(), "a condition is missing before this")
                    .hint(format!("words stand on both sides: harbour {within} bridge"))
            }
            (Some(operator @ (What::And | What::Or)), _) => {
                let word = if *operator == What::And { "AND" } else { "OR" };
                QueryError::new(self.here(), "a condition is missing before this")
                    .hint(format!("for the word itself put it in marks: \"{word}\""))
            }
            (_, Some(Token { what: What::Within(within), span })) => {
                QueryError::new(span.clone(), "a condition is missing behind this")
                    .hint(format!("words stand on both sides: harbour {within} bridge"))
            }
            (_, Some(token)) if matches!(token.what, What::And | What::Or | What::Not) => {
                QueryError::new(token.span.clone(), "a condition is missing behind this")
                    .hint("for the word itself write it small, or put it in marks")
            }
            (Some(What::Close | What::CloseGroup), _) => {
                QueryError::new(self.here(), "there is nothing to close here")
                    .hint("take it out, or open a bracket before")
            }
            _ => QueryError::new(self.here(), "a condition is missing here"),
        }
    }
}
