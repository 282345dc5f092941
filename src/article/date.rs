use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, a month or a year: a date as far as it is known.
///
/// Printed and serialised as `2016-10-12`, `2016-10` or `2016`. Years are 1..=9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    /// 1..=12, or 0 where only the year is known.
    month: u8,
    /// 1..=31, or 0 where only the month is known.
    day: u8,
}

/// Days from `first` to `last`, both included; open ends are `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

impl Date {
    /// A day that exists, or `None` (30 February, month 13, year 0).
    pub fn day(year: i16, month: u8, day: u8) -> Option<Date> {
        let civil = jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
        (1..=9999).contains(&civil.year()).then_some(Date { year, month, day })
    }

    /// A month of a year.
    pub fn month(year: i16, month: u8) -> Option<Date> {
        Date::day(year, month, 1).map(|d| Date { day: 0, ..d })
    }

    /// A year.
    pub fn year(year: i16) -> Option<Date> {
        Date::day(year, 1, 1).map(|d| Date { month: 0, day: 0, ..d })
    }

    /// The first day it may mean: `2016-10` begins on 2016-10-01.
    pub fn first_day(self) -> Date {
        Date { year: self.year, month: self.month.max(1), day: self.day.max(1) }
    }

    /// The last day it may mean: `2016-10` ends on 2016-10-31.
    pub fn last_day(self) -> Date {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day != 0 { self.day } else { days_in(self.year, month) };
        Date { year: self.year, month, day }
    }

    /// Days since 1970-01-01 of [`first_day`](Date::first_day); the key articles are sorted by.
    pub fn days(self) -> i64 {
        let first = self.first_day();
        let epoch = jiff::civil::date(1970, 1, 1);
        let civil = jiff::civil::Date::new(first.year, first.month as i8, first.day as i8);
        civil.and_then(|c| c.since((jiff::Unit::Day, epoch))).map_or(0, |s| i64::from(s.get_days()))
    }

    /// The day so many days after 1970-01-01; the reverse of [`days`](Date::days). Days outside the
    /// years 1..=9999 are the nearest within.
    pub fn from_days(days: i64) -> Date {
        let (least, most) = (jiff::civil::date(1, 1, 1), jiff::civil::date(9999, 12, 31));
        let epoch = jiff::civil::date(1970, 1, 1);
        let moved = jiff::Span::new().try_days(days).and_then(|span| epoch.checked_add(span));
        Date::from_civil(moved.unwrap_or(if days < 0 { least } else { most }).clamp(least, most))
    }

    /// A day of the calendar.
    pub fn from_civil(day: jiff::civil::Date) -> Date {
        Date { year: day.year(), month: day.month().unsigned_abs(), day: day.day().unsigned_abs() }
    }

    /// Year, month and day; `None` for what is not known.
    pub fn parts(self) -> (i16, Option<u8>, Option<u8>) {
        (self.year, (self.month > 0).then_some(self.month), (self.day > 0).then_some(self.day))
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    jiff::civil::Date::new(year, month as i8, 1).map_or(31, |d| d.days_in_month() as u8)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (y, Some(m), Some(d)) => write!(f, "{y:04}-{m:02}-{d:02}"),
            (y, Some(m), None) => write!(f, "{y:04}-{m:02}"),
            (y, ..) => write!(f, "{y:04}"),
        }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl std::str::FromStr for Date {
    type Err = String;

    /// Reads `2016-10-12`, `2016-10` or `2016`, and nothing else.
    fn from_str(s: &str) -> Result<Date, String> {
        let mut parts = s.split('-');
        let mut number = |digits: usize| match parts.next() {
            None => Ok(None),
            Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => {
                Ok(p.parse::<i16>().ok())
            }
            Some(_) => Err(format!("`{s}` is not a date like 2016-10-12, 2016-10 or 2016")),
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let rest = parts.next();
        match (year, month, day, rest) {
            (Some(y), Some(m), Some(d), None) => Date::day(y, m as u8, d as u8),
            (Some(y), Some(m), None, None) => Date::month(y, m as u8),
            (Some(y), None, None, None) => Date::year(y),
            _ => None,
        }
        .ok_or_else(|| format!("there is no date `{s}`"))
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(s: String) -> Result<Date, String> {
        s.parse()
    }
}
