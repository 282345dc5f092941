use crate::ingest::limits::Limits;
use std::collections::HashMap;

/// Elements that are closed without a tag, or have no content: they do not nest.
const FLAT: &str =
    "area base br col dd dt embed hr img input li link meta option p param source td th tr track wbr";
/// Elements a parser opens again in every paragraph until they are closed.
const FORMATTING: &str = "a b big code em font i nobr s small strike strong tt u";
/// Blocks: their tags part paragraphs.
const BLOCKS: &str = "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 \
    h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul title";
/// White space within one tag beyond which it was made to hurt: attributes are compared in pairs.
const LONGEST_TAG: usize = 20_000;
/// Formatting elements left open, times tags: what a parser may have to open again.
const REOPENED: usize = 10_000_000;

/// Character references in one run of text: a parser adds to it at each of them, copying what it
/// has.
const MOST_PIECES: usize = 50_000;

/// Whether a parser, whose time grows with the square of the nesting, can be given `html`.
pub(crate) fn is_tame(html: &str, limits: &Limits) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting, mut most_formatting, mut tags) = (0usize, 0usize, 0usize, 0usize);
    let mut at = 0;
    for tag in Tags::of(html) {
        tags += 1;
        let (before, whole) = (&html[at..tag.start], &html[tag.start..tag.end]);
        at = tag.end;
        if pieces(before) > MOST_PIECES || pieces(whole) > MOST_PIECES {
            return false;
        }
        if tag.inside.bytes().filter(u8::is_ascii_whitespace).count() > LONGEST_TAG {
            return false;
        }
        if listed(FLAT, &tag.name) || tag.inside.ends_with('/') {
            continue;
        }
        let of_name = open.entry(tag.name.clone()).or_default();
        let formats = usize::from(listed(FORMATTING, &tag.name));
        if !tag.closes {
            *of_name += 1;
            depth += 1;
            formatting += formats;
        } else if *of_name > 0 {
            *of_name -= 1;
            depth -= 1;
            formatting -= formats;
        }
        most_formatting = most_formatting.max(formatting);
        if depth > limits.depth {
            return false;
        }
    }
    most_formatting * tags <= REOPENED && pieces(&html[at..]) <= MOST_PIECES
}

fn pieces(run: &str) -> usize {
    run.bytes().filter(|b| matches!(b, b'&' | b'\r' | b'\0')).count()
}

/// The text between the tags, blocks parted by blank lines; for markup no parser should see.
pub(crate) fn strip(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    for tag in Tags::of(html) {
        push_words(&mut text, &html[at..tag.start]);
        if listed(BLOCKS, &tag.name) && !text.is_empty() && !text.ends_with('\n') {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        at = tag.end;
    }
    push_words(&mut text, &html[at..]);
    text.trim().to_owned()
}

fn push_words(text: &mut String, raw: &str) {
    for (number, word) in entities(raw).split_ascii_whitespace().enumerate() {
        let spaced = number > 0 || raw.starts_with(|c: char| c.is_ascii_whitespace());
        if spaced && !text.is_empty() && !text.ends_with(['\n', ' ']) {
            text.push(' ');
        }
        text.push_str(word);
    }
    if raw.ends_with(|c: char| c.is_ascii_whitespace()) && !text.is_empty() && !text.ends_with(['\n', ' ']) {
        text.push(' ');
    }
}

/// Character references as characters: the ones prose needs, and all given by number.
pub(crate) fn entities(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((c, end)) => {
                text.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    const NAMED: [(&str, char); 15] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{A0}'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("laquo", '«'),
        ("raquo", '»'),
        ("mdash", '—'),
        ("ndash", '–'),
        ("hellip", '…'),
    ];
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

fn listed(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|n| n == name)
}

/// One tag; comments, scripts and styles are tags with all they hold.
struct Tag<'a> {
    name: String,
    closes: bool,
    inside: &'a str,
    start: usize,
    end: usize,
}

/// The tags of a page, in one pass.
struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    fn of(html: &'a str) -> Tags<'a> {
        Tags { html, at: 0 }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            let after = &self.html[start + 1..];
            if after.starts_with("!--") {
                let end = after.find("-->").map_or(self.html.len(), |e| start + 1 + e + 3);
                self.at = end;
                let inside = "/";
                return Some(Tag { name: String::new(), closes: false, inside, start, end });
            }
            let closes = after.starts_with('/');
            let named = after.strip_prefix('/').unwrap_or(after);
            if !named.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
                self.at = start + 1;
                continue;
            }
            let length = named.find('>').unwrap_or(named.len());
            let inside = &named[..length];
            let name_end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
            let name = inside[..name_end].to_ascii_lowercase();
            let mut end = (start + 1 + usize::from(closes) + length + 1).min(self.html.len());
            if !closes && matches!(name.as_str(), "script" | "style") {
                end = after_closing(self.html, end, &name);
            }
            self.at = end;
            // A declaration has no content, and a script is taken whole.
            let whole =
                matches!(name.as_bytes().first(), Some(b'!' | b'?')) || name == "script" || name == "style";
            return Some(Tag { name, closes, inside: if whole { "/" } else { inside }, start, end });
        }
    }
}

/// Where `</name>` ends, or the page.
fn after_closing(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        at += found + 2;
        if html.as_bytes()[at..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes())) {
            return html[at..].find('>').map_or(html.len(), |e| at + e + 1);
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::{Limits, is_tame, strip};

    #[test]
    fn strips_tags_and_keeps_blocks_apart() {
        let rows = [
            ("<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.\n\nTwo."),
            ("a<br>b", "a\n\nb"),
            ("<script>if (a < b) x()</script>Text", "Text"),
            ("&ldquo;Yes&rdquo; &amp; &#8212; &#x27; &bogus;", "“Yes” & — ' &bogus;"),
            ("1 < 2", "1 < 2"),
            ("<!-- <p>no</p> -->yes", "yes"),
            ("<p>open", "open"),
            ("<", "<"),
            ("<div", ""),
        ];
        for (html, text) in rows {
            assert_eq!(strip(html), text, "{html}");
        }
    }

    #[test]
    fn knows_what_would_hurt_a_parser() {
        let limits = Limits::default();
        let rows = [
            ("<p>x</p>".repeat(10_000), true),
            ("<p>x".repeat(10_000), true),
            ("<div></div>".repeat(10_000), true),
            ("<div>".repeat(300), false),
            ("<div></x>".repeat(300), false),
            ("&amp;".repeat(60_000), false),
            ("<p>&amp;".repeat(60_000), true),
            (format!("<div{}>", " a=b".repeat(30_000)), false),
            ("<b>".repeat(100) + &"<p>x".repeat(200_000), false),
        ];
        for (number, (html, tame)) in rows.iter().enumerate() {
            assert_eq!(is_tame(html, &limits), *tame, "row {number}");
        }
    }
}
