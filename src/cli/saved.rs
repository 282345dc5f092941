//! `onrecord saved`: the saved queries, listed, asked again, asked for what is new.

use crate::cli::args::{Format, Question, Saved};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question, search as asked};
use crate::index::{Reader, SavedQueries, Seen};
use crate::query::{Parsed, carets};
use crate::render::{human, json, safe, table};
use crate::search::{self, Archive, Hit, Hits, Page, SearchError, Sort};
use crate::text::nearest;
use anyhow::bail;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(args: &Saved, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    if args.format == Format::Json {
        bail!("saved prints human, jsonl, csv, tsv or md");
    }
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let queries = SavedQueries::read(reader.dir())?;
    let names = names(args, &queries)?;
    if names.is_empty() {
        screen.note("no query is saved\n  Save one: onrecord save NAME 'QUERY'");
        return Ok(Outcome::Nothing);
    }
    if args.remove {
        return remove(&names, queries, &reader, screen);
    }
    let archive = question::archive(&reader, screen);
    if args.new {
        return new(args, &names, &archive, screen);
    }
    if args.names.is_empty() {
        return list(&names, &archive, screen);
    }
    again(args, &names, &archive, screen)
}

/// The names typed, or all; each must be there.
fn names(args: &Saved, queries: &SavedQueries) -> anyhow::Result<Vec<String>> {
    for name in &args.names {
        if queries.named(name).is_none() {
            let near = nearest(name, queries.names());
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            let all: Vec<&str> = queries.names().collect();
            let all =
                if all.is_empty() { "none is".to_owned() } else { format!("there are: {}", all.join(", ")) };
            bail!("no query is saved as `{name}`{near}\n  {all}");
        }
    }
    if args.names.is_empty() {
        return Ok(queries.names().map(str::to_owned).collect());
    }
    Ok(args.names.clone())
}

fn remove(
    names: &[String],
    queries: SavedQueries,
    reader: &Reader,
    screen: &Screen,
) -> anyhow::Result<Outcome> {
    names.iter().fold(queries, |queries, name| queries.without(name)).write(reader.dir())?;
    for name in names {
        Seen::forget(reader.dir(), name);
        screen.note(&format!("removed `{name}`"));
    }
    Ok(Outcome::Done)
}

/// All hits of a query, copies and all.
pub(super) fn all<'a>(reader: &'a Reader, parsed: &Parsed) -> Result<Hits<'a>, SearchError> {
    search::hits(reader, &parsed.query, Page { sort: Sort::Newest, offset: 0, limit: 0, all_copies: true })
}

/// A saved query as it is read today; or, on the screen, why it cannot be.
fn read(name: &str, archive: &Archive<'_>, screen: &Screen) -> Option<Parsed> {
    let text = archive.saved.named(name).map(|saved| saved.query.clone()).unwrap_or_default();
    let question = Question { folder: None, unit: None, raw: false };
    match question::parsed(&text, &question, archive) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            screen.fail(&format!("the query saved as `{name}`: {}", carets(&text, &error)));
            None
        }
    }
}

