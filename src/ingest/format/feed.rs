use crate::ingest::draft::Draft;
use crate::ingest::fields::Field;
use crate::ingest::format::xml::{self, Element};
use crate::ingest::format::{html, tags};
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Reading};
use crate::ingest::{Options, record};

/// Whether a text begins like a feed.
pub(crate) fn looks(head: &str) -> bool {
    matches!(xml::root(head), Some("rss" | "feed" | "RDF"))
}

/// RSS 2, RSS 1 (RDF) and Atom: an article an item.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let Some(text) = reading.text(opened, reading.options.limits.document) else { return };
    let mut found = 0;
    xml::records(reading, &text, &["item", "entry"], &mut |reading, around, item, line| {
        found += 1;
        let options = reading.options;
        reading.drafted(Some(line), Ok(draft(around, item, options)));
    });
    if found == 0 {
        reading.problem(Reason::NoBody, None, "a feed without items");
    }
}

/// Where an item states a field, the more trusted first: the elements as feeds write them.
const STATED: &[(Field, &str)] = &[
    (Field::Title, "title"),
    (Field::Date, "pubDate"),
    (Field::Date, "published"),
    (Field::Date, "dc:date"),
    (Field::Date, "dcterms:created"),
    (Field::Date, "updated"),
    (Field::Author, "dc:creator"),
    (Field::Author, "author"),
    (Field::Section, "category"),
    (Field::Url, "link"),
    (Field::Url, "guid"),
    (Field::Lang, "dc:language"),
    (Field::Id, "guid"),
    (Field::Id, "id"),
];

/// What may hold the text: the whole of it first, its summary last.
const BODIES: [&str; 4] = ["content:encoded", "content", "description", "summary"];

fn draft(around: &[Element], item: &Element, options: &Options) -> Draft {
    let mut draft = Draft::default();
    for (field, name) in STATED {
        for stated in item.children().filter(|child| child.is_written(name)) {
            let words = words(*field, stated);
            if *field != Field::Url || words.starts_with("http") {
                draft.state_from(*name, *field, &words);
            }
        }
    }
    for feed in feeds(around) {
        let language = feed.written("language").map(Element::words);
        let language = language.or_else(|| feed.attribute("lang").map(str::to_owned));
        draft.state_from("the feed's language", Field::Lang, &language.unwrap_or_default());
        let title = feed.written("title").map(Element::words).unwrap_or_default();
        draft.state_from("the feed's title", Field::Outlet, &title);
    }
    let bodies = BODIES.iter().filter_map(|name| Some((name, item.written(name)?)));
    for (name, body) in bodies {
        body_of(body, options, &mut draft);
        if !draft.text.is_empty() {
            draft.came_from(Field::Text, *name);
            break;
        }
    }
    draft
}

/// The elements that tell of the feed: those around the item, or of RDF the one beside it.
fn feeds(around: &[Element]) -> impl Iterator<Item = &Element> {
    let beside = around.first().and_then(|root| root.written("channel"));
    around.iter().rev().chain(beside)
}

/// Atom may hold markup as elements, else it is escaped; RSS always escapes it.
fn body_of(body: &Element, options: &Options, draft: &mut Draft) {
    if body.attribute("type") == Some("xhtml") || body.children().next().is_some() {
        draft.text = html::without_head(&body.prose(), &draft.meta).to_owned();
    } else {
        record::body(body.raw(), options, draft);
    }
}

/// Names of persons and categories, addresses of links.
fn words(field: Field, stated: &Element) -> String {
    match field {
        Field::Author => author(stated),
        Field::Section => stated
            .attribute("label")
            .or_else(|| stated.attribute("term"))
            .map_or_else(|| stated.words(), str::to_owned),
        Field::Url if stated.attribute("rel").is_some_and(|rel| rel != "alternate") => String::new(),
        Field::Url => stated.attribute("href").map_or_else(|| stated.words(), str::to_owned),
        // Titles with markup come escaped twice.
        Field::Title => tags::entities(&stated.words()),
        _ => stated.words(),
    }
}

/// `<name>` of an Atom author; of RSS `ada@daily.example (Ada Quill)` the name.
fn author(stated: &Element) -> String {
    if let Some(name) = stated.written("name") {
        return name.words();
    }
    let words = stated.words();
    match words.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches(')').to_owned(),
        _ if words.contains('@') && !words.contains(' ') => String::new(),
        _ => words,
    }
}
