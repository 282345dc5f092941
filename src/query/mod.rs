//! What was asked: from the words typed to a checked [`Query`], or a [`QueryError`] with a place
//! and a hint. Knows no index; what is a known name or outlet it asks of [`Known`].
//!
//! `guard → lex → natural phrase, or the language itself → check → Query`, which prints as its
//! canonical form and parses back to itself.

mod ast;
mod dates;
mod error;
mod fields;
mod help;
mod known;
mod lexer;
mod natural;
mod parser;
mod print;
mod read;
mod values;

pub use ast::{Expr, Field, Match, NumberRange, Query, Sort, Unit};
pub use error::{QueryError, carets};
pub use help::{help, help_fields};
pub use known::Known;
pub use read::{ParseOptions, Parsed, parse};
