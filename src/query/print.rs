//! The canonical form: what was understood, in the language itself.

use crate::query::ast::{Chain, Expr, Field, Match, NumberRange, Query, Unit, Within};
use crate::query::fields;
use crate::query::lexer::{self, What};
use crate::query::natural;
use std::fmt::{self, Display, Formatter};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let head = self.unit.noun(2);
        let of_quotes = self.expr.any_leaf(&of_quotes);
        let told = of_quotes == (self.unit == Unit::Quotes);
        match &self.expr {
            Expr::All => f.write_str(head),
            // Words that would be taken for a head or the beginning of a phrase stand in brackets.
            expr if natural::opens(first_word(expr)) => write!(f, "{head} ({expr})"),
            expr if told => write!(f, "{expr}"),
            expr if natural::goes_on(first_word(expr)) => write!(f, "{head} ({expr})"),
            expr => write!(f, "{head} {expr}"),
        }
    }
}

/// The word a condition begins with as it is printed, where it is one outside fields and marks.
fn first_word(expr: &Expr) -> &str {
    match expr {
        Expr::Leaf(Field::Any, Match::Word(word)) => word,
        Expr::Leaf(Field::Any, Match::Near(Chain { first, .. })) => match &first[..] {
            [Match::Word(word)] => word,
            _ => "",
        },
        Expr::And(parts) | Expr::Or(parts) => parts.first().map_or("", first_word),
        _ => "",
    }
}

/// Whether a field makes a query one for quotes.
pub(super) fn of_quotes(field: Field, sought: &Match) -> bool {
    let shared = field == Field::Is && *sought == Match::Word(fields::WIRE.to_owned());
    // An id with q is that of a quote.
    let named = field == Field::Id && matches!(sought, Match::Word(id) if id.starts_with(['q', 'Q']));
    named || !shared && fields::row(field).is_some_and(|row| row.of == Some(Unit::Quotes))
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expr::All => f.write_str("*"),
            Expr::Leaf(field, sought) => leaf(*field, sought, f),
            Expr::And(parts) => joined(parts, " ", f, |part| matches!(part, Expr::Or(_))),
            Expr::Or(parts) => joined(parts, " OR ", f, |_| false),
            Expr::Not(inner) => {
                let printed = inner.to_string();
                // Several dashes in a row begin a word.
                let several =
                    matches!(**inner, Expr::And(_) | Expr::Or(_) | Expr::Leaf(Field::Any, Match::Near(_)));
                let bracket = several || printed.starts_with('-');
                if bracket { write!(f, "-({printed})") } else { write!(f, "-{printed}") }
            }
            Expr::Quote(inner) => write!(f, "quote{{{inner}}}"),
        }
    }
}

fn joined(parts: &[Expr], by: &str, f: &mut Formatter<'_>, bracket: impl Fn(&Expr) -> bool) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(by)?;
        }
        if bracket(part) { write!(f, "({part})")? } else { write!(f, "{part}")? }
    }
    Ok(())
}

fn leaf(field: Field, sought: &Match, f: &mut Formatter<'_>) -> fmt::Result {
    if let Some(row) = fields::row(field) {
        write!(f, "{}:", row.names[0])?;
    }
    match sought {
        Match::Near(_) if field != Field::Any => write!(f, "({sought})"),
        // Behind a name and a colon two slashes are an address.
        Match::Word(word) if field != Field::Any && word.starts_with("//") => write!(f, " {sought}"),
        _ => write!(f, "{sought}"),
    }
}

impl Display for Match {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Match::Word(word) => f.write_str(&value(word)),
            Match::Phrase { words, slop: 0 } => write!(f, "\"{}\"", words.join(" ")),
            Match::Phrase { words, slop } => write!(f, "\"{}\"~{slop}", words.join(" ")),
            Match::Prefix(start) => write!(f, "{start}*"),
            Match::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Match::Regex(pattern) => write!(f, "/{pattern}/"),
            Match::Near(Chain { first, rest }) => {
                alternatives(first, f)?;
                rest.iter().try_for_each(|(within, words)| {
                    write!(f, " {within} ")?;
                    alternatives(words, f)
                })
            }
            Match::AtLeast(least, words) => {
                write!(f, "atleast{least}(")?;
                any(words, f)?;
                f.write_str(")")
            }
            Match::Literal(words) => write!(f, "\"={words}\""),
            Match::Dates(range) => match (range.first, range.last) {
                (Some(a), Some(b)) if a == b => write!(f, "{a}"),
                (a, b) => {
                    let end = |d: Option<crate::article::Date>| d.map(|d| d.to_string()).unwrap_or_default();
                    write!(f, "{}..{}", end(a), end(b))
                }
            },
            Match::Number(range) => f.write_str(&number(range)),
        }
    }
}

impl Display for Within {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Within::Near(places) => write!(f, "NEAR/{places}"),
            Within::Before(places) => write!(f, "PRE/{places}"),
            Within::Sentence => f.write_str("/s"),
            Within::Paragraph => f.write_str("/p"),
        }
    }
}

/// The words of one place of a chain.
fn alternatives(words: &[Match], f: &mut Formatter<'_>) -> fmt::Result {
    if let [one] = words {
        return write!(f, "{one}");
    }
    f.write_str("(")?;
    any(words, f)?;
    f.write_str(")")
}

fn any(words: &[Match], f: &mut Formatter<'_>) -> fmt::Result {
    let printed: Vec<String> = words.iter().map(Match::to_string).collect();
    f.write_str(&printed.join(" OR "))
}

/// A value as it is typed: in marks where it would not be one plain word.
fn value(word: &str) -> String {
    let plain =
        matches!(lexer::tokens(word).as_deref(), Ok([token]) if token.what == What::Word(word.to_owned()));
    let fuzzy = word.rsplit_once('~').is_some_and(|(word, _)| !word.is_empty());
    if plain && !fuzzy && !word.contains('*') { word.to_owned() } else { format!("\"{word}\"") }
}

fn number(range: &NumberRange) -> String {
    match (range.from, range.to) {
        (Some((a, true)), None) => format!(">={a}"),
        (Some((a, false)), None) => format!(">{a}"),
        (None, Some((b, true))) => format!("<={b}"),
        (None, Some((b, false))) => format!("<{b}"),
        (a, b) => {
            let end = |e: Option<(f64, bool)>| e.map(|(n, _)| n.to_string()).unwrap_or_default();
            format!("{}..{}", end(a), end(b))
        }
    }
}
