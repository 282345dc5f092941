//! Whether a quotation is real: the quotes nearest to it, word by word, who said them and who else did, the
//! earliest print, and what was searched.

use crate::article::Date;
use crate::index::Reader;
use crate::query::{Expr, Field, Match, Query, Unit};
use crate::schema::{self, fields};
use crate::search::SearchError;
use crate::search::align::{Alignment, align};
use crate::search::explain::counted;
use crate::search::facets::{self, FacetField};
use crate::search::hits::{ArticleHit, Hit, Page, QuoteHit, Sort, answer};
use crate::search::names::nearest_speaker;
use crate::search::timeline::span;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::AllQuery;

/// What a search for a quotation came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Quoted word for word; of the speaker asked for, if one was.
    Verbatim,
    /// Quoted with some words differing.
    Differs,
    /// The speaker asked for is not quoted so, somebody else is.
    SomebodyElse,
    /// Quoted, but the articles name nobody, and a speaker was asked for.
    Unattributed,
    /// The words stand in articles, outside of any quotation.
    NotQuoted,
    /// Not found in what was searched.
    NotFound,
}

impl Verdict {
    /// As machines read it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Differs => "differs",
            Verdict::SomebodyElse => "somebody-else",
            Verdict::Unattributed => "unattributed",
            Verdict::NotQuoted => "not-quoted",
            Verdict::NotFound => "not-found",
        }
    }
}

/// The quotes nearest to a quotation, and what was searched for them.
#[derive(Debug)]
pub struct Verification {
    /// What it came to.
    pub verdict: Verdict,
    /// The quotation word by word, as it was given.
    pub given: Vec<String>,
    /// The nearest quotes of the speaker asked for, or of anybody; the most alike first, equally alike ones
    /// by date. Each is the earliest print of its wording.
    pub closest: Vec<Alike>,
    /// The nearest quotes of others, where a speaker was asked for.
    pub others: Vec<Alike>,
    /// Articles that hold the words where no quotation does; the earliest first, a few at most.
    pub articles: Vec<ArticleHit>,
    /// What was searched.
    pub searched: Searched,
    /// What the reader should know of the speaker asked for.
    pub notes: Vec<String>,
}

/// A quote that is like a quotation.
#[derive(Debug)]
pub struct Alike {
    /// The quote.
    pub hit: Box<QuoteHit>,
    /// The words of the quote as they are printed, each with the marks behind it.
    pub print: Vec<String>,
    /// How the quotation lies in them.
    pub alignment: Alignment,
}

/// How much was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// Quotes.
    pub quotes: usize,
    /// Articles.
    pub articles: usize,
    /// Different outlets.
    pub outlets: usize,
    /// The earliest date.
    pub first: Option<Date>,
    /// The latest date.
    pub last: Option<Date>,
    /// Articles without a date.
    pub undated: usize,
}

/// From this likeness on a quotation counts as found, with differences.
pub const CLOSE: f64 = 0.6;

/// What is less alike is not worth showing.
const FAINT: f64 = 0.3;

/// Longer quotations are refused: that is a text, not a quotation.
const MOST_WORDS: usize = 400;

/// So many words, the rarest, find the quotes that are compared.
const TELLING: usize = 8;

/// So many quotes are compared, and of those that hold the words in a row so many, the earliest.
const COMPARED: usize = 40;

