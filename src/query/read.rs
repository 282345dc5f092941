//! The way of a query: guard, tokens, a natural phrase or the language itself, checks.

use crate::query::ast::{Expr, Field, Query, Sort, Unit};
use crate::query::error::QueryError;
use crate::query::known::Known;
use crate::query::lexer::{self, Token, What};
use crate::query::print::of_quotes;
use crate::query::saved::{self, Saved};
use crate::query::{fields, natural, parser};

/// Longer queries are programs, not questions.
const LONGEST: usize = 4096;

/// How to read a query.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParseOptions {
    /// No natural phrases.
    pub raw: bool,
    /// What to answer with, whatever the query begins with.
    pub unit: Option<Unit>,
}

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// Its canonical form, where that is not what was typed.
    pub reading: Option<String>,
    /// What the person should know about the reading.
    pub notes: Vec<String>,
    /// The order it asks for.
    pub sort: Option<Sort>,
    /// Whether it is nothing but words: two or more, without marks, fields or operators.
    pub plain_words: bool,
}

/// Reads a query.
pub fn parse(typed: &str, known: &dyn Known, options: &ParseOptions) -> Result<Parsed, QueryError> {
    guard(typed)?;
    let tokens = lexer::tokens(typed)?;
    let (tokens, understood) = understood(tokens, typed, known, options, &[])?;
    let Understood { expr, unit, sort } = understood;
    let unit = unit.unwrap_or(Unit::Articles);
    check(&expr, unit, typed)?;
    let query = Query { unit, expr };
    let words = tokens.iter().all(|t| matches!(t.what, What::Word(_)));
    let plain_words =
        words && tokens.len() > 1 && matches!(query.expr, Expr::And(_)) && head(&tokens).0.is_none();
    let plain_words = plain_words && sort.is_none() && unit == Unit::Articles;
    let mut notes = notes(&tokens, known);
    notes.extend(said_by(&tokens, known).filter(|_| plain_words));
    let parsed = Parsed { notes, query, reading: None, sort, plain_words };
    let reading = Some(parsed.canonical()).filter(|canonical| canonical != typed.trim());
    Ok(Parsed { reading, ..parsed })
}

impl Parsed {
    /// The query in the language itself, with the order it asks for: it reads back to the same.
    pub fn canonical(&self) -> String {
        let order = self.sort.map(|sort| format!(" {SORT}:{}", sort.name())).unwrap_or_default();
        format!("{}{order}", self.query)
    }
}

/// A saved query; `within` are the names of those it is read for, its own last.
pub(super) fn saved(typed: &str, known: &dyn Known, within: &[&str]) -> Result<Saved, QueryError> {
    guard(typed)?;
    let tokens = lexer::tokens(typed)?;
    let (_, Understood { expr, unit, sort }) =
        understood(tokens, typed, known, &ParseOptions::default(), within)?;
    if let Some(unit) = unit {
        check(&expr, unit, typed)?;
    }
    Ok(Saved { expr, unit, sort })
}

/// What tokens ask for.
struct Understood {
    expr: Expr,
    /// What it answers with, where anything says so.
    unit: Option<Unit>,
    sort: Option<Sort>,
}

fn understood(
    tokens: Vec<Token>,
    typed: &str,
    known: &dyn Known,
    options: &ParseOptions,
    within: &[&str],
) -> Result<(Vec<Token>, Understood), QueryError> {
    let (tokens, stated) = ordered(tokens)?;
    let tokens = saved::resolved(tokens, known, within)?;
    let phrase = if options.raw { None } else { natural::read(&tokens, typed.len(), known) };
    let (unit, expr, sort) = match phrase {
        Some(natural) => {
            let natural = natural?;
            (Some(natural.unit), natural.expr, natural.sort)
        }
        None => {
            let (unit, rest) = head(&tokens);
            let expr = if rest.is_empty() {
                Expr::All
            } else {
                parser::expression(rest, typed.len(), known.today())?
            };
            (unit, expr, None)
        }
    };
    let unit = options.unit.or(unit).or_else(|| saved::unit(&tokens)).or_else(|| unit_of(&expr));
    saved::check(&tokens, unit.unwrap_or(Unit::Articles))?;
    saved::bounded(&tokens, &expr, typed.len())?;
    let sort = stated.or(sort).or_else(|| saved::sort(&tokens));
    Ok((tokens, Understood { expr, unit, sort }))
}

