use crate::ingest::draft::{Draft, tidy};
use crate::ingest::fields::Field;
use crate::ingest::format::markdown::same_words;
use crate::ingest::format::tags;
use dom_smoothie::Readability;
use serde_json::{Map, Value};

/// What `<meta>` elements state, the most trusted first: OpenGraph and `article:`, then the
/// makers of reading tools, then Dublin Core and the rest.
const METAS: &[(Field, &str)] = &[
    (
        Field::Title,
        "og:title headline parsely-title sailthru.title dc.title dcterms.title twitter:title citation_title title",
    ),
    (
        Field::Date,
        "article:published_time article:published datepublished og:published_time parsely-pub-date \
         sailthru.date pubdate publishdate publish-date publish_date ptime date dc.date.issued \
         dcterms.created dcterms.date dc.date dc.date.created displaydate article.published \
         article_date_original cxenseparse:recs:publishtime originalpublicationdate timestamp",
    ),
    (
        Field::Author,
        "author article:author_name parsely-author sailthru.author byl byline dc.creator dcterms.creator \
         dc.contributor article:author og:author twitter:data1",
    ),
    (Field::Outlet, "og:site_name publisher application-name dc.publisher dcterms.publisher cre source"),
    (Field::Section, "article:section parsely-section og:section section articlesection dc.subject category"),
    (Field::Url, "og:url parsely-link twitter:url"),
    (Field::Lang, "og:locale language dc.language content-language"),
];

/// Reads the layers of a page's metadata; of each field the first layer that states it counts.
pub(crate) fn state(page: &Readability, draft: &mut Draft) {
    for script in page.doc.select("script").iter() {
        let kind = script.attr("type").map(|t| t.to_ascii_lowercase());
        if kind.is_some_and(|k| k.starts_with("application/ld+json")) {
            json_ld(&script.text(), draft);
        }
    }
    metas(page, draft);
    marks(page, draft);
    titles(page, draft);
}

/// The first article of a block of JSON-LD.
fn json_ld(block: &str, draft: &mut Draft) {
    let block = block.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
    let Ok(value) = serde_json::from_str::<Value>(block) else { return };
    let Some(article) = article_within(&value) else { return };
    let fields = [
        (Field::Title, "headline"),
        (Field::Date, "datePublished"),
        (Field::Date, "dateCreated"),
        (Field::Author, "author"),
        (Field::Author, "creator"),
        (Field::Section, "articleSection"),
        (Field::Outlet, "publisher"),
        (Field::Url, "url"),
        (Field::Lang, "inLanguage"),
    ];
    for (field, name) in fields {
        let words = article.get(name).map(|v| words(v, field)).unwrap_or_default();
        if field != Field::Url || words.contains("://") {
            draft.state_from(format!("JSON-LD {name}"), field, &words);
        }
    }
}

/// The first object whose type is an article's, however it is wrapped.
fn article_within(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Array(items) => items.iter().find_map(article_within),
        Value::Object(object) if is_article(object) => Some(object),
        Value::Object(object) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|name| article_within(object.get(*name)?)),
        _ => None,
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let named = |kind: &Value| {
        let kind = kind.as_str().unwrap_or_default();
        kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

fn words(value: &Value, field: Field) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => object.get("name").map(|v| words(v, field)).unwrap_or_default(),
        Value::Array(items) => {
            let mut all: Vec<String> =
                items.iter().map(|v| words(v, field)).filter(|w| !w.is_empty()).collect();
            all.dedup();
            all.truncate(if field == Field::Author { all.len() } else { 1 });
            all.join(", ")
        }
        _ => String::new(),
    }
}

fn metas(page: &Readability, draft: &mut Draft) {
    let mut stated: Vec<(String, String)> = Vec::new();
    for meta in page.doc.select("meta").iter() {
        let Some(content) = meta.attr("content") else { continue };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = meta.attr(name) {
                stated.push((name.trim().to_ascii_lowercase(), tags::entities(&content)));
            }
        }
    }
    for (field, names) in METAS {
        for name in names.split_whitespace() {
            let values = stated.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str());
            let mut values: Vec<&str> = values.filter(|v| usable(*field, v)).collect();
            values.dedup();
            values.truncate(if *field == Field::Author { 8 } else { 1 });
            draft.state_from(format!("<meta> {name}"), *field, &values.join(", "));
        }
    }
}

/// What marks within the page state: microdata, `rel`, `<time>`, the canonical link.
fn marks(page: &Readability, draft: &mut Draft) {
    const MARKS: &[(Field, &str)] = &[
        (Field::Title, "[itemprop=headline]"),
        (Field::Date, "[itemprop=datePublished]"),
        (Field::Date, "article time[datetime]"),
        (Field::Date, "time[datetime]"),
        (Field::Author, "[itemprop=author] [itemprop=name]"),
        (Field::Author, "[itemprop=author]"),
        (Field::Author, "a[rel=author]"),
        (Field::Author, ".byline"),
        (Field::Url, "link[rel=canonical]"),
        (Field::Lang, "html"),
    ];
    for (field, selector) in MARKS {
        let mark = page.doc.select_single(selector);
        if !mark.exists() {
            continue;
        }
        let attribute = match field {
            Field::Date => mark.attr("datetime").or_else(|| mark.attr("content")),
            Field::Url => mark.attr("href"),
            Field::Lang => mark.attr("lang"),
            _ => mark.attr("content"),
        };
        let text = attribute.map_or_else(|| mark.text().to_string(), |a| a.to_string());
        let wanted = !matches!(field, Field::Lang) || mark.attr("lang").is_some();
        if wanted && text.len() <= 200 && usable(*field, &text) {
            let from = if *field == Field::Lang { "<html lang>" } else { *selector };
            draft.state_from(from, *field, &text);
        }
    }
}

/// The headline last: `<h1>`, and `<title>` without the outlet's name behind it.
fn titles(page: &Readability, draft: &mut Draft) {
    let of = |selector: &str| tidy(&page.doc.select_single(selector).text());
    let (h1, title) = (of("h1"), of("title"));
    let outlet = draft.meta.outlet.clone();
    if let Some(stated) = draft.meta.title.take() {
        draft.meta.title = Some(without_outlet(&stated, outlet.as_deref(), &h1));
    }
    if !h1.is_empty() && title.contains(&h1) {
        draft.state_from("<h1>", Field::Title, &h1);
    }
    let title = without_outlet(&title, outlet.as_deref(), &h1);
    let (from, title) = if title.is_empty() { ("<h1>", &h1) } else { ("<title>", &title) };
    draft.state_from(from, Field::Title, title);
}

/// `Headline - Outlet` without the outlet: where it is the outlet that was stated, where the rest
/// is the page's heading, or where it is three words at most behind a bar.
fn without_outlet(title: &str, outlet: Option<&str>, h1: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        let Some((head, tail)) = title.rsplit_once(mark) else { continue };
        let is_outlet = outlet.is_some_and(|o| same_words(o, tail)) || same_words(head, h1);
        let behind_bar = mark == " | " && tail.split(' ').count() <= 3 && head.split(' ').count() >= 3;
        if is_outlet || behind_bar {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Authors and sections are names, not addresses.
fn usable(field: Field, value: &str) -> bool {
    let value = value.trim();
    let address = value.contains("://") || value.starts_with('@');
    let name = matches!(field, Field::Author | Field::Section | Field::Outlet);
    !value.is_empty() && (!name || !address)
}
