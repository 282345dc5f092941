use crate::article::Date;
use crate::ingest::draft::{Draft, tidy};
use crate::ingest::fields::Field;
use crate::ingest::format::exports::{self, Cut};
use crate::ingest::reading::{Opened, Reading};
use memchr::memmem;

/// Tags that stand above the body.
const ABOVE: &[(&str, Option<Field>)] = &[
    ("HEADLINE", Some(Field::Title)),
    ("BYLINE", Some(Field::Author)),
    ("SECTION", Some(Field::Section)),
    ("LENGTH", None),
    ("DATELINE", Some(Field::Place)),
    ("HIGHLIGHT", None),
    ("SERIES", None),
];

/// Tags that stand below it.
const BELOW: &[(&str, Option<Field>)] = &[
    ("LOAD-DATE", None),
    ("LANGUAGE", Some(Field::Lang)),
    ("URL", Some(Field::Url)),
    ("ACC-NO", Some(Field::Id)),
    ("GRAPHIC", None),
    ("PUBLICATION-TYPE", None),
    ("DOCUMENT-TYPE", None),
    ("JOURNAL-CODE", None),
    ("DISTRIBUTION", None),
    ("SUBJECT", None),
    ("COMPANY", None),
    ("ORGANIZATION", None),
    ("TICKER", None),
    ("INDUSTRY", None),
    ("PERSON", None),
    ("GEOGRAPHIC", None),
    ("CITY", None),
    ("STATE", None),
    ("COUNTRY", None),
    ("CORRECTION", None),
    ("CORRECTION-DATE", None),
    ("NOTES", None),
    ("TYPE", None),
];

/// A line so far from the margin is centred.
const CENTRED: usize = 8;
/// An export begins within so many lines.
const LINES: usize = 60;

/// Whether a text is an export of LexisNexis: `3 of 120 DOCUMENTS`.
pub(crate) fn looks(head: &str) -> bool {
    memmem::find(head.as_bytes(), b"DOCUMENT").is_some()
        && head.lines().take(LINES).any(|line| begins(line.as_bytes()))
}

/// The line above every article.
fn begins(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    if !line.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let words: Vec<&[u8]> = line.split(|b| b.is_ascii_whitespace()).filter(|w| !w.is_empty()).collect();
    let number = |word: &[u8]| word.iter().all(|b| b.is_ascii_digit() || *b == b',');
    matches!(words[..], [n, b"of" | b"OF", m, b"DOCUMENT" | b"DOCUMENTS"] if number(n) && number(m))
}

/// An export of several articles.
pub(crate) fn read(reading: &mut Reading<'_>, opened: Opened<'_>) {
    let cut = |line: &[u8]| if begins(line) { Cut::Before } else { Cut::None };
    exports::read(reading, opened, cut, |text| {
        let mut lines = text.lines();
        // What stands above the first article tells of the search.
        let begun = lines.by_ref().any(|line| begins(line.as_bytes()));
        begun.then(|| article(&lines.collect::<Vec<_>>()))
    });
}

fn article(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let blocks = lines.split(|line| line.trim().is_empty()).filter(|block| !block.is_empty());
    let blocks: Vec<&[&str]> = blocks.collect();
    // Every article states its length, and its body comes after; where one does not, after its date.
    let tag_of = |block: &&[&str]| tagged(block[0], ABOVE).is_some();
    let head = blocks.iter().rposition(tag_of).map_or_else(|| after_date(&blocks), |last| last + 1);
    let (above, below) = blocks.split_at(head.min(blocks.len()));
    for block in above {
        state_head(&mut draft, block);
    }
    let is_end = |block: &&&[&str]| tagged(block[0], BELOW).is_some() || is_notice(block[0]);
    let end = below.iter().position(|block| is_end(&block)).unwrap_or(below.len());
    let body = below[..end].iter().map(|block| tidy(&block.join(" ")));
    let body: Vec<String> = body.filter(|paragraph| paragraph != "BODY:").collect();
    draft.text = body.join("\n\n");
    for block in &below[end..] {
        for line in *block {
            if let Some((tag, Some(field), value)) = tagged(line, BELOW) {
                draft.state_from(tag, field, value);
            }
        }
    }
    draft
}

/// The first block behind the date and the headline, of an article without tags.
fn after_date(blocks: &[&[&str]]) -> usize {
    let date = blocks.iter().position(|block| block.iter().any(|line| date_of(line).is_some()));
    date.map_or(0, |date| date + 2)
}

/// Outlet, date and headline by where they stand; the rest by its tag.
fn state_head(draft: &mut Draft, block: &[&str]) {
    if let Some((tag, field, first)) = tagged(block[0], ABOVE) {
        let rest = block[1..].iter().flat_map(|line| [" ", line.trim()]);
        if let Some(field) = field {
            draft.state_from(tag, field, &[first].into_iter().chain(rest).collect::<String>());
        }
        return;
    }
    // Rights may stand above the outlet's name without a line between.
    let block: Vec<&str> = block.iter().copied().filter(|line| !is_notice(line)).collect();
    let Some(first) = block.first() else { return };
    let Some(dated) = block.iter().position(|line| date_of(line).is_some()) else {
        let centred = block.iter().all(|line| line.len() - line.trim_start().len() >= CENTRED);
        if draft.meta.outlet.is_none() && draft.meta.date.is_none() {
            draft.state_from("the line above its date", Field::Outlet, first);
        } else if !centred {
            draft.state_from("the line below its date", Field::Title, &block.join(" "));
        }
        return;
    };
    if let Some(outlet) = block[..dated].first() {
        draft.state_from("the line above its date", Field::Outlet, outlet);
    }
    if draft.meta.date.is_none() {
        draft.state_date(date_of(block[dated]), tidy(block[dated]));
        draft.came_from(Field::Date, "the line of its date");
    }
}

/// `October 12, 2016 Wednesday 10:14 AM GMT`, whatever edition is named behind it.
fn date_of(line: &str) -> Option<Date> {
    let line = tidy(line);
    let begins = line.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()) && line.len() <= 100;
    let words: Vec<&str> = line.split(' ').collect();
    (2..=words.len().min(8)).rev().filter(|_| begins).find_map(|count| Date::read(&words[..count].join(" ")))
}

/// Rights, wherever they stand.
fn is_notice(line: &str) -> bool {
    let line = line.trim();
    ["Copyright ", "COPYRIGHT ", "All Rights Reserved", "© "].iter().any(|notice| line.starts_with(notice))
}

/// The tag of a line, what it states, and its value.
fn tagged<'a>(
    line: &'a str,
    tags: &[(&'static str, Option<Field>)],
) -> Option<(&'static str, Option<Field>, &'a str)> {
    let (tag, value) = line.split_once(':')?;
    let known = tags.iter().find(|(name, _)| *name == tag)?;
    Some((known.0, known.1, value.trim()))
}
