/// Where and when a name speaks: outlets by number, time in months of thirty days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Each once, in order.
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
    /// Notes a quote in the outlet of that number on that day (days since 1970).
    pub(crate) fn note(&mut self, outlet: u32, day: Option<i64>) {
        match day.and_then(|day| i32::try_from(day.div_euclid(30)).ok()) {
            Some(month) => {
                insert(&mut self.places, (outlet, month));
                insert(&mut self.months, month);
            }
            None => self.undated = true,
        }
    }

    pub(crate) fn add(&mut self, other: &Seen) {
        insert_all(&mut self.places, &other.places);
        insert_all(&mut self.months, &other.months);
        self.undated |= other.undated;
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

/// Puts a value where it belongs, unless it is there.
fn insert<T: Ord>(list: &mut Vec<T>, value: T) {
    if let Err(place) = list.binary_search(&value) {
        list.insert(place, value);
    }
}

fn insert_all<T: Ord + Copy>(list: &mut Vec<T>, more: &[T]) {
    if more.is_empty() {
        return;
    }
    list.extend_from_slice(more);
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
