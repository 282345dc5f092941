//! From what stands behind a field's colon to what it means there.

use crate::article::Date;
use crate::query::ast::{Expr, Field, Match, NumberRange};
use crate::query::dates;
use crate::query::error::QueryError;
use crate::query::fields::{self, Named, Takes};
use crate::query::regex;
use crate::text::nearest;
use std::ops::Range;

/// Wildcards with fewer letters before them would match half the dictionary.
const SHORTEST_PREFIX: usize = 2;
/// No text has more words.
const MOST_COUNTED: f64 = 1e9;
/// More words than this are no phrase anybody said.
const LONGEST_PHRASE: usize = 64;

/// A word outside marks.
pub(super) fn word(
    named: Option<&Named>,
    typed: &str,
    span: Range<usize>,
    today: Date,
) -> Result<Expr, QueryError> {
    let Some(named) = named else { return words(Field::Any, typed, span) };
    match named.takes {
        Takes::Words => words(named.field, typed, span),
        Takes::Name if typed.ends_with('*') => words(named.field, typed, span),
        _ => whole(named, typed, span, today),
    }
}

/// The condition that somebody of this name said it, as `by:` reads it; None where it is no name.
pub fn said_by(name: &str) -> Option<Expr> {
    // A name has no place in a query of its own, and no date.
    word(fields::named("by"), name.trim(), 0..name.len(), Date::from_days(0)).ok()
}

/// What stood in marks.
pub(super) fn phrase(
    named: Option<&Named>,
    typed: &str,
    slop: u32,
    span: Range<usize>,
    today: Date,
) -> Result<Expr, QueryError> {
    let field = match named {
        Some(named) if named.takes != Takes::Words => return whole(named, typed, span, today),
        Some(named) => named.field,
        None => Field::Any,
    };
    let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
    wildcards(&words, &span)?;
    if !typed.contains(char::is_alphanumeric) {
        return Err(QueryError::new(span, "there are no words between these marks"));
    }
    if words.len() > LONGEST_PHRASE {
        return Err(QueryError::new(span, format!("a phrase has {LONGEST_PHRASE} words at most"))
            .hint("its first words will find it as well"));
    }
    Ok(Expr::Leaf(field, Match::Phrase { words, slop }))
}

/// What stood between slashes: a regular expression where words are looked for, a path elsewhere.
pub(super) fn regex(
    named: Option<&Named>,
    typed: &str,
    span: Range<usize>,
    today: Date,
) -> Result<Expr, QueryError> {
    match named {
        Some(named) if named.takes != Takes::Words => whole(named, &format!("/{typed}/"), span, today),
        _ => {
            regex::check(typed, span)?;
            let field = named.map_or(Field::Any, |named| named.field);
            Ok(Expr::Leaf(field, Match::Regex(typed.to_owned())))
        }
    }
}

/// `*` in a phrase: behind the beginning of a word, or for any one word between two others.
fn wildcards(words: &[String], span: &Range<usize>) -> Result<(), QueryError> {
    let alone = |word: Option<&String>| word.is_some_and(|w| w == "*");
    if words.len() > 1 && (alone(words.first()) || alone(words.last())) {
        return Err(QueryError::new(span.clone(), "in a phrase a * alone stands between two words")
            .hint("\"the * bridge\" finds the old bridge, the new bridge …"));
    }
    for start in words.iter().filter_map(|w| w.strip_suffix('*')).filter(|start| !start.is_empty()) {
        let letters = start.chars().filter(|c| c.is_alphanumeric()).count();
        if letters < SHORTEST_PREFIX && !start.contains('*') {
            return Err(QueryError::new(span.clone(), format!("`{start}*` stands for too many words"))
                .hint("a * stands behind two letters or more"));
        }
    }
    Ok(())
}

