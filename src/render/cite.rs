//! A quote or an article as a source is cited. What is not known is left out, never made up.

use crate::article::{Date, Meta};
use crate::render::safe::safe;
use crate::search::Hit;
use serde_json::{Value, json};

/// As a sentence: who said what, where it was printed, when, by whom, and where it is found.
pub fn text(hit: &Hit) -> String {
    let meta = &hit.article().meta;
    let said = match hit {
        Hit::Quote(quote) => {
            let speaker = quote.speaker_name().or(quote.mention()).unwrap_or("Speaker not known");
            format!("{speaker}: {}. In: ", in_marks(&quote.words()))
        }
        Hit::Article(_) => String::new(),
    };
    let parts = [
        meta.byline.clone(),
        meta.title.as_ref().map(|title| format!("“{title}”")),
        meta.outlet.clone(),
        meta.date.map(|date| date.to_string()),
        meta.place.clone(),
    ];
    let printed = parts.into_iter().flatten().collect::<Vec<String>>().join(", ");
    let place = meta.url.as_deref().unwrap_or(&meta.path);
    safe(&format!("{said}{printed}. {place} [{}]", hit.id())).into_owned()
}

/// Reported words stand in marks of their own where they were printed without.
fn in_marks(words: &str) -> String {
    let marked = words.starts_with(['“', '"', '‘', '\'', '«', '„']);
    if marked { words.to_owned() } else { format!("[{words}]") }
}

/// As an entry of BibTeX; the words of a quote stand in its note.
pub fn bibtex(hit: &Hit) -> String {
    let meta = &hit.article().meta;
    let (year, month, day) = meta.date.map_or((None, None, None), parts);
    let fields = [
        ("author", meta.byline.as_deref().map(|name| format!("{{{}}}", escaped(name)))),
        ("title", meta.title.as_deref().map(|title| format!("{{{}}}", escaped(title)))),
        ("journal", meta.outlet.as_deref().map(escaped)),
        ("year", year.map(|year| year.to_string())),
        ("month", month.map(|month| month.to_string())),
        ("day", day.map(|day| day.to_string())),
        ("address", meta.place.as_deref().map(escaped)),
        ("language", meta.lang.as_deref().map(escaped)),
        ("url", meta.url.as_deref().map(address)),
        ("howpublished", meta.url.is_none().then(|| escaped(&meta.path))),
        ("note", note(hit).map(|note| escaped(&note))),
    ];
    let known = fields.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let rows: String = known.map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    format!("@article{{{},\n{rows}}}", hit.id())
}

/// An address is read as it stands: what may not stand there is told by its code.
fn address(url: &str) -> String {
    let code = |c: char| match c {
        '{' => "%7B".to_owned(),
        '}' => "%7D".to_owned(),
        '\\' => "%5C".to_owned(),
        c if c.is_whitespace() => "%20".to_owned(),
        c => c.to_string(),
    };
    safe(url).chars().map(code).collect()
}

/// What a reader of BibTeX takes for a command is none.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '\\' => made.push_str("\\textbackslash{}"),
            '~' => made.push_str("\\textasciitilde{}"),
            '^' => made.push_str("\\textasciicircum{}"),
            // BibTeX counts braces, whatever stands before them.
            '{' => made.push_str("\\textbraceleft{}"),
            '}' => made.push_str("\\textbraceright{}"),
            '$' | '&' | '#' | '%' | '_' => made.extend(['\\', c]),
            _ => made.push(c),
        }
    }
    made
}

/// As an item of CSL-JSON 1.0, which Zotero, Pandoc and their like read.
pub fn csl(hit: &Hit) -> Value {
    let Meta { title, byline, outlet, section, place, url, lang, date, .. } = &hit.article().meta;
    let mut item = json!({"id": hit.id(), "type": "article-newspaper", "source": hit.article().meta.path});
    let known = [
        ("title", title),
        ("container-title", outlet),
        ("section", section),
        ("publisher-place", place),
        ("URL", url),
        ("language", lang),
    ];
    for (name, value) in known {
        if let Some(value) = value {
            item[name] = json!(value);
        }
    }
    if let Some(byline) = byline {
        item["author"] = json!([{"literal": byline}]);
    }
    if let Some(date) = date {
        let (year, month, day) = parts(*date);
        let known: Vec<i64> = [year, month, day].into_iter().flatten().collect();
        item["issued"] = json!({"date-parts": [known]});
    }
    if let Some(note) = note(hit) {
        item["note"] = json!(note);
    }
    item
}

/// Who said what, of a quote.
fn note(hit: &Hit) -> Option<String> {
    let Hit::Quote(quote) = hit else { return None };
    let words = quote.words();
    Some(match quote.speaker_name().or(quote.mention()) {
        Some(speaker) => format!("{speaker}: {words}"),
        None => words,
    })
}

fn parts(date: Date) -> (Option<i64>, Option<i64>, Option<i64>) {
    let (year, month, day) = date.parts();
    (Some(year.into()), month.map(i64::from), day.map(i64::from))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_is_a_command_of_bibtex() {
        let rows = [
            ("R&D: 100%, $5_#1", "R\\&D: 100\\%, \\$5\\_\\#1"),
            ("a { b", "a \\textbraceleft{} b"),
            (
                "\\x}}~^",
                "\\textbackslash{}x\\textbraceright{}\\textbraceright{}\\textasciitilde{}\\textasciicircum{}",
            ),
        ];
        for (text, expected) in rows {
            assert_eq!(escaped(text), expected);
        }
    }
}
