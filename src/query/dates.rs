//! Dates as people type them: `2016-10..2017-01`, `last month`, `October 12, 2016`.

use crate::article::{Date, DateRange, month_named};

/// One date as it stands in a field: `2016`, `2016-10`, `2016-10-12`, `oct 2016`, `last month`. Says
/// why not where it is none.
pub(super) fn range(typed: &str, today: Date) -> Result<DateRange, String> {
    let typed = typed.trim();
    if let Some((from, to)) = typed.split_once("..") {
        let end = |side: &str| -> Result<Option<DateRange>, String> {
            let side = side.trim();
            if side.is_empty() { Ok(None) } else { single(side, today).map(Some) }
        };
        let (from, to) = (end(from)?, end(to)?);
        if from.is_none() && to.is_none() {
            return Err("a range has a date on one side at least".into());
        }
        return ordered(from.and_then(|r| r.first), to.and_then(|r| r.last));
    }
    let day_after = |date: Date| Date::from_days(date.last_day().days() + 1);
    let day_before = |date: Date| Date::from_days(date.days() - 1);
    let open = DateRange { first: None, last: None };
    for (sign, bound) in [(">=", 0), ("<=", 1), (">", 2), ("<", 3)] {
        if let Some(date) = typed.strip_prefix(sign) {
            let range = single(date.trim(), today)?;
            return Ok(match bound {
                0 => DateRange { first: range.first, ..open },
                1 => DateRange { last: range.last, ..open },
                2 => DateRange { first: range.last.map(day_after), ..open },
                _ => DateRange { last: range.first.map(day_before), ..open },
            });
        }
    }
    single(typed, today)
}

/// From one day to another, or why not.
pub(super) fn ordered(first: Option<Date>, last: Option<Date>) -> Result<DateRange, String> {
    match (first, last) {
        (Some(a), Some(b)) if a.days() > b.last_day().days() => {
            Err(format!("{a} is later than {b}: no day lies between them"))
        }
        _ => Ok(DateRange { first, last }),
    }
}

fn single(typed: &str, today: Date) -> Result<DateRange, String> {
    let plain = !typed.contains(char::is_whitespace) && !typed.ends_with('s');
    if plain && typed.starts_with(|c: char| c.is_ascii_digit()) {
        return typed.parse().map(whole);
    }
    let words: Vec<&str> = typed.split_whitespace().collect();
    match words_at(&words, today) {
        Some((range, taken)) if taken == words.len() => Ok(range),
        _ => latest_weekday(&typed.to_lowercase(), today).ok_or_else(|| format!("`{typed}` is not a date")),
    }
}

/// All the days a date may mean.
fn whole(date: Date) -> DateRange {
    DateRange { first: Some(date), last: Some(date) }
}

/// A date at the beginning of `words`, and how many of them it takes.
pub(super) fn words_at(words: &[&str], today: Date) -> Option<(DateRange, usize)> {
    let lower: Vec<String> = words.iter().take(3).map(|w| w.to_lowercase()).collect();
    let word = |i: usize| lower.get(i).map_or("", |w| w.trim_end_matches([',', '?', '.']));
    relative(word(0), word(1), today)
        .or_else(|| counted(word(0), word(1), word(2), today))
        .or_else(|| day_in_words(word(0), word(1), word(2)))
        .or_else(|| month_in_words(word(0), word(1)))
        .or_else(|| decade(word(0)))
        .or_else(|| Some((whole(word(0).parse().ok().filter(|_| word(0).len() >= 4)?), 1)))
}

fn relative(first: &str, second: &str, today: Date) -> Option<(DateRange, usize)> {
    let (year, month, _) = today.parts();
    let month = month.unwrap_or(1);
    let before = |days: i64| Date::from_days(today.days() - days);
    Some(match (first, second) {
        ("today", _) => (whole(today), 1),
        ("yesterday", _) => (whole(before(1)), 1),
        ("this", "year") => (whole(Date::year(year)?), 2),
        ("last", "year") => (whole(Date::year(year - 1)?), 2),
        ("this", "month") => (whole(Date::month(year, month)?), 2),
        ("last", "month") if month == 1 => (whole(Date::month(year - 1, 12)?), 2),
        ("last", "month") => (whole(Date::month(year, month - 1)?), 2),
        ("this", "week") => (between(before(weekday(today)), today), 2),
        ("last" | "past", "week") => (between(before(7), before(1)), 2),
        ("last", name) => (latest_weekday(name, today).or_else(|| latest_month(name, today))?, 2),
        _ => return None,
    })
}

