use std::collections::BTreeSet;

/// Where and when a name speaks: outlets by number, time in months of thirty days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    places: BTreeSet<(u32, i32)>,
    months: BTreeSet<i32>,
    /// Quotes without a date may be of any time.
    undated: bool,
}

/// Months within which one outlet speaks of the same people.
const SAME_OUTLET: i32 = 12;
/// Months within which all outlets do.
const ANY_OUTLET: i32 = 3;

impl Seen {
    /// Notes a quote in the outlet of that number on that day (days since 1970).
    pub(crate) fn note(&mut self, outlet: u32, day: Option<i64>) {
        match day.and_then(|day| i32::try_from(day.div_euclid(30)).ok()) {
            Some(month) => {
                self.places.insert((outlet, month));
                self.months.insert(month);
            }
            None => self.undated = true,
        }
    }

    pub(crate) fn add(&mut self, other: &Seen) {
        self.places.extend(&other.places);
        self.months.extend(&other.months);
        self.undated |= other.undated;
    }

    /// Whether at least half of where this name speaks is near to where the other does.
    pub(super) fn near(&self, other: &Seen) -> bool {
        if other.undated || self.places.is_empty() {
            return true;
        }
        let close = |&&(outlet, month): &&(u32, i32)| {
            let same = (outlet, month - SAME_OUTLET)..=(outlet, month + SAME_OUTLET);
            other.places.range(same).next().is_some()
                || other.months.range(month - ANY_OUTLET..=month + ANY_OUTLET).next().is_some()
        };
        2 * self.places.iter().filter(close).count() >= self.places.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    fn seen(places: &[(u32, i64)]) -> Seen {
        let mut seen = Seen::default();
        places.iter().for_each(|(outlet, month)| seen.note(*outlet, Some(month * 30)));
        seen
    }

    #[test]
    fn near_is_a_year_in_one_outlet_and_a_quarter_elsewhere() {
        let lund = seen(&[(1, 100)]);
        assert!(lund.near(&seen(&[(1, 112)])));
        assert!(!lund.near(&seen(&[(1, 113)])));
        assert!(lund.near(&seen(&[(2, 97)])));
        assert!(!lund.near(&seen(&[(2, 96)])));
        assert!(seen(&[(1, 100), (1, 500)]).near(&lund));
        assert!(!seen(&[(1, 100), (1, 500), (1, 900)]).near(&lund));
        assert!(Seen::default().near(&lund));
        let mut undated = Seen::default();
        undated.note(3, None);
        assert!(lund.near(&undated));
    }
}
