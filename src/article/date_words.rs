use crate::article::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Date {
    /// Reads a date as articles state it: ISO with or without time, RFC 2822, `Oct. 12, 2016`,
    /// `12 October 2016`, `Mon Nov 6, 2006 3:29am EST`, `2016/10/12`, `20161012`, `12.10.2016`,
    /// `October 2016`, `2016`.
    ///
    /// The day is the one written: a time zone moves nothing. `10/12/2016` may be two days, so it
    /// is none; see [`read_ordered`](Date::read_ordered).
    pub fn read(words: &str) -> Option<Date> {
        Date::read_ordered(words, None)
    }

    /// The same, where the user has stated whether `10/12/2016` begins with the day.
    pub fn read_ordered(words: &str, day_first: Option<bool>) -> Option<Date> {
        let words = words.trim();
        if words.len() > 100 {
            return None;
        }
        numeric(words, day_first).or_else(|| in_words(words))
    }

    /// The day of a number of seconds, or of milliseconds, since 1970 (in UTC).
    pub fn of_epoch(number: i64) -> Option<Date> {
        // Eleven digits of seconds lie beyond the year 5000: such a number counts milliseconds.
        let seconds = if number.unsigned_abs() >= 100_000_000_000 { number / 1000 } else { number };
        let civil = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
        Date::day(civil.year(), civil.month() as u8, civil.day() as u8)
    }
}

/// Figures and their marks, before any time of day.
fn numeric(words: &str, day_first: Option<bool>) -> Option<Date> {
    let day = words.split([' ', 'T', 't', ',']).next()?;
    let rest = words[day.len()..].trim_start_matches([' ', 'T', 't', ',']);
    if !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after_t = words[day.len()..].starts_with(['T', 't']);
    if !rest.is_empty() && !rest.contains(':') && !after_t {
        return None;
    }
    if day.bytes().all(|b| b.is_ascii_digit()) {
        return match day.len() {
            4 if rest.is_empty() => Date::year(day.parse().ok()?),
            8 => from_parts(&day[..4], &day[4..6], Some(&day[6..])),
            14 if rest.is_empty() => from_parts(&day[..4], &day[4..6], Some(&day[6..8])),
            _ => None,
        };
    }
    let mark = day.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = day.trim_end_matches('.').split(mark).collect();
    match parts[..] {
        [year, month] if year.len() == 4 => from_parts(year, month, None),
        [month, year] if year.len() == 4 => from_parts(year, month, None),
        [year, month, day] if year.len() == 4 => from_parts(year, month, Some(day)),
        [first, second, year] if year.len() == 4 => {
            let ahead = if mark == '.' { Some(true) } else { day_first };
            ordered(year, first, second, ahead)
        }
        _ => None,
    }
}

/// `12/10/2016`: by what the user states, or by the part that can only be a day.
fn ordered(year: &str, first: &str, second: &str, day_first: Option<bool>) -> Option<Date> {
    let (a, b): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    let (month, day) = match day_first {
        _ if a > 12 => (second, first),
        _ if b > 12 || a == b => (first, second),
        Some(true) => (second, first),
        Some(false) => (first, second),
        None => return None,
    };
    from_parts(year, month, Some(day))
}

fn from_parts(year: &str, month: &str, day: Option<&str>) -> Option<Date> {
    let short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !short(month) || day.is_some_and(|d| !short(d)) {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    match day {
        Some(day) => Date::day(year, month, day.parse().ok()?),
        None => Date::month(year, month),
    }
}

/// A month by name, with a year and perhaps a day about it, and nothing that is not of a date.
fn in_words(words: &str) -> Option<Date> {
    let mut found = Found::default();
    for word in words.split([' ', ',', '\t', '\u{A0}', '-', '/', '(', ')', '|', '\u{202F}', '\u{2009}']) {
        let word = word.trim_matches('.');
        if !word.is_empty() && !found.take(word) {
            return None;
        }
    }
    let (year, month) = (found.year?, found.month?);
    match found.day {
        Some(day) => Date::day(year, month, day),
        None => Date::month(year, month),
    }
}

#[derive(Default)]
struct Found {
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
    time: bool,
}

impl Found {
    /// Whether `word` has a place in a date, and which.
    fn take(&mut self, word: &str) -> bool {
        let lower = word.to_lowercase();
        if let Some(month) = month_named(&lower) {
            return self.month.replace(month).is_none();
        }
        if is_time(&lower) {
            self.time = true;
            return true;
        }
        if is_weekday(&lower) || is_filler(&lower) {
            return true;
        }
        let figures = lower.trim_end_matches(char::is_alphabetic);
        let tail = &lower[figures.len()..];
        match (figures.len(), tail) {
            (4, "") if self.year.is_none() => {
                self.year = figures.parse().ok();
                self.year.is_some()
            }
            (1 | 2, "" | "st" | "nd" | "rd" | "th") if self.day.is_none() => {
                self.day = figures.parse().ok();
                self.day.is_some()
            }
            // A zone after a time: `EST`, `+0200`, `GMT+1`.
            _ => self.time && is_zone(word),
        }
    }
}

/// A month by its English name, or its beginning of three letters or more (`Sept`).
/// The month of that name, or of its first three letters or more, in small letters.
pub fn month_named(word: &str) -> Option<u8> {
    one_of(&MONTHS, word).map(|at| at as u8 + 1)
}

fn is_weekday(word: &str) -> bool {
    one_of(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], word).is_some()
}

