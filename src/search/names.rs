//! Names and outlets as the archive knows them, for reading a query and for "did you mean".

use crate::index::{Entity, Reader};
use crate::query::{Expr, Field, Match};
use crate::schema::{self, fields};
use crate::search::facets::{self, FacetField};
use crate::search::leaves::typed;
use crate::search::plan::SearchError;
use std::cmp::Reverse;
use tantivy::Term;
use tantivy::query::AllQuery;

/// Whether an outlet of the archive bears this name, with or without "The".
pub fn has_outlet(reader: &Reader, name: &str) -> bool {
    let borne = |name: &str| {
        let term = Term::from_field_text(fields().outlet, &schema::whole_term(name));
        reader.searcher().doc_freq(&term).is_ok_and(|count| count > 0)
    };
    borne(name) || borne(&format!("The {name}"))
}

/// Whether somebody is quoted under this name: a full name, a surname, a description.
pub fn has_speaker(reader: &Reader, name: &str) -> bool {
    reader.entities().is_ok_and(|entities| !entities.named(name).is_empty())
}

/// The speakers of whose names a word begins so, behind the words that are typed before it (`al-Ra*`).
fn beginning<'a>(reader: &'a Reader, typed: &str) -> Result<Vec<&'a Entity>, SearchError> {
    let typed = schema::tokens(typed);
    let Some((start, before)) = typed.split_last() else { return Ok(Vec::new()) };
    let holds = |(form, _): &(String, u64)| {
        let words = schema::tokens(form);
        words.windows(typed.len()).any(|row| {
            row.split_last().is_some_and(|(last, ahead)| ahead == before && last.starts_with(start.as_str()))
        })
    };
    Ok(reader.entities()?.iter().filter(|entity| entity.forms.iter().any(holds)).collect())
}

/// Whom a name means: those known by it, or of whose names a word begins so. The very words of a mention name nobody.
pub(super) fn meant<'a>(reader: &'a Reader, name: &Match) -> Result<Vec<&'a Entity>, SearchError> {
    match name {
        Match::Literal(_) => Ok(Vec::new()),
        Match::Prefix(start) => beginning(reader, start),
        name => Ok(reader.entities()?.named(&typed(name))),
    }
}

/// Whom a condition on the speaker means by name.
pub fn bearers<'a>(reader: &'a Reader, by: &Expr) -> Result<Vec<&'a Entity>, SearchError> {
    match by {
        Expr::Leaf(Field::By, name @ (Match::Word(_) | Match::Prefix(_))) => meant(reader, name),
        _ => Ok(Vec::new()),
    }
}

/// The name, or part of a name, nearest to a misspelt one; of several the one quoted most.
pub fn nearest_speaker(reader: &Reader, typed: &str) -> Result<Option<String>, SearchError> {
    let names = reader.entities()?.iter().map(|e| (e.name.as_str(), e.count));
    Ok(nearest(typed, names))
}

/// The outlet nearest to a misspelt one.
pub fn nearest_outlet(reader: &Reader, typed: &str) -> Result<Option<String>, SearchError> {
    nearest_value(reader, Field::Outlet, typed)
}

/// The value of a field nearest to a misspelt one; None of a field that is not counted by.
pub(super) fn nearest_value(
    reader: &Reader,
    field: Field,
    typed: &str,
) -> Result<Option<String>, SearchError> {
    let name = match field {
        Field::Outlet => "outlet",
        Field::Section => "section",
        Field::Byline => "byline",
        Field::Agency => "agency",
        Field::Place => "place",
        Field::Cue => "cue",
        _ => return Ok(None),
    };
    let Some(facet) = FacetField::named(name) else { return Ok(None) };
    let counts = facets::count(reader, &AllQuery, &[facet], 0)?;
    Ok(nearest(typed, counts.iter().flat_map(|f| &f.values).map(|v| (v.value.as_str(), v.count))))
}

fn nearest<'a>(typed: &str, names: impl Iterator<Item = (&'a str, u64)>) -> Option<String> {
    let typed = schema::tokens(typed).join(" ");
    let length = typed.chars().count();
    let allowed = 1 + length / 5;
    // Names that are longer or shorter by more are farther: comparing takes the product of the lengths.
    let distance = |name: &str| {
        let near = name.chars().count().abs_diff(length) <= allowed;
        near.then(|| strsim::osa_distance(&typed, name))
    };
    let far = |name: &str| {
        let words = schema::tokens(name);
        let last = words.last().and_then(|word| distance(word));
        distance(&words.join(" ")).into_iter().chain(last).min()
    };
    let near = names.filter_map(|(name, count)| Some((far(name)?, Reverse(count), name)));
    near.min().filter(|(far, ..)| *far <= allowed).map(|(_, _, name)| name.to_owned())
}
