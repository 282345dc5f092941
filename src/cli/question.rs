//! What every command that asks has in common: finding the index, bringing it up to date for
//! `--in`, reading the query with what the archive knows, and saying why nothing was found.

use crate::article::Date;
use crate::cli::args::{Format, Question, Unit};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, index, locate};
use crate::index::{AliasProblem, Aliases, Reader, SavedQueries};
use crate::query::{self, Parsed, QueryError};
use crate::render::safe;
use crate::search::{self, Archive, Hit};
use anyhow::bail;
use std::mem::ManuallyDrop;
use std::path::Path;

/// Opens the index; with `--in FOLDER` brings it up to date first. It stays open to the end: the system closes
/// what is open then faster than we do.
pub(super) fn open(
    index: Option<&Path>,
    folder: Option<&Path>,
    screen: &Screen,
) -> anyhow::Result<ManuallyDrop<Reader>> {
    let dir = locate::existing(index, folder)?;
    if let Some(folder) = folder {
        index::bring_up_to_date(&dir, folder, screen)?;
        screen.done(|| format!("brought up to date with {}", folder.display()));
    }
    let reader = Reader::open(&dir)?;
    screen.link_into(&|| reader.folders());
    screen.done(|| format!("opened {}", dir.display()));
    warn_of_aliases(&Aliases::read(&dir)?, screen);
    Ok(ManuallyDrop::new(reader))
}

/// Says which lines of `aliases.txt` are left out, and what to do about it.
pub(super) fn warn_of_aliases(aliases: &Aliases, screen: &Screen) {
    let file = locate::told(aliases.path());
    for problem in aliases.problems() {
        let AliasProblem { line, message, hint } = problem;
        screen.note(&safe(&format!("note: {file}, line {line} is left out: {message}; {hint}")));
    }
}

/// The query, behind what it shall answer with: `export quotes by Putin` reads as `quotes by Putin`.
pub(super) fn with_head(typed: &[String], unit: Unit) -> Vec<String> {
    let unit = match unit {
        Unit::Quote => query::Unit::Quotes,
        Unit::Article => query::Unit::Articles,
    };
    let first = typed.iter().flat_map(|words| words.split_whitespace()).next();
    // What begins otherwise is read as it is: `who said …` is no `quotes who said …`.
    let goes_on =
        first.is_none_or(|first| ["by", "about", "mentioning", "on", "from", "in"].contains(&first));
    let head = goes_on.then(|| unit.noun(2).to_owned());
    head.into_iter().chain(typed.iter().cloned()).collect()
}

/// What is asked where nothing is typed: all quotes.
pub(super) fn or_all_quotes(typed: &[String]) -> Vec<String> {
    if typed.is_empty() { vec![query::Unit::Quotes.noun(2).to_owned()] } else { typed.to_vec() }
}

/// Reads the query, and says on stderr how it was understood.
pub(super) fn read(
    typed: &[String],
    question: &Question,
    reader: &Reader,
    screen: &Screen,
) -> anyhow::Result<Parsed> {
    let typed = typed.join(" ");
    let parsed = parsed(&typed, question, &archive(reader, screen))
        .map_err(|error| anyhow::Error::new(BadQuery(query::carets(&typed, &error))))?;
    if let Some(reading) = &parsed.reading {
        screen.note(&format!("≡ {}", safe(reading)));
    }
    for note in &parsed.notes {
        screen.note(&format!("note: {}", safe(note)));
    }
    screen.done(|| {
        let plan = search::explain(reader, &parsed.query).unwrap_or_default();
        format!("read and planned the query\n{}", plan.trim_end())
    });
    Ok(parsed)
}

/// Reads the query, and says nothing.
pub(super) fn parsed(typed: &str, question: &Question, archive: &Archive<'_>) -> Result<Parsed, QueryError> {
    let options = query::ParseOptions {
        raw: question.raw,
        unit: question.unit.map(|unit| match unit {
            Unit::Quote => query::Unit::Quotes,
            Unit::Article => query::Unit::Articles,
        }),
    };
    query::parse(typed, archive, &options)
}

/// Says why a query finds nothing.
pub(super) fn nothing(reader: &Reader, parsed: &Parsed, screen: &Screen) -> anyhow::Result<Outcome> {
    for line in search::nothing_found(reader, &parsed.query)? {
        screen.note(&line);
    }
    Ok(Outcome::Nothing)
}

/// Whether what is no table is to be printed as an object, not for people.
pub(super) fn as_object(format: Format, command: &str) -> anyhow::Result<bool> {
    match format {
        Format::Human => Ok(false),
        Format::Json | Format::Jsonl => Ok(true),
        _ => bail!("{command} prints human or json"),
    }
}

/// A query that cannot be answered, told with carets.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct BadQuery(String);

/// The archive as a query is asked of it today.
pub(super) fn archive<'a>(reader: &'a Reader, screen: &Screen) -> Archive<'a> {
    Archive { reader, saved: saved(reader, screen), today: Date::from_civil(jiff::Zoned::now().date()) }
}

/// The saved queries; a file that cannot be read is told, and holds none.
fn saved(reader: &Reader, screen: &Screen) -> SavedQueries {
    SavedQueries::read(reader.dir()).unwrap_or_else(|error| {
        screen.note(&safe(&format!("note: {error}")));
        SavedQueries::default()
    })
}

/// The quote or article of an id, or of its beginning; None, and a word on it, where there is none.
pub(super) fn by_id(reader: &Reader, typed: &str, screen: &Screen) -> anyhow::Result<Option<Hit>> {
    let id = typed.trim().to_lowercase();
    let digits = id.get(1..).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit()));
    if id.len() < SHORTEST || !id.starts_with(['a', 'q']) || !digits {
        bail!(
            "`{typed}` is no id: give six characters or more of one that search prints, such as q7f3a1c or a81b20f"
        );
    }
    let mut found = search::with_id(reader, &id)?;
    if found.len() > 1 {
        let ids: Vec<&str> = found.iter().map(|h| h.id()).collect();
        bail!("`{id}` is the beginning of {} ids: {}; give more of it", found.len(), ids.join(", "));
    }
    if found.is_empty() {
        screen.note(&format!("no quote or article has an id that begins with {id}"));
    }
    Ok(found.pop())
}

/// Fewer characters of an id would be a guess.
const SHORTEST: usize = 6;
