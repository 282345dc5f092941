//! Dates and outlets of a phrase: `since 2015`, `in The Harbour Gazette`.

use crate::article::{Date, DateRange};
use crate::query::ast::{Expr, Field, Match};
use crate::query::dates;
use crate::query::error::QueryError;
use crate::query::natural::{Part, Phrase};

/// Words before a date.
const DATING: &[&str] = &["since", "before", "after", "until", "between", "during", "in"];

impl Phrase<'_> {
    /// `in OUTLET`, `from OUTLET`, or a date with the word that begins it; how many tokens it takes.
    pub(super) fn when_or_where(&self, at: usize) -> Result<(Expr, usize), QueryError> {
        if let Some((range, taken)) = self.date_at(at) {
            return Ok((Expr::Leaf(Field::Date, Match::Dates(range)), taken));
        }
        let longest = (at + 1..=self.tokens.len().min(at + 7)).rev();
        for to in longest {
            if let Some(name) = self.text(at + 1..to).filter(|name| self.known.outlet(name)) {
                return Ok((Expr::Leaf(Field::Outlet, Match::Word(name)), to - at));
            }
        }
        Err(self.misplaced(at))
    }

    /// A date that begins at `at` with `in`, `since` … or on its own.
    pub(super) fn date_at(&self, at: usize) -> Option<(DateRange, usize)> {
        let words: Vec<String> = (at..self.tokens.len().min(at + 8)).map(|i| self.word(i)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let date = |from: usize| {
            let from = from + usize::from(words.get(from) == Some(&"the"));
            dates::words_at(words.get(from..)?, self.known.today()).map(|(r, n)| (r, from + n))
        };
        // Behind these words Monday is a day; elsewhere it may be what was spoken of.
        let day = |from: usize| {
            let weekday = || Some((dates::latest_weekday(words.get(from)?, self.known.today())?, from + 1));
            date(from).or_else(weekday)
        };
        let (range, taken) = match *words.first()? {
            "from" => {
                let (from, next) = date(1)?;
                let to = ["to", "until", "till"].contains(words.get(next).unwrap_or(&""));
                let to = to.then(|| date(next + 1)).flatten();
                let ends =
                    to.and_then(|(to, taken)| Some((dates::ordered(from.first, to.last).ok()?, taken)));
                ends.unwrap_or((from, next))
            }
            "in" | "during" => date(1)?,
            "on" => day(1)?,
            "since" => day(1)
                .or_else(|| Some((dates::latest_month(words.get(1)?, self.known.today())?, 2)))
                .map(|(r, n)| (DateRange { first: r.first, last: None }, n))?,
            "after" => {
                day(1).map(|(r, n)| (DateRange { first: r.last.and_then(day_after), last: None }, n))?
            }
            "before" => day(1).map(|(r, n)| (DateRange { first: None, last: r.first.map(day_before) }, n))?,
            "until" => day(1).map(|(r, n)| (DateRange { first: None, last: r.last }, n))?,
            "between" => {
                let (from, and) = date(1)?;
                let (to, taken) = (words.get(and) == Some(&"and")).then(|| date(and + 1)).flatten()?;
                (dates::ordered(from.first, to.last).ok()?, taken)
            }
            _ => date(0)?,
        };
        Some((range, taken))
    }

    /// Whether a date was meant at `at` that is none: `since 2016-13`, `in March` without a year.
    pub(super) fn misdated(&self, at: usize, within: Part) -> bool {
        let next = self.word(at + 1);
        let digits = next.len() >= 4 && next.starts_with(|c: char| c.is_ascii_digit());
        // "the bridge in May" may be words; behind a name it can only be a date.
        let month = dates::is_month(&next) && (within == Part::By || !self.is(at, &["in", "from"]));
        self.is(at, DATING) && (digits || month)
    }

    /// Neither a date nor an outlet.
    fn misplaced(&self, at: usize) -> QueryError {
        let span = self.tokens.get(at + 1).map_or(self.end..self.end + 1, |t| t.span.clone());
        QueryError::new(span, "this is no date, and no outlet of the archive")
            .hint("such as: in 2016, in October 2016, since 2016-10-12, between 2015 and 2017")
    }
}

fn day_before(date: Date) -> Date {
    Date::from_days(date.days() - 1)
}

fn day_after(date: Date) -> Option<Date> {
    Some(Date::from_days(date.last_day().days() + 1))
}
