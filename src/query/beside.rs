//! What may stand beside `NEAR/5` and in `atleast3(…)`: words, phrases, wildcards, or these joined by OR.

use crate::query::ast::{Chain, Expr, Field, Match, Within};
use crate::query::error::QueryError;
use crate::query::fields;
use std::ops::Range;

/// A condition beside an operator, and its place in the query.
pub(super) type Placed = (Expr, Range<usize>);

/// `a NEAR/5 b /s c`: each beside its neighbour.
pub(super) fn chain(first: Placed, rest: Vec<(Within, Placed)>) -> Result<Expr, QueryError> {
    let (field, first) = alternatives(first)?;
    let mut links = Vec::new();
    for (within, placed) in rest {
        let span = placed.1.clone();
        let (other, words) = alternatives(placed)?;
        if other != field {
            let name = [field, other].into_iter().find_map(fields::row).map_or("title", |row| row.names[0]);
            return Err(QueryError::new(span, format!("words beside {within} stand in one field"))
                .hint(format!("{name}:(harbour {within} bridge)")));
        }
        links.push((within, words));
    }
    Ok(Expr::Leaf(field, Match::Near(Chain { first, rest: links })))
}

/// `atleast3(…)`.
pub(super) fn at_least(least: u32, placed: Placed) -> Result<Expr, QueryError> {
    let (field, words) = alternatives(placed)?;
    Ok(Expr::Leaf(field, Match::AtLeast(least, words)))
}

/// The words any of which may stand there, and their field.
fn alternatives((expr, span): Placed) -> Result<(Field, Vec<Match>), QueryError> {
    let hint = match &expr {
        Expr::Not(_) => "bracket the whole: NOT (harbour NEAR/5 bridge)",
        Expr::Leaf(_, Match::Near(_)) => "without brackets each stands beside its neighbour: a NEAR/5 b /s c",
        Expr::And(_) => "such as: (harbour OR \"toll bridge\") NEAR/5 clos*",
        _ => "such as: harbour NEAR/5 bridge",
    };
    let parts = match expr {
        Expr::Or(parts) => parts,
        other => vec![other],
    };
    let mut found: Option<(Field, Vec<Match>)> = None;
    for part in parts {
        match (part, &mut found) {
            (Expr::Leaf(field, sought), None) if is_words(field, &sought) => {
                found = Some((field, vec![sought]));
            }
            (Expr::Leaf(field, sought), Some((same, words)))
                if *same == field && is_words(field, &sought) =>
            {
                words.push(sought);
            }
            _ => {
                let message = "here stands a word, a phrase, or several in a bracket with OR";
                return Err(QueryError::new(span, message).hint(hint));
            }
        }
    }
    found.ok_or_else(|| QueryError::new(span, "a condition is missing here"))
}

fn is_words(field: Field, sought: &Match) -> bool {
    let text = fields::row(field).is_none_or(|row| row.takes == fields::Takes::Words);
    text && !matches!(sought, Match::Near(_) | Match::AtLeast(..) | Match::Literal(_))
}
