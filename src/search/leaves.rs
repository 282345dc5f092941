//! The single conditions of a plan: words, keywords, dates, numbers.

use crate::article::Date;
use crate::index::Reader;
use crate::lexicon::cue_class;
use crate::query::Match;
use crate::schema;
use crate::search::SearchError;
use crate::search::inflected::{any_form, inflections};
use crate::search::positional::{self, Asked, Texts};
use crate::search::spots::Spot;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, PhraseQuery, Query, RangeQuery,
    RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

pub(super) type Boxed = Box<dyn Query>;

/// Words in a text field: a word in any inflection, a phrase word for word.
pub(super) fn words(reader: &Reader, field: Field, sought: &Match) -> Result<Boxed, SearchError> {
    let Some(asked) = Asked::of(sought) else { return Ok(Box::new(EmptyQuery)) };
    let read = |asked| positional::query(reader, Texts::Field(field), asked);
    let ([rows], [], 1) = (&asked.words[..], &asked.links[..], asked.least) else { return read(asked) };
    let [row] = &rows[..] else { return read(asked) };
    Ok(match &row.spots[..] {
        [Spot::Inflected { word, .. }] => any_form(field, inflections(reader, field, word)?),
        // However many they are.
        [Spot::Prefix(start)] => begins(field, start),
        [one] => one_of(field, one.terms(reader, field)?.unwrap_or_default()),
        _ => match row.exact_words() {
            Some(words) => phrase(field, &words),
            None => read(asked)?,
        },
    })
}

/// Words that a quote reports.
pub(super) fn quoted(reader: &Reader, sought: &Match) -> Result<Boxed, SearchError> {
    match Asked::of(sought) {
        Some(asked) => positional::query(reader, Texts::Quotes, asked),
        None => Ok(Box::new(EmptyQuery)),
    }
}

fn phrase(field: Field, words: &[&str]) -> Boxed {
    match words {
        [] => Box::new(EmptyQuery),
        [word] => term(field, word),
        several => {
            Box::new(PhraseQuery::new(several.iter().map(|w| Term::from_field_text(field, w)).collect()))
        }
    }
}

/// Tokens, or values, that begin so.
pub(super) fn begins(field: Field, start: &str) -> Boxed {
    let escaped: String = start.chars().flat_map(escape).collect();
    match RegexQuery::from_pattern(&format!("{escaped}.*"), field) {
        Ok(query) => Box::new(query),
        // Every character is escaped: there is no pattern tantivy could refuse.
        Err(_) => Box::new(EmptyQuery),
    }
}

fn escape(c: char) -> impl Iterator<Item = char> {
    let slash = (!c.is_alphanumeric() && c.is_ascii()).then_some('\\');
    slash.into_iter().chain(std::iter::once(c))
}

/// Articles or quotes whose id begins so.
pub(super) fn ids(key: Field, unit: Field, start: &str) -> Boxed {
    let Some((letter, keys)) = schema::keys(start) else { return Box::new(EmptyQuery) };
    let bound = |end: &u64| Bound::Included(Term::from_field_u64(key, *end));
    let keys = within(bound(keys.start()), bound(keys.end()));
    let unit = term(unit, if letter == 'a' { "article" } else { "quote" });
    Box::new(BooleanQuery::new(vec![(Occur::Must, keys), (Occur::Must, unit)]))
}

/// Quotes of which this is known; None where only articles have it.
pub(super) fn known_of_quote(what: &str) -> Option<Boxed> {
    let column = match what {
        "speaker" => "speaker_kind",
        "name" => "speaker",
        "role" | "cue" => what,
        _ => return None,
    };
    Some(Box::new(ExistsQuery::new(column.to_owned(), false)))
}

/// One value, letter for letter but for case.
pub(super) fn keyword(field: Field, sought: &Match) -> Boxed {
    match sought {
        Match::Prefix(start) => begins(field, &start.to_lowercase()),
        other => term(field, &typed(other).to_lowercase()),
    }
}

/// A cue, or any of the class it names; `"=deny"` is the verb alone.
pub(super) fn cue(field: Field, sought: &Match) -> Boxed {
    match sought {
        Match::Word(name) => match cue_class(&name.to_lowercase()) {
            Some(class) => one_of(field, class.lemmas.iter().map(|lemma| (*lemma).to_owned())),
            None => keyword(field, sought),
        },
        _ => keyword(field, sought),
    }
}

/// A name or title of something: its words in a row; the beginning of one of them; the whole name for
/// `"=The Post"`.
pub(super) fn name(reader: &Reader, field: Field, sought: &Match) -> Result<Boxed, SearchError> {
    Ok(match sought {
        Match::Word(words) => {
            let words = schema::tokens(words);
            phrase(field, &words.iter().map(String::as_str).collect::<Vec<&str>>())
        }
        Match::Literal(whole) => term(field, &schema::whole_term(whole)),
        other => words(reader, field, other)?,
    })
}

