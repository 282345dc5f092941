/// Where and when a name speaks: outlets by number, time in months of thirty days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Each once, in order, once it is [settled](Seen::settle).
    places: Vec<(u32, i32)>,
    months: Vec<i32>,
    /// Quotes without a date may be of any time.
    undated: bool,
}

/// Months within which one outlet speaks of the same people.
const SAME_OUTLET: i32 = 12;
/// Months within which all outlets do.
const ANY_OUTLET: i32 = 3;

impl Seen {
    /// Notes a quote in the outlet of that number on that day (days since 1970); to be settled before it is asked.
    pub(crate) fn note(&mut self, outlet: u32, day: Option<i64>) {
        match day.and_then(|day| i32::try_from(day.div_euclid(30)).ok()) {
            Some(month) => {
                self.places.push((outlet, month));
                self.months.push(month);
            }
            None => self.undated = true,
        }
    }

    /// Puts in order what was noted: once for all, for a name may speak in any number of outlets and months.
    pub(crate) fn settle(&mut self) {
        each_once(&mut self.places);
        each_once(&mut self.months);
    }

    pub(crate) fn add(&mut self, other: &Seen) {
        self.places.extend_from_slice(&other.places);
        self.months.extend_from_slice(&other.months);
        self.undated |= other.undated;
        self.settle();
    }

    /// Whether at least half of where this name speaks is near to where the other does.
    pub(super) fn near(&self, other: &Seen) -> bool {
        if other.undated || self.places.is_empty() {
            return true;
        }
        let close = |&&(outlet, month): &&(u32, i32)| {
            holds_between(&other.places, (outlet, month - SAME_OUTLET), (outlet, month + SAME_OUTLET))
                || holds_between(&other.months, month - ANY_OUTLET, month + ANY_OUTLET)
        };
        2 * self.places.iter().filter(close).count() >= self.places.len()
    }
}

fn each_once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// Whether there is a value from the first to the last.
fn holds_between<T: Ord>(list: &[T], first: T, last: T) -> bool {
    list.get(list.partition_point(|value| *value < first)).is_some_and(|value| *value <= last)
}

#[cfg(test)]
mod tests {
    use super::Seen;

    fn seen(places: &[(u32, i64)]) -> Seen {
        let mut seen = Seen::default();
        places.iter().for_each(|(outlet, month)| seen.note(*outlet, Some(month * 30)));
        seen.settle();
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
        assert!(!seen(&[(1, 900), (1, 100), (1, 500), (1, 100), (1, 100)]).near(&lund), "each counts once");
        assert!(lund.near(&seen(&[(1, 900), (1, 106), (1, 2)])), "in whatever order they came");
        assert!(Seen::default().near(&lund));
        let mut undated = Seen::default();
        undated.note(3, None);
        assert!(lund.near(&undated));
    }
}
