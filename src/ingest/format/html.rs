use crate::article::{Date, Meta};
use crate::ingest::draft::{Draft, Refusal, tidy};
use crate::ingest::fields::Field;
use crate::ingest::format::markdown::same_words;
use crate::ingest::format::plain::is_byline;
use crate::ingest::format::{html_meta, tags};
use crate::ingest::limits::Limits;
use crate::ingest::problem::Reason;
use crate::ingest::reading::Reading;
use dom_smoothie::{Config, Readability, TextMode};

/// Whether a text of unknown name begins like a web page.
pub(crate) fn looks(head: &str) -> bool {
    let start: String = head.trim_start().chars().take(1000).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || (start.starts_with('<') && start.contains("<html"))
}

/// A web page: what its head and marks state, and the paragraphs of its article.
pub(crate) fn page(html: &str, reading: &mut Reading<'_>) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    if !tags::is_tame(html, &reading.options.limits) {
        reading.problem(Reason::TooDeep, None, "markup nested too deep; its text was read without structure");
        draft.text = tags::strip(html);
        return Ok(draft);
    }
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let mut page = Readability::new(html, None, Some(config))
        .map_err(|e| (Reason::NoBody, format!("the page cannot be read: {e}")))?;
    html_meta::state(&page, &mut draft);
    without_notices(&page);
    let few = paragraphs_of(&page);
    let body = page.parse().map(|article| article.text_content.to_string()).unwrap_or_default();
    // Of a page of a few lines the search for its centre may come back empty.
    let body = if body.trim().is_empty() { few } else { body };
    draft.text = without_head(&clean(&body), &draft.meta).to_owned();
    draft.came_from(Field::Text, "the page's article");
    Ok(draft)
}

/// A piece of markup within another format.
pub(crate) fn fragment(html: &str, limits: &Limits, draft: &mut Draft) {
    if !tags::is_tame(html, limits) {
        draft.text = tags::strip(html);
        return;
    }
    let page = Readability::from(html);
    page.doc.select("script, style, figure, noscript").remove();
    let body = clean(&page.doc.select("body").formatted_text());
    draft.text = without_head(&body, &draft.meta).to_owned();
}

/// Takes out what asks for consent: on a short page it would be read as the first paragraph.
fn without_notices(page: &Readability) {
    const NOTICES: &str = "div[class*=cookie], div[id*=cookie], aside[class*=cookie], section[class*=cookie], \
        div[class*=consent], div[id*=consent]";
    for notice in page.doc.select(NOTICES).iter() {
        // A page may also carry such a name on the element that holds everything.
        if notice.text().len() < 1000 {
            notice.remove();
        }
    }
}

fn paragraphs_of(page: &Readability) -> String {
    let found: Vec<String> = page.doc.select("p").iter().map(|p| tidy(&p.text())).collect();
    found.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Lines without white space around them, and never more than one blank line.
fn clean(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    for line in body.lines().map(str::trim) {
        if !(line.is_empty() && (text.is_empty() || text.ends_with("\n\n"))) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}

/// The body without what pages repeat above it: title, byline, outlet, date.
pub(crate) fn without_head<'a>(body: &'a str, meta: &Meta) -> &'a str {
    let mut rest = body;
    // Title, outlet, byline, date, and one for luck: no page repeats more.
    for _ in 0..5 {
        let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let of_head = first.chars().count() <= 200 && !after.trim().is_empty() && is_of_head(first, meta);
        if !of_head {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

fn is_of_head(line: &str, meta: &Meta) -> bool {
    let states = |field: &Option<String>| field.as_deref().is_some_and(|f| same_words(f, line));
    let by = line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")).unwrap_or(line);
    let author = meta.byline.as_deref().is_some_and(|b| same_words(b, by));
    states(&meta.title) || states(&meta.outlet) || author || is_byline(line) || Date::read(line).is_some()
}
