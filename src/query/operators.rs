//! The one table of operators: the lexer and the help derive from it.

use crate::query::ast::Within;
use crate::query::error::QueryError;
use crate::query::lexer::What;
use std::ops::Range;

/// An operator as it is typed and explained.
pub(super) struct Operator {
    /// How it is typed: first as it prints, then as others write it. One that ends in `/` takes a number,
    /// and so does `atleast`.
    pub names: &'static [&'static str],
    pub makes: Makes,
    pub help: &'static str,
    pub example: &'static str,
}

/// The token an operator is read as.
pub(super) enum Makes {
    Token(What),
    /// Needs the number behind it.
    Counted(fn(u32) -> What),
}

/// Words further apart than this have nothing to do with one another.
pub(super) const FARTHEST: u32 = 100;

#[rustfmt::skip]
pub(super) const OPERATORS: &[Operator] = &[
    Operator { names: &["AND"], makes: Makes::Token(What::And), help: "both; needs not be written", example: "harbour AND bridge" },
    Operator { names: &["OR"], makes: Makes::Token(What::Or), help: "either", example: "bridge OR ferry" },
    Operator { names: &["NOT"], makes: Makes::Token(What::Not), help: "without; also a - before a word", example: "bridge NOT ferry" },
    Operator { names: &["NEAR/", "W/"], makes: Makes::Counted(|n| What::Within(Within::Near(n))), help: "at most so many places apart, in either order; NEAR/1 is side by side", example: "bridge NEAR/5 toll" },
    Operator { names: &["PRE/"], makes: Makes::Counted(|n| What::Within(Within::Before(n))), help: "the same, in this order", example: "bridge PRE/3 closed" },
    Operator { names: &["/s", "w/s"], makes: Makes::Token(What::Within(Within::Sentence)), help: "in the same sentence", example: "(bridge OR ferry) /s fraud" },
    Operator { names: &["/p", "w/p"], makes: Makes::Token(What::Within(Within::Paragraph)), help: "in the same paragraph", example: "\"harbour bridge\" /p toll*" },
    Operator { names: &["atleast"], makes: Makes::Counted(What::AtLeast), help: "so many times or more", example: "atleast3(bridge OR ferry)" },
];

/// The operator a run of characters is; None where it is a word. `open` says that a bracket follows.
pub(super) fn operator(run: &str, open: bool, span: &Range<usize>) -> Result<Option<What>, QueryError> {
    for row in OPERATORS {
        for name in row.names {
            match &row.makes {
                Makes::Token(what) if run == *name => return Ok(Some(what.clone())),
                Makes::Counted(make) => {
                    if let Some(behind) = behind(run, name, open) {
                        return number(row, behind, span).map(|n| Some(make(n)));
                    }
                }
                Makes::Token(_) => {}
            }
        }
    }
    Ok(None)
}

/// What stands where an operator's number should. `NEAR` alone is meant as one; `near` is a word, and so is
/// `w/e`; `atleast3` is an operator only before a bracket.
fn behind<'a>(run: &'a str, name: &str, open: bool) -> Option<&'a str> {
    let bare = name.trim_end_matches('/');
    let (head, rest) = run.split_at_checked(bare.len())?;
    if !head.eq_ignore_ascii_case(bare) {
        return None;
    }
    if bare == name {
        let counted = rest.starts_with(|c: char| c.is_ascii_digit()) || rest.is_empty();
        return (open && counted).then_some(rest);
    }
    if rest.is_empty() {
        return (run == bare && bare.len() > 1).then_some(rest);
    }
    let number = rest.strip_prefix('/')?;
    (bare.len() > 1 || number.starts_with(|c: char| c.is_ascii_digit())).then_some(number)
}

fn number(row: &Operator, behind: &str, span: &Range<usize>) -> Result<u32, QueryError> {
    match behind.parse() {
        Ok(n) if (1..=FARTHEST).contains(&n) => Ok(n),
        _ => {
            let name = row.names[0];
            Err(QueryError::new(
                span.clone(),
                format!("{name} wants a number from 1 to {FARTHEST} behind it"),
            )
            .hint(format!("such as: {}", row.example)))
        }
    }
}
