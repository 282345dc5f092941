use crate::ingest::draft::{Draft, Refusal, withdrawn};
use crate::ingest::fields::Field;
use crate::ingest::format::xml::{self, Element};
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Reading};

/// Whether a text begins like NITF.
pub(crate) fn looks(head: &str) -> bool {
    xml::root(head) == Some("nitf")
}

/// NITF, the News Industry Text Format: an article a document, or several below one root.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let Some(text) = reading.text(opened, reading.options.limits.document) else { return };
    let mut found = 0;
    xml::records(reading, &text, &["nitf"], &mut |reading, around, nitf, line| {
        found += 1;
        let place = (!around.is_empty()).then_some(line);
        reading.drafted(place, draft(nitf));
    });
    if found == 0 {
        reading.problem(Reason::NoBody, None, "no whole <nitf> was found");
    }
}

fn draft(nitf: &Element) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    state(nitf, &mut draft)?;
    draft.text = body(nitf);
    draft.came_from(Field::Text, "body/body.content");
    Ok(draft)
}

/// The paragraphs of its body; what stands in its head is no part of them.
pub(crate) fn body(nitf: &Element) -> String {
    let content = nitf.at("body/body.content");
    let prose: Vec<String> = content.iter().map(|part| part.prose()).collect();
    prose.join("\n\n")
}

/// Where NITF states a field: a path, and the attribute where it is one, the more trusted first.
const STATED: &[(Field, &str, &str)] = &[
    (Field::Title, "body/body.head/hedline/hl1", ""),
    (Field::Title, "head/title", ""),
    (Field::Date, "head/docdata/date.issue", "norm"),
    (Field::Date, "head/pubdata", "date.publication"),
    (Field::Date, "head/docdata/date.release", "norm"),
    (Field::Date, "body/body.head/dateline/story.date", "norm"),
    (Field::Date, "body/body.head/dateline/story.date", ""),
    (Field::Outlet, "head/pubdata", "name"),
    (Field::Outlet, "body/body.head/distributor", ""),
    (Field::Outlet, "head/docdata/doc.copyright", "holder"),
    (Field::Outlet, "head/docdata/doc-id", "regsrc"),
    (Field::Agency, "body/body.head/distributor", ""),
    (Field::Agency, "body/body.head/byline/byttl", ""),
    (Field::Section, "head/pubdata", "position.section"),
    (Field::Section, "head/tobject/tobject.subject", "tobject.subject.type"),
    (Field::Place, "body/body.head/dateline/location", ""),
    (Field::Url, "head/pubdata", "ex-ref"),
    (Field::Id, "head/docdata/doc-id", "id-string"),
    (Field::Lang, "body/body.content", "lang"),
    (Field::Lang, "body", "lang"),
];

/// What its head states. An item that was withdrawn is none.
pub(crate) fn state(nitf: &Element, draft: &mut Draft) -> Result<(), Refusal> {
    let status = nitf.at("head/docdata").iter().find_map(|data| data.attribute("management-status"));
    match status {
        Some("canceled" | "cancelled" | "withheld") => {
            return Err(withdrawn(status.unwrap_or_default()));
        }
        Some("embargoed") => {
            let until = nitf.at("head/docdata/date.release");
            draft.embargo(until.iter().find_map(|date| date.attribute("norm")));
        }
        _ => {}
    }
    for (field, path, attribute) in STATED {
        nitf.state(draft, *field, path, attribute);
    }
    if let Some(lang) = nitf.attribute("lang") {
        draft.state_from("nitf@xml:lang", Field::Lang, lang);
    }
    let bylines: Vec<String> = nitf.at("body/body.head/byline").iter().map(|line| byline(line)).collect();
    draft.state_from("body/body.head/byline", Field::Author, &bylines.join(", "));
    if let Some(line) = nitf.at("body/body.head/dateline").first() {
        draft.state_from("body/body.head/dateline", Field::Place, &line.words_without("story.date"));
    }
    Ok(())
}

/// The names of a byline without the writers' titles, unless it holds nothing else.
fn byline(line: &Element) -> String {
    let names = line.words_without("byttl");
    if names.is_empty() { line.words() } else { names }
}
