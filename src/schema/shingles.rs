//! How alike two texts are, told by the rows of words they share.
//!
//! A row of four words is rarely written twice by chance: two texts on one matter share few, a copy
//! most, whatever headline it has and wherever it was cut. [`likeness`] is a sample of them, small
//! enough to be kept of every article; [`Shingles`] are all, for the pairs the sample points to.

use crate::schema::analysis::{Analyzed, analyzed};
use xxhash_rust::xxh3::xxh3_64;

/// Words in a row.
const ROW: usize = 4;

/// Values in a sample.
pub(crate) const SAMPLE: usize = 48;

/// Texts of fewer rows are not compared: a caption, a list of results.
const FEWEST: usize = 16;

/// Up to so many rows a text is short: then a copy must be almost whole.
const SHORT: usize = 60;

/// Copies are edited and cut within so many days. What comes later and shares much may be the next of
/// a series ("Oil at $100", a week on) and must be almost the same.
const EDITED: u64 = 2;

/// The rows of words of a text, as hashes, in order, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Those of a text. Case, marks and spacing do not count.
    pub fn of(text: &str) -> Shingles {
        let mut rows = rows(&analyzed(text, &[], &[]));
        rows.sort_unstable();
        rows.dedup();
        Shingles(rows)
    }

    /// How many they have in common.
    fn shared(&self, other: &Shingles) -> usize {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }

    /// The share of all their rows that both have, 0 to 1 (Jaccard's measure).
    pub fn jaccard(&self, other: &Shingles) -> f64 {
        let shared = self.shared(other);
        shared as f64 / (self.0.len() + other.0.len() - shared).max(1) as f64
    }

    /// Whether one, printed so many `days` from the other, is a copy of it: of two short texts nearly all
    /// rows are the same; of longer ones, seven in ten of the shorter (some paragraphs edited), which is
    /// at least three tenths of both together (so cut, not quoted from) or, some days apart, seven.
    pub fn is_copy(&self, other: &Shingles, days: u64) -> bool {
        let shared = self.shared(other);
        let shorter = self.0.len().min(other.0.len());
        let both = self.0.len() + other.0.len() - shared;
        if shorter < FEWEST {
            return false;
        }
        if shorter < SHORT {
            return shared * 10 >= both * 8;
        }
        let least = if days > EDITED { 7 } else { 3 };
        shared * 10 >= shorter * 7 && shared * 10 >= both * least
    }
}

/// A sample of a text's rows of words: they are dealt out to 48 places by one half of their hash, and
/// of each place the least other half is kept. Of two texts about as many values agree as the share of
/// rows they have in common. Empty where there are too few rows. Sixteen bits of each are enough: one
/// in 65,536 agrees by chance.
///
/// This is one permutation hashing (Li, Owen and Zhang, 2012); a place that got no row borrows from the
/// next that did, with a turn of its own (Shrivastava and Li, 2014).
pub(crate) fn likeness(text: &Analyzed) -> Vec<u16> {
    let rows = rows(text);
    if rows.len() < FEWEST {
        return Vec::new();
    }
    // More than any half: nothing yet.
    let mut least = [u64::MAX; SAMPLE];
    for row in rows {
        let place = (((row >> 32) * SAMPLE as u64) >> 32) as usize;
        least[place] = least[place].min(u64::from(row as u32));
    }
    let value = |place: usize| u32::try_from(least[place % SAMPLE]).ok();
    let borrowed = |place: usize| {
        let turns = (0..SAMPLE).find_map(|turn| Some((turn, value(place + turn)?)));
        turns.map_or(0, |(turn, value)| value.rotate_left(turn as u32) as u16)
    };
    (0..SAMPLE).map(borrowed).collect()
}

/// Values of a sample that are kept in one number: a value less of a document is a look-up less.
const TOGETHER: usize = 4;

/// A sample as it is kept.
pub(crate) fn kept(sample: &[u16]) -> Vec<u64> {
    let number =
        |values: &[u16]| values.iter().rev().fold(0, |number, value| number << 16 | u64::from(*value));
    sample.chunks(TOGETHER).map(number).collect()
}

