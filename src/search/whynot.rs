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
use crate::search::timeline::span;
use std::cmp::Reverse;

/// Lines for the reader, the most telling first.
pub fn nothing_found(reader: &Reader, query: &Query) -> Result<Vec<String>, SearchError> {
    let mut lines = vec![format!("nothing found among {}", searched(reader, query.unit)?)];
    let asked = Asked { reader, unit: query.unit };
    let all_parts = parts(&query.expr);
    let parts = &all_parts[..all_parts.len().min(MOST_TOLD)];
    let mut alone = Vec::with_capacity(parts.len());
    for part in parts {
        alone.push(counted(reader, query.unit, part.clone())?);
    }
    for (i, part) in parts.iter().enumerate() {
        lines.push(match alone[i] {
            0 => asked.lost(part, &rest(parts, i))?,
            found => asked.told(part, found, &rest(parts, i))?,
        });
        lines.extend(asked.inside(part, alone[i], 2)?);
    }
    if parts.len() < all_parts.len() {
        lines.push(format!("  … and {} more parts", all_parts.len() - parts.len()));
    }
    lines.extend(two_speakers(parts));
    if parts.len() > 2 && alone.iter().all(|found| *found > 0) {
        lines.extend(asked.pairs(parts)?);
    }
    Ok(lines)
}

/// One quote has one speaker, as a rule: who asks for two means articles that quote both.
fn two_speakers(parts: &[Expr]) -> Option<String> {
    let by: Vec<&Expr> = parts.iter().filter(|part| matches!(part, Expr::Leaf(Field::By, _))).collect();
    let groups: Vec<String> = by.iter().map(|part| format!("quote{{{part}}}")).collect();
    (by.len() > 1)
        .then(|| format!("  no quote is by both; articles that quote both: articles {}", groups.join(" ")))
}

/// So many parts are told of; more would be a page, and take long.
const MOST_TOLD: usize = 24;

fn parts(expr: &Expr) -> &[Expr] {
    match expr {
        Expr::And(parts) => parts,
        other => std::slice::from_ref(other),
    }
}

/// All of `parts` but one.
fn rest(parts: &[Expr], without: usize) -> Vec<Expr> {
    parts.iter().enumerate().filter(|(k, _)| *k != without).map(|(_, e)| e.clone()).collect()
}

fn all(mut parts: Vec<Expr>) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { Expr::And(parts) }
}

fn searched(reader: &Reader, unit: Unit) -> Result<String, SearchError> {
    let all = counted(reader, unit, Expr::All)?;
    let without = unit == Unit::Quotes && all == 0 && reader.without_quotes();
    let hint =
        if without { " (its folders were indexed with --no-quotes; --quotes takes that back)" } else { "" };
    Ok(format!("{all} {}{hint}", unit.noun(all)))
}

struct Asked<'a> {
    reader: &'a Reader,
    unit: Unit,
}

impl Asked<'_> {
    /// A part that finds nothing: what is near it, and what is found without it.
    fn lost(&self, part: &Expr, rest: &[Expr]) -> Result<String, SearchError> {
        let mut line = format!("  {part}  finds nothing");
        if let Expr::Leaf(Field::Date, _) = part {
            line.push_str(&dates(self.reader)?);
        } else if let Some(near) = nearest(self.reader, self.unit, part)? {
            line.push_str(&format!("; did you mean {near}?"));
        }
        if !rest.is_empty() && rest.len() < 4 * MOST_PAIRED {
            line.push_str(&self.without(rest)?);
        }
        Ok(line)
    }

    /// A part that finds something, with what is found without it.
    fn told(&self, part: &Expr, found: usize, rest: &[Expr]) -> Result<String, SearchError> {
        let line = format!("  {part}  alone: {found} {}", self.unit.noun(found));
        if !(2..MOST_PAIRED).contains(&rest.len()) {
            return Ok(line);
        }
        Ok(line + &self.without(rest)?)
    }

    /// What the rest finds; that it finds nothing either is no help.
    fn without(&self, rest: &[Expr]) -> Result<String, SearchError> {
        Ok(match counted(self.reader, self.unit, all(rest.to_vec()))? {
            0 => String::new(),
            found => format!(" (without it: {found} {})", self.unit.noun(found)),
        })
    }

    /// Of a part that finds nothing, the parts it is made of.
    fn inside(&self, part: &Expr, found: usize, depth: usize) -> Result<Vec<String>, SearchError> {
        if found > 0 {
            return Ok(Vec::new());
        }
        let (unit, inner) = match part {
            Expr::Leaf(field, sought) => (self.unit, words_of(*field, sought)),
            Expr::Or(parts) => (self.unit, parts.clone()),
            Expr::Quote(inner) => (Unit::Quotes, parts(inner).to_vec()),
            _ => return Ok(Vec::new()),
        };
        if inner.len() < 2 {
            return Ok(Vec::new());
        }
        let within = Asked { reader: self.reader, unit };
        let mut lines = Vec::new();
        for part in &inner {
            let found = counted(self.reader, unit, part.clone())?;
            let line = if found == 0 { within.lost(part, &[])? } else { within.told(part, found, &[])? };
            lines.push(format!("{}{}", "  ".repeat(depth - 1), line));
        }
        Ok(lines)
    }

    /// Where each part finds something: the first two that never meet.
    fn pairs(&self, parts: &[Expr]) -> Result<Option<String>, SearchError> {
        let few = &parts[..parts.len().min(MOST_PAIRED)];
        for (i, one) in few.iter().enumerate() {
            for other in &few[i + 1..] {
                let both = Expr::And(vec![one.clone(), other.clone()]);
                if counted(self.reader, self.unit, both)? == 0 {
                    return Ok(Some(format!("  {one}  and  {other}  are never found together")));
                }
            }
        }
        Ok(None)
    }
}

