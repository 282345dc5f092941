//! From a query to what tantivy runs.
//!
//! All conditions on a quote bind to the same quote, for a quote is a document of its own. A condition
//! on what only the other kind of document has is a join, from the quotes to the article they stand
//! behind, or back.

use crate::index::{IndexError, Reader};
use crate::query::{Expr, Field, Match, Query, Unit};
use crate::schema::{self, Fields, fields};
use crate::search::joined::Joined;
use crate::search::leaves::{
    Boxed, any_of, counts, cue, dates, filter, ids, keyword, known_of_quote, name, one_of, quoted, shares,
    term, typed, words,
};
use crate::search::names;
use crate::search::steady::Steady;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur};

/// Why a query could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A condition asks for more than can be answered at once.
    #[error("{0}")]
    TooWide(String),
    /// tantivy met a fault while searching.
    #[error(
        "the index could not be searched: {0}\n  Whether it is damaged: onrecord check --checksums; to mend it: onrecord check --repair"
    )]
    Tantivy(#[from] tantivy::TantivyError),
}

/// A query ready to run, and what the reader should know about how it was understood.
pub(super) struct Plan {
    pub query: Boxed,
    pub notes: Vec<String>,
}

/// Plans a query over its unit.
pub(super) fn compile(reader: &Reader, query: &Query) -> Result<Plan, SearchError> {
    let mut planner = Planner { reader, fields: fields(), unit: query.unit, notes: Vec::new() };
    let query = planner.of_kind(&query.expr)?;
    Ok(Plan { query, notes: planner.notes })
}

/// Plans the quotes a query finds; of a query for articles, the quotes in these.
pub(super) fn compile_quotes(reader: &Reader, query: &Query) -> Result<Plan, SearchError> {
    let mut planner = Planner { reader, fields: fields(), unit: Unit::Quotes, notes: Vec::new() };
    let query = match query.unit {
        Unit::Quotes => planner.of_kind(&query.expr)?,
        // The quotes of articles are quotes.
        Unit::Articles => planner.joined(&query.expr, Unit::Articles)?,
    };
    Ok(Plan { query, notes: planner.notes })
}

/// What stands for a name in texts, for a condition on people a quote mentions: every form that the archive knows, and
/// the words as typed; words that begin so only where nobody's name does.
pub(super) fn forms(sought: &Match, reader: &Reader) -> Result<Vec<Match>, SearchError> {
    let known = names::meant(reader, sought)?;
    let mut forms: Vec<String> = known.iter().flat_map(|e| &e.forms).map(|(form, _)| form.clone()).collect();
    match sought {
        Match::Prefix(_) if forms.is_empty() => return Ok(vec![sought.clone()]),
        Match::Prefix(_) => {}
        sought => forms.push(typed(sought)),
    }
    forms.sort();
    forms.dedup();
    Ok(forms.iter().map(|form| Match::Phrase { words: schema::tokens(form), slop: 0 }).collect())
}

/// So many speakers of one name are listed.
const MOST_NAMED: usize = 6;

struct Planner<'a> {
    reader: &'a Reader,
    fields: &'static Fields,
    unit: Unit,
    notes: Vec<String>,
}