/// What states the order.
const SORT: &str = "sort";

/// The tokens without `sort:oldest`, which is a condition on nothing, and the order it states.
fn ordered(mut tokens: Vec<Token>) -> Result<(Vec<Token>, Option<Sort>), QueryError> {
    let is_sort = |token: &Token| matches!(&token.what, What::Field(name) if name.eq_ignore_ascii_case(SORT));
    let Some(at) = tokens.iter().position(is_sort) else { return Ok((tokens, None)) };
    let named = tokens.get(at + 1).and_then(Token::word).unwrap_or_default().to_lowercase();
    let sort = [Sort::Newest, Sort::Oldest].into_iter().find(|sort| sort.name() == named);
    let whole = tokens[at + 1..].iter().chain(&tokens[..at]).all(|token| !is_sort(token));
    match sort.filter(|_| whole && !is_within(&tokens, at)) {
        Some(sort) => {
            tokens.drain(at..at + 2);
            Ok((tokens, Some(sort)))
        }
        None => Err(QueryError::new(tokens[at].span.clone(), "sort: states the order of the whole, once")
            .hint("sort:oldest or sort:newest, at the end")),
    }
}

/// Whether a token stands in a group or parentheses, or is excluded.
pub(super) fn is_within(tokens: &[Token], at: usize) -> bool {
    let depth = tokens[..at].iter().fold(0, |depth, token| match token.what {
        What::Open | What::Group => depth + 1,
        What::Close | What::CloseGroup => depth - 1,
        _ => depth,
    });
    depth != 0 || at > 0 && tokens[at - 1].what == What::Not
}

/// Refuses what no person types, before any work is done on it.
fn guard(typed: &str) -> Result<(), QueryError> {
    if typed.trim().is_empty() {
        return Err(
            QueryError::new(0..1, "there is no query").hint("such as: quotes by Marsh mentioning the bridge")
        );
    }
    if typed.len() > LONGEST {
        return Err(QueryError::new(
            typed.floor_char_boundary(LONGEST)..typed.len(),
            format!("a query has {LONGEST} bytes at most, this one {}", typed.len()),
        )
        .hint("ask in several queries"));
    }
    match typed.char_indices().find(|(_, c)| c.is_control() && !c.is_whitespace()) {
        Some((at, c)) => {
            Err(QueryError::new(at..at + c.len_utf8(), "there is a control character here")
                .hint("take it out"))
        }
        None => Ok(()),
    }
}

/// `quotes …` and `articles …`: the unit, and what stands behind the head.
pub(super) fn head(tokens: &[Token]) -> (Option<Unit>, &[Token]) {
    match tokens.first().map(|t| &t.what) {
        Some(What::Word(word)) if word.eq_ignore_ascii_case("quotes") => (Some(Unit::Quotes), &tokens[1..]),
        Some(What::Word(word)) if word.eq_ignore_ascii_case("articles") => {
            (Some(Unit::Articles), &tokens[1..])
        }
        _ => (None, tokens),
    }
}

/// What a query without a head answers with; None where it is words and shared fields alone.
fn unit_of(expr: &Expr) -> Option<Unit> {
    if expr.has_group() {
        return Some(Unit::Articles);
    }
    expr.any_leaf(&of_quotes).then_some(Unit::Quotes)
}

fn check(expr: &Expr, unit: Unit, typed: &str) -> Result<(), QueryError> {
    let all = 0..typed.len();
    if unit == Unit::Quotes && expr.has_group() {
        return Err(QueryError::new(all, "quote{…} groups belong to queries for articles")
            .hint("begin with `articles`, or leave out the braces: conditions bind to one quote anyway"));
    }
    if only_negative(expr) {
        let example = if unit == Unit::Quotes { "quotes * -by:marsh" } else { "articles * -bridge" };
        return Err(QueryError::new(all, "this says only what is not wanted")
            .hint(format!("say what is, or begin with everything: {example}")));
    }
    Ok(())
}

