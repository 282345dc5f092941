//! Where the screen's wishes are fulfilled: it asks the archive, and writes files.

use crate::article::{Date, DateRange};
use crate::cli::args::ExportFormat;
use crate::cli::output::Output;
use crate::cli::tui::state::{Answer, Count, Found, Open, Pane, State, Wish};
use crate::cli::{export, search as asked};
use crate::query::{Expr, Field, Match, ParseOptions, Parsed, Query, Unit, carets, parse};
use crate::render::ArticleRows;
use crate::search::{self, Archive, Facet, FacetField, Hit, Page, SearchError};
use anyhow::{Context, bail};
use std::path::Path;

/// The archive that is browsed.
pub(super) struct Desk<'a> {
    pub archive: Archive<'a>,
}

/// Hits that are taken from the store at a time.
const BATCH: usize = 30;
/// Values of a count.
const VALUES: usize = 50;
/// What quotes, and what articles, are counted by.
const OF_QUOTES: [&str; 4] = ["speaker", "outlet", "year", "kind"];
const OF_ARTICLES: [&str; 4] = ["outlet", "year", "section", "agency"];

impl Desk<'_> {
    /// Does what the screen wishes for; false when that is to leave.
    pub(super) fn fulfil(&self, wish: &Wish, state: &mut State) -> bool {
        match wish {
            Wish::None => {}
            Wish::Leave => return false,
            Wish::Ask => state.answered(self.ask(state.query.text())),
            Wish::More => {
                if let Answer::Found(found) = &mut state.answer
                    && let Ok(more) = self.hits(&found.parsed, found.hits.len())
                {
                    found.hits.extend(more);
                }
            }
            Wish::Read => self.read(state),
            Wish::Write(name) => {
                state.told = Some(match self.write(name, state) {
                    Ok(written) => written,
                    Err(error) => format!("not written: {error:#}"),
                });
            }
        }
        true
    }

    fn ask(&self, typed: &str) -> Answer {
        // Nothing asked is everything asked.
        let typed = if typed.trim().is_empty() { "quotes" } else { typed };
        let parsed = match parse(typed, &self.archive, &ParseOptions::default()) {
            Ok(parsed) => parsed,
            Err(error) => return Answer::Wrong(carets(typed, &error)),
        };
        self.answer(parsed).unwrap_or_else(|error| Answer::Wrong(error.to_string()))
    }

    fn answer(&self, parsed: Parsed) -> Result<Answer, SearchError> {
        let names = if parsed.query.unit == Unit::Quotes { OF_QUOTES } else { OF_ARTICLES };
        let fields: Vec<FacetField> = names.iter().filter_map(|name| FacetField::named(name)).collect();
        let found = search::answer(self.archive.reader, &parsed.query, page(&parsed, 0), &fields, VALUES)?;
        if found.total == 0 {
            let reasons = search::nothing_found(self.archive.reader, &parsed.query)?;
            return Ok(Answer::Nothing { reading: parsed.reading, reasons });
        }
        let panes = found.facets.iter().map(|facet| pane(&parsed.query, facet)).collect();
        let search::Answer { total, copies, hits, notes, .. } = found;
        Ok(Answer::Found(Box::new(Found { parsed, total, copies, notes, hits, panes })))
    }

    fn hits(&self, parsed: &Parsed, from: usize) -> Result<Vec<Hit>, SearchError> {
        search::hits(self.archive.reader, &parsed.query, page(parsed, from))?.collect()
    }

    fn read(&self, state: &mut State) {
        let Some(hit) = state.found().and_then(|found| found.hits.get(state.chosen)) else { return };
        match search::quotes_of(self.archive.reader, &hit.article().id) {
            Ok(quotes) => state.open = Some(Open { quotes, set: ArticleRows::default(), width: 0, row: 0 }),
            Err(error) => state.told = Some(error.to_string()),
        }
    }

    /// Writes all hits of the query on the screen to a new file; what was written.
    fn write(&self, name: &str, state: &State) -> anyhow::Result<String> {
        let found = state.found().context("there are no hits to write")?;
        let path = Path::new(name);
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        let format = ExportFormat::of_ending(&ending).context("end the name in .jsonl, .csv, .tsv or .md")?;
        let mut hits = search::hits(
            self.archive.reader,
            &found.parsed.query,
            Page { limit: 0, ..page(&found.parsed, 0) },
        )?;
        if path.exists() {
            bail!("{name} is there already; name another file");
        }
        let mut out = Output::begin(path, false)?;
        let unit = found.parsed.query.unit;
        let written = export::write_hits(&mut out, &mut hits, format, &asked::columns_or_usual(&[], unit))?;
        out.finish()?;
        Ok(format!("{written} {} written to {name}", unit.noun(written)))
    }
}

fn page(parsed: &Parsed, offset: usize) -> Page {
    Page { sort: asked::sort(None, parsed), offset, limit: BATCH, all_copies: false }
}

fn pane(query: &Query, facet: &Facet) -> Pane {
    let name = facet.field.name();
    let mut values: Vec<Count> = facet
        .values
        .iter()
        .map(|v| Count {
            value: v.value.clone(),
            count: v.count,
            narrowed: query.narrowed(condition(name, &v.value)).to_string(),
        })
        .collect();
    if name == "year" {
        values.reverse();
    }
    Pane { name, values }
}

/// The condition that holds of the hits counted under a value.
fn condition(name: &str, value: &str) -> Expr {
    // A mark would end the value in the query line.
    let plain = value.replace(['"', '“', '”', '„'], " ");
    match name {
        "speaker" => Expr::Leaf(Field::By, Match::Word(plain)),
        "outlet" => Expr::Leaf(Field::Outlet, Match::Literal(plain)),
        "section" => Expr::Leaf(Field::Section, Match::Word(plain)),
        "agency" => Expr::Leaf(Field::Agency, Match::Word(plain)),
        "kind" => Expr::Leaf(Field::Kind, Match::Word(plain)),
        _ => {
            let year = plain.parse().ok().and_then(Date::year);
            Expr::Leaf(Field::Date, Match::Dates(DateRange { first: year, last: year }))
        }
    }
}