/// Holds a quotation against the quotes of an archive; at most `limit` of each list are kept (0: all that
/// were compared).
pub fn verify(
    reader: &Reader,
    quotation: &str,
    by: Option<&str>,
    limit: usize,
) -> Result<Verification, SearchError> {
    let (given, folded) = worded(quotation);
    if folded.len() > MOST_WORDS {
        return Err(SearchError::TooWide(format!(
            "a quotation of more than {MOST_WORDS} words is a text: give a part of it"
        )));
    }
    let asked = by.map(|name| Asked::of(reader, name)).transpose()?;
    let mut found = candidates(reader, &folded, asked.as_ref())?;
    found.retain(|alike| alike.alignment.similarity() >= FAINT);
    let key = |alike: &Alike| {
        let date = alike.hit.article.meta.date;
        let share = (alike.alignment.similarity() * 1e6) as u64;
        (Reverse(share), date.is_none(), date.map(Date::days), alike.hit.id.clone())
    };
    found.sort_by_cached_key(key);
    let mine = |alike: &Alike| asked.as_ref().is_none_or(|asked| asked.said(reader, &alike.hit));
    let (mut closest, mut others): (Vec<Alike>, Vec<Alike>) = found.into_iter().partition(mine);
    let verdict = verdict(&closest, &others);
    let in_a_row = Expr::Leaf(Field::Any, Match::Phrase { words: folded.clone(), slop: 0 });
    let articles = match verdict {
        None if !folded.is_empty() => articles(reader, in_a_row)?,
        _ => Vec::new(),
    };
    let verdict = verdict.unwrap_or(if articles.is_empty() { Verdict::NotFound } else { Verdict::NotQuoted });
    let kept = if limit == 0 { usize::MAX } else { limit };
    closest.truncate(kept);
    others.truncate(kept);
    let notes = asked.map(|asked| asked.notes).unwrap_or_default();
    Ok(Verification { verdict, given, closest, others, articles, searched: searched(reader)?, notes })
}

/// What the quotes come to; None where none is close.
fn verdict(closest: &[Alike], others: &[Alike]) -> Option<Verdict> {
    let close = |alike: &&Alike| alike.alignment.similarity() >= CLOSE;
    if let Some(best) = closest.first().filter(close) {
        return Some(if best.alignment.is_verbatim() { Verdict::Verbatim } else { Verdict::Differs });
    }
    let others: Vec<&Alike> = others.iter().filter(close).collect();
    if others.is_empty() {
        return None;
    }
    let named = others.iter().any(|alike| alike.hit.speaker.is_some());
    Some(if named { Verdict::SomebodyElse } else { Verdict::Unattributed })
}

/// The words of a quotation, as given and as they are compared.
fn worded(text: &str) -> (Vec<String>, Vec<String>) {
    let words = schema::words(text);
    words.map(|word| (text[word.span.range()].to_owned(), word.folded.into_owned())).unzip()
}

/// The speaker asked for, as the archive knows him.
struct Asked {
    typed: String,
    names: BTreeSet<String>,
    notes: Vec<String>,
}

impl Asked {
    fn of(reader: &Reader, typed: &str) -> Result<Asked, SearchError> {
        let known = reader.entities()?.named(typed);
        let names: BTreeSet<String> = known.iter().map(|entity| entity.name.clone()).collect();
        let listed = || names.iter().cloned().collect::<Vec<String>>().join(", ");
        let notes = match names.len() {
            0 => {
                let near = nearest_speaker(reader, typed)?;
                let hint = near.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
                vec![format!("nobody is quoted under the name “{typed}”{hint}")]
            }
            1 if names.contains(typed) => Vec::new(),
            1 => vec![format!("“{typed}” is {}", listed())],
            several => vec![format!("“{typed}” is {several} speakers: {}", listed())],
        };
        Ok(Asked { typed: typed.to_owned(), names, notes })
    }

    /// Whether a quote is his, alone or with others.
    fn said(&self, reader: &Reader, hit: &QuoteHit) -> bool {
        let Ok(entities) = reader.entities() else { return false };
        let others = hit.quote.attribution.others.iter().filter_map(|speaker| speaker.name.as_deref());
        let mut names = hit.speaker_name().into_iter().chain(others.map(|name| entities.canonical(name)));
        names.any(|name| self.names.contains(name))
    }
}

