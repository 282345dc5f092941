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

/// A quote is kept as a number of twenty bits: its first word, how many words it has, and whether that is rough.
const FIRST: u32 = (1 << 12) - 1;
const WORDS: u32 = (1 << 7) - 1;
const FIRST_AT: u32 = 8;
const WORDS_AT: u32 = 1;

/// Words that one counts for where that is rough.
const ROUGH: u32 = 8;

/// Told as so many words, it is rough where it begins, too: the first word is counted in thousands, and the quote ends
/// within the next thousand.
const FAR: u32 = WORDS - 1;
const FAR_BITS: u32 = 10;
const FAR_WORDS: u32 = 2 << FAR_BITS;
/// And told as so many, it may have any number of them.
const OPEN: u32 = WORDS;

/// An article is kept as the number of its quotes, counted down from 0 in as many bits: so neighbours differ much, and
/// tantivy packs each value into these bits, instead of drawing lines through them.
const BITS: u32 = 20;
/// Nobody says more in one text; of further quotes the words are not looked for.
const MOST_QUOTES: u64 = (1 << BITS) - 1;

/// How many words a piece may have that is kept by itself: a longer one is kept as several.
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

    /// As the article is kept: how many quotes it has.
    pub(crate) fn kept_article(&self) -> u64 {
        0_u64.wrapping_sub((self.ends.len() as u64).min(MOST_QUOTES)) & MOST_QUOTES
    }

    /// As a quote is kept: its words, or among which they are.
    pub(crate) fn kept(&self, number: usize) -> u64 {
        let pieces = self.quote(number);
        let first = pieces.first().map_or(0, |piece| piece.start);
        let words = pieces.iter().map(|piece| piece.end).max().map_or(0, |end| end - first);
        let is_rough = pieces.len() > 1 || first > FIRST || words > WORDS;
        let (thousands, units) = ((first >> FAR_BITS).min(FIRST), words.div_ceil(ROUGH));
        let (first, told) = match () {
            () if !is_rough => (first, words),
            () if first <= FIRST && units < FAR => (first, units),
            () if first - (thousands << FAR_BITS) + words <= FAR_WORDS => (thousands, FAR),
            () => (thousands, OPEN),
        };
        u64::from(first << FIRST_AT | told << WORDS_AT | u32::from(is_rough))
    }

    /// The pieces of a quote whose words are told roughly: of each its first word, and how many there are.
    pub(crate) fn kept_pieces(&self, number: usize) -> Vec<u64> {
        let mut kept = Vec::new();
        if is_rough(self.kept(number)) {
            for piece in self.quote(number) {
                let mut first = piece.start;
                loop {
                    let words = (piece.end - first).min(MOST_WORDS);
                    kept.push(u64::from(first) << LENGTH_BITS | u64::from(words));
                    first += words;
                    if first >= piece.end {
                        break;
                    }
                }
            }
        }
        kept
    }
}

/// How many quotes an article has that is kept so.
pub fn count(kept: u64) -> usize {
    (0_u64.wrapping_sub(kept) & MOST_QUOTES) as usize
}

/// A quote that is kept: its number in the article, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptQuote {
    /// The number, counted from 0.
    pub number: u32,
    kept: u64,
}

impl KeptQuote {
    /// Its words; None where its pieces are kept by themselves.
    pub fn words(self) -> Option<Range<u32>> {
        let Reach { first, end } = Reach::of(self.kept);
        (!is_rough(self.kept)).then_some(first as u32..end as u32)
    }
}

/// A piece that is kept by itself.
pub(crate) fn piece(kept: u64) -> Range<u32> {
    let first = (kept >> LENGTH_BITS) as u32;
    first..first.saturating_add(kept as u32 & MOST_WORDS)
}

fn is_rough(kept: u64) -> bool {
    kept & 1 == 1
}

/// The words a quote may report, from the first to one past the last: numbers with a sign, which many can be compared
/// of at once.
#[derive(Clone, Copy, Default)]
struct Reach {
    first: i32,
    end: i32,
}

impl Reach {
    /// That of a quote that is kept so. There is no branch in it, for it is asked of several at once.
    fn of(kept: u64) -> Reach {
        let part = |at, most: u32| (kept >> at) as i32 & most as i32;
        let (first, told, rough) = (part(FIRST_AT, FIRST), part(WORDS_AT, WORDS), -part(0, 1));
        let far = rough & -i32::from(told >= FAR as i32);
        let open = rough & -i32::from(told >= OPEN as i32);
        let first = (first & !far) | ((first << FAR_BITS) & far);
        let words = told + ((told * (ROUGH as i32 - 1)) & rough);
        let words = (words & !far) | (FAR_WORDS as i32 & far);
        Reach { first, end: ((first + words) | open) & i32::MAX }
    }
}