impl Planner<'_> {
    fn expr(&mut self, expr: &Expr) -> Result<Boxed, SearchError> {
        Ok(match expr {
            Expr::All => Box::new(AllQuery),
            Expr::And(all) => self.all_of(all)?,
            Expr::Or(any) => {
                let any = any.iter().map(|e| Ok((Occur::Should, self.expr(e)?)));
                Box::new(BooleanQuery::new(any.collect::<Result<_, SearchError>>()?))
            }
            Expr::Not(inner) => self.all_but(inner)?,
            Expr::Quote(inner) => self.joined(inner, Unit::Quotes)?,
            Expr::Leaf(field, sought) => match home(*field, sought) {
                Some(home) if home != self.unit => self.joined(expr, home)?,
                _ => self.leaf(*field, sought)?,
            },
        })
    }

    /// All of them. Conditions that belong to quotes, in a query for articles, bind to one quote.
    fn all_of(&mut self, all: &[Expr]) -> Result<Boxed, SearchError> {
        let elsewhere =
            |e: &&Expr| matches!(e, Expr::Leaf(f, m) if home(*f, m).is_some_and(|h| h != self.unit));
        let (there, here): (Vec<&Expr>, Vec<&Expr>) = all.iter().partition(elsewhere);
        let mut parts = Vec::new();
        if !there.is_empty() {
            let home = if self.unit == Unit::Articles { Unit::Quotes } else { Unit::Articles };
            let together = Expr::And(there.into_iter().cloned().collect());
            parts.push((Occur::Must, self.joined(&together, home)?));
        }
        for part in here {
            parts.push(match part {
                Expr::Not(inner) => (Occur::MustNot, Box::new(Steady(self.expr(inner)?))),
                other => (Occur::Must, self.expr(other)?),
            });
        }
        if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    fn all_but(&mut self, inner: &Expr) -> Result<Boxed, SearchError> {
        let parts: Vec<(Occur, Boxed)> =
            vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, Box::new(Steady(self.expr(inner)?)))];
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// The documents of this unit whose article is that of a document of the `other` unit.
    fn joined(&mut self, expr: &Expr, other: Unit) -> Result<Boxed, SearchError> {
        let mut planner =
            Planner { reader: self.reader, fields: self.fields, unit: other, notes: Vec::new() };
        let condition = planner.of_kind(expr)?;
        self.notes.append(&mut planner.notes);
        Ok(Box::new(Joined { unit: self.unit, other: condition }))
    }

    /// A condition on documents of this unit.
    fn of_kind(&mut self, expr: &Expr) -> Result<Boxed, SearchError> {
        let condition = self.expr(expr)?;
        if finds_only(self.unit, expr) {
            return Ok(condition);
        }
        let kind = match self.unit {
            Unit::Articles => "article",
            Unit::Quotes => "quote",
        };
        let kind = filter(term(self.fields.unit, kind));
        Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, condition), (Occur::Must, kind)])))
    }

    fn leaf(&mut self, field: Field, sought: &Match) -> Result<Boxed, SearchError> {
        let f = self.fields;
        Ok(match (field, self.unit) {
            (Field::Any, Unit::Articles) => {
                any_of(vec![words(self.reader, f.title, sought)?, words(self.reader, f.body, sought)?])
            }
            (Field::Any | Field::Quote, _) => quoted(self.reader, sought)?,
            (Field::Title, _) => words(self.reader, f.title, sought)?,
            (Field::Body, _) => words(self.reader, f.body, sought)?,
            (Field::By, _) => filter(self.by(sought)?),
            (Field::About, _) => self.about(sought)?,
            (Field::Date, _) => filter(dates(f.day, f.last_day, sought)),
            (Field::Conf, _) => filter(shares(f.conf, sought)),
            (Field::Id, _) => filter(ids(f.key, f.unit, &typed(sought).to_lowercase())),
            (Field::Byline, _) => filter(name(self.reader, f.byline, sought)?),
            (Field::Path, _) => filter(words(self.reader, f.path, sought)?),
            (Field::Outlet, _) => filter(name(self.reader, f.outlet, sought)?),
            (Field::Section, _) => filter(name(self.reader, f.section, sought)?),
            (Field::Agency, _) => filter(name(self.reader, f.agency, sought)?),
            (Field::Place, _) => filter(name(self.reader, f.place, sought)?),
            (Field::Cue, _) => filter(cue(f.cue, sought)),
            (Field::Length, _) => filter(counts(f.length, sought)),
            (Field::Kind, _) => filter(keyword(f.kind, sought)),
            (Field::Lang, _) => filter(keyword(f.lang, sought)),
            (Field::Has, Unit::Articles) => filter(keyword(f.has, sought)),
            (Field::Has, Unit::Quotes) => {
                filter(known_of_quote(&typed(sought)).unwrap_or(Box::new(EmptyQuery)))
            }
            (Field::Is, _) => filter(keyword(f.is, sought)),
        })
    }

    /// Who said it: everybody known under that name, under all their names; the literal mention for
    /// `"=he"`; the words of a description where nobody is known by it.
    fn by(&mut self, sought: &Match) -> Result<Boxed, SearchError> {
        if let Match::Literal(mention) = sought {
            return Ok(term(self.fields.mention, &schema::whole_term(mention)));
        }
        let typed = typed(sought);
        let entities = names::meant(self.reader, sought)?;
        if entities.is_empty() {
            return name(self.reader, self.fields.speaker, sought);
        }
        if entities.len() > 1 {
            let people: Vec<String> = entities.iter().map(|e| format!("{} ({})", e.name, e.count)).collect();
            let more = people.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.notes.push(format!(
                "“{typed}” is {} speakers: {}{more}; a full name narrows it",
                people.len(),
                people[..people.len().min(MOST_NAMED)].join(", ")
            ));
        }
        if let [one] = &entities[..]
            && one.name != typed
        {
            self.notes.push(format!("“{typed}” is {}", one.name));
        }
        let forms = entities.iter().flat_map(|e| &e.forms).map(|(form, _)| schema::whole_term(form));
        Ok(one_of(self.fields.speaker, forms))
    }

    /// People and bodies a quote or an article mentions: any known form of the name.
    fn about(&self, sought: &Match) -> Result<Boxed, SearchError> {
        let f = self.fields;
        let form = |form: &Match| {
            Ok(match self.unit {
                Unit::Quotes => quoted(self.reader, form)?,
                Unit::Articles => {
                    any_of(vec![words(self.reader, f.title, form)?, words(self.reader, f.body, form)?])
                }
            })
        };
        let forms = forms(sought, self.reader)?;
        Ok(any_of(forms.iter().map(form).collect::<Result<_, SearchError>>()?))
    }
}

/// Whether what is asked finds no document of the other kind: joins, and words that only articles have, or that
/// are looked for in quotes.
fn finds_only(unit: Unit, expr: &Expr) -> bool {
    match expr {
        Expr::All | Expr::Not(_) | Expr::Quote(_) => false,
        Expr::And(all) => all.iter().any(|e| finds_only(unit, e)),
        Expr::Or(any) => any.iter().all(|e| finds_only(unit, e)),
        Expr::Leaf(field, sought) => {
            matches!(field, Field::Any | Field::Title | Field::Body | Field::Quote)
                || home(*field, sought).is_some_and(|home| home != unit)
        }
    }
}

/// The kind of document that alone has a field; None where both have it.
fn home(field: Field, sought: &Match) -> Option<Unit> {
    match field {
        Field::Is if *sought == Match::Word("wire".to_owned()) => Some(Unit::Articles),
        Field::Has => Some(known_of_quote(&typed(sought)).map_or(Unit::Articles, |_| Unit::Quotes)),
        Field::By | Field::Quote | Field::Cue | Field::Kind | Field::Conf | Field::Is => Some(Unit::Quotes),
        Field::Any | Field::About | Field::Id | Field::Length => None,
        _ => Some(Unit::Articles),
    }
}