/// The quotes worth comparing: those that hold the words in a row, the earliest; and those that hold most
/// of the rare ones, of anybody and of the speaker asked for.
fn candidates(reader: &Reader, folded: &[String], asked: Option<&Asked>) -> Result<Vec<Alike>, SearchError> {
    let in_a_row = Expr::Leaf(Field::Quote, Match::Phrase { words: folded.to_vec(), slop: 0 });
    let telling: Vec<Expr> = telling(reader, folded)?;
    let mut asks = Vec::new();
    if !folded.is_empty() {
        asks.push((in_a_row, Sort::Oldest));
    }
    if !telling.is_empty() {
        asks.push((Expr::Or(telling), Sort::Relevance));
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let by = asked.filter(|asked| !asked.names.is_empty());
    let by = by.map(|asked| Expr::Leaf(Field::By, Match::Word(asked.typed.clone())));
    for (expr, sort) in asks {
        let narrowed = by.clone().map(|by| Expr::And(vec![by, expr.clone()]));
        for expr in std::iter::once(expr).chain(narrowed) {
            let page = Page { sort, offset: 0, limit: COMPARED, all_copies: false };
            for hit in answer(reader, &Query { unit: Unit::Quotes, expr }, page, &[], 0)?.hits {
                let Hit::Quote(hit) = hit else { continue };
                if seen.insert(hit.id.clone()) {
                    found.push(alike(hit, folded));
                }
            }
        }
    }
    Ok(found)
}

/// A condition for each of the rarest words there are; the commonest words tell nothing beside others.
pub(super) fn telling(reader: &Reader, folded: &[String]) -> Result<Vec<Expr>, SearchError> {
    let mut words = Vec::new();
    for word in folded.iter().collect::<BTreeSet<&String>>() {
        let count = reader.searcher().doc_freq(&Term::from_field_text(fields().body, word))?;
        words.push((count, word));
    }
    words.retain(|(count, _)| *count > 0);
    words.sort();
    let common = reader.searcher().num_docs() / 20;
    let rare = words.iter().filter(|(count, _)| *count <= common).count();
    words.truncate(if rare >= 2 { rare.min(TELLING) } else { 3 });
    let exact =
        |word: &String| Expr::Leaf(Field::Quote, Match::Phrase { words: vec![word.clone()], slop: 0 });
    Ok(words.into_iter().map(|(_, word)| exact(word)).collect())
}

fn alike(hit: Box<QuoteHit>, folded: &[String]) -> Alike {
    let (print, words) = printed(&hit);
    let alignment = align(folded, &words);
    Alike { hit, print, alignment }
}

/// The words of a quote as printed, each with the marks behind it, and as they are compared.
pub(super) fn printed(hit: &QuoteHit) -> (Vec<String>, Vec<String>) {
    let (mut print, mut folded) = (Vec::new(), Vec::new());
    for (number, piece) in hit.quote.pieces.iter().enumerate() {
        let text = hit.article.text.slice(*piece);
        let words: Vec<schema::Word> = schema::words(text).collect();
        for (at, word) in words.iter().enumerate() {
            let from = if at == 0 { 0 } else { word.span.start as usize };
            let to = words.get(at + 1).map_or(text.len(), |next| next.span.start as usize);
            let gap = if at == 0 && number > 0 { "… " } else { "" };
            print.push(format!("{gap}{}", text[from..to].trim()));
            folded.push(word.folded.clone().into_owned());
        }
    }
    (print, folded)
}

/// So many articles that hold the words are named.
const NAMED: usize = 5;

fn articles(reader: &Reader, expr: Expr) -> Result<Vec<ArticleHit>, SearchError> {
    let page = Page { sort: Sort::Oldest, offset: 0, limit: NAMED, all_copies: false };
    let hits = answer(reader, &Query { unit: Unit::Articles, expr }, page, &[], 0)?.hits;
    let article = |hit| if let Hit::Article(hit) = hit { Some(hit) } else { None };
    Ok(hits.into_iter().filter_map(article).collect())
}

/// How much there is to search.
fn searched(reader: &Reader) -> Result<Searched, SearchError> {
    let quotes = counted(reader, Unit::Quotes, Expr::All)?;
    let span = span(reader, &Query { unit: Unit::Articles, expr: Expr::All })?;
    let outlet: Vec<FacetField> = FacetField::named("outlet").into_iter().collect();
    let outlets = facets::count(reader, &AllQuery, &outlet, 0)?;
    Ok(Searched {
        quotes,
        articles: span.total as usize,
        outlets: outlets.iter().map(|facet| facet.values.len()).sum(),
        first: span.first,
        last: span.last,
        undated: span.undated as usize,
    })
}
