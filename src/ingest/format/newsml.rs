use crate::ingest::Options;
use crate::ingest::draft::{Draft, Refusal, withdrawn};
use crate::ingest::fields::Field;
use crate::ingest::format::html;
use crate::ingest::format::nitf;
use crate::ingest::format::xml::{self, Element};
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Reading};
use crate::ingest::record;

/// Whether a text begins like NewsML 1.
pub(crate) fn looks(head: &str) -> bool {
    xml::root(head) == Some("NewsML")
}

/// NewsML 1: an envelope of items, each a component with a headline or several (of languages, say).
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let Some(text) = reading.text(opened, reading.options.limits.document) else { return };
    let mut found = 0;
    xml::records(reading, &text, &["NewsItem"], &mut |reading, around, item, line| {
        found += 1;
        let mut parts = Vec::new();
        stories(item, &mut parts);
        if parts.is_empty() {
            parts.push(item);
        }
        for story in parts {
            let draft = draft(around, item, story, reading.options);
            reading.drafted(Some(line), draft);
        }
    });
    if found == 0 {
        reading.problem(Reason::NoBody, None, "NewsML without a whole <NewsItem>");
    }
}

/// The outermost components that have a headline.
fn stories<'a>(within: &'a Element, found: &mut Vec<&'a Element>) {
    for part in within.children().filter(|part| part.local() == "NewsComponent") {
        if part.at("NewsLines/HeadLine").is_empty() { stories(part, found) } else { found.push(part) }
    }
}

/// Where an item states a field: a path, and the attribute where it is one, the more trusted first.
const OF_ITEM: &[(Field, &str, &str)] = &[
    (Field::Date, "NewsManagement/ThisRevisionCreated", ""),
    (Field::Date, "NewsManagement/FirstCreated", ""),
    (Field::Date, "Identification/NewsIdentifier/DateId", ""),
    (Field::Id, "Identification/NewsIdentifier/PublicIdentifier", ""),
    (Field::Outlet, "NewsComponent/AdministrativeMetadata/Provider/Party", "FormalName"),
];

/// The same of a story.
const OF_STORY: &[(Field, &str, &str)] = &[
    (Field::Title, "NewsLines/HeadLine", ""),
    (Field::Author, "NewsLines/ByLine", ""),
    (Field::Agency, "NewsLines/CreditLine", ""),
    (Field::Place, "NewsLines/DateLine", ""),
    (Field::Outlet, "AdministrativeMetadata/Provider/Party", "FormalName"),
    (Field::Lang, "DescriptiveMetadata/Language", "FormalName"),
];

/// The same of what is around an item.
const OF_ENVELOPE: &[(Field, &str, &str)] = &[
    (Field::Outlet, "NewsEnvelope/SentFrom/Party", "FormalName"),
    (Field::Outlet, "NewsEnvelope/NewsService", "FormalName"),
    (Field::Date, "NewsEnvelope/DateAndTime", ""),
];

fn draft(around: &[Element], item: &Element, story: &Element, options: &Options) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    let status = item.at("NewsManagement/Status").iter().find_map(|s| s.attribute("FormalName"));
    match status.map(str::to_ascii_lowercase).as_deref() {
        Some("canceled" | "cancelled" | "withheld") => {
            return Err(withdrawn(status.unwrap_or_default()));
        }
        Some("embargoed") => {
            let until = item.at("NewsManagement/StatusWillChange/DateAndTime");
            draft.embargo(until.first().map(|until| until.words()).as_deref());
        }
        _ => {}
    }
    for (of, stated) in [(Some(story), OF_STORY), (Some(item), OF_ITEM), (around.last(), OF_ENVELOPE)] {
        let Some(of) = of else { continue };
        for (field, path, attribute) in stated {
            of.state(&mut draft, *field, path, attribute);
        }
    }
    let languages = item.all("Language");
    let language = languages.iter().find_map(|language| language.attribute("FormalName"));
    draft.state_from("Language@FormalName", Field::Lang, language.unwrap_or_default());
    content(story, options, &mut draft)?;
    Ok(draft)
}

/// What a component may hold that is not the story.
const BESIDE: [&str; 11] = [
    "stylesheet",
    "subheadline",
    "headline",
    "logo",
    "contact",
    "caption",
    "photo",
    "picture",
    "thumbnail",
    "preview",
    "multimedia",
];

/// The text of the story: that of the longest content, in whatever form it comes.
fn content(story: &Element, options: &Options, draft: &mut Draft) -> Result<(), Refusal> {
    let mut contents = Vec::new();
    collect(story, &mut contents);
    let mut longest = Draft::default();
    for content in contents {
        let mut read = Draft::default();
        if let Some(nitf) = content.all("nitf").first() {
            nitf::state(nitf, draft)?;
            read.text = nitf::body(nitf);
        } else if content.children().next().is_some() {
            read.text = html::without_head(&content.prose(), &draft.meta).to_owned();
        } else {
            record::body(content.raw(), options, &mut read);
        }
        // Of as much text, that in paragraphs.
        let size = |draft: &Draft| (draft.text.split_whitespace().count(), draft.text.len());
        if size(&read) > size(&longest) {
            longest = read;
        }
    }
    draft.text = longest.text;
    draft.came_from(Field::Text, "ContentItem/DataContent");
    Ok(())
}

/// The contents below a component, but for those beside the story.
fn collect<'a>(within: &'a Element, found: &mut Vec<&'a Element>) {
    for part in within.children() {
        match part.local() {
            "NewsComponent" => {
                let role = part.at("Role").iter().find_map(|role| role.attribute("FormalName"));
                let role = role.unwrap_or_default().to_ascii_lowercase();
                if !BESIDE.contains(&role.as_str()) {
                    collect(part, found);
                }
            }
            "ContentItem" => {
                let kinds = part.at("MimeType").into_iter().chain(part.at("Format"));
                let sheet = kinds
                    .filter_map(|kind| kind.attribute("FormalName"))
                    .any(|k| k.ends_with("css") || k == "CSS");
                if !sheet {
                    found.extend(part.at("DataContent"));
                }
            }
            _ => {}
        }
    }
}
