//! From the characters typed to tokens with their places.

use crate::query::ast::Within;
use crate::query::error::QueryError;
use crate::query::operators;
use crate::query::saved::Saved;
use std::ops::Range;

/// A token and its bytes in the query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub what: What,
    pub span: Range<usize>,
}

impl Token {
    /// The word, where it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.what {
            What::Word(word) => Some(word),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// A run of characters.
    Word(String),
    /// What stood in marks, and the number behind `~`.
    Phrase(String, u32),
    /// What stood between slashes.
    Regex(String),
    /// `name:`
    Field(String),
    And,
    Or,
    /// `NOT`, or `-` before a word.
    Not,
    /// `saved:NAME`, read.
    Saved(Box<Saved>),
    /// `NEAR/5`, `/s` …
    Within(Within),
    /// `atleast3`
    AtLeast(u32),
    Open,
    Close,
    /// `quote{`
    Group,
    CloseGroup,
}

/// All tokens of a query.
pub(super) fn tokens(typed: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { typed, at: 0, found: Vec::new() };
    while lexer.next()? {}
    Ok(lexer.found)
}

struct Lexer<'a> {
    typed: &'a str,
    at: usize,
    found: Vec<Token>,
}

const OPENING: [char; 4] = ['"', '“', '”', '„'];
const CLOSING: [char; 3] = ['"', '”', '“'];

impl Lexer<'_> {
    /// Takes one token; false at the end.
    fn next(&mut self) -> Result<bool, QueryError> {
        let rest = &self.typed[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        let rest = &self.typed[self.at..];
        let Some(first) = rest.chars().next() else { return Ok(false) };
        match first {
            '(' => self.push(What::Open, 1),
            ')' => self.push(What::Close, 1),
            '}' => self.push(What::CloseGroup, 1),
            c if OPENING.contains(&c) => self.phrase(c)?,
            '-' if rest[1..].starts_with(|c: char| !c.is_whitespace() && c != '-') => self.push(What::Not, 1),
            _ => self.run()?,
        }
        Ok(true)
    }

    fn push(&mut self, what: What, len: usize) {
        self.found.push(Token { what, span: self.at..self.at + len });
        self.at += len;
    }

    fn phrase(&mut self, open: char) -> Result<(), QueryError> {
        let start = self.at + open.len_utf8();
        let Some(len) = self.typed[start..].find(CLOSING) else {
            let message = "this quotation mark is not closed";
            return Err(QueryError::new(self.at..self.typed.len(), message)
                .hint("close it with \" at the end of the phrase"));
        };
        let words = self.typed[start..start + len].to_owned();
        let mut end = start + len;
        end += self.typed[end..].chars().next().map_or(0, char::len_utf8);
        let mut slop = 0;
        if let Some(after) = self.typed[end..].strip_prefix('~') {
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            slop = after[..digits].parse().unwrap_or(u32::MAX);
            if slop > MOST_SLOP {
                let message = format!("behind ~ stands a number from 0 to {MOST_SLOP}");
                return Err(QueryError::new(end..end + 1 + digits, message)
                    .hint("\"phrase\"~3 lets 3 other words stand among them"));
            }
            end += 1 + digits;
        }
        self.push(What::Phrase(words, slop), end - self.at);
        Ok(())
    }

    fn run(&mut self) -> Result<(), QueryError> {
        let rest = &self.typed[self.at..];
        if let Some(len) = regex(rest) {
            self.push(What::Regex(rest[1..len - 1].to_owned()), len);
            return Ok(());
        }
        let ends = |c: char| c.is_whitespace() || "(){}".contains(c) || OPENING.contains(&c);
        let run = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if run.is_empty() {
            return Err(QueryError::new(self.at..self.at + 1, "a brace belongs to quote{…}")
                .hint("articles 'quote{by:marsh bridge}' holds all conditions to one quote"));
        }
        if rest[run.len()..].starts_with('{') && run == "quote" {
            self.push(What::Group, run.len() + 1);
            return Ok(());
        }
        if let Some(name) = field_name(run) {
            let name = name.to_owned();
            let len = name.len() + 1;
            self.push(What::Field(name), len);
            return Ok(());
        }
        let len = run.len();
        let open = rest[len..].starts_with('(');
        let what = operators::operator(run, open, &(self.at..self.at + len))?;
        let what = what.unwrap_or_else(|| What::Word(run.to_owned()));
        self.push(what, len);
        Ok(())
    }
}

/// Further than this, words have nothing to do with one another.
const MOST_SLOP: u32 = 100;

/// The length of `/…/` at the beginning of `rest`. A path (`/home/reports/2016`) is a word: behind the
/// second slash a regular expression ends.
fn regex(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('/')?;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c.is_whitespace() => return None,
            '/' if at == 0 => return None,
            '/' => {
                let ends = |c: char| c.is_whitespace() || c == ')' || c == '}';
                return body[at + 1..].chars().next().is_none_or(ends).then_some(at + 2);
            }
            _ => {}
        }
    }
    None
}

/// The `name` of `name:value`; an address (`https://…`) or a time (`10:30`) is a word.
fn field_name(run: &str) -> Option<&str> {
    let (name, value) = run.split_once(':')?;
    let letters = !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '_');
    (letters && !value.starts_with("//")).then_some(name)
}
