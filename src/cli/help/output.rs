//! `onrecord help output`: columns, JSON, and what stays as it is from version to version.

use crate::render::table::{ARTICLE_COLUMNS, COLUMNS, QUOTE_COLUMNS};
use serde_json::Value;

/// What the JSON that is printed looks like; tests hold all that is printed against it.
const SCHEMA: &str = include_str!("../../../docs/output.schema.json");

pub(super) fn schema() -> String {
    SCHEMA.to_owned()
}

pub(super) fn output() -> String {
    let columns = COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>();
    let lists = [
        ("All there are", columns.as_slice()),
        ("Usual of quotes", QUOTE_COLUMNS),
        ("Usual of articles", ARTICLE_COLUMNS),
    ];
    let lists: String = lists.iter().map(|(what, names)| super::wrapped(what, 20, names)).collect();
    format!("{ABOUT}{lists}{JSON}{}{STAYS}", types())
}

const ABOUT: &str = "\
OUTPUT
Results go to standard output; notes, progress and errors to standard error. --quiet leaves the notes out.

  human     for people, as wide as the terminal; colours, links and a pager only where a terminal is
  jsonl     one JSON object a line
  json      one JSON document
  csv       a table for spreadsheets: a cell that would be run as a formula begins with '
  tsv       the same, tab-separated, one line a row
  md        the same as a Markdown table

What archives hold commands no terminal, no spreadsheet and no page: characters that would are shown as �, in JSON
as \\u001b.

COLUMNS
Tables of hits have these columns; --fields names others and their order:

";

const JSON: &str = "
JSON
Each object has `v`, the version of its form, and `type`. Offsets count Unicode characters of the article's text from 0,
the end is exclusive, quotation marks are included; `matches` of a quote count in its own text. What is not known is
null. `onrecord help schema` prints a JSON Schema (2020-12) of all of it. The types:

";

const STAYS: &str = "
VERSIONS
While `v` is 1, no key of JSON goes away or changes what it means, and no column of a table does; keys, types and columns
may be added. So name the columns you rely on with --fields, and pass over keys you do not know. What is printed for
people may change at any time.

EXIT CODES
0 found or done · 1 ran well, nothing found · 2 error · 3 some files could not be read · 4 the index is damaged ·
5 it differs from its sources
";

/// Each type of object with what the schema says of it.
fn types() -> String {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    let of = |reference: &Value| {
        let name = reference["$ref"].as_str()?.strip_prefix("#/$defs/")?;
        let about = schema["$defs"][name]["description"].as_str()?;
        Some(format!("  {name:<14}{about}\n"))
    };
    schema["oneOf"].as_array().into_iter().flatten().filter_map(of).collect()
}