/// Of more parts than this the pairs are not tried: that takes long, and says little.
const MOST_PAIRED: usize = 8;

/// The words a condition is made of, each on its own.
fn words_of(field: Field, sought: &Match) -> Vec<Expr> {
    let one = |words: &[Match]| {
        let words = words.iter().map(|word| Expr::Leaf(field, word.clone())).collect::<Vec<Expr>>();
        match &words[..] {
            [one] => one.clone(),
            _ => Expr::Or(words),
        }
    };
    match sought {
        Match::Near(chain) => {
            std::iter::once(one(&chain.first)).chain(chain.rest.iter().map(|(_, words)| one(words))).collect()
        }
        Match::Phrase { words, .. } => {
            let words = words.iter().filter(|word| !word.contains('*'));
            words.map(|word| Expr::Leaf(field, Match::Word(word.clone()))).collect()
        }
        _ => Vec::new(),
    }
}

/// `; the articles are of 2009-11 to 2024-05-18`.
fn dates(reader: &Reader) -> Result<String, SearchError> {
    let span = span(reader, &Query { unit: Unit::Articles, expr: Expr::All })?;
    Ok(match (span.first, span.last) {
        (Some(first), Some(last)) => format!("; the articles are of {first} to {last}"),
        _ => "; no article has a date".to_owned(),
    })
}

/// The nearest name or word there is in the archive to one there is not.
fn nearest(reader: &Reader, unit: Unit, part: &Expr) -> Result<Option<String>, SearchError> {
    let Expr::Leaf(field, sought) = part else { return Ok(None) };
    let typed = typed(sought);
    Ok(match (field, unit) {
        (Field::By, _) if ["unnamed", "anonymous"].contains(&typed.to_lowercase().as_str()) => {
            Some("is:unnamed".to_owned())
        }
        (Field::By | Field::About, _) => names::nearest_speaker(reader, &typed)?,
        (Field::Outlet | Field::Section | Field::Byline | Field::Agency | Field::Place | Field::Cue, _) => {
            names::nearest_value(reader, *field, &typed)?
        }
        (Field::Title, _) => nearest_word(reader, unit, *field, sought)?,
        (Field::Any | Field::Quote, Unit::Quotes) => nearest_word(reader, unit, *field, sought)?,
        (Field::Any | Field::Body, Unit::Articles) => nearest_word(reader, unit, *field, sought)?,
        _ => None,
    })
}

/// The nearest word within two letters of the one typed, the commonest of several, that finds something.
fn nearest_word(
    reader: &Reader,
    unit: Unit,
    field: Field,
    sought: &Match,
) -> Result<Option<String>, SearchError> {
    let Match::Word(word) = sought else { return Ok(None) };
    let [token] = &schema::tokens(word)[..] else { return Ok(None) };
    if token.chars().count() < 4 {
        return Ok(None);
    }
    let kept = if field == Field::Title { fields().title } else { fields().body };
    // Most slips are of one letter, and words that are two away take three times as long to find.
    for distance in [1, 2] {
        let near = neighbours(reader, kept, token, distance)?;
        let ranked =
            near.into_iter().map(|(word, count)| (strsim::osa_distance(token, &word), Reverse(count), word));
        // Those that are nearer were tried before.
        let ranked = ranked.filter(|(apart, ..)| *apart == usize::from(distance));
        let mut ranked: Vec<(usize, Reverse<u32>, String)> = ranked.collect();
        ranked.sort();
        for (_, _, word) in ranked.into_iter().take(MOST_TRIED) {
            if counted(reader, unit, Expr::Leaf(field, Match::Word(word.clone())))? > 0 {
                return Ok(Some(word));
            }
        }
    }
    Ok(None)
}

/// So many near words are looked for before it is given up.
const MOST_TRIED: usize = 8;
