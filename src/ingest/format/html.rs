use crate::ingest::draft::{Draft, Refusal, tidy};
use crate::ingest::format::markdown::same_words;
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
    let few = paragraphs_of(&page);
    let body = page.parse().map(|article| article.text_content.to_string()).unwrap_or_default();
    // Of a page of a few lines the search for its centre may come back empty.
    let body = if body.trim().is_empty() { few } else { body };
    draft.text = without_title(&clean(&body), draft.meta.title.as_deref());
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
    draft.text =
        without_title(&clean(&page.doc.select("body").formatted_text()), draft.meta.title.as_deref());
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

/// The body without the title it begins with.
fn without_title(body: &str, title: Option<&str>) -> String {
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    let repeated = title.is_some_and(|t| same_words(t, first)) && !rest.trim().is_empty();
    if repeated { rest.trim_start().to_owned() } else { body.to_owned() }
}
