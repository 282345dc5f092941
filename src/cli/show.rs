//! `onrecord show`: a quote in its place and why it is whose, or an article with its quotes.

use crate::cli::args::Show;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use crate::quotes::Quote;
use crate::render::why::{self, again};
use crate::render::{self, Detail, json};
use crate::search::Hit;
use serde_json::Value;
use std::path::Path;

pub(super) fn run(args: &Show, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let json = question::as_object(args.format, "show")?;
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let Some(hit) = question::by_id(&reader, &args.id, screen)? else { return Ok(Outcome::Nothing) };
    let quotes = crate::search::quotes_of(&reader, &hit.article().id)?;
    let detail = Detail { full: args.full, why: args.why, width: screen.width };
    screen.print(|out| {
        if json {
            return writeln!(out, "{}", json::pretty(&object(&hit, &quotes, args))?);
        }
        out.write_all(render::shown(&hit, &quotes, detail).as_bytes())
    })?;
    Ok(Outcome::Done)
}

/// The hit as an object; whole articles with all their quotes.
fn object(hit: &Hit, quotes: &[(String, Quote)], args: &Show) -> Value {
    let quotes: Vec<Quote> = quotes.iter().map(|(_, quote)| quote.clone()).collect();
    match hit {
        Hit::Quote(of) if args.why && !args.full => {
            let told = again(&of.article, &[&of.quote]);
            let mut row = json::hit(hit);
            row["why"] = why::object(&of.article, &of.quote, told.first().and_then(Option::as_ref));
            row
        }
        _ if args.why => {
            let article = hit.article();
            let mut row = json::extracted(article, &quotes);
            let told = again(article, &quotes.iter().collect::<Vec<_>>());
            for (at, (quote, told)) in quotes.iter().zip(told).enumerate() {
                row["quotes"][at]["why"] = why::object(article, quote, told.as_ref());
            }
            row
        }
        _ if args.full => json::extracted(hit.article(), &quotes),
        _ => json::hit(hit),
    }
}
