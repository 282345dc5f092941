//! The prints of one saying: for people, as objects, as a table.

use crate::article::Article;
use crate::quotes::Quote;
use crate::render::counted;
use crate::render::human::{DIM, NAME, dated, foot, is_unsure, outlet, who};
use crate::render::json;
use crate::render::layout::{Words, cut, paint};
use crate::render::safe;
use crate::render::table::{Shape, write};
use crate::render::verified::{marked, steps};
use crate::search::{Print, Spread, Wording};
use serde_json::{Value, json};
use std::io;

/// How many prints where and over which time; then each: when and where, who and how, the words with what
/// differs from the first print, where to check.
pub fn human(found: &Spread, width: usize) -> String {
    let mut out = Words::line(&summary(found), NAME, width);
    for number in 0..found.prints.len() {
        out.push('\n');
        out.push_str(&one(found, number, width));
    }
    out
}

/// `4 prints in 3 outlets over 3 days, 2019-08-13 to 2019-08-16; 2 of the 3 others word for word`.
fn summary(found: &Spread) -> String {
    let others = found.prints.len() - 1;
    let dates = || found.prints.iter().filter_map(|print| print.hit.article.meta.date);
    let over = match (dates().next(), dates().next_back(), found.days) {
        (Some(day), _, Some(0)) => format!(" on {day}"),
        (Some(first), Some(last), Some(days)) => {
            format!(" over {}, {first} to {last}", counted(days.unsigned_abs(), "day"))
        }
        (Some(first), Some(last), None) if first != last => format!(", {first} to {last}"),
        (Some(date), ..) => format!(", {date}"),
        _ => ", no date known".to_owned(),
    };
    let of_others = match (others, found.verbatim()) {
        (0, _) => String::new(),
        (1, 1) => "; the other word for word".to_owned(),
        (1, _) => "; the other with differences".to_owned(),
        (others, 0) => format!("; none of the {others} others word for word"),
        (others, same) if same == others => format!("; all {others} others word for word"),
        (others, same) => format!("; {same} of the {others} others word for word"),
    };
    let prints = counted(found.prints.len(), "print");
    format!("{prints} in {}{over}{of_others}", counted(found.outlets, "outlet"))
}

fn one(found: &Spread, number: usize, width: usize) -> String {
    let (first, print) = (&found.prints[0], &found.prints[number]);
    let article = &print.hit.article;
    let mut facts = vec![format!("{} · {}", dated(article), outlet(article))];
    facts.extend(
        print.days.filter(|days| *days > 0).map(|days| format!("+{}", counted(days.unsigned_abs(), "day"))),
    );
    facts.push(if number == 0 { "first print" } else { wording(print.wording) }.to_owned());
    facts.extend(
        article.meta.agency.as_ref().filter(|_| article.meta.is_wire()).map(|a| format!("text of {a}")),
    );
    facts.extend(print.copy_of.as_ref().map(|id| format!("copy of {id}")));
    if print.asked {
        facts.push("asked about".to_owned());
    }
    let head = Words::line(&facts.join(" · "), NAME, width);
    let speaker = format!("{} · {}", who(&print.hit.quote, article, print.hit.speaker_name()), how(print));
    let speaker = format!("  {}\n", paint(&cut(&speaker, width.saturating_sub(2)), DIM));
    let words = marked(&print.words, &first.words, &print.alignment).set(width, "  ");
    head + &speaker + &words + &foot(article, &print.hit.id, width)
}

/// What became of the words, for people.
fn wording(wording: Wording) -> &'static str {
    match wording {
        Wording::Same => "word for word",
        other => other.name(),
    }
}

/// `said · direct`.
fn how(print: &Print) -> String {
    let quote = &print.hit.quote;
    let unsure = if is_unsure(quote) { " · unsure who" } else { "" };
    match cue(print) {
        Some(cue) => format!("{} · {}{unsure}", safe(cue), quote.kind.name()),
        None => format!("{}{unsure}", quote.kind.name()),
    }
}