/// So many quotes are looked at at once.
const TOGETHER: usize = 16;

/// How many values make whole sets of those that are looked at at once.
pub(crate) fn in_sets(quotes: usize) -> usize {
    quotes.next_multiple_of(TOGETHER)
}

/// Sets all quotes of an article, from what is kept of them.
pub fn all_quotes(kept: &[u64], quotes: &mut Vec<KeptQuote>) {
    quotes.clear();
    quotes.extend((0..).zip(kept).map(|(number, kept)| KeptQuote { number, kept: *kept }));
}

/// Sets the quotes that may hold any of these words of the article, in order, from what is kept of them, in whole
/// sets: a 0 stands for no quote.
pub fn holding(kept: &[u64], positions: &[u32], quotes: &mut Vec<KeptQuote>) {
    quotes.clear();
    for (set, kept) in (0..).zip(kept.as_chunks::<TOGETHER>().0) {
        let mut left = held(&kept.map(Reach::of), positions);
        while left != 0 {
            let at = left.trailing_zeros();
            quotes.push(KeptQuote { number: set * TOGETHER as u32 + at, kept: kept[at as usize] });
            left &= left - 1;
        }
    }
}

/// Of more positions than this those are looked for that may be held.
const SOME: usize = 8;
/// More than this are not all compared.
const MANY: usize = 64;

/// Which of these reaches hold any of the positions, as bits.
fn held(reaches: &[Reach; TOGETHER], positions: &[u32]) -> u32 {
    if positions.len() <= SOME {
        return compared(reaches, positions);
    }
    let before = |word: i32| positions.partition_point(|at| (*at as i32) < word);
    let from = reaches.iter().map(|reach| reach.first).min().map_or(0, before);
    let to = reaches.iter().map(|reach| reach.end).max().map_or(0, before);
    if to - from <= MANY {
        return compared(reaches, &positions[from..to]);
    }
    let holds = |reach: &Reach| before(reach.first) < before(reach.end);
    (0..).zip(reaches).fold(0, |bits, (nth, reach)| bits | u32::from(holds(reach)) << nth)
}

/// The same, comparing each with each.
fn compared(reaches: &[Reach; TOGETHER], positions: &[u32]) -> u32 {
    let (firsts, ends) = (reaches.map(|reach| reach.first), reaches.map(|reach| reach.end));
    let mut holds = [0; TOGETHER];
    for at in positions {
        let at = *at as i32;
        for (holds, (first, end)) in holds.iter_mut().zip(firsts.iter().zip(&ends)) {
            *holds |= -i32::from((*first <= at) & (at < *end));
        }
    }
    (0..).zip(holds).fold(0, |bits, (nth, holds)| bits | holds as u32 & 1 << nth)
}

/// How many words a quote has.
pub fn words_of(pieces: &Pieces) -> u32 {
    pieces.iter().map(|piece| piece.end - piece.start).sum()
}

/// How many of these words of the article stand in a quote.
pub(crate) fn how_many_within(pieces: &Pieces, positions: &[u32]) -> usize {
    let before = |word: u32| positions.partition_point(|position| *position < word);
    pieces.iter().map(|piece| before(piece.end) - before(piece.start)).sum()
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
        // Of those up to its first word one is enough.
        let near = starts.partition_point(|start| *start <= piece.start).saturating_sub(1);
        let from = starts.partition_point(|start| *start < end).max(near);
        let inside = starts[from..].iter().take_while(|start| **start < piece.end);
        places.extend(inside.map(|start| start.saturating_sub(piece.start) + before));
        before += piece.end - piece.start;
        end = piece.end;
    }
    places.dedup();
}

#[cfg(test)]
mod tests {
    use super::{
        KeptQuote, Pieces, Reported, all_quotes, begun_within, count, holding, how_many_within, in_sets,
        piece, within, words_of,
    };

    /// What one of the two sets, in a list that was used before.
    fn set(set: fn(&Pieces, &[u32], &mut Vec<u32>), pieces: &Pieces, of: &[u32]) -> Vec<u32> {
        let mut places = vec![7];
        set(pieces, of, &mut places);
        places
    }

    /// What is kept of all quotes.
    fn kept(reported: &Reported) -> Vec<u64> {
        (0..reported.ends.len()).map(|number| reported.kept(number)).collect()
    }

