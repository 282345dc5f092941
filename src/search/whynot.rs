//! When nothing was found: which part of the query found nothing, what is found without it, and what
//! is nearest to a word nobody said.

use crate::index::Reader;
use crate::query::{Expr, Field, Match, Query, Unit};
use crate::schema::{self, fields};
use crate::search::explain::counted;
use crate::search::leaves::typed;
use crate::search::names;
use crate::search::neighbours::neighbours;
use crate::search::plan::SearchError;
use std::cmp::Reverse;

/// Lines for the reader, the most telling first.
pub fn nothing_found(reader: &Reader, query: &Query) -> Result<Vec<String>, SearchError> {
    let mut lines = vec![format!("nothing found among {}", searched(reader, query.unit)?)];
    let parts: Vec<&Expr> = match &query.expr {
        Expr::And(parts) => parts.iter().collect(),
        other => vec![other],
    };
    for (i, part) in parts.iter().enumerate() {
        let alone = counted(reader, query.unit, (*part).clone())?;
        if alone > 0 {
            lines.push(format!("  {part}  alone: {alone} {}", query.unit.noun(alone)));
            continue;
        }
        let mut line = format!("  {part}  finds nothing");
        if let Some(near) = nearest(reader, query.unit, part)? {
            line.push_str(&format!("; did you mean {near}?"));
        }
        let rest: Vec<Expr> =
            parts.iter().enumerate().filter(|(k, _)| *k != i).map(|(_, e)| (*e).clone()).collect();
        if !rest.is_empty() {
            let rest = if rest.len() == 1 { rest[0].clone() } else { Expr::And(rest) };
            let without = counted(reader, query.unit, rest)?;
            line.push_str(&format!(" (without it: {without} {})", query.unit.noun(without)));
        }
        lines.push(line);
    }
    Ok(lines)
}

fn searched(reader: &Reader, unit: Unit) -> Result<String, SearchError> {
    let all = counted(reader, unit, Expr::All)?;
    Ok(format!("{all} {}", unit.noun(all)))
}

/// The nearest name or word there is in the archive to one there is not.
fn nearest(reader: &Reader, unit: Unit, part: &Expr) -> Result<Option<String>, SearchError> {
    let Expr::Leaf(field, sought) = part else { return Ok(None) };
    let typed = typed(sought);
    Ok(match (field, unit) {
        (Field::By, _) => names::nearest_speaker(reader, &typed)?,
        (Field::Outlet, _) => names::nearest_outlet(reader, &typed)?,
        (Field::Any | Field::Quote, Unit::Quotes) => nearest_word(reader, fields().quote, sought)?,
        (Field::Any | Field::Body, Unit::Articles) => nearest_word(reader, fields().body, sought)?,
        _ => None,
    })
}

/// The commonest word within two letters of the one typed.
fn nearest_word(
    reader: &Reader,
    field: tantivy::schema::Field,
    sought: &Match,
) -> Result<Option<String>, SearchError> {
    let Match::Word(word) = sought else { return Ok(None) };
    let [token] = &schema::tokens(word)[..] else { return Ok(None) };
    if token.chars().count() < 4 {
        return Ok(None);
    }
    let near = neighbours(reader, field, token, 2)?;
    let ranked =
        near.into_iter().map(|(word, count)| (strsim::osa_distance(token, &word), Reverse(count), word));
    Ok(ranked.min().map(|(_, _, word)| word))
}
