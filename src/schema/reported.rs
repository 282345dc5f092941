//! Which of an article's words its quotes report. Words stand in the index once, in the article; a quote
//! knows them by their numbers.

use crate::quotes::Quote;
use crate::schema::analysis::Analyzed;
use std::ops::Range;

/// The words of a quote, piece after piece, by their numbers in the article.
pub type Pieces = [Range<u32>];

/// The words each quote of an article reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reported {
    pieces: Vec<Range<u32>>,
    /// One past the last piece of each quote.
    ends: Vec<usize>,
}

/// How many words one value may tell: a longer piece is told by several.
const MOST_WORDS: u32 = (1 << LENGTH_BITS) - 1;
const LENGTH_BITS: u32 = 10;

impl Reported {
    /// Those of quotes in their order, of an analyzed article.
    pub(crate) fn of(quotes: &[Quote], analyzed: &Analyzed) -> Reported {
        let mut reported = Reported::default();
        for quote in quotes {
            let before = reported.pieces.len();
            reported.pieces.extend(quote.pieces.iter().map(|piece| analyzed.within(*piece)));
            reported.pieces[before..].sort_unstable_by_key(|piece| piece.start);
            reported.ends.push(reported.pieces.len());
        }
        reported
    }

    /// How many quotes there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no quote.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The words of a quote by its number, counted from 0; none where there is no such quote.
    pub fn quote(&self, number: usize) -> &Pieces {
        let start = number.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.ends.get(number).and_then(|end| self.pieces.get(start..*end)).unwrap_or_default()
    }

    /// As it is kept: of each piece the number of its first word, how many there are, and whether the piece
    /// goes on from the one before.
    pub(crate) fn kept(&self) -> Vec<u64> {
        let mut kept = Vec::with_capacity(self.pieces.len());
        for number in 0..self.len() {
            let mut goes_on = false;
            for piece in self.quote(number) {
                let mut first = piece.start;
                loop {
                    let words = (piece.end - first).min(MOST_WORDS);
                    kept.push(
                        u64::from(first) << (LENGTH_BITS + 1) | u64::from(words) << 1 | u64::from(goes_on),
                    );
                    (first, goes_on) = (first + words, true);
                    if first >= piece.end {
                        break;
                    }
                }
            }
        }
        kept
    }

    /// Reads it again, into the memory of what was read before.
    pub fn read(&mut self, kept: impl Iterator<Item = u64>) {
        self.pieces.clear();
        self.ends.clear();
        for value in kept {
            let (first, words, goes_on) = piece(value);
            if !goes_on || self.ends.is_empty() {
                self.ends.push(self.pieces.len());
            }
            self.pieces.push(first..first.saturating_add(words));
            if let Some(end) = self.ends.last_mut() {
                *end = self.pieces.len();
            }
        }
    }
}

/// The first word of a kept piece, how many there are, and whether it goes on from the piece before.
fn piece(kept: u64) -> (u32, u32, bool) {
    let first = u32::try_from(kept >> (LENGTH_BITS + 1)).unwrap_or(u32::MAX);
    (first, (kept >> 1) as u32 & MOST_WORDS, kept & 1 == 1)
}

/// Sets the numbers of the quotes that hold any of these words of the article, in order, from what is kept of
/// them; tells how many quotes there are.
pub fn holding(kept: &[u64], positions: &[u32], quotes: &mut Vec<u32>) -> u32 {
    quotes.clear();
    let mut all = 0;
    for value in kept {
        let (first, words, goes_on) = piece(*value);
        all += u32::from(!goes_on || all == 0);
        let holds = positions.iter().any(|position| position.wrapping_sub(first) < words);
        if holds && quotes.last() != Some(&(all - 1)) {
            quotes.push(all - 1);
        }
    }
    all
}

/// How many words a quote has.
pub fn words_of(pieces: &Pieces) -> u32 {
    pieces.iter().map(|piece| piece.end - piece.start).sum()
}

/// Sets the places within a quote of words of the article, both in order.
pub fn within(pieces: &Pieces, positions: &[u32], places: &mut Vec<u32>) {
    places.clear();
    let mut before = 0;
    for piece in pieces {
        let from = positions.partition_point(|position| *position < piece.start);
        for position in positions[from..].iter().take_while(|position| **position < piece.end) {
            places.push(position - piece.start + before);
        }
        before += piece.end - piece.start;
    }
}

/// Sets the places within a quote at which sentences or paragraphs begin, of their first words in the article.
/// One that begins between two pieces begins with the second.
pub fn begun_within(pieces: &Pieces, starts: &[u32], places: &mut Vec<u32>) {
    places.clear();
    let (mut before, mut end) = (0, 0);
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        let from = starts.partition_point(|start| *start < end);
        let inside = starts[from..].iter().take_while(|start| **start < piece.end);
        places.extend(inside.map(|start| start.saturating_sub(piece.start) + before));
        before += piece.end - piece.start;
        end = piece.end;
    }
    places.dedup();
}

#[cfg(test)]
mod tests {
    use super::{Pieces, Reported, begun_within, within, words_of};

    /// What one of the two sets, in a list that was used before.
    fn set(set: fn(&Pieces, &[u32], &mut Vec<u32>), pieces: &Pieces, of: &[u32]) -> Vec<u32> {
        let mut places = vec![7];
        set(pieces, of, &mut places);
        places
    }

    #[test]
    fn what_is_kept_reads_back() {
        let reported = Reported { pieces: vec![3..5, 9..12, 20..20, 30..4000], ends: vec![2, 3, 4] };
        let mut read = Reported::default();
        read.read(reported.kept().into_iter());
        assert_eq!((read.len(), read.quote(0), words_of(read.quote(1))), (3, &[3..5, 9..12][..], 0));
        assert_eq!((words_of(read.quote(2)), read.quote(3)), (3970, &[][..]));
        let every: Vec<u32> = (30..4000).collect();
        assert_eq!(set(within, read.quote(2), &every), (0..3970).collect::<Vec<u32>>());
    }

    #[test]
    fn words_are_counted_on_from_piece_to_piece() {
        let pieces = [3..5, 9..12];
        assert_eq!(set(within, &pieces, &[1, 3, 4, 5, 9, 11, 12]), [0, 1, 2, 4]);
        assert_eq!(set(begun_within, &pieces, &[0, 2, 4, 6, 8, 11]), [0, 1, 2, 4]);
        assert!(set(within, &pieces, &[2, 5, 8, 12]).is_empty());
        let quotes = Reported { pieces: vec![3..5, 9..12, 20..20, 30..40], ends: vec![2, 3, 4] };
        let mut holding = vec![7];
        let cases: [(&[u32], &[u32]); 3] = [(&[2, 11, 20], &[0]), (&[4, 30], &[0, 2]), (&[12], &[])];
        for (positions, expected) in cases {
            assert_eq!(super::holding(&quotes.kept(), positions, &mut holding), 3);
            assert_eq!(holding, expected, "{positions:?}");
        }
    }
}
