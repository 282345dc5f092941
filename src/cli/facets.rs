//! `onrecord facets`: the hits of a query counted by speaker, outlet, year …

use crate::cli::args::{Facets, Format};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question, search::shape};
use crate::render::{human, json, table};
use crate::search::{self, FacetField};
use crate::text::{in_marks, nearest};
use anyhow::anyhow;
use serde_json::json;
use std::path::Path;

/// How many values of a facet are shown beside hits.
pub(super) const TOP: usize = 10;

pub(super) fn run(args: &Facets, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let named: Vec<String> = args.fields.split(',').map(str::to_owned).collect();
    let fields = fields(&named)?;
    let reader = question::open(index, args.question.folder.as_deref(), screen)?;
    let typed = question::or_all_quotes(&args.query);
    let parsed = question::read(&typed, &args.question, &reader, screen)?;
    let counts = search::facets(&reader, &parsed.query, &fields, args.top)?;
    screen.done(|| format!("found and counted {}", counts.total));
    screen.notes(&counts.notes);
    screen.print(|out| match (args.format, shape(args.format)) {
        (_, Some(shape)) => table::facets(out, shape, &counts.facets),
        (Format::Jsonl, _) => {
            counts.facets.iter().try_for_each(|f| writeln!(out, "{}", json::line(&json::facet(f))?))
        }
        (Format::Json, _) => {
            let facets: Vec<_> = counts.facets.iter().map(json::facet).collect();
            let row = json!({"v": 1, "type": "facets", "total": counts.total, "facets": facets});
            writeln!(out, "{}", json::pretty(&row)?)
        }
        // The headings of nothing say nothing.
        _ if counts.total == 0 => Ok(()),
        _ => counts.facets.iter().try_for_each(|f| writeln!(out, "{}", human::facet(f, screen.width))),
    })?;
    if counts.total == 0 {
        return question::nothing(&reader, &parsed, screen);
    }
    if args.format == Format::Human {
        screen.note(&format!("of {} {}", counts.total, parsed.query.unit.noun(counts.total)));
    }
    Ok(Outcome::Done)
}

/// The facets of those names, or an error that lists all and names the nearest.
pub(super) fn fields(names: &[String]) -> anyhow::Result<Vec<FacetField>> {
    let named = |given: &String| {
        let name = given.trim().to_lowercase();
        FacetField::named(&name).ok_or_else(|| {
            let all: Vec<&str> = FacetField::all().into_iter().map(FacetField::name).collect();
            let near = nearest(&name, all.iter().copied());
            let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            if name.contains([':', ' ']) {
                let query = in_marks(given.trim());
                return anyhow!(
                    "`{}` is no facet, but a query\n  \
                     First what to count by, then the query: onrecord facets speaker {query}",
                    given.trim()
                );
            }
            anyhow!("there is no facet `{name}`{hint}\n  There are: {}", all.join(", "))
        })
    };
    names.iter().map(named).collect()
}