/// Which of these names begins with the word, which has three letters or more: those tell it.
fn one_of(names: &[&str], word: &str) -> Option<usize> {
    let three = word.as_bytes().first_chunk::<3>()?;
    let at = names.iter().position(|name| name.as_bytes().first_chunk() == Some(three))?;
    names[at].starts_with(word).then_some(at)
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "at" | "of" | "on" | "the" | "am" | "pm" | "a.m" | "p.m" | "o'clock" | "updated" | "published"
    )
}

/// `3:29am`, `15:04:05`, `9am`, `11.30pm`, `3:29`.
fn is_time(word: &str) -> bool {
    let noon = ["am", "pm", "a.m", "p.m"].iter().find_map(|n| word.strip_suffix(n));
    let clock = noon.unwrap_or(word).trim_end_matches('z');
    let figures = clock.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let begins = clock.starts_with(|c: char| c.is_ascii_digit());
    begins && figures && (clock.contains(':') || noon.is_some())
}

fn is_zone(word: &str) -> bool {
    let letters = word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase());
    let offset = || word.len() <= 9 && word.chars().all(|c| c.is_ascii_digit() || "+:GMTUC−".contains(c));
    letters || offset()
}

#[cfg(test)]
mod tests {
    use super::Date;

    /// What is written, and the date it is read as (`-` for none).
    const READ: &[(&str, &str)] = &[
        ("2016-10-12", "2016-10-12"),
        ("2016-10-12T23:30:00-05:00", "2016-10-12"),
        ("2016-10-12T08:00:00Z", "2016-10-12"),
        ("2016-10-12T08:00:00.123+0000", "2016-10-12"),
        ("2016-10-12 08:00:00", "2016-10-12"),
        ("2016-10", "2016-10"),
        ("2016", "2016"),
        ("2016/10/12", "2016-10-12"),
        ("2016/1/2", "2016-01-02"),
        ("20161012", "2016-10-12"),
        ("20161012T103000Z", "2016-10-12"),
        ("20161012103000", "2016-10-12"),
        ("12.10.2016", "2016-10-12"),
        ("1.2.2016", "2016-02-01"),
        ("13/10/2016", "2016-10-13"),
        ("10/13/2016", "2016-10-13"),
        ("10/10/2016", "2016-10-10"),
        ("10/12/2016", "-"),
        ("10-12-2016", "-"),
        ("10/2016", "2016-10"),
        ("Wed, 12 Oct 2016 08:49:37 +0200", "2016-10-12"),
        ("Wed, 12 Oct 2016 08:49:37 GMT", "2016-10-12"),
        ("Mon Nov 6, 2006 3:29am EST", "2006-11-06"),
        ("Wed Oct 12 08:49:37 2016", "2016-10-12"),
        ("12 October 2016", "2016-10-12"),
        ("October 12, 2016", "2016-10-12"),
        ("Oct. 12, 2016", "2016-10-12"),
        ("Oct 12th, 2016", "2016-10-12"),
        ("the 3rd of May 2016", "2016-05-03"),
        ("Sept. 3, 2016", "2016-09-03"),
        ("OCTOBER 12, 2016", "2016-10-12"),
        ("Wednesday, October 12, 2016 at 3:04 p.m. ET", "2016-10-12"),
        ("12-Oct-2016", "2016-10-12"),
        ("12 Oct 2016 15:04", "2016-10-12"),
        ("12 October 2016 • 9am", "-"),
        ("October 2016", "2016-10"),
        ("May 2016", "2016-05"),
        ("2016 October 12", "2016-10-12"),
        ("  12 October 2016  ", "2016-10-12"),
        ("30 February 2016", "-"),
        ("2016-02-30", "-"),
        ("2016-13-01", "-"),
        ("0000-01-01", "-"),
        ("29 February 2015", "-"),
        ("29 February 2016", "2016-02-29"),
        ("12 October", "-"),
        ("12 October 16", "-"),
        ("last Tuesday", "-"),
        ("May said in 2016 that", "-"),
        ("2016-10-12 was a Wednesday", "-"),
        ("1,234", "-"),
        ("12 12 2016", "-"),
        ("", "-"),
    ];

    #[test]
    fn reads_dates_as_written() {
        for (written, wanted) in READ {
            let read = Date::read(written).map_or_else(|| "-".to_owned(), |d| d.to_string());
            assert_eq!(read, *wanted, "{written:?}");
        }
    }

    #[test]
    fn the_user_states_the_order_of_day_and_month() {
        let read = |order| Date::read_ordered("10/12/2016", Some(order)).unwrap().to_string();
        assert_eq!(read(true), "2016-12-10");
        assert_eq!(read(false), "2016-10-12");
        assert_eq!(Date::read_ordered("13/12/2016", Some(false)).unwrap().to_string(), "2016-12-13");
    }

    #[test]
    fn epochs_are_seconds_or_milliseconds() {
        assert_eq!(Date::of_epoch(1_476_230_400).unwrap().to_string(), "2016-10-12");
        assert_eq!(Date::of_epoch(1_476_230_400_000).unwrap().to_string(), "2016-10-12");
        assert_eq!(Date::of_epoch(i64::MAX), None);
    }
}