fn words(field: Field, typed: &str, span: Range<usize>) -> Result<Expr, QueryError> {
    if typed == "*" {
        return Ok(Expr::All);
    }
    if let Some(start) = typed.strip_suffix('*') {
        let letters = start.chars().filter(|c| c.is_alphanumeric()).count();
        if start.contains('*') || letters < SHORTEST_PREFIX {
            return Err(QueryError::new(span, "a * stands at the end of a word, behind two letters or more")
                .hint("inter* finds interfere, interference, international …"));
        }
        return Ok(Expr::Leaf(field, Match::Prefix(start.to_lowercase())));
    }
    if typed.contains('*') {
        return Err(
            QueryError::new(span, "a * stands at the end of a word").hint("interf* instead of inter*rence")
        );
    }
    if let Some((word, distance)) = typed.rsplit_once('~').filter(|(word, _)| !word.is_empty()) {
        let distance = match distance {
            "" | "1" => 1,
            "2" => 2,
            _ => {
                return Err(QueryError::new(span, "behind ~ stands 1 or 2: how many letters may differ")
                    .hint("interferance~1 finds interference"));
            }
        };
        if word.chars().filter(|c| c.is_alphanumeric()).count() < 2 + usize::from(distance) {
            return Err(QueryError::new(span, "so short a word has too many neighbours")
                .hint("~1 wants three letters, ~2 four"));
        }
        return Ok(Expr::Leaf(field, Match::Fuzzy(word.to_lowercase(), distance)));
    }
    if !typed.contains(char::is_alphanumeric) {
        return Err(QueryError::new(span, format!("`{typed}` holds no word to look for"))
            .hint("leave it out, or put a word in its place"));
    }
    Ok(Expr::Leaf(field, Match::Word(typed.to_owned())))
}

/// A value that is one thing: a name, a date, a number, a choice.
fn whole(named: &Named, typed: &str, span: Range<usize>, today: Date) -> Result<Expr, QueryError> {
    let name = named.names[0];
    let sought = match named.takes {
        Takes::Date => Match::Dates(dates::range(typed, today).map_err(|why| {
            QueryError::new(span, why)
                .hint("dates are 2016, 2016-10, 2016-10-12, ranges 2015..2017-03, also \"last month\"")
        })?),
        Takes::Count => {
            let whole = |n: f64| n.fract() == 0.0 && (0.0..=MOST_COUNTED).contains(&n);
            Match::Number(range(typed, whole).ok_or_else(|| {
                QueryError::new(span, format!("{name} takes a whole number"))
                    .hint(format!("{name}:>50, {name}:<=20 or {name}:20..50"))
            })?)
        }
        Takes::Share => Match::Number(range(typed, |n| (0.0..=1.0).contains(&n)).ok_or_else(|| {
            QueryError::new(span, format!("{name} takes a number from 0 to 1"))
                .hint("conf:>0.9, conf:<=0.5 or conf:0.5..0.8")
        })?),
        Takes::Choice(choices) => {
            let value = typed.to_lowercase();
            let value = if value == "anonymous" { "unnamed".to_owned() } else { value };
            if !choices.contains(&value.as_str()) {
                let near = nearest(&value, choices.iter().copied());
                let near = near.map(|n| format!("did you mean {name}:{n}? ")).unwrap_or_default();
                return Err(QueryError::new(span, format!("{name}: is never `{typed}`"))
                    .hint(format!("{near}{name}: takes {}", choices.join(", "))));
            }
            Match::Word(value)
        }
        Takes::Name | Takes::Words => match typed.trim().strip_prefix('=') {
            Some(literal) if literal.contains(char::is_alphanumeric) => {
                Match::Literal(literal.trim().to_owned())
            }
            _ if typed.contains(char::is_alphanumeric) => Match::Word(typed.trim().to_owned()),
            _ => {
                return Err(QueryError::new(span, format!("{name}: stands without a name"))
                    .hint(format!("such as {}", named.example)));
            }
        },
    };
    Ok(Expr::Leaf(named.field, sought))
}

/// `>0.9`, `<=0.5`, `0.5..0.8`, `0.9` (that or more), of numbers that are `fit`.
fn range(typed: &str, fit: impl Fn(f64) -> bool) -> Option<NumberRange> {
    let number = |s: &str| s.trim().parse::<f64>().ok().filter(|n| fit(*n));
    let end = |s: &str, included: bool| number(s).map(|n| Some((n, included)));
    let open = NumberRange { from: None, to: None };
    if let Some((from, to)) = typed.split_once("..") {
        let side = |s: &str| if s.trim().is_empty() { Some(None) } else { end(s, true) };
        let range = NumberRange { from: side(from)?, to: side(to)? };
        let ordered = range.from.zip(range.to).is_none_or(|(a, b)| a.0 <= b.0);
        return (range != open && ordered).then_some(range);
    }
    for (sign, included) in [(">=", true), ("<=", true), (">", false), ("<", false)] {
        if let Some(s) = typed.strip_prefix(sign) {
            let end = end(s, included)?;
            let above = sign.starts_with('>');
            return Some(if above {
                NumberRange { from: end, ..open }
            } else {
                NumberRange { to: end, ..open }
            });
        }
    }
    Some(NumberRange { from: end(typed, true)?, ..open })
}