fn only_negative(expr: &Expr) -> bool {
    match expr {
        Expr::All | Expr::Leaf(..) => false,
        Expr::Not(_) => true,
        Expr::And(parts) => parts.iter().all(only_negative),
        Expr::Or(parts) => parts.iter().any(only_negative),
        Expr::Quote(inner) => only_negative(inner),
    }
}

/// `Putin interference`: the articles with these words; what he said is asked otherwise.
fn said_by(tokens: &[Token], known: &dyn Known) -> Option<String> {
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let named = |n: &usize| words[0].starts_with(char::is_uppercase) && known.speaker(&words[..*n].join(" "));
    let name = (1..words.len().min(LONGEST_NAME + 1)).rev().find(named)?;
    let (name, rest) = (words[..name].join(" "), words[name..].join(" "));
    Some(format!(
        "these are articles with the words; what was said by {name}: quotes by {name} mentioning {rest}"
    ))
}

/// Names of more words are rare.
const LONGEST_NAME: usize = 4;

/// `in The Harbor Gazette`: no outlet, but nearly one.
fn misspelt_outlet(tokens: &[Token], known: &dyn Known) -> Option<String> {
    for (at, _) in tokens.iter().enumerate().filter(|(_, t)| matches!(t.word(), Some("in" | "from"))) {
        let name = |word: &&str| word.starts_with(char::is_uppercase);
        let words: Vec<&str> = tokens[at + 1..].iter().map_while(Token::word).take_while(name).collect();
        let typed = words.join(" ");
        if typed.len() < SHORTEST_OUTLET || (1..=words.len()).any(|n| known.outlet(&words[..n].join(" "))) {
            continue;
        }
        if let Some(near) = known.nearest_outlet(&typed).filter(|near| *near != typed) {
            return Some(format!("`{typed}` is no outlet of the archive; did you mean outlet:\"{near}\"?"));
        }
    }
    None
}

/// `outlet:The Harbour Gazette`: only the first word is the name.
fn unmarked_outlet(tokens: &[Token], known: &dyn Known) -> Option<String> {
    for (at, token) in tokens.iter().enumerate() {
        let What::Field(field) = &token.what else { continue };
        if fields::named(field).is_none_or(|named| named.field != Field::Outlet) {
            continue;
        }
        let words: Vec<&str> = tokens[at + 1..].iter().map_while(Token::word).take(LONGEST_OUTLET).collect();
        let whole = (2..=words.len()).rev().map(|n| words[..n].join(" ")).find(|name| known.outlet(name));
        if let Some(whole) = whole {
            let first = words[0];
            return Some(format!("only `{first}` is the name; for all of it type {field}:\"{whole}\""));
        }
    }
    None
}

/// No outlet's name has more words.
const LONGEST_OUTLET: usize = 6;

/// Shorter names are near to anything.
const SHORTEST_OUTLET: usize = 5;

/// `qoutes by Marsh`: no head, but nearly one, before a word that goes on as a phrase would.
fn misspelt_head(tokens: &[Token]) -> Option<String> {
    let (first, second) = (tokens.first()?.word()?, tokens.get(1)?.word()?);
    let near = |head: &&str| (1..=2).contains(&strsim::osa_distance(&first.to_lowercase(), head));
    let head = ["quotes", "articles"].into_iter().find(near).filter(|_| natural::goes_on(second))?;
    Some(format!("`{first}` is read as a word; did you mean `{head} {second} …`?"))
}

/// `by:ellen marsh`, where somebody is known by both words: only the first is the name; say so.
fn notes(tokens: &[Token], known: &dyn Known) -> Vec<String> {
    let mut notes: Vec<String> = misspelt_head(tokens).into_iter().collect();
    notes.extend(misspelt_outlet(tokens, known));
    notes.extend(unmarked_outlet(tokens, known));
    for window in tokens.windows(3) {
        let [Token { what: What::Field(field), .. }, first, second] = window else { continue };
        let (Some(first), Some(second)) = (first.word(), second.word()) else { continue };
        let by = fields::named(field).is_some_and(|named| named.field == Field::By);
        if by && known.speaker(&format!("{first} {second}")) {
            notes.push(format!(
                "only `{first}` is the name; for both words type {field}:\"{first} {second}\""
            ));
        }
    }
    notes
}
