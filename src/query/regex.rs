//! Regular expressions, bounded before any work is done on them.

use crate::query::error::QueryError;
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// A longer one is a program.
const LONGEST: usize = 256;
/// As large as one may be when it is compiled, and as much memory as it may use to look at a word, in bytes.
const LARGEST: usize = 1 << 20;

/// A pattern as it is compared with words: folded words, from end to end. None where it is none, or one
/// too large.
pub fn whole_word(pattern: &str) -> Option<Regex> {
    compiled(pattern).ok()
}

fn compiled(pattern: &str) -> Result<Regex, regex::Error> {
    let whole = format!("^(?:{pattern})$");
    RegexBuilder::new(&whole)
        .case_insensitive(true)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .nest_limit(32)
        .build()
}

/// Refuses a pattern that cannot be read, or is too large.
pub(super) fn check(pattern: &str, span: Range<usize>) -> Result<(), QueryError> {
    if pattern.len() > LONGEST {
        let message = format!("a regular expression has {LONGEST} bytes at most");
        return Err(QueryError::new(span, message).hint("several joined by OR may be shorter"));
    }
    match compiled(pattern) {
        Ok(_) => Ok(()),
        Err(regex::Error::CompiledTooBig(_)) => {
            Err(QueryError::new(span, "this regular expression grows too large")
                .hint("fewer counted repetitions: colou?rs?, not (c{0,50}){0,50}"))
        }
        Err(why) => {
            // The last line says what is wrong; those before draw the pattern.
            let why = why.to_string();
            let why = why.lines().last().unwrap_or_default().trim_start_matches("error: ");
            Err(QueryError::new(span, format!("this regular expression cannot be read: {why}"))
                .hint("such as: /interf(ere|ing).*/, which words must fit from end to end"))
        }
    }
}
