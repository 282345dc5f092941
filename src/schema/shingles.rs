//! How alike two texts are, told by the rows of words they share.
//!
//! A row of four words is rarely written twice by chance: two texts on one matter share few, a copy
//! most, whatever headline it has and wherever it was cut. [`likeness`] is a sample of them, small
//! enough to be kept of every article; [`Shingles`] are all, for the pairs the sample points to.

use xxhash_rust::xxh3::xxh3_64;

/// Words in a row.
const ROW: usize = 4;

/// Values in a sample.
pub(crate) const SAMPLE: usize = 48;

/// Texts of fewer rows are not compared: a caption, a list of results.
const FEWEST: usize = 16;

/// Up to so many rows a text is short: then a copy must be almost whole.
const SHORT: usize = 60;

/// The rows of words of a text, as hashes, in order, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Those of a text. Case, marks and spacing do not count.
    pub fn of(text: &str) -> Shingles {
        let mut rows = rows(text);
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

    /// Whether one is a copy of the other: of two short texts nearly all rows are the same; of longer
    /// ones, seven in ten of the shorter (some paragraphs edited), which is at least three tenths of
    /// both together (so cut, not quoted from).
    pub fn is_copy(&self, other: &Shingles) -> bool {
        let shared = self.shared(other);
        let shorter = self.0.len().min(other.0.len());
        let both = self.0.len() + other.0.len() - shared;
        if shorter < FEWEST {
            return false;
        }
        if shorter < SHORT {
            return shared * 10 >= both * 8;
        }
        shared * 10 >= shorter * 7 && shared * 10 >= both * 3
    }
}

/// The least value of each of 48 hashes over a text's rows of words. Of two texts about as many values
/// agree as the share of rows they have in common. Empty where there are too few rows.
pub fn likeness(text: &str) -> Vec<u32> {
    let rows = rows(text);
    if rows.len() < FEWEST {
        return Vec::new();
    }
    let mut least = [u32::MAX; SAMPLE];
    for row in rows {
        for (value, (factor, term)) in least.iter_mut().zip(HASHES) {
            let hash = (row.wrapping_mul(factor).wrapping_add(term) >> 32) as u32;
            *value = hash.min(*value);
        }
    }
    least.to_vec()
}

/// Odd factors and terms, from a generator of Weyl's kind: fixed for ever, for samples are kept.
const HASHES: [(u64, u64); SAMPLE] = {
    let mut hashes = [(0, 0); SAMPLE];
    let (mut state, mut i) = (0x9E37_79B9_7F4A_7C15_u64, 0);
    while i < SAMPLE {
        let factor = mixed(state);
        let term = mixed(state ^ 0x5851_F42D_4C95_7F2D);
        hashes[i] = (factor | 1, term);
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        i += 1;
    }
    hashes
};

const fn mixed(state: u64) -> u64 {
    let a = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    b ^ (b >> 31)
}

/// Hashes of every four words in a row, in the order of the text.
fn rows(text: &str) -> Vec<u64> {
    let words = words(text);
    let row = |row: &[u64]| row.iter().fold(0u64, |sum, word| mixed(sum.rotate_left(23) ^ word));
    words.windows(ROW).map(row).collect()
}

fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        words.push(xxh3_64(lower.as_bytes()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Shingles, likeness};

    /// A story of so many paragraphs, each of its own words.
    fn story(name: &str, paragraphs: std::ops::Range<usize>) -> String {
        let word = |p: usize, w: usize| format!("{name}{p}w{w}");
        let paragraph = |p: usize| (0..30).map(|w| word(p, w)).collect::<Vec<_>>().join(" ") + ".\n\n";
        paragraphs.map(paragraph).collect()
    }

    fn copies(one: &str, other: &str) -> bool {
        Shingles::of(one).is_copy(&Shingles::of(other))
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
        let agree = likeness(&one).iter().zip(likeness(&other)).filter(|(a, b)| **a == *b).count();
        let wanted = Shingles::of(&one).jaccard(&Shingles::of(&other)) * 48.0;
        assert!((agree as f64 - wanted).abs() < 10.0, "{agree} of 48, wanted {wanted:.1}");
        assert_eq!(likeness("only a few words here"), Vec::<u32>::new());
    }
}
