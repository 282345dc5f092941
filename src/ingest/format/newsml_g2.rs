use crate::ingest::Options;
use crate::ingest::draft::{Draft, Refusal, withdrawn};
use crate::ingest::fields::Field;
use crate::ingest::format::html;
use crate::ingest::format::nitf;
use crate::ingest::format::xml::{self, Element};
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Reading};
use crate::ingest::record;

/// Whether a text begins like NewsML-G2.
pub(crate) fn looks(head: &str) -> bool {
    matches!(xml::root(head), Some("newsItem" | "newsMessage" | "packageItem" | "contentSet"))
}

/// NewsML-G2: one item, a message of several, or the content of one alone.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let Some(text) = reading.text(opened, reading.options.limits.document) else { return };
    let mut found = 0;
    xml::records(reading, &text, &["newsItem", "contentSet"], &mut |reading, around, item, line| {
        found += 1;
        let place = (!around.is_empty()).then_some(line);
        let draft = draft(item, reading.options);
        reading.drafted(place, draft);
    });
    if found == 0 {
        reading.problem(Reason::NoBody, None, "NewsML-G2 without a whole <newsItem>");
    }
}

/// Where an item states a field: a path, and the attribute where it is one, the more trusted first.
const STATED: &[(Field, &str, &str)] = &[
    (Field::Title, "contentMeta/headline", ""),
    (Field::Date, "itemMeta/versionCreated", ""),
    (Field::Date, "contentMeta/contentCreated", ""),
    (Field::Date, "itemMeta/firstCreated", ""),
    (Field::Author, "contentMeta/by", ""),
    (Field::Outlet, "itemMeta/provider/name", ""),
    (Field::Outlet, "itemMeta/provider", "literal"),
    (Field::Outlet, "itemMeta/provider", "qcode"),
    (Field::Outlet, "rightsInfo/copyrightHolder/name", ""),
    (Field::Outlet, "contentMeta/infoSource/name", ""),
    (Field::Agency, "contentMeta/creditline", ""),
    (Field::Agency, "contentMeta/infoSource/name", ""),
    (Field::Section, "contentMeta/subject/name", ""),
    (Field::Place, "contentMeta/dateline", ""),
    (Field::Place, "contentMeta/located/name", ""),
    (Field::Lang, "contentMeta/language", "tag"),
];

fn draft(item: &Element, options: &Options) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    usable(item, &mut draft)?;
    for (field, path, attribute) in STATED {
        item.state(&mut draft, *field, path, attribute);
    }
    let creators: Vec<String> = item.at("contentMeta/creator/name").iter().map(|name| name.words()).collect();
    draft.state_from("contentMeta/creator/name", Field::Author, &creators.join(", "));
    draft.state_from("newsItem@xml:lang", Field::Lang, item.attribute("lang").unwrap_or_default());
    draft.state_from("newsItem@guid", Field::Id, item.attribute("guid").unwrap_or_default());
    // Alternatives of one content: the first that is text.
    for content in item.all("inlineXML").into_iter().chain(item.all("inlineData")) {
        if content.local() == "inlineData" {
            record::body(content.raw(), options, &mut draft);
        } else if let Some(nitf) = content.all("nitf").first() {
            nitf::state(nitf, &mut draft)?;
            draft.text = nitf::body(nitf);
        } else {
            draft.text = html::without_head(&content.prose(), &draft.meta).to_owned();
        }
        if !draft.text.is_empty() {
            draft.came_from(Field::Text, content.local().to_owned());
            break;
        }
    }
    Ok(draft)
}

/// Items that are withdrawn, or are pictures, are no articles; embargoed ones are flagged.
fn usable(item: &Element, draft: &mut Draft) -> Result<(), Refusal> {
    let code = |path: &str| item.at(path).iter().find_map(|e| e.attribute("qcode").or(e.attribute("uri")));
    let last = |code: &'_ str| code.rsplit([':', '/']).next().unwrap_or_default().to_ascii_lowercase();
    let status = code("itemMeta/pubStatus").map(last).unwrap_or_default();
    if matches!(status.as_str(), "canceled" | "cancelled" | "withheld") {
        return Err(withdrawn(&status));
    }
    let class = code("itemMeta/itemClass").map(last).unwrap_or_default();
    if matches!(class.as_str(), "picture" | "photo" | "graphic" | "audio" | "video" | "animation") {
        return Err((Reason::NoBody, format!("its class is `{class}`, not text")));
    }
    if let Some(until) = item.at("itemMeta/embargoed").first() {
        draft.embargo(Some(&until.words()));
    }
    Ok(())
}
