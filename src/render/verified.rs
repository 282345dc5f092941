//! Whether a quotation is real, for people and as an object.

use crate::render::counted;
use crate::render::human::{DIM, MATCH, NAME, PLAIN, article_hit, foot, quote_head};
use crate::render::json;
use crate::render::layout::{Words, paint};
use crate::search::{Alignment, Alike, Searched, Step, Verdict, Verification};
use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

const CUT: Style = AnsiColor::Red.on_default().strikethrough();
const ADDED: Style = AnsiColor::Green.on_default().bold();

/// So many words of the quote are shown around the part that is alike.
const AROUND: usize = 12;

/// The verdict; the nearest quotes with the differing words marked; those of others; articles that hold the
/// words outside of quotations; what was searched.
pub fn human(found: &Verification, by: Option<&str>, width: usize) -> String {
    let mut out = Words::line(&told(found, by), NAME, width);
    for alike in &found.closest {
        out.push('\n');
        out.push_str(&one(alike, &found.given, width));
    }
    if !found.others.is_empty() {
        out.push_str(&format!("\n{}\n", paint("quotes like it of others:", NAME)));
    }
    for alike in &found.others {
        out.push('\n');
        out.push_str(&one(alike, &found.given, width));
    }
    for article in &found.articles {
        out.push('\n');
        out.push_str(&article_hit(article, width));
    }
    out + "\n" + &Words::line(&searched(&found.searched), DIM, width)
}

/// The verdict as a sentence.
fn told(found: &Verification, by: Option<&str>) -> String {
    let whom = by.map(|name| format!(" by {name}")).unwrap_or_default();
    let print = found.closest.first().map(|alike| match alike.hit.article.meta.date {
        Some(date) => format!(", earliest print {date}"),
        None => ", date not known".to_owned(),
    });
    let print = print.unwrap_or_default();
    match found.verdict {
        Verdict::Verbatim => format!("VERBATIM: found word for word in a quote{whom}{print}"),
        Verdict::Differs => format!("WITH DIFFERENCES: found in a quote{whom}, but not in these words"),
        Verdict::SomebodyElse => {
            format!("SOMEBODY ELSE: no close quote{whom} was found, but others are quoted so")
        }
        Verdict::Unattributed => {
            format!("NOBODY NAMED: no close quote{whom} was found; it is quoted where nobody is named")
        }
        Verdict::NotQuoted => {
            "NOT AS A QUOTATION: articles hold these words, outside of any quotation".to_owned()
        }
        Verdict::NotFound => format!("NOT FOUND: no close quote{whom} in what was searched"),
    }
}

/// One quote: who, when and where; its words against those given; how alike they are; where to check.
fn one(alike: &Alike, given: &[String], width: usize) -> String {
    let mut out = quote_head(&alike.hit, width);
    out.push_str(&marked(&alike.print, given, &alike.alignment).set(width, "  "));
    let mut how_alike = Words::default();
    how_alike.push(&agreeing(&alike.alignment), DIM, &[], DIM);
    out.push_str(&how_alike.set(width, "  "));
    out + &foot(&alike.hit.article, &alike.hit.id, width)
}

/// `11 of 12 words agree (91 %)`: never more than it is.
fn agreeing(alignment: &Alignment) -> String {
    let longer = alignment.given.max(alignment.part.len());
    let percent = (alignment.similarity() * 100.0).floor();
    format!("{} of {longer} words agree, in this order ({percent} %)", alignment.same)
}

/// The words of a print, `[-given, not printed-] {+printed, not given+}`, and some around them.
pub(super) fn marked(print: &[String], given: &[String], alignment: &Alignment) -> Words {
    let mut words = Words::default();
    let part = &alignment.part;
    let from = part.start.saturating_sub(AROUND);
    let to = (part.end + AROUND).min(print.len());
    if from > 0 {
        words.push("…", DIM, &[], PLAIN);
    }
    words.push(&print[from..part.start].join(" "), DIM, &[], PLAIN);
    for step in &alignment.steps {
        match step {
            Step::Same(range) => words.push(&print[range.clone()].join(" "), PLAIN, &[], MATCH),
            Step::Missing(range) => {
                words.push(&format!("[-{}-]", given[range.clone()].join(" ")), CUT, &[], MATCH);
            }
            Step::Added(range) => {
                words.push(&format!("{{+{}+}}", print[range.clone()].join(" ")), ADDED, &[], MATCH);
            }
        }
    }
    words.push(&print[part.end..to].join(" "), DIM, &[], PLAIN);
    if to < print.len() {
        words.push("…", DIM, &[], PLAIN);
    }
    words
}

/// `searched: 441 quotes in 79 articles of 9 outlets, 2009-11 to 2024-05-18; 3 articles without a date`.
fn searched(searched: &Searched) -> String {
    let Searched { quotes, articles, outlets, first, last, undated } = searched;
    let mut line = format!(
        "searched: {} in {} of {}",
        counted(*quotes, "quote"),
        counted(*articles, "article"),
        counted(*outlets, "outlet")
    );
    if let (Some(first), Some(last)) = (first, last) {
        line.push_str(&format!(", {first} to {last}"));
    }
    line + &format!("; {} without a date", counted(*undated, "article"))
}

/// `{"v":1,"type":"verification","verdict":…,"closest":[…],"others":[…],"articles":[…],"searched":{…}}`.
pub fn object(found: &Verification, quotation: &str, by: Option<&str>) -> Value {
    let list = |list: &[Alike]| list.iter().map(|alike| like(alike, &found.given)).collect::<Vec<Value>>();
    let Searched { quotes, articles, outlets, first, last, undated } = &found.searched;
    json!({
        "v": 1, "type": "verification", "words": quotation, "by": by, "verdict": found.verdict.name(),
        "closest": list(&found.closest), "others": list(&found.others),
        "articles": found.articles.iter().map(json::article_hit).collect::<Vec<Value>>(),
        "searched": {
            "quotes": quotes, "articles": articles, "outlets": outlets, "undated": undated,
            "first": first.map(|d| d.to_string()), "last": last.map(|d| d.to_string()),
        },
    })
}

fn like(alike: &Alike, given: &[String]) -> Value {
    let alignment = &alike.alignment;
    json!({
        "similarity": (alignment.similarity() * 1000.0).floor() / 1000.0,
        "verbatim": alignment.is_verbatim(), "words_agreeing": alignment.same,
        "words_given": alignment.given, "words_of_part": alignment.part.len(),
        "differences": steps(&alike.print, given, alignment), "quote": json::quote_hit(&alike.hit),
    })
}

/// What is the same, missing and added, in order.
pub(super) fn steps(print: &[String], given: &[String], alignment: &Alignment) -> Vec<Value> {
    let step = |step: &Step| match step {
        Step::Same(range) => json!({"same": print[range.clone()].join(" ")}),
        Step::Missing(range) => json!({"missing": given[range.clone()].join(" ")}),
        Step::Added(range) => json!({"added": print[range.clone()].join(" ")}),
    };
    alignment.steps.iter().map(step).collect()
}