/// Days of publication that may lie in the range: a month known only as such is in every range that
/// holds a day of it.
pub(super) fn dates(first_day: Field, last_day: Field, sought: &Match) -> Boxed {
    let Match::Dates(range) = sought else { return Box::new(EmptyQuery) };
    let day = |field: Field, date: Date| Term::from_field_i64(field, date.days());
    let mut parts: Vec<(Occur, Boxed)> = Vec::new();
    // An open end still asks for a date to be known.
    let from = range.first.map_or(Bound::Unbounded, |d| Bound::Included(day(last_day, d.first_day())));
    parts.push((Occur::Must, range_of(last_day, from, Bound::Unbounded)));
    if let Some(last) = range.last {
        let to = Bound::Included(day(first_day, last.last_day()));
        parts.push((Occur::Must, range_of(first_day, Bound::Unbounded, to)));
    }
    Box::new(BooleanQuery::new(parts))
}

fn range_of(field: Field, from: Bound<Term>, to: Bound<Term>) -> Boxed {
    // A range without any bound has no term to say which field is meant.
    let from = match (&from, &to) {
        (Bound::Unbounded, Bound::Unbounded) => Bound::Included(Term::from_field_i64(field, i64::MIN)),
        _ => from,
    };
    Box::new(RangeQuery::new(from, to))
}

/// Shares within a range.
pub(super) fn shares(field: Field, sought: &Match) -> Boxed {
    let Match::Number(range) = sought else { return Box::new(EmptyQuery) };
    let bound = |end: Option<(f64, bool)>| match end {
        None => Bound::Unbounded,
        Some((value, true)) => Bound::Included(Term::from_field_u64(field, schema::thousandths(value))),
        Some((value, false)) => Bound::Excluded(Term::from_field_u64(field, schema::thousandths(value))),
    };
    within(bound(range.from), bound(range.to))
}

/// Whole numbers within a range.
pub(super) fn counts(field: Field, sought: &Match) -> Boxed {
    let Match::Number(range) = sought else { return Box::new(EmptyQuery) };
    // The ends are whole numbers: the query's reader takes no others.
    let bound = |end: Option<(f64, bool)>| match end {
        None => Bound::Unbounded,
        Some((value, true)) => Bound::Included(Term::from_field_u64(field, value as u64)),
        Some((value, false)) => Bound::Excluded(Term::from_field_u64(field, value as u64)),
    };
    within(bound(range.from), bound(range.to))
}

/// Values between two ends. tantivy 0.27 gives the least value of a column to a range that lies wholly
/// below it; a range with one end it reads right.
fn within(from: Bound<Term>, to: Bound<Term>) -> Boxed {
    let ends = [(from, Bound::Unbounded), (Bound::Unbounded, to)].into_iter();
    let closed = ends.filter(|ends| *ends != (Bound::Unbounded, Bound::Unbounded));
    let parts: Vec<(Occur, Boxed)> =
        closed.map(|(from, to)| (Occur::Must, Box::new(RangeQuery::new(from, to)) as Boxed)).collect();
    if parts.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::new(parts)) }
}

/// Any of these terms; which of them does not count for the order of hits.
pub(super) fn one_of(field: Field, terms: impl IntoIterator<Item = String>) -> Boxed {
    let terms: Vec<Term> = terms.into_iter().map(|t| Term::from_field_text(field, &t)).collect();
    if terms.len() > FEW {
        return Box::new(TermSetQuery::new(terms));
    }
    let term = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Boxed;
    Box::new(ConstScoreQuery::new(any_of(terms.into_iter().map(term).collect()), 1.0))
}

/// Up to so many terms are looked up one by one: for a set of them tantivy builds an automaton, which takes
/// longer than most questions.
pub(super) const FEW: usize = 32;

/// One term.
pub(super) fn term(field: Field, value: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::WithFreqs))
}

/// Any of them.
pub(super) fn any_of(parts: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(parts.into_iter().map(|p| (Occur::Should, p)).collect()))
}

/// All of them.
pub(super) fn all_of(parts: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(parts.into_iter().map(|p| (Occur::Must, p)).collect()))
}

/// A condition that does not count for the order of hits.
pub(super) fn filter(condition: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(condition, 0.0))
}

/// What was typed, as one text.
pub(super) fn typed(sought: &Match) -> String {
    match sought {
        Match::Word(text) | Match::Prefix(text) | Match::Literal(text) => text.clone(),
        Match::Fuzzy(text, _) | Match::Regex(text) => text.clone(),
        Match::Phrase { words, .. } => words.join(" "),
        Match::Near(_) | Match::AtLeast(..) => sought.to_string(),
        Match::Dates(_) | Match::Number(_) => String::new(),
    }
}
