use crate::article::Date;
use crate::ingest::Options;
use crate::ingest::draft::Draft;
use crate::ingest::fields::Field;
use crate::ingest::format::html;
use serde_json::{Map, Value};

/// The draft that a record of fields states: those the user mapped, then those known by name.
pub(crate) fn draft(record: &Map<String, Value>, options: &Options) -> Draft {
    let mut draft = mapped(record, options);
    let mut body = None;
    let mut named = named_fields(record, &mut draft.origins.unused);
    let mapped =
        |name: &str| options.map.iter().any(|(_, path)| path.split('.').next() == Some(name) || path == name);
    draft.origins.unused.retain(|name| !mapped(name));
    named.sort_by_key(|(_, rank, ..)| *rank);
    for (field, _, from, value) in named {
        state(&mut draft, &mut body, field, from, value);
    }
    if let Some(body) = body.filter(|_| draft.text.is_empty()) {
        body.put(options, &mut draft);
    }
    draft
}

/// What the user mapped, and nothing else.
pub(crate) fn mapped(record: &Map<String, Value>, options: &Options) -> Draft {
    let mut draft = Draft::default();
    let mut body = None;
    for (name, path) in &options.map {
        if let (Some(field), Some(value)) = (Field::ours(name), at_path(record, path)) {
            state(&mut draft, &mut body, field, path.clone(), value);
        }
    }
    if let Some(body) = body {
        body.put(options, &mut draft);
    }
    draft
}

/// Takes a body that may be plain text or markup.
pub(crate) fn body(text: String, options: &Options, draft: &mut Draft) {
    plain_or_markup(text).put(options, draft);
}

/// Whether a record has a text of its own.
pub(crate) fn has_text(record: &Map<String, Value>) -> bool {
    record.iter().any(|(name, value)| Field::named(name) == Some(Field::Text) && paragraphs(value).is_some())
}

enum Body {
    Plain(String),
    Markup(String),
}

impl Body {
    fn put(self, options: &Options, draft: &mut Draft) {
        match self {
            Body::Plain(text) => draft.text = text,
            Body::Markup(text) => html::fragment(&text, &options.limits, draft),
        }
    }
}

/// The fields of a record by the names we know: its own, and those one level down (`headline.main`).
fn named_fields<'a>(
    record: &'a Map<String, Value>,
    unused: &mut Vec<String>,
) -> Vec<(Field, usize, String, &'a Value)> {
    let mut named = Vec::new();
    for (name, value) in record {
        match Field::ranked(name) {
            Some((field, rank)) => named.push((field, rank, name.clone(), value)),
            None => {
                let Value::Object(inner) = value else {
                    unused.push(name.clone());
                    continue;
                };
                let before = named.len();
                for (last, value) in inner {
                    let path = format!("{name}.{last}");
                    if let Some((field, rank)) = Field::ranked(&path) {
                        named.push((field, rank, path, value));
                    }
                }
                if named.len() == before {
                    unused.push(name.clone());
                }
            }
        }
    }
    named
}

fn state(draft: &mut Draft, body: &mut Option<Body>, field: Field, from: String, value: &Value) {
    match (field, value) {
        (_, Value::Null) => {}
        (Field::Text, _) => {
            if body.is_none() {
                *body = paragraphs(value).filter(|t| !t.trim().is_empty()).map(plain_or_markup);
                if body.is_some() {
                    draft.came_from(field, from);
                }
            }
        }
        (Field::Date, Value::Number(number)) => {
            let whole = number.as_i64().or_else(|| number.as_f64().map(|n| n as i64));
            let raw = number.to_string();
            // Four digits are a year, eight a day, more seconds.
            let date = if raw.len() <= 8 { Date::read(&raw) } else { whole.and_then(Date::of_epoch) };
            draft.state_date(date, raw);
            draft.came_from(field, from);
        }
        _ => draft.state_from(from, field, &words(value, field)),
    }
}

/// A body as text: a string, an array of paragraphs, or an object that holds either.
fn paragraphs(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().filter_map(paragraphs).collect();
            Some(parts.join("\n\n"))
        }
        Value::Object(inner) => {
            ["text", "value", "content", "html", "body"].iter().find_map(|name| paragraphs(inner.get(*name)?))
        }
        _ => None,
    }
}

fn plain_or_markup(text: String) -> Body {
    const TAGS: [&str; 8] = ["<p>", "<p ", "</p>", "<br", "<div", "<a href", "<span", "<body"];
    let lower = text.to_ascii_lowercase();
    if TAGS.iter().any(|tag| lower.contains(tag)) {
        Body::Markup(text)
    } else {
        Body::Plain(text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned())
    }
}

/// A value as words: names of a list are joined, an object gives its name.
fn words(value: &Value, field: Field) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            let parts: Vec<String> =
                items.iter().map(|v| words(v, field)).filter(|w| !w.is_empty()).collect();
            // Of several sections or languages the first is meant; of authors, all.
            let several = if field == Field::Author { parts.len() } else { parts.len().min(1) };
            parts[..several].join(", ")
        }
        Value::Object(inner) => {
            let names = ["name", "main", "value", "original", "title", "full_name", "label", "text", "url"];
            let of_name = |name: &&str| inner.get(*name).map(|v| words(v, field)).filter(|w| !w.is_empty());
            names.iter().find_map(of_name).or_else(|| first_and_last(inner)).unwrap_or_default()
        }
        Value::Bool(_) | Value::Null => String::new(),
    }
}

fn first_and_last(person: &Map<String, Value>) -> Option<String> {
    let part = |names: [&str; 3]| names.iter().find_map(|n| person.get(*n)?.as_str());
    let first = part(["first", "firstname", "first_name"]);
    let last = part(["last", "lastname", "last_name"])?;
    Some(first.map_or_else(|| last.to_owned(), |first| format!("{first} {last}")))
}

/// `headline.main`, `bodies.0.value`: a value within a record; a name with dots in it works too.
fn at_path<'a>(record: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    let (first, rest) = path.split_once('.')?;
    rest.split('.').try_fold(record.get(first)?, |value, name| match value {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?),
        other => other.get(name),
    })
}