/// The words that say that something is reported.
fn cue(print: &Print) -> Option<&str> {
    print.hit.quote.cue.as_ref().map(|cue| print.hit.article.text.slice(cue.span))
}

/// So many quotes of an article are offered.
const OFFERED: usize = 12;

/// The quotes of an article to choose one from: a line each, with its id, the speaker and the words.
pub fn choices(article: &Article, quotes: &[(String, Quote)], width: usize) -> String {
    let line = |(id, quote): &(String, Quote)| {
        let name = quote.attribution.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
        let said = format!("{id}  {}: {}", who(quote, article, name), quote.words(&article.text));
        format!("\n  {}", cut(&said, width.saturating_sub(2)))
    };
    let more = quotes.len().saturating_sub(OFFERED);
    let more = if more > 0 {
        format!("\n  … and {more} more: onrecord show {}", article.id)
    } else {
        String::new()
    };
    quotes.iter().take(OFFERED).map(line).collect::<String>() + &more
}

/// `{"v":1,"type":"spread","id":…,"outlets":…,"days":…,"word_for_word":…,"prints":[…]}`.
pub fn object(found: &Spread) -> Value {
    let asked = found.prints.iter().find(|print| print.asked).map(|print| &print.hit.id);
    let dates = || found.prints.iter().filter_map(|print| print.hit.article.meta.date);
    json!({
        "v": 1, "type": "spread", "id": asked, "total": found.prints.len(), "outlets": found.outlets,
        "first": dates().next().map(|d| d.to_string()), "last": dates().next_back().map(|d| d.to_string()),
        "days": found.days, "word_for_word": found.verbatim(), "prints": lines(found),
    })
}

/// The prints as objects, in order.
pub fn lines(found: &Spread) -> Vec<Value> {
    let print = |(number, print): (usize, &Print)| {
        json!({
            "v": 1, "type": "print", "number": number + 1, "asked": print.asked, "days": print.days,
            "wording": print.wording.name(), "words_agreeing": print.alignment.same,
            "differences": steps(&print.words, &found.prints[0].words, &print.alignment),
            "wire": print.hit.article.meta.is_wire(), "copy_of": print.copy_of,
            "quote": json::quote_hit(&print.hit),
        })
    };
    found.prints.iter().enumerate().map(print).collect()
}

/// A row a print.
pub fn table(out: &mut dyn io::Write, shape: Shape, found: &Spread) -> io::Result<()> {
    let head = [
        "date",
        "days",
        "outlet",
        "speaker",
        "mention",
        "cue",
        "kind",
        "wording",
        "text",
        "differences",
        "agency",
        "wire",
        "copy_of",
        "title",
        "path",
        "id",
    ];
    let rows = found.prints.iter().map(|print| {
        let (hit, meta) = (&print.hit, &print.hit.article.meta);
        let differences = marked(&print.words, &found.prints[0].words, &print.alignment).rows(usize::MAX);
        let differences = differences.into_iter().flatten().map(|(text, _)| text).collect();
        vec![
            meta.date.map(|date| date.to_string()).unwrap_or_default(),
            print.days.map(|days| days.to_string()).unwrap_or_default(),
            meta.outlet.clone().unwrap_or_default(),
            hit.speaker_name().unwrap_or_default().to_owned(),
            hit.mention().unwrap_or_default().to_owned(),
            cue(print).unwrap_or_default().to_owned(),
            hit.quote.kind.name(),
            print.wording.name().to_owned(),
            hit.words(),
            differences,
            meta.agency.clone().unwrap_or_default(),
            if meta.is_wire() { "yes" } else { "no" }.to_owned(),
            print.copy_of.clone().unwrap_or_default(),
            meta.title.clone().unwrap_or_default(),
            meta.path.clone(),
            hit.id.clone(),
        ]
    });
    write(out, shape, &head, rows)
}
