//! Texts of many articles, one behind the other, each cut out by its first or last line.

use crate::ingest::draft::Draft;
use crate::ingest::problem::Reason;
use crate::ingest::reading::{Opened, Place, Reading};
use crate::ingest::records::{self, Record};

pub(crate) use crate::ingest::records::Cut;

/// Reads each document for itself; `article` gives nothing of one that is none.
pub(crate) fn read(
    reading: &mut Reading<'_>,
    opened: Opened<'_>,
    mut cut: impl FnMut(&[u8]) -> Cut,
    article: impl Fn(&str) -> Option<Draft>,
) {
    let limit = reading.options.limits.record;
    let mut number = 0;
    records::documents(reading, opened, limit, &mut cut, &mut |reading, _, bytes| {
        // Numbered are those that are articles.
        let place = Place::Record(number + 1);
        let Some(bytes) = bytes else {
            number += 1;
            let message = format!("longer than the limit of {limit} bytes");
            return reading.problem(Reason::TooLarge, Some(place), message);
        };
        records::give(reading, place, bytes, &mut |reading, place, record| {
            let Record::Whole(text) = record else { return };
            if let Some(draft) = article(&text) {
                number += 1;
                reading.article(Some(place), draft);
            }
        });
    });
    if number == 0 {
        reading.problem(Reason::NoBody, None, "no article of an export was found");
    }
}
