//! `onrecord speakers`: who is quoted, how often, under which names, in which outlets.

use crate::cli::args::{Format, Question, SpeakerKind, Speakers, Unit};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question, search::shape};
use crate::quotes;
use crate::render::{json, people, table};
use crate::search::{self, SpeakerHit, Wanted};
use serde_json::json;
use std::path::Path;

pub(super) fn run(args: &Speakers, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let reader = question::open(index, args.question.folder.as_deref(), screen)?;
    let typed = question::or_all_quotes(&args.query);
    let question = Question { unit: args.question.unit.or(unit(&typed)), ..args.question.clone() };
    let parsed = question::read(&typed, &question, &reader, screen)?;
    let wanted = Wanted { kinds: args.kind.iter().copied().map(named).collect(), limit: args.limit };
    let found = search::speakers(&reader, &parsed.query, &wanted)?;
    screen.done(|| format!("found {} speakers", found.everybody));
    screen.notes(&found.notes);
    let all = found.total;
    print(args.format, &found.speakers, all, screen)?;
    if all == 0 && found.everybody > 0 {
        screen.note("nobody of that kind is among the speakers; without --kind there are some");
        return Ok(Outcome::Nothing);
    }
    if all == 0 {
        return question::nothing(&reader, &parsed, screen);
    }
    let shown = found.speakers.len();
    if args.format == Format::Human && shown < all {
        screen.note(&format!("the {shown} most quoted of {all} speakers (all: --limit 0)"));
    }
    Ok(Outcome::Done)
}

/// Speakers are asked of quotes, unless the question begins with articles.
pub(super) fn unit(typed: &[String]) -> Option<Unit> {
    let typed = typed.join(" ").to_lowercase();
    let of_articles = typed.trim_start().starts_with("articles") || typed.contains("quote{");
    (!of_articles).then_some(Unit::Quote)
}

fn print(format: Format, found: &[SpeakerHit], all: usize, screen: &Screen) -> std::io::Result<()> {
    screen.print(|out| match (format, shape(format)) {
        (_, Some(shape)) => table::speakers(out, shape, found),
        (Format::Jsonl, _) => {
            found.iter().try_for_each(|q| writeln!(out, "{}", json::line(&json::speaker_hit(q))?))
        }
        (Format::Json, _) => {
            let speakers: Vec<_> = found.iter().map(json::speaker_hit).collect();
            let row = json!({"v": 1, "type": "speakers", "total": all, "speakers": speakers});
            writeln!(out, "{}", json::pretty(&row)?)
        }
        _ => found.iter().try_for_each(|q| writeln!(out, "{}", people::speaker_hit(q, screen.width))),
    })
}

fn named(kind: SpeakerKind) -> quotes::SpeakerKind {
    match kind {
        SpeakerKind::Person => quotes::SpeakerKind::Person,
        SpeakerKind::Org => quotes::SpeakerKind::Org,
        SpeakerKind::Group => quotes::SpeakerKind::Group,
        SpeakerKind::Document => quotes::SpeakerKind::Document,
        SpeakerKind::Anonymous => quotes::SpeakerKind::Anonymous,
    }
}
