//! What was asked: from the words typed to a checked [`Query`], or a [`QueryError`] with a place
//! and a hint. Knows no index; what is a known name or outlet it asks of [`Known`].
//!
//! `guard → lex → natural phrase, or the language itself → check → Query`, which prints as its
//! canonical form and parses back to itself.

mod ast;
mod beside;
mod dates;
mod error;
mod fields;
mod help;
mod known;
mod lexer;
mod natural;
mod operators;
mod parser;
mod print;
mod read;
mod regex;
mod saved;
mod values;

pub use ast::{Chain, Expr, Field, Match, NumberRange, Query, Sort, Unit, Within};
pub use error::{QueryError, carets};
pub use help::{examples, help, help_fields, help_phrases};
pub use known::Known;
pub use read::{ParseOptions, Parsed, parse};
pub use regex::whole_word;
pub use values::said_by;