fn between(first: Date, last: Date) -> DateRange {
    DateRange { first: Some(first), last: Some(last) }
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Days since Monday. The first of January 1970 was a Thursday.
fn weekday(date: Date) -> i64 {
    (date.days() + 3).rem_euclid(7)
}

/// The latest day of that name before today: one to seven days back.
pub(super) fn latest_weekday(name: &str, today: Date) -> Option<DateRange> {
    let day = WEEKDAYS.iter().position(|day| *day == name)?;
    let back = (weekday(today) - day as i64 - 1).rem_euclid(7) + 1;
    Some(whole(Date::from_days(today.days() - back)))
}

/// The latest month of that name before the one today is in.
pub(super) fn latest_month(name: &str, today: Date) -> Option<DateRange> {
    let (year, this, _) = today.parts();
    let month = month_named(name)?;
    let year = if month < this.unwrap_or(1) { year } else { year - 1 };
    Date::month(year, month).map(whole)
}

/// `last 3 months`, `past two weeks`: up to today; `3 days ago`: the day, `2 months ago`: the month.
fn counted(first: &str, second: &str, third: &str, today: Date) -> Option<(DateRange, usize)> {
    const NUMBERS: [&str; 11] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let number = |word: &str| {
        let spelt = NUMBERS.iter().position(|n| *n == word).map(|n| n as i64);
        spelt.or_else(|| word.parse().ok()).filter(|n| (1..=1000).contains(n))
    };
    let (ago, count, unit) = match (first, third) {
        ("last" | "past", unit) => (false, number(second)?, unit),
        (count, "ago") => (true, number(count)?, second),
        _ => return None,
    };
    let (year, month, _) = today.parts();
    let back = i64::from(year) * 12 + i64::from(month.unwrap_or(1)) - 1 - count;
    let month =
        || Date::month(i16::try_from(back.div_euclid(12)).ok()?, u8::try_from(back.rem_euclid(12) + 1).ok()?);
    let then = match unit.trim_end_matches('s') {
        "day" => Date::from_days(today.days() - count),
        "week" => Date::from_days(today.days() - 7 * count),
        "month" => month()?,
        "year" => Date::year(year - i16::try_from(count).ok()?)?,
        _ => return None,
    };
    Some((if ago { whole(then) } else { between(then, today) }, 3))
}

/// `1990s`.
fn decade(word: &str) -> Option<(DateRange, usize)> {
    let first = year(word.strip_suffix('s')?).filter(|year| year % 10 == 0)?;
    Some((between(Date::year(first)?, Date::year(first + 9)?), 1))
}

/// `12 October 2016`, `October 12, 2016`, `Oct. 12 2016`.
fn day_in_words(first: &str, second: &str, third: &str) -> Option<(DateRange, usize)> {
    let year = year(third)?;
    let (month, day) = match (month_named(first), month_named(second)) {
        (Some(m), _) => (m, second),
        (None, Some(m)) => (m, first),
        _ => return None,
    };
    let day: u8 = day.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()?;
    Some((whole(Date::day(year, month, day)?), 3))
}

/// `October 2016`.
fn month_in_words(first: &str, second: &str) -> Option<(DateRange, usize)> {
    Some((whole(Date::month(year(second)?, month_named(first)?)?), 2))
}

/// Whether this is the name of a month, or begins one by three letters.
pub(super) fn is_month(word: &str) -> bool {
    month_named(word).is_some()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1500..=2999).contains(y))
}

#[cfg(test)]
mod tests {
    use super::range;
    use crate::article::Date;

    #[test]
    fn dates_as_people_type_them() {
        let today = Date::day(2026, 1, 15).unwrap();
        let cases = [
            ("2016", "2016 2016"),
            ("2016-10..2017-01", "2016-10 2017-01"),
            ("..2016", "- 2016"),
            ("2016..", "2016 -"),
            ("last month", "2025-12 2025-12"),
            ("last week", "2026-01-08 2026-01-14"),
            ("yesterday", "2026-01-14 2026-01-14"),
            ("oct 2016", "2016-10 2016-10"),
            ("October 12, 2016", "2016-10-12 2016-10-12"),
            ("12 october 2016", "2016-10-12 2016-10-12"),
            ("2016-02-30", "there is no date `2016-02-30`"),
            ("2017..2016", "2017 is later than 2016: no day lies between them"),
            ("..", "a range has a date on one side at least"),
            (">2016", "2017-01-01 -"),
            ("<=2016-10", "- 2016-10"),
            ("this week", "2026-01-12 2026-01-15"),
            ("last monday", "2026-01-12 2026-01-12"),
            ("last thursday", "2026-01-08 2026-01-08"),
            ("Monday", "2026-01-12 2026-01-12"),
            ("<monday", "- 2026-01-11"),
            ("sun", "`sun` is not a date"),
            ("last october", "2025-10 2025-10"),
            ("last january", "2025-01 2025-01"),
            ("last 3 months", "2025-10 2026-01-15"),
            ("past two weeks", "2026-01-01 2026-01-15"),
            ("3 days ago", "2026-01-12 2026-01-12"),
            ("two years ago", "2024 2024"),
            ("1990s", "1990 1999"),
            ("1995s", "`1995s` is not a date"),
            ("soon", "`soon` is not a date"),
        ];
        for (typed, expected) in cases {
            let shown = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
            let found =
                range(typed, today).map_or_else(|e| e, |r| format!("{} {}", shown(r.first), shown(r.last)));
            assert_eq!(found, expected, "{typed}");
        }
    }
}
