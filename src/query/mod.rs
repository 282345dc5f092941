//! What was asked: from the words typed to a checked [`Query`], or a [`QueryError`] with a place
//! and a hint. Knows no index; what is a known name or outlet it asks of [`Known`].

use crate::article::DateRange;

/// A checked question. It prints as its canonical form, which parses back to itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it answers with.
    pub unit: Unit,
    /// The condition.
    pub expr: Expr,
}

/// What a query answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Articles.
    Articles,
    /// Quotes.
    Quotes,
}

/// A condition. `And` and `Or` hold two or more, are flat and keep the order typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Everything (`quotes`, `*`).
    All,
    /// One condition on one field.
    Leaf(Field, Match),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// None of it.
    Not(Box<Expr>),
    /// `quote{…}` in an article query: one quote that satisfies all of it.
    Quote(Box<Expr>),
}

/// What a leaf looks for. Words are folded; a word may fold to several tokens ("co-operate"), and
/// then is a phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// A word in any of its inflections (stemmed), or a raw value of a keyword field.
    Word(String),
    /// These very words in a row, with up to `slop` words moved.
    Phrase {
        /// The words, folded.
        words: Vec<String>,
        /// How many places they may be moved, all in all.
        slop: u32,
    },
    /// Words that begin so (`inter*`).
    Prefix(String),
    /// Words within this edit distance, 1 or 2 (`interferance~1`).
    Fuzzy(String, u8),
    /// `"=he"`: the literal mention.
    Literal(String),
    /// Days (`date:2016..2017-03`).
    Dates(DateRange),
    /// Numbers from..to, both included (`conf:>0.9` is 0.9 exclusive below).
    Number(NumberRange),
}

/// A range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberRange {
    /// Lower bound, and whether it is included.
    pub from: Option<(f64, bool)>,
    /// Upper bound, and whether it is included.
    pub to: Option<(f64, bool)>,
}

/// A field a query may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// No field named: the reported words in a quote query, title and body in an article query.
    Any,
    /// Who said it.
    By,
    /// People and bodies the quote mentions.
    About,
    /// The reported words.
    Quote,
    /// The dictionary form of the cue.
    Cue,
    /// direct, mixed, indirect.
    Kind,
    /// Confidence of the attribution.
    Conf,
    /// Headline.
    Title,
    /// Body of the article.
    Body,
    /// Who wrote the article.
    Byline,
    /// The newspaper, site or agency.
    Outlet,
    /// Section or desk.
    Section,
    /// Date of publication.
    Date,
    /// Place of the dateline.
    Place,
    /// Language.
    Lang,
    /// Path of the file.
    Path,
    /// Id of a quote or an article, or the beginning of one.
    Id,
    /// `has:date`, `has:speaker` …: the value is known.
    Has,
    /// `is:unnamed`, `is:pronoun`.
    Is,
}

/// What the parser may ask about the archive, so that `in Paris` is a place of words and `in The
/// Guardian` an outlet.
pub trait Known {
    /// Whether this is the name of an outlet of the archive.
    fn outlet(&self, name: &str) -> bool;
    /// Whether somebody of that name is quoted in the archive (full name or surname).
    fn speaker(&self, name: &str) -> bool;
    /// The nearest speaker name to a misspelt one.
    fn nearest_speaker(&self, name: &str) -> Option<String>;
    /// The nearest outlet to a misspelt one.
    fn nearest_outlet(&self, name: &str) -> Option<String>;
    /// Today, for `last month`.
    fn today(&self) -> crate::article::Date;
}

/// A query that cannot be answered: where, why, and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Bytes of the query as typed.
    pub span: std::ops::Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}