    #[test]
    fn what_is_kept_reads_back() {
        let pieces = vec![3..5, 9..12, 20..20, 30..4000, 4095..4222, 4096..4097, 100..228, 7000..9000];
        let reported = Reported { pieces, ends: vec![2, 3, 4, 5, 6, 7, 8] };
        let mut quotes = Vec::new();
        assert_eq!(count(reported.kept_article()), 7);
        assert_eq!(count(Reported::default().kept_article()), 0);
        let too_many = Reported { pieces: Vec::new(), ends: vec![0; 1 << 20] };
        assert_eq!(count(too_many.kept_article()), (1 << 20) - 1);
        all_quotes(&kept(&reported), &mut quotes);
        let whole: Vec<usize> = (0..7).filter(|number| quotes[*number].words().is_some()).collect();
        assert_eq!(whole, [1, 3], "one piece, not far on, not long");
        for (number, quote) in quotes.iter().enumerate() {
            let beside: Vec<_> = reported.kept_pieces(number).into_iter().map(piece).collect();
            assert_eq!(quote.words().is_some(), beside.is_empty());
            let pieces = quote.words().map_or(beside, |words| vec![words]);
            let every: Vec<u32> = (0..10_000).collect();
            let words = |pieces: &Pieces| set(within, pieces, &every).len();
            assert_eq!(words(&pieces), words(reported.quote(number)), "{number}");
            assert_eq!(words_of(&pieces) as usize, words(&pieces), "{number}");
            assert_eq!(how_many_within(&pieces, &every), words(&pieces), "{number}");
            assert_eq!(pieces.first().map(|p| p.start), reported.quote(number).first().map(|p| p.start));
        }
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
        // The fourth quote begins before the third; of the sixth and the last the words are told roughly.
        let mut pieces = vec![3..5, 9..12, 20..20, 30..40, 25..28, 100..1000];
        pieces.extend((0..20).map(|nth| 2000 + nth..2002 + nth));
        pieces.push(5000..5001);
        let (ends, mut found) = ((2..=pieces.len()).collect(), Vec::new());
        let reported = Reported { pieces, ends };
        let mut kept = kept(&reported);
        kept.resize(in_sets(kept.len()), 0);
        let cases: [(&[u32], &[u32]); 11] = [
            (&[2, 11, 20], &[0]),
            (&[4, 30], &[0, 2]),
            (&[29], &[]),
            (&[10, 26, 39], &[0, 2, 3]),
            (&[1003], &[4]),
            (&[1004], &[]),
            (&[5000], &[25]),
            (&[4095], &[]),
            (&[4096], &[25]),
            (&[6144], &[]),
            (&[1, 2, 3, 4, 5, 6, 7, 8, 28, 29, 1500, 2010, 6000], &[0, 14, 15, 25]),
        ];
        for (positions, expected) in cases {
            holding(&kept, positions, &mut found);
            let numbers: Vec<u32> = found.iter().map(|quote| quote.number).collect();
            assert_eq!(numbers, expected, "{positions:?}");
        }
    }

    #[test]
    fn wherever_a_word_stands_the_quotes_that_hold_it_are_among_those_found() {
        // Quotes of all lengths, near one another at first and far apart in the end.
        let lengths = [1, 5, 127, 128, 900, 1007, 1009, 1500, 2047, 2048, 2049, 5000];
        let mut pieces = Vec::new();
        for nth in 0..200_u32 {
            let first = nth * nth * nth;
            pieces.push(first..first + lengths[nth as usize % lengths.len()]);
        }
        let reported = Reported { ends: (1..=pieces.len()).collect(), pieces: pieces.clone() };
        let mut kept = kept(&reported);
        kept.resize(in_sets(kept.len()), 0);
        let edges = pieces.iter().flat_map(|piece| [piece.start, piece.end - 1, piece.end]);
        let mut positions: Vec<u32> = edges.collect();
        positions.sort_unstable();
        positions.dedup();
        let mut found = Vec::new();
        for many in [1, 3, 9, 40, positions.len()] {
            for some in positions.chunks(many) {
                holding(&kept, some, &mut found);
                for (number, piece) in (0..).zip(&pieces) {
                    let is_found = found.iter().any(|quote| quote.number == number);
                    let holds = some.iter().any(|at| piece.contains(at));
                    let whole = found.iter().any(|quote| quote.number == number && quote.words().is_some());
                    assert!(is_found >= holds, "{piece:?} is not found by {some:?}");
                    assert!(!whole || holds, "{piece:?} is found by {some:?}");
                }
            }
        }
    }

    #[test]
    fn of_what_nobody_wrote_no_words_end_before_they_begin() {
        for bit in 0..64 {
            for kept in [1 << bit, u64::MAX << bit, u64::MAX >> bit] {
                let quote = KeptQuote { number: 0, kept };
                assert!(quote.words().is_none_or(|words| words.start <= words.end), "{kept:x}");
                assert!(piece(kept).start <= piece(kept).end);
            }
        }
    }
}
