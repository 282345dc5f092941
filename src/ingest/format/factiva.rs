use crate::ingest::draft::{Draft, tidy};
use crate::ingest::fields::Field;
use crate::ingest::format::exports::{self, Cut};
use crate::ingest::reading::{Opened, Reading};
use memchr::memmem;

/// The tags of an export, and what they state; those without a field are not ours.
const TAGS: &[(&str, Option<Part>)] = &[
    ("HD", Some(Part::Of(Field::Title))),
    ("BY", Some(Part::Of(Field::Author))),
    ("PD", Some(Part::Of(Field::Date))),
    ("SN", Some(Part::Of(Field::Outlet))),
    ("SE", Some(Part::Of(Field::Section))),
    ("LA", Some(Part::Of(Field::Lang))),
    ("AN", Some(Part::Of(Field::Id))),
    ("LP", Some(Part::Body)),
    ("TD", Some(Part::Body)),
    ("CLM", None),
    ("CR", None),
    ("WC", None),
    ("ET", None),
    ("SC", None),
    ("ED", None),
    ("PG", None),
    ("VOL", None),
    ("CY", None),
    ("ART", None),
    ("CT", None),
    ("RF", None),
    ("CO", None),
    ("IN", None),
    ("NS", None),
    ("RE", None),
    ("IPC", None),
    ("IPD", None),
    ("PUB", None),
];

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Of(Field),
    Body,
}

/// An export begins within so many lines.
const LINES: usize = 60;

/// Whether a text is an export of Factiva: its tags at the beginning of lines.
pub(crate) fn looks(head: &str) -> bool {
    // Most texts do not hold the tag anywhere.
    memmem::find(head.as_bytes(), b"HD").is_some()
        && head.lines().take(LINES).filter_map(tag_of).any(|tag| tag == "HD")
        && is_article(head)
}

/// Whether a text has headline, date and body under their tags.
fn is_article(text: &str) -> bool {
    let has = |wanted: &[&str]| text.lines().filter_map(tag_of).any(|tag| wanted.contains(&tag));
    has(&["HD"]) && has(&["PD"]) && has(&["LP", "TD"])
}

fn tag_of(line: &str) -> Option<&'static str> {
    tagged(line).map(|(tag, _, _)| tag)
}

/// An export of several articles, each closed by `Document` and its number.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let cut = |line: &[u8]| if closes(line) { Cut::After } else { Cut::None };
    exports::read(reading, opened, cut, |text| {
        // What stands behind the last article tells of the search.
        is_article(text).then(|| article(text))
    });
}

/// `Document DEXAMP0020161012eca1000b`, alone or behind its tag.
fn closes(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"AN").map_or(line, <[u8]>::trim_ascii_start);
    let number = line.strip_prefix(b"Document ").unwrap_or_default();
    number.len() >= 8 && number.iter().all(u8::is_ascii_alphanumeric) && number.iter().any(u8::is_ascii_digit)
}

fn article(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut part = None;
    // What stands above the first tag is no part of an article.
    let mut value = String::new();
    for line in text.lines() {
        let (begun, line) = match tagged(line) {
            Some((tag, part, rest)) => (Some(part.map(|part| (tag, part))), rest),
            None => (None, line.trim()),
        };
        if let Some(next) = begun {
            close(&mut draft, &mut paragraphs, part, &mut value);
            part = next;
        }
        if matches!(part, Some((_, Part::Body))) && line.is_empty() {
            close(&mut draft, &mut paragraphs, part, &mut value);
        }
        value.push_str(line);
        value.push(' ');
    }
    close(&mut draft, &mut paragraphs, part, &mut value);
    draft.text = paragraphs.join("\n\n");
    draft
}

/// Takes down what was gathered of a part.
fn close(
    draft: &mut Draft,
    paragraphs: &mut Vec<String>,
    part: Option<(&'static str, Part)>,
    value: &mut String,
) {
    let whole = tidy(value);
    value.clear();
    match part {
        Some((tag, Part::Body)) if !whole.is_empty() => {
            draft.came_from(Field::Text, tag);
            paragraphs.push(whole);
        }
        Some((tag, Part::Of(Field::Id))) => {
            draft.state_from(tag, Field::Id, whole.trim_start_matches("Document "));
        }
        Some((tag, Part::Of(field))) => draft.state_from(tag, field, &whole),
        _ => {}
    }
}

/// A tag with what stands behind it in its line: nothing, or, in the layout of a table, its value.
fn tagged(line: &str) -> Option<(&'static str, Option<Part>, &str)> {
    let name = line.split(char::is_whitespace).next()?;
    let (tag, part) = TAGS.iter().find(|(tag, _)| *tag == name)?;
    let rest = &line[name.len()..];
    // One space is a sentence that begins with these letters.
    let apart = rest.trim().is_empty() || rest.starts_with("  ") || rest.starts_with('\t');
    apart.then(|| (*tag, *part, rest.trim()))
}
