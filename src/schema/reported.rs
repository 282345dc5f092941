//! Which of an article's words its quotes report. Words stand in the index once, in the article; a quote
//! knows them by their numbers.

use crate::quotes::Quote;
use crate::schema::analysis::Analyzed;
use std::ops::Range;

/// The words of a quote, piece after piece, by their numbers in the article.
pub type Pieces = [Range<u32>];

/// The words each quote of an article reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reported {
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

    /// The words of a quote by its number, counted from 0; none where there is no such quote.
    pub(crate) fn quote(&self, number: usize) -> &Pieces {
        let start = number.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.ends.get(number).and_then(|end| self.pieces.get(start..*end)).unwrap_or_default()
    }

    /// As it is kept: of each piece the number of its first word, how many there are, and whether the piece
    /// goes on from the one before.
    pub(crate) fn kept(&self) -> Vec<u64> {
        let mut kept = Vec::with_capacity(self.pieces.len());
        for number in 0..self.ends.len() {
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
}

/// A quote that is kept: its number in the article, and which of the kept values is the first of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptQuote {
    /// The number, counted from 0.
    pub number: u32,
    first: usize,
}

impl KeptQuote {
    /// Sets its pieces, from what is kept of its article.
    pub fn read(self, kept: &[u64], pieces: &mut Vec<Range<u32>>) {
        pieces.clear();
        for value in kept.get(self.first..).unwrap_or_default() {
            let (first, words, goes_on) = piece(*value);
            if !goes_on && !pieces.is_empty() {
                break;
            }
            pieces.push(first..first.saturating_add(words));
        }
    }
}

/// The first word of a kept piece, how many there are, and whether it goes on from the piece before.
fn piece(kept: u64) -> (u32, u32, bool) {
    ((kept >> (LENGTH_BITS + 1)) as u32, (kept >> 1) as u32 & MOST_WORDS, kept & 1 == 1)
}

/// How many quotes begin with these kept pieces.
fn begun(kept: &[u64]) -> u32 {
    kept.iter().map(|value| (!value & 1) as u32).sum()
}

/// Sets all quotes, from what is kept of them; tells how many there are.
pub fn all_quotes(kept: &[u64], quotes: &mut Vec<KeptQuote>) -> u32 {
    quotes.clear();
    let firsts = kept.iter().enumerate().filter(|(_, value)| *value & 1 == 0);
    quotes.extend((0..).zip(firsts).map(|(number, (first, _))| KeptQuote { number, first }));
    begun(kept)
}

/// Sets the quotes that hold any of these words of the article, both in order, from what is kept of them; tells how
/// many quotes there are in all.
pub fn holding(kept: &[u64], positions: &[u32], quotes: &mut Vec<KeptQuote>) -> u32 {
    quotes.clear();
    // The words that count for a piece: it begins behind the one before, and not behind the next.
    let (mut from, mut next) = (0, positions.first().copied().unwrap_or(u32::MAX));
    let (mut number, mut seen) = (0, 0);
    for (at, value) in kept.iter().enumerate() {
        let (first, words, _) = piece(*value);
        if !(from..=next).contains(&first) {
            let ahead = positions.partition_point(|position| *position < first);
            from = ahead.checked_sub(1).map_or(0, |before| positions[before] + 1);
            next = positions.get(ahead).copied().unwrap_or(u32::MAX);
        }
        if next - first < words {
            number += begun(&kept[seen..=at]);
            seen = at + 1;
            let first = kept[..seen].iter().rposition(|value| value & 1 == 0).unwrap_or(0);
            if quotes.last().is_none_or(|last| last.first < first) {
                quotes.push(KeptQuote { number: number.saturating_sub(1), first });
            }
        }
    }
    number + begun(&kept[seen..])
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
    use super::{KeptQuote, Pieces, Reported, all_quotes, begun_within, holding, within, words_of};

    /// What one of the two sets, in a list that was used before.
    fn set(set: fn(&Pieces, &[u32], &mut Vec<u32>), pieces: &Pieces, of: &[u32]) -> Vec<u32> {
        let mut places = vec![7];
        set(pieces, of, &mut places);
        places
    }

    #[test]
    fn what_is_kept_reads_back() {
        let reported = Reported { pieces: vec![3..5, 9..12, 20..20, 30..4000], ends: vec![2, 3, 4] };
        let (kept, mut quotes) = (reported.kept(), Vec::new());
        assert_eq!(all_quotes(&kept, &mut quotes), 3);
        let pieces = |quote: &KeptQuote| {
            let mut pieces = vec![7..9, 10..11];
            quote.read(&kept, &mut pieces);
            pieces
        };
        let read: Vec<_> = quotes.iter().map(pieces).collect();
        assert_eq!((&read[0][..], words_of(&read[1])), (&[3..5, 9..12][..], 0));
        assert_eq!((read.len(), words_of(&read[2])), (3, 3970));
        let every: Vec<u32> = (30..4000).collect();
        assert_eq!(set(within, &read[2], &every), (0..3970).collect::<Vec<u32>>());
    }

    #[test]
    fn words_are_counted_on_from_piece_to_piece() {
        let pieces = [3..5, 9..12];
        assert_eq!(set(within, &pieces, &[1, 3, 4, 5, 9, 11, 12]), [0, 1, 2, 4]);
        assert_eq!(set(begun_within, &pieces, &[0, 2, 4, 6, 8, 11]), [0, 1, 2, 4]);
        assert!(set(within, &pieces, &[2, 5, 8, 12]).is_empty());
    }

    #[test]
    fn quotes_are_found_by_the_words_they_hold() {
        // The fourth quote begins before the third.
        let pieces = vec![3..5, 9..12, 20..20, 30..40, 25..28];
        let (kept, mut found) = (Reported { pieces, ends: vec![2, 3, 4, 5] }.kept(), Vec::new());
        let cases: [(&[u32], &[u32]); 4] =
            [(&[2, 11, 20], &[0]), (&[4, 30], &[0, 2]), (&[12], &[]), (&[10, 26, 39], &[0, 2, 3])];
        for (positions, expected) in cases {
            assert_eq!(holding(&kept, positions, &mut found), 4);
            let numbers: Vec<u32> = found.iter().map(|quote| quote.number).collect();
            assert_eq!(numbers, expected, "{positions:?}");
        }
    }
}
