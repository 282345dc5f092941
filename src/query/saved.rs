//! `saved:NAME`: a query that was kept under a name, read in its place.

use crate::query::ast::{Expr, Sort, Unit};
use crate::query::error::QueryError;
use crate::query::known::Known;
use crate::query::lexer::{Token, What};
use crate::query::parser::MOST_LEAVES;
use crate::query::read;
use crate::text::nearest;
use std::ops::Range;

/// How deep saved queries may name one another.
const DEEPEST: usize = 3;
/// How many a query may name.
const MOST: usize = 16;

/// A saved query as it is read in the place of its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Saved {
    pub expr: Expr,
    /// What it answers with; None where that depends on where it stands.
    pub unit: Option<Unit>,
    /// The order it asks for.
    pub sort: Option<Sort>,
}

/// The tokens of a query with each `saved:NAME` as the query it stands for. `within` are the names of the
/// saved queries it stands in.
pub(super) fn resolved(
    tokens: Vec<Token>,
    known: &dyn Known,
    within: &[&str],
) -> Result<Vec<Token>, QueryError> {
    let (mut found, mut named) = (Vec::with_capacity(tokens.len()), 0);
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if !matches!(&token.what, What::Field(name) if name.eq_ignore_ascii_case("saved")) {
            found.push(token);
            continue;
        }
        let name = tokens.next_if(|t| matches!(t.what, What::Word(_) | What::Phrase(_, 0)));
        let Some(Token { what: What::Word(name) | What::Phrase(name, 0), span }) = name else {
            return Err(
                QueryError::new(token.span, "saved: stands without the name of a query").hint(names(known))
            );
        };
        let span = token.span.start..span.end;
        named += 1;
        if within.contains(&name.trim()) {
            let message = format!("the query saved as `{}` names itself", name.trim());
            return Err(QueryError::new(span, message));
        }
        if within.len() >= DEEPEST || named > MOST {
            return Err(QueryError::new(span, "saved queries name too many others")
                .hint(format!("{MOST} in a query at most, and {DEEPEST} deep")));
        }
        let saved = saved(name.trim(), &span, known, within)?;
        found.push(Token { what: What::Saved(Box::new(saved)), span });
    }
    Ok(found)
}

fn saved(name: &str, span: &Range<usize>, known: &dyn Known, within: &[&str]) -> Result<Saved, QueryError> {
    let Some(text) = known.saved(name) else {
        let saved = known.saved_names();
        let near = nearest(name, saved.iter().map(String::as_str));
        let near = near.map(|near| format!("did you mean saved:{near}? ")).unwrap_or_default();
        return Err(QueryError::new(span.clone(), format!("no query is saved as `{name}`"))
            .hint(near + &names(known)));
    };
    let deeper: Vec<&str> = within.iter().copied().chain([name]).collect();
    read::saved(&text, known, &deeper).map_err(|error| {
        if !within.is_empty() {
            return QueryError { span: span.clone(), ..error };
        }
        let wrong = text.get(error.span.clone()).unwrap_or_default();
        let place = if wrong.is_empty() { String::new() } else { format!(" (at `{wrong}`)") };
        let message = format!("the query saved as `{name}` cannot be read: {}{place}", error.message);
        let hint = error.hint.map(|hint| format!("{text}\n  {hint}"));
        QueryError { span: span.clone(), message, hint: hint.or(Some(text)) }
    })
}

fn names(known: &dyn Known) -> String {
    let names = known.saved_names();
    if names.is_empty() { "none is saved".to_owned() } else { format!("there are: {}", names.join(", ")) }
}

/// What the saved queries of a query answer with, outside `quote{…}`; inside it must be quotes.
pub(super) fn unit(tokens: &[Token]) -> Option<Unit> {
    let outside: Vec<Unit> = placed(tokens).filter(|(_, _, inside)| !inside).map(|(unit, ..)| unit).collect();
    if outside.contains(&Unit::Quotes) { Some(Unit::Quotes) } else { outside.first().copied() }
}

/// The order that saved queries ask for; of those that are a condition on the whole, the first.
pub(super) fn sort(tokens: &[Token]) -> Option<Sort> {
    tokens.iter().enumerate().find_map(|(at, token)| match &token.what {
        What::Saved(saved) if !read::is_within(tokens, at) => saved.sort,
        _ => None,
    })
}

/// Refuses saved queries that answer with something else than they are used for.
pub(super) fn check(tokens: &[Token], unit: Unit) -> Result<(), QueryError> {
    for (saved, span, inside) in placed(tokens) {
        let wanted = if inside { Unit::Quotes } else { unit };
        if saved != wanted {
            let message =
                format!("this saved query answers with {}, here stand {}", saved.noun(2), wanted.noun(2));
            return Err(QueryError::new(span, message).hint(if saved == Unit::Quotes {
                "in a query for articles it stands in a group: quote{saved:NAME}"
            } else {
                "begin with `articles`"
            }));
        }
    }
    Ok(())
}

/// The saved queries among tokens that answer with one thing wherever they stand, with their places and whether they stand in `quote{…}`.
fn placed(tokens: &[Token]) -> impl Iterator<Item = (Unit, Range<usize>, bool)> + '_ {
    let mut depth = 0_usize;
    tokens.iter().filter_map(move |token| {
        match &token.what {
            What::Group => depth += 1,
            What::CloseGroup => depth = depth.saturating_sub(1),
            What::Saved(saved) => return Some((saved.unit?, token.span.clone(), depth > 0)),
            _ => {}
        }
        None
    })
}

/// Refuses what saved queries made too large.
pub(super) fn bounded(tokens: &[Token], expr: &Expr, end: usize) -> Result<(), QueryError> {
    fn leaves(expr: &Expr) -> usize {
        match expr {
            Expr::All | Expr::Leaf(..) => 1,
            Expr::And(parts) | Expr::Or(parts) => parts.iter().map(leaves).sum(),
            Expr::Not(inner) | Expr::Quote(inner) => leaves(inner),
        }
    }
    let any = tokens.iter().any(|t| matches!(t.what, What::Saved(_)));
    if any && leaves(expr) > MOST_LEAVES {
        let message = format!("with the saved queries these are more than {MOST_LEAVES} conditions");
        return Err(QueryError::new(0..end, message));
    }
    Ok(())
}
