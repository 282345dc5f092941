/// What the first words of an agency report state: `BRUSSELS, Oct 12 (Agency) - …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline<'a> {
    /// "BRUSSELS", "RICHMOND, Va".
    pub(crate) place: Option<&'a str>,
    /// The agency named in brackets.
    pub(crate) agency: Option<&'a str>,
}

/// A dateline is short.
const LONGEST: usize = 90;

/// Reads the dateline a text begins with.
pub(crate) fn read(text: &str) -> Option<Dateline<'_>> {
    let line = text.trim_start().lines().next()?;
    let head = line.char_indices().nth(LONGEST).map_or(line, |(end, _)| &line[..end]);
    let (before, _) = [" - ", " – ", " — ", " -- ", ") – ", ")—", ") -"]
        .iter()
        .filter_map(|dash| head.split_once(dash).map(|(b, a)| (with_bracket(head, b, dash), a)))
        .min_by_key(|(b, _)| b.len())?;
    let (place, agency) = match before.trim_end().strip_suffix(')').and_then(|b| b.rsplit_once('(')) {
        Some((place, agency)) => (place.trim(), Some(agency.trim())),
        None => (before.trim(), None),
    };
    let agency = match agency {
        Some(name) if is_agency(name) => Some(name),
        Some(_) => return None,
        None => None,
    };
    let place = without_day(place);
    if place.is_empty() {
        return agency.map(|_| Dateline { place: None, agency });
    }
    is_place(place, agency.is_some()).then_some(Dateline { place: Some(place), agency })
}

/// A dateline that stands for itself, `LONDON, Oct 12 (Agency)`: the place, and what the bracket behind it holds.
pub(crate) fn apart(stated: &str) -> Option<(&str, &str)> {
    let stated = stated.trim().trim_end_matches(['-', '–', '—']).trim_end();
    let (place, bracket) = stated.strip_suffix(')')?.rsplit_once('(')?;
    Some((without_day(place.trim()), bracket.trim()))
}

/// The bracket belongs to what stands before the dash.
fn with_bracket<'a>(head: &'a str, before: &'a str, dash: &str) -> &'a str {
    if dash.starts_with(')') { &head[..=before.len()] } else { before }
}

fn is_agency(name: &str) -> bool {
    let capital = name.starts_with(char::is_uppercase);
    capital
        && name.len() <= 40
        && name.split(' ').count() <= 4
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// `BRUSSELS, Oct 12` without the day.
fn without_day(place: &str) -> &str {
    match place.rsplit_once(',') {
        Some((before, day)) if day.contains(|c: char| c.is_ascii_digit()) => match before.rsplit_once(',') {
            // `LONDON, Oct 12, 2016`
            Some((city, month)) if month.contains(|c: char| c.is_ascii_digit()) => city.trim(),
            _ => before.trim(),
        },
        _ => place,
    }
}

/// A city in capitals; with an agency behind it, in any letters.
fn is_place(place: &str, agency: bool) -> bool {
    let first = place.split([' ', ',', '/', '-']).next().unwrap_or_default();
    let capitals = first.chars().filter(|c| c.is_uppercase()).count() >= 2
        && first.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '\'' | '’'));
    let abbreviated = place.starts_with("St. ") || first.ends_with('.');
    let words = place.split(' ').count();
    let letters = !place.contains(|c: char| c.is_ascii_digit() || matches!(c, '"' | '“' | ':' | '?' | '!'));
    // Without an agency only capitals, and few: a headline in capitals is no dateline.
    let all_capitals = || place.chars().filter(|c| c.is_lowercase()).count() <= 4;
    letters
        && words <= 6
        && if agency {
            place.starts_with(char::is_uppercase)
        } else {
            words <= 4 && (capitals || abbreviated) && all_capitals()
        }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_datelines() {
        let rows = [
            ("BRUSSELS  (Reuters) - Visa said", Some((Some("BRUSSELS"), Some("Reuters")))),
            (" NEW YORK, Nov 6 (AP) - Stocks fell", Some((Some("NEW YORK"), Some("AP")))),
            ("LONDON, Oct 12, 2016 (Agency) — Shares", Some((Some("LONDON"), Some("Agency")))),
            ("RICHMOND, Va  (Reuters) - Electronics", Some((Some("RICHMOND, Va"), Some("Reuters")))),
            ("WASHINGTON/NEW YORK (Reuters) - The", Some((Some("WASHINGTON/NEW YORK"), Some("Reuters")))),
            ("ST. LOUIS (Reuters) - Inflation", Some((Some("ST. LOUIS"), Some("Reuters")))),
            ("(Reuters) - Dutch sports car", Some((None, Some("Reuters")))),
            ("WASHINGTON — The House voted", Some((Some("WASHINGTON"), None))),
            ("ROME (AP) -- The pope", Some((Some("ROME"), Some("AP")))),
            ("London (Press Agency) - The mayor", Some((Some("London"), Some("Press Agency")))),
            ("The mayor - a lawyer - said", None),
            ("She said it (twice) - and left", None),
            ("No dateline here at all", None),
            ("IBM - a maker of computers - said", Some((Some("IBM"), None))),
        ];
        for (text, wanted) in rows {
            assert_eq!(read(text).map(|d| (d.place, d.agency)), wanted, "{text}");
        }
    }
}