/// Each name with its query, and how much it finds.
fn list(names: &[String], archive: &Archive<'_>, screen: &Screen) -> anyhow::Result<Outcome> {
    let (mut lines, mut wrong) = (Vec::new(), false);
    for name in names {
        let Some(parsed) = read(name, archive, screen) else {
            wrong = true;
            continue;
        };
        let found = all(archive.reader, &parsed)?;
        let seen = Seen::read(archive.reader.dir(), name)?.unwrap_or_default();
        let new = found.keys()?.into_iter().filter(|key| !seen.holds(*key)).count();
        let new = if new > 0 { format!(", {new} new") } else { String::new() };
        let noun = parsed.query.unit.noun(found.len());
        let line = format!("{name}  {}  ({} {noun}{new})", parsed.canonical(), found.len());
        lines.push(safe(&line).into_owned());
    }
    screen.print(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    Ok(if wrong { Outcome::NotAllAsked } else { Outcome::Done })
}

/// The hits of the queries named, as a search shows them.
fn again(args: &Saved, names: &[String], archive: &Archive<'_>, screen: &Screen) -> anyhow::Result<Outcome> {
    let (mut any, mut wrong) = (false, false);
    let mut printed = Printed::default();
    for name in names {
        let Some(parsed) = read(name, archive, screen) else {
            wrong = true;
            continue;
        };
        let sort = asked::sort(None, &parsed);
        let page = Page { sort, offset: 0, limit: args.limit, all_copies: false };
        let found = search::hits(archive.reader, &parsed.query, page)?;
        let (total, shown) = (found.total, found.len());
        any |= total > 0;
        printed.hits(name, found, args.format, screen)?;
        let noun = parsed.query.unit.noun(total);
        let of = if shown < total { format!("{shown} of ") } else { String::new() };
        screen.note(&format!("{name}: {of}{total} {noun} ≡ {}", safe(&parsed.canonical())));
    }
    Ok(ended(any, wrong))
}

/// What none of the queries has printed yet. It counts as seen once it is printed.
fn new(args: &Saved, names: &[String], archive: &Archive<'_>, screen: &Screen) -> anyhow::Result<Outcome> {
    let dir = archive.reader.dir();
    let (mut any, mut wrong) = (false, false);
    let mut printed = Printed::default();
    for name in names {
        let Some(parsed) = read(name, archive, screen) else {
            wrong = true;
            continue;
        };
        let mut seen = Seen::read(dir, name)?.unwrap_or_default();
        let every = all(archive.reader, &parsed)?.keys()?;
        let page = Page { sort: Sort::Newest, offset: 0, limit: 0, all_copies: false };
        let mut found = search::hits(archive.reader, &parsed.query, page)?;
        found.keep(|key| !seen.holds(key))?;
        let count = found.len();
        any |= count > 0;
        printed.hits(name, found, args.format, screen)?;
        // Further copies of what was printed are nothing new.
        if every.iter().any(|key| !seen.holds(*key)) {
            seen.add(every);
            seen.write(dir, name)?;
        }
        screen.note(&format!("{name}: {count} new {}", parsed.query.unit.noun(count)));
    }
    Ok(ended(any, wrong))
}

fn ended(any: bool, wrong: bool) -> Outcome {
    match (wrong, any) {
        (true, _) => Outcome::NotAllAsked,
        (false, true) => Outcome::Done,
        (false, false) => Outcome::Nothing,
    }
}

/// What several queries print as one table.
#[derive(Default)]
struct Printed {
    head: bool,
}

/// The columns of that table, behind the name of the query.
const COLUMNS: [&str; 7] = ["date", "outlet", "speaker", "text", "title", "path", "id"];

impl Printed {
    /// Prints the hits of one, as they are taken from the store, and flushes them.
    fn hits(&mut self, name: &str, hits: Hits<'_>, format: Format, screen: &Screen) -> anyhow::Result<()> {
        if hits.len() == 0 {
            return Ok(());
        }
        let mut out = screen.out();
        match asked::shape(format) {
            Some(shape) => self.rows(&mut out, shape, name, hits)?,
            None => {
                for hit in hits {
                    one(&mut out, name, &hit?, format, screen.width)?;
                }
            }
        }
        Ok(out.flush()?)
    }

    fn rows(
        &mut self,
        out: &mut dyn Write,
        shape: table::Shape,
        name: &str,
        hits: Hits<'_>,
    ) -> anyhow::Result<()> {
        let columns: Vec<&table::Column> = COLUMNS.iter().filter_map(|name| table::column(name)).collect();
        let head: Vec<&str> = std::iter::once("saved").chain(COLUMNS).collect();
        let mut sheet = if self.head {
            table::Sheet::resume(out, shape)
        } else {
            table::Sheet::begin(out, shape, &head)?
        };
        self.head = true;
        for hit in hits {
            let cells = table::hit_cells(&columns, &hit?);
            sheet.row(&std::iter::once(name.to_owned()).chain(cells).collect::<Vec<_>>())?;
        }
        Ok(sheet.end()?)
    }
}

/// A hit as a JSON line that names the query, or for people.
fn one(out: &mut dyn Write, name: &str, hit: &Hit, format: Format, width: usize) -> io::Result<()> {
    if format != Format::Jsonl {
        return writeln!(out, "{}", human::hit(hit, width));
    }
    let mut row = json::hit(hit);
    row["saved"] = name.into();
    writeln!(out, "{}", json::line(&row)?)
}
