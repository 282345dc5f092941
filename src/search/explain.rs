//! How a query was understood: each condition, what it looks for, and how many hits it has alone.

use crate::index::Reader;
use crate::lexicon::cue_class;
use crate::query::{Chain, Expr, Field, Match, Query, Unit, Within};
use crate::schema;
use crate::search::names;
use crate::search::plan::{self, SearchError};
use crate::search::run::run;
use tantivy::collector::Count;

/// The reading of a query, condition by condition, for people who want to know.
pub fn explain(reader: &Reader, query: &Query) -> Result<String, SearchError> {
    let mut text = format!("answers with {}: {query}\n", query.unit.noun(2));
    tree(reader, query.unit, &query.expr, 1, &mut text)?;
    for note in plan::compile(reader, query)?.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    Ok(text)
}

/// A condition and its parts, each with its own count.
fn tree(
    reader: &Reader,
    unit: Unit,
    expr: &Expr,
    depth: usize,
    text: &mut String,
) -> Result<(), SearchError> {
    let found = counted(reader, unit, expr.clone())?;
    let label = match expr {
        Expr::All => "everything".to_owned(),
        Expr::And(_) => "all of these".to_owned(),
        Expr::Or(_) => "any of these".to_owned(),
        Expr::Not(_) => "not this".to_owned(),
        Expr::Quote(_) => "one quote with".to_owned(),
        Expr::Leaf(field, sought) => format!("{expr}  {}", looks_for(reader, *field, sought)?),
    };
    text.push_str(&format!("{}{label}  → {found} {}\n", "  ".repeat(depth), unit.noun(found)));
    match expr {
        Expr::All | Expr::Leaf(..) => Ok(()),
        Expr::And(parts) | Expr::Or(parts) => {
            parts.iter().try_for_each(|p| tree(reader, unit, p, depth + 1, text))
        }
        Expr::Not(inner) => tree(reader, unit, inner, depth + 1, text),
        Expr::Quote(inner) => tree(reader, Unit::Quotes, inner, depth + 1, text),
    }
}

/// What a condition looks for, in words.
fn looks_for(reader: &Reader, field: Field, sought: &Match) -> Result<String, SearchError> {
    Ok(match (field, sought) {
        (Field::By | Field::About, Match::Literal(words)) => format!("(the very words “{words}”)"),
        (Field::By | Field::About, _) => {
            let forms = names::meant(reader, sought)?;
            let forms = forms.iter().flat_map(|e| &e.forms).map(|(form, count)| format!("{form} ({count})"));
            let forms: Vec<String> = forms.collect();
            if forms.is_empty() {
                "(nobody is known by it: these words)".into()
            } else {
                format!("({})", forms.join(", "))
            }
        }
        (Field::Any | Field::Quote | Field::Title | Field::Body, Match::Word(word)) => {
            let stems: Vec<String> = schema::tokens(word).iter().map(|token| schema::stem(token)).collect();
            format!("(words of the stem {}-)", stems.join("- "))
        }
        (_, Match::Phrase { slop: 0, .. }) => "(these words in a row)".into(),
        (_, Match::Phrase { slop, .. }) => format!("(these words, with up to {slop} others among them)"),
        (Field::Cue, Match::Word(name)) => {
            cue_class(&name.to_lowercase()).map(|c| format!("({})", c.lemmas.join(", "))).unwrap_or_default()
        }
        (_, Match::Near(chain)) => format!("({})", within(chain)),
        (_, Match::AtLeast(least, _)) => format!("(all in all {least} times or more)"),
        (_, Match::Regex(_)) => "(words that fit it from end to end)".into(),
        (_, Match::Prefix(_)) => "(words that begin so)".into(),
        (_, Match::Fuzzy(_, distance)) => format!("(words that differ in up to {distance} letters)"),
        _ => String::new(),
    })
}

/// How near the words of a chain stand, in words.
fn within(chain: &Chain) -> String {
    let near = chain.rest.iter().map(|(within, _)| match within {
        Within::Near(far) => format!("within {far} words, in either order"),
        Within::Before(far) => format!("within {far} words, in this order"),
        Within::Sentence => "in one sentence".into(),
        Within::Paragraph => "in one paragraph".into(),
    });
    near.collect::<Vec<String>>().join("; then ")
}

/// How many hits a condition has on its own.
pub(super) fn counted(reader: &Reader, unit: Unit, expr: Expr) -> Result<usize, SearchError> {
    let plan = plan::compile(reader, &Query { unit, expr })?;
    Ok(run(reader, &*plan.query, &Count)?)
}