/// The sample that is kept so.
pub fn sample(kept: impl Iterator<Item = u64>) -> Vec<u16> {
    kept.flat_map(|number| (0..TOGETHER).map(move |place| (number >> (16 * place)) as u16)).collect()
}

/// Hashes of every four words in a row, in the order of the text.
fn rows(text: &Analyzed) -> Vec<u64> {
    let words: Vec<u64> = text.words(0..text.len() as u32).map(|word| xxh3_64(word.as_bytes())).collect();
    // Each word's hash is as good as chance; turned, so that their order counts.
    let row = |row: &[u64]| row.iter().fold(0u64, |sum, word| sum.rotate_left(23) ^ word);
    words.windows(ROW).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::{Shingles, analyzed, kept, likeness, sample};

    /// A story of so many paragraphs, each of its own words.
    fn story(name: &str, paragraphs: std::ops::Range<usize>) -> String {
        let word = |p: usize, w: usize| format!("{name}{p}w{w}");
        let paragraph = |p: usize| (0..30).map(|w| word(p, w)).collect::<Vec<_>>().join(" ") + ".\n\n";
        paragraphs.map(paragraph).collect()
    }

    fn copies(one: &str, other: &str) -> bool {
        Shingles::of(one).is_copy(&Shingles::of(other), 1)
    }

    #[test]
    fn what_is_a_copy() {
        let whole = story("a", 0..10);
        let rows = [
            ("itself", whole.clone(), true),
            ("other marks and capitals", whole.to_uppercase().replace('.', " –"), true),
            ("cut at the end", story("a", 0..6), true),
            ("one paragraph edited", story("a", 0..4) + &story("b", 4..5) + &story("a", 5..10), true),
            ("cut, one paragraph edited", story("a", 0..4) + &story("b", 4..5) + &story("a", 5..7), true),
            ("a brief of it", story("a", 0..2), false),
            ("a follow-up with its background", story("b", 0..6) + &story("a", 6..10), false),
            ("another story", story("b", 0..10), false),
            ("too little to tell", "a0w0 a0w1 a0w2 a0w3 a0w4".to_owned(), false),
        ];
        for (what, other, wanted) in rows {
            assert_eq!(copies(&whole, &other), wanted, "{what}");
            assert_eq!(copies(&other, &whole), wanted, "{what}, the other way round");
        }
    }

    #[test]
    fn some_days_later_more_must_be_the_same() {
        let (first, next) = (story("a", 0..10), story("b", 0..2) + &story("a", 2..10));
        let (first, next) = (Shingles::of(&first), Shingles::of(&next));
        assert!(first.is_copy(&next, 1) && !first.is_copy(&next, 6) && first.is_copy(&first, 6));
    }

    #[test]
    fn a_short_text_must_be_almost_the_same() {
        let price = |number: u32| {
            format!(
                "The pound rose against the dollar on Monday to {number} cents, dealers at the exchange in the \
                     capital said, after two days without trade in the harbour towns of the east coast"
            )
        };
        assert!(copies(&price(41), &price(41)));
        assert!(!copies(&price(41), &price(42).replace("Monday", "Friday")));
    }

    #[test]
    fn samples_agree_as_the_texts_do() {
        let (one, other) = (story("a", 0..10), story("b", 0..3) + &story("a", 3..10));
        let likeness = |text: &str| likeness(&analyzed(text, &[], &[]));
        assert_eq!(sample(kept(&likeness(&one)).into_iter()), likeness(&one));
        let agree = likeness(&one).iter().zip(likeness(&other)).filter(|(a, b)| **a == *b).count();
        let wanted = Shingles::of(&one).jaccard(&Shingles::of(&other)) * 48.0;
        assert!((agree as f64 - wanted).abs() < 10.0, "{agree} of 48, wanted {wanted:.1}");
        assert_eq!(likeness("only a few words here"), Vec::<u16>::new());
    }
}
