use crate::ingest::Options;
use crate::ingest::draft::{Draft, Refusal, withdrawn};
use crate::ingest::fields::Field;
use crate::ingest::format::html;
use crate::ingest::problem::Reason;
use crate::ingest::record;
use serde_json::{Map, Value};

/// Whether a record is an item of ninjs: it has an address, a headline, and words only ninjs has.
pub(crate) fn is_item(record: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| record.contains_key(*name));
    has(&["uri"])
        && has(&["headline", "headlines"])
        && has(&[
            "bodies",
            "body_text",
            "body_xhtml",
            "body_html",
            "versioncreated",
            "versionCreated",
            "pubstatus",
            "pubStatus",
        ])
}

/// Where an item states a field, in the words of version 1, 2 and 3.
const STATED: &[(Field, &[&str])] = &[
    (
        Field::Date,
        &[
            "versionCreated",
            "versioncreated",
            "contentCreated",
            "contentcreated",
            "firstCreated",
            "firstcreated",
        ],
    ),
    (Field::Author, &["by", "byline"]),
    (Field::Outlet, &["copyrightHolder", "copyrightholder"]),
    (Field::Place, &["located"]),
    (Field::Lang, &["language"]),
    (Field::Id, &["uri"]),
];

/// An item of ninjs 1, 2 or 3. What the user mapped comes first.
pub(crate) fn draft(item: &Map<String, Value>, options: &Options) -> Result<Draft, Refusal> {
    let word = |names: &[&str]| names.iter().find_map(|name| item.get(*name)?.as_str());
    if let Some(status @ ("canceled" | "cancelled" | "withheld")) = word(&["pubStatus", "pubstatus"]) {
        return Err(withdrawn(status));
    }
    if let Some(kind @ ("picture" | "video" | "audio" | "graphic" | "event" | "planning")) = word(&["type"]) {
        return Err((Reason::NoBody, format!("its type is `{kind}`, not text")));
    }
    let mut draft = record::mapped(item, options);
    draft.origins.format = "ninjs";
    if let Some(until) = word(&["embargoed", "embargoedUntil", "embargo"]) {
        draft.embargo(Some(until));
    }
    let headline = main(item.get("headlines")).or_else(|| word(&["headline"]));
    draft.state_from("headlines", Field::Title, headline.unwrap_or_default());
    for (field, names) in STATED {
        for name in *names {
            draft.state_from(*name, *field, item.get(*name).and_then(Value::as_str).unwrap_or_default());
        }
    }
    for (field, list) in [
        (Field::Outlet, "infoSources"),
        (Field::Outlet, "infosources"),
        (Field::Section, "subjects"),
        (Field::Section, "subject"),
    ] {
        let name = item.get(list).and_then(|l| l.get(0)?.get("name")?.as_str());
        draft.state_from(list, field, name.unwrap_or_default());
    }
    for list in ["infoSources", "infosources"] {
        let name = item.get(list).and_then(|l| l.get(0)?.get("name")?.as_str());
        draft.credit(list, name.unwrap_or_default());
    }
    if let Some(link) = item.get("uri").and_then(Value::as_str).filter(|uri| uri.starts_with("http")) {
        draft.state_from("uri", Field::Url, link);
    }
    if draft.text.is_empty()
        && let Some((name, markup, body)) = body(item)
    {
        if markup {
            html::fragment(body, &options.limits, &mut draft);
        } else {
            record::body(body.to_owned(), options, &mut draft);
        }
        draft.came_from(Field::Text, name);
    }
    Ok(draft)
}

/// The text, where it stands and whether it is markup: that goes before plain text, because it
/// keeps the paragraphs. Of a report of one paragraph its description may be all there is.
fn body(item: &Map<String, Value>) -> Option<(&'static str, bool, &str)> {
    let listed = |name: &'static str| {
        let values = item.get(name).and_then(Value::as_array).into_iter().flatten();
        let texts = values.filter_map(move |one| {
            let kind = one.get("contentType").or_else(|| one.get("contenttype")).and_then(Value::as_str);
            let markup = match kind.unwrap_or_default() {
                "text/html" | "application/xhtml+xml" | "text/xhtml" => true,
                "text/plain" | "" => false,
                _ => return None,
            };
            let caption = matches!(one.get("role").and_then(Value::as_str), Some("caption" | "creditline"));
            let text = one.get("value")?.as_str().filter(|text| !caption && !text.trim().is_empty())?;
            Some((name, markup, text))
        });
        texts.min_by_key(|(_, markup, _)| !markup)
    };
    let word = |name: &'static str| {
        let text = item.get(name)?.as_str().filter(|text| !text.trim().is_empty())?;
        Some((name, name != "body_text", text))
    };
    let of_version_1 = || ["body_xhtml", "body_html", "body_text"].into_iter().find_map(word);
    listed("bodies").or_else(of_version_1).or_else(|| listed("descriptions"))
}

/// Of headlines the main one, else the first.
fn main(headlines: Option<&Value>) -> Option<&str> {
    let list = headlines?.as_array()?;
    let main = list.iter().find(|one| one.get("role").and_then(Value::as_str) == Some("main"));
    main.or_else(|| list.first())?.get("value")?.as_str()
}
