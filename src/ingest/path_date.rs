use crate::article::{Date, month_named};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A date as the paths of an archive state it: `path:%Y/%m/%d`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PathDate {
    stated: String,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    MonthName,
    Day,
    Letter(char),
}

impl FromStr for PathDate {
    type Err = String;

    fn from_str(stated: &str) -> Result<PathDate, String> {
        let Some(pattern) = stated.strip_prefix("path:") else {
            return Err("write it as path:PATTERN, such as path:%Y/%m/%d".into());
        };
        let mut parts = Vec::new();
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            parts.push(match (letter, if letter == '%' { letters.next() } else { None }) {
                ('%', Some('Y')) => Part::Year,
                ('%', Some('m')) => Part::Month,
                ('%', Some('b' | 'B')) => Part::MonthName,
                ('%', Some('d')) => Part::Day,
                ('%', Some('%')) => Part::Letter('%'),
                ('%', other) => {
                    let other = other.map(String::from).unwrap_or_default();
                    return Err(format!("there is no `%{other}`; there are {MEANINGS}"));
                }
                (letter, _) => Part::Letter(letter),
            });
        }
        let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
        let (years, months, days) =
            (count(&[Part::Year]), count(&[Part::Month, Part::MonthName]), count(&[Part::Day]));
        if years != 1 {
            return Err(format!("it must state one year, %Y; there are {MEANINGS}"));
        }
        if months > 1 || days > 1 || days > months {
            return Err(format!("a day needs a month, and each is stated once; there are {MEANINGS}"));
        }
        Ok(PathDate { stated: stated.to_owned(), parts })
    }
}

const MEANINGS: &str = "%Y (2016), %m (10), %b or %B (Oct, October), %d (12) and %% (a percent sign)";

impl TryFrom<String> for PathDate {
    type Error = String;
    fn try_from(stated: String) -> Result<PathDate, String> {
        stated.parse()
    }
}

impl From<PathDate> for String {
    fn from(date: PathDate) -> String {
        date.stated
    }
}

impl PathDate {
    /// The pattern as it was stated, with `path:`.
    pub fn stated(&self) -> &str {
        &self.stated
    }

    /// The date a path states, where it is one of the calendar: of several the last, so that the
    /// file's name goes before its folders. Figures that go on before or after are no match.
    pub fn of(&self, path: &str) -> Option<Date> {
        let starts = path.char_indices().map(|(at, _)| at).rev();
        let digit = |c: char| c.is_ascii_digit();
        starts.filter(|at| !path[..*at].ends_with(digit)).find_map(|at| self.at(&path[at..]))
    }

    fn at(&self, path: &str) -> Option<Date> {
        let (mut rest, mut year, mut month, mut day) = (path, 0, None, None);
        for part in &self.parts {
            match part {
                Part::Letter(letter) => rest = rest.strip_prefix(*letter)?,
                Part::Year => year = figures(&mut rest, 4)?,
                Part::Month => month = Some(figures(&mut rest, 2)?),
                Part::Day => day = Some(figures(&mut rest, 2)?),
                Part::MonthName => {
                    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                    month = Some(i16::from(month_named(&rest[..end].to_ascii_lowercase())?));
                    rest = &rest[end..];
                }
            }
        }
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let small = |n: i16| u8::try_from(n).ok();
        match (month, day) {
            (Some(month), Some(day)) => Date::day(year, small(month)?, small(day)?),
            (Some(month), None) => Date::month(year, small(month)?),
            _ => Date::year(year),
        }
    }
}

/// So many figures at most, at least one less; a year has all four.
fn figures(rest: &mut &str, most: usize) -> Option<i16> {
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length == 0 || (most == 4 && length < 4) {
        return None;
    }
    let (number, after) = rest.split_at(length);
    *rest = after;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::PathDate;

    #[test]
    fn reads_what_paths_state() {
        let rows = [
            ("path:%Y/%m/%d", "archive/2016/10/12/bridge.txt", Some("2016-10-12")),
            ("path:%Y/%m/%d", "2015/01/02/2016/10/12/bridge.txt", Some("2016-10-12")),
            ("path:%Y/%m", "2016/10/bridge.txt", Some("2016-10")),
            ("path:%Y", "2016/bridge.txt", Some("2016")),
            ("path:%Y", "12016/bridge.txt", None),
            ("path:%Y%m%d", "wire/20161012-bridge.txt", Some("2016-10-12")),
            ("path:%Y%m%d", "wire/201610123.txt", None),
            ("path:%d.%m.%Y", "ledger-12.10.2016.csv", Some("2016-10-12")),
            ("path:%d-%b-%Y", "a/12-Oct-2016.html", Some("2016-10-12")),
            ("path:%B %Y", "October 2016/é.html", Some("2016-10")),
            ("path:%Y/%m/%d", "2016/13/12/bridge.txt", None),
            ("path:%Y/%m/%d", "2016/2/30/bridge.txt", None),
            ("path:%Y", "bridge.txt", None),
        ];
        for (pattern, path, date) in rows {
            let read = pattern.parse::<PathDate>().unwrap().of(path);
            assert_eq!(read.map(|d| d.to_string()).as_deref(), date, "{pattern} {path}");
        }
    }

    #[test]
    fn refuses_patterns_that_state_no_date() {
        for pattern in ["%Y", "path:", "path:%m", "path:%Y/%d", "path:%Y%Y", "path:%q", "path:%Y%"] {
            assert!(pattern.parse::<PathDate>().is_err(), "{pattern}");
        }
    }
}
