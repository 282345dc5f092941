use crate::article::Date;

/// The date whose first and last days, since 1970-01-01, these are: the reverse of the `day` and
/// `last_day` of a document.
pub fn date_between(day: i64, last_day: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(day).ok()?;
    let civil = jiff::civil::date(1970, 1, 1).checked_add(days).ok()?;
    let (year, month) = (civil.year(), civil.month().unsigned_abs());
    match last_day - day {
        ..=0 => Date::day(year, month, civil.day().unsigned_abs()),
        1..=30 => Date::month(year, month),
        _ => Date::year(year),
    }
}

#[cfg(test)]
mod tests {
    use super::date_between;
    use crate::article::Date;

    #[test]
    fn a_date_comes_back_with_its_precision() {
        for text in ["2016-10-12", "2016-02", "2015-02", "2016-12", "2016", "1492-01-01", "0001", "9999-12"] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date_between(date.days(), date.last_day().days()), Some(date), "{text}");
        }
    }
}
