use crate::ingest::draft::{Draft, Refusal};
use crate::ingest::format::ninjs;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use crate::ingest::record;
use crate::ingest::records::{self, Record};
use serde_json::{Map, Value};

/// Names under which a document keeps its list of articles.
const LISTS: &[&str] =
    &["articles", "items", "docs", "documents", "results", "records", "stories", "entries", "data"];

/// Whether a text of unknown name begins like JSON: an object, or an array of them.
pub(crate) fn looks(head: &str) -> bool {
    let mut marks = head.chars().filter(|c| !c.is_whitespace());
    matches!((marks.next(), marks.next()), (Some('{'), Some('"')) | (Some('['), Some('{')))
}

/// JSON Lines: a record a line, each read for itself.
pub(crate) fn read_lines(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let limits = reading.options.limits.clone();
    records::lines(reading, opened, limits.record, &mut |reading, at, bytes| one(reading, at, bytes));
}

/// A JSON document: an array of records, one record, a list within an object; or lines after all.
pub(crate) fn read_document(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let first = opened.head().iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
    if first == Some(&b'[') {
        let limits = reading.options.limits.clone();
        records::items(reading, opened, limits.record, &mut |reading, at, bytes| one(reading, at, bytes));
    } else if first_line_is_a_record(opened.head()) {
        read_lines(reading, opened);
    } else {
        whole_document(reading, opened);
    }
}

/// Whether the first line is a whole object, and another follows.
fn first_line_is_a_record(head: &[u8]) -> bool {
    let mut lines = head.splitn(2, |b| *b == b'\n');
    let whole = lines.next().is_some_and(|l| serde_json::from_slice::<Map<String, Value>>(l).is_ok());
    whole && lines.next().is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
}

fn whole_document(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let Some(text) = reading.text(opened, reading.options.limits.document) else { return };
    let mut value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        // A first line longer than what is looked at to tell lines from a document.
        Err(_) if first_line_is_a_record(text.as_bytes()) => {
            return read_lines(reading, Opened::held(text.into_bytes()));
        }
        Err(error) => return reading.problem(Reason::BadJson, None, explained(&error)),
    };
    let single = value.as_object().is_some_and(|record| record::has_text(record) || ninjs::is_item(record));
    let list =
        LISTS.iter().filter(|_| !single).find_map(|name| match value.get_mut(*name).map(Value::take) {
            Some(Value::Array(items)) if items.iter().any(Value::is_object) => Some(items),
            Some(other) => {
                value[*name] = other;
                None
            }
            None => None,
        });
    match list {
        Some(items) => {
            for (at, item) in (1..).zip(items) {
                hand_out(reading, Some(Place::Record(at)), &item);
            }
        }
        None => hand_out(reading, None, &value),
    }
}

/// One record of many.
fn one(reading: &mut Reading<'_>, at: Place, record: Record<'_>) {
    let text = match record {
        Record::Whole(text) => text,
        Record::TooLong(limit) => {
            return reading.problem(
                Reason::TooLarge,
                Some(at),
                format!("longer than the limit of {limit} bytes"),
            );
        }
    };
    match serde_json::from_str(&text) {
        Ok(value) => hand_out(reading, Some(at), &value),
        Err(error) => reading.problem(Reason::BadJson, Some(at), explained(&error)),
    }
}

/// serde_json's message, which ends in a line and column of its own that would mislead.
fn explained(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let cut = message.find(" at line ").unwrap_or(message.len());
    format!("not valid JSON: {} (character {})", &message[..cut], error.column())
}

fn hand_out(reading: &mut Reading<'_>, at: Option<Place>, value: &Value) {
    let draft = draft(value, reading);
    reading.drafted(at, draft);
}

fn draft(value: &Value, reading: &Reading<'_>) -> Result<Draft, Refusal> {
    match value {
        Value::Object(fields) if ninjs::is_item(fields) => ninjs::draft(fields, reading.options),
        Value::Object(fields) => named(record::draft(fields, reading.options), fields),
        _ => Err((Reason::NotARecord, format!("not an object but {}", kind(value)))),
    }
}

/// A record without a text is told by the names it has, so that one can be mapped.
fn named(draft: Draft, fields: &Map<String, Value>) -> Result<Draft, Refusal> {
    if !draft.text.is_empty() || record::has_text(fields) || draft.origins.unused.is_empty() {
        return Ok(draft);
    }
    let names: Vec<String> = fields.keys().take(20).map(|name| name.chars().take(40).collect()).collect();
    let message = format!(
        "no field is known to hold the text of an article; the record has: {}. \
         Name the field with --map text=FIELD",
        names.join(", ")
    );
    Err((Reason::NoBody, message))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
