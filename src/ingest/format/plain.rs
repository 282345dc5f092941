use crate::article::Date;
use crate::ingest::draft::Draft;
use crate::ingest::fields::Field;
use std::borrow::Cow;

/// How many lines may stand above the body.
const HEADER_LINES: usize = 16;
/// A longer first line is a paragraph, not a headline.
const HEADLINE_CHARS: usize = 160;

/// Plain text: header lines (headline, byline, date, URL, `Outlet: …`), then the body.
///
/// The header lines are taken off, with or without `-- ` before them; the body stays as it is,
/// dateline included.
pub(crate) fn read(text: &str) -> Draft {
    let text = match memchr::memchr(b'\r', text.as_bytes()).is_some() {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    let mut draft = Draft::default();
    let mut rest = text.as_ref();
    for _ in 0..HEADER_LINES {
        let trimmed = rest.trim_start_matches(['\n', ' ', '\t', '\u{FEFF}']);
        let (line, after) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
        if trimmed.is_empty() || !header_line(&mut draft, line.trim(), after) {
            break;
        }
        rest = after;
    }
    draft.text = rest.trim().to_owned();
    draft
}

/// Takes `line` into the draft if it is one of the header's.
fn header_line(draft: &mut Draft, line: &str, after: &str) -> bool {
    let (line, marked) = match line.strip_prefix("--") {
        Some(rest) if !rest.starts_with('-') => (rest.trim(), true),
        _ => (line, false),
    };
    if marked && line.is_empty() {
        return true;
    }
    keyed(draft, line)
        || url(draft, line)
        || byline(draft, line, marked)
        || date(draft, line)
        || outlet_and_date(draft, line)
        || headline(draft, line, marked, after)
        // A marked line is of the header, even where it tells us nothing.
        || marked
}

/// `Outlet: The Daily Example`.
fn keyed(draft: &mut Draft, line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let value = value.trim();
    let plain_key = key.len() <= 24 && key.starts_with(char::is_uppercase) && key.split(' ').count() <= 2;
    match Field::named(key) {
        Some(field) if plain_key && !value.is_empty() && !matches!(field, Field::Text | Field::Deck) => {
            draft.state(field, value);
            true
        }
        _ => false,
    }
}

fn url(draft: &mut Draft, line: &str) -> bool {
    let is_url = line.starts_with("http://") || line.starts_with("https://");
    let found = is_url && !line.contains(' ') && draft.meta.url.is_none();
    if found {
        draft.state(Field::Url, line);
    }
    found
}

/// `By Name and Name, Somewhere`: names, and no sentence.
fn byline(draft: &mut Draft, line: &str, marked: bool) -> bool {
    let by = is_byline(line) || marked && line.starts_with("By ");
    let found = draft.meta.byline.is_none() && by;
    if found {
        draft.state(Field::Author, line);
    }
    found
}

/// Whether a line is `By` and names: words with capitals and what stands between them.
pub(crate) fn is_byline(line: &str) -> bool {
    const BETWEEN: &str =
        "agencies wires and of for in at with the de del der den di da du la le van von al bin ter ten";
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let name = |word: &str| {
        let begins = word.chars().find(|c| c.is_alphanumeric());
        begins.is_none_or(char::is_uppercase) || BETWEEN.split(' ').any(|w| w == word)
    };
    let names = names.trim();
    // Behind a comma stands what they do, in any words.
    let people = names.split(',').next().unwrap_or_default();
    people.starts_with(char::is_uppercase)
        && !names.ends_with(['.', ',', ':', '?', '!'])
        && names.split_whitespace().count() <= 16
        && people.split_whitespace().all(name)
}

fn date(draft: &mut Draft, line: &str) -> bool {
    let words = ["Published", "Updated", "Last updated", "First published", "Posted"];
    let rest = words.iter().find_map(|w| line.strip_prefix(w)).unwrap_or(line);
    let rest = rest.trim_start_matches([':', ' ']).trim_start_matches("on ");
    let found = line.len() <= 80
        && draft.meta.date.is_none()
        && rest.contains(|c: char| c.is_ascii_digit())
        && Date::read(rest).is_some();
    if found {
        draft.state(Field::Date, rest);
    }
    found
}

/// `The Daily Example, 12 October 2016` and `The Daily Example | 12 October 2016`.
fn outlet_and_date(draft: &mut Draft, line: &str) -> bool {
    if line.len() > 100 || draft.meta.title.is_none() || draft.meta.date.is_some() {
        return false;
    }
    let parted = [" | ", " — ", " – ", " - ", " · ", ", "].iter().find_map(|mark| {
        let (outlet, date) = line.split_once(mark)?;
        Date::read(date).is_some().then_some((outlet.trim(), date.trim()))
    });
    let Some((outlet, date)) = parted else { return false };
    let capital = outlet.starts_with(char::is_uppercase);
    if !capital || outlet.split(' ').count() > 6 {
        return false;
    }
    // All in capitals it is the place of a dateline, unless a mark of its own parts it.
    let place = outlet.chars().all(|c| !c.is_lowercase()) && line.contains(", ");
    draft.state(if place { Field::Place } else { Field::Outlet }, outlet);
    draft.state(Field::Date, date);
    true
}

fn headline(draft: &mut Draft, line: &str, marked: bool, after: &str) -> bool {
    let found = draft.meta.title.is_none() && (marked || looks_like_headline(line, after));
    if found {
        draft.state(Field::Title, line.trim_start_matches('#'));
    }
    found
}

/// Short, no full stop, and not the first line of a paragraph that was broken into lines.
fn looks_like_headline(line: &str, after: &str) -> bool {
    if line.chars().count() > HEADLINE_CHARS || line.ends_with(['.', ',', ';']) {
        return false;
    }
    if !line.contains(char::is_alphabetic) || crate::ingest::dateline::read(line).is_some() {
        return false;
    }
    let block: Vec<&str> = after.lines().map(str::trim).take_while(|l| !l.is_empty()).collect();
    let goes_on = block.first().is_some_and(|next| next.starts_with(char::is_lowercase));
    let broken_in_lines = block.len() >= 2
        && line.chars().count() >= 50
        && block[..block.len() - 1].iter().all(|l| (50..=100).contains(&l.chars().count()));
    !goes_on && !broken_in_lines
}
