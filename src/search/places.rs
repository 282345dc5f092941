//! Which places of a text fit together: rows of words, and chains of words near one another.
//!
//! Knows no index: positions come from postings when hits are looked for, and from the text itself when
//! the words that matched are marked.

use crate::query::Within;

/// Where a word or a row of words stands: the numbers of its first and last word in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub first: u32,
    pub last: u32,
}

/// The positions that fit one word of a row, in order; None for any word.
pub(super) type Positions<List = Vec<u32>> = Option<List>;

/// Adds every place where the words of a row follow one another, with up to `slop` others among them.
pub(super) fn rows<List: AsRef<[u32]>>(words: &[Positions<List>], slop: u32, places: &mut Vec<Place>) {
    let Some(Some(firsts)) = words.first() else { return };
    let row = |first: &u32| Some(Place { first: *first, last: *row_at(words, slop, *first)?.last()? });
    places.extend(firsts.as_ref().iter().filter_map(row));
}

/// The positions of the words of a row that begins at `first`. Each word is taken where it comes next: no
/// other choice ends earlier.
pub(super) fn row_at<List: AsRef<[u32]>>(
    words: &[Positions<List>],
    slop: u32,
    first: u32,
) -> Option<Vec<u32>> {
    let mut row = vec![first];
    let mut at = first;
    for word in words.iter().skip(1) {
        at = match word {
            None => at + 1,
            Some(positions) => {
                let positions = positions.as_ref();
                *positions.get(positions.partition_point(|p| *p <= at))?
            }
        };
        row.push(at);
    }
    let needed = u32::try_from(words.len()).ok()?;
    (at - first < needed.saturating_add(slop)).then_some(row)
}

/// At which words sentences and paragraphs begin.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub sentences: Vec<u32>,
    pub paragraphs: Vec<u32>,
}

/// Keeps the places of each word of a chain that have a neighbour on each side they need one; none where
/// no chain is whole.
pub(super) fn chained(words: &mut [Vec<Place>], links: &[Within], marks: &Marks) {
    for (i, within) in links.iter().enumerate() {
        let (before, behind) = words.split_at_mut(i + 1);
        beside(&mut behind[0], &before[i], *within, |place, other| ahead(other, place), marks);
        if behind[0].is_empty() {
            return words.iter_mut().for_each(Vec::clear);
        }
    }
    for (i, within) in links.iter().enumerate().rev() {
        let (before, behind) = words.split_at_mut(i + 1);
        beside(&mut before[i], &behind[0], *within, ahead, marks);
    }
}

/// How many of `these` words stand beside one of `others`, both in order: as many as a chain of the two keeps.
pub(super) fn how_many_beside(these: &[u32], others: &[u32], within: Within, marks: &Marks) -> usize {
    match within {
        Within::Near(far) => {
            how_many_joined(these, others, |at| (at.saturating_sub(far), at.saturating_add(far)))
        }
        Within::Before(far) => how_many_joined(these, others, |at| (at + 1, at.saturating_add(far))),
        Within::Sentence => how_many_together(these, others, &marks.sentences),
        Within::Paragraph => how_many_together(these, others, &marks.paragraphs),
    }
}

/// The same of words of one sentence or paragraph.
fn how_many_together(these: &[u32], others: &[u32], starts: &[u32]) -> usize {
    let (mut from, mut ahead) = (0, starts);
    how_many_joined(these, others, |at| {
        let behind = ahead.partition_point(|start| *start <= at);
        if let Some(last) = behind.checked_sub(1) {
            from = ahead[last];
        }
        ahead = &ahead[behind..];
        (from, ahead.first().map_or(u32::MAX, |next| next - 1))
    })
}

/// How many of `these` are joined with one of `others` that stands in a stretch around them. The next stretch
/// begins no earlier.
fn how_many_joined(these: &[u32], mut others: &[u32], mut around: impl FnMut(u32) -> (u32, u32)) -> usize {
    let is_joined = |at: &&u32| {
        let (from, to) = around(**at);
        while let [first, rest @ ..] = others
            && *first < from
        {
            others = rest;
        }
        // No word is its own neighbour.
        let own = others.first() == Some(*at);
        others.get(usize::from(own)).is_some_and(|other| *other <= to)
    };
    these.iter().filter(is_joined).count()
}

/// Keeps those of `these` that stand beside one of `others`; both are in order. `ahead` tells how far the one of them
/// that is named behind the other stands ahead of it.
fn beside(
    these: &mut Vec<Place>,
    others: &[Place],
    within: Within,
    ahead: impl Fn(Place, Place) -> Option<u32>,
    marks: &Marks,
) {
    let together = |these: &mut Vec<Place>, starts: &[u32]| {
        let one_stretch = |place: Place, other: Place, end: u32| {
            apart(place, other).is_some() && place.last.max(other.last) <= end
        };
        keep(these, others, |place| stretch(place, starts), one_stretch);
    };
    // How long the longest is: a place that begins earlier by so much may still reach here.
    let reach = others.iter().map(|p| p.last - p.first).max().unwrap_or(0);
    let around = |place: Place, far: u32| (place.first.saturating_sub(far + reach), place.last + far);
    let so_near = |gap: Option<u32>, far: u32| gap.is_some_and(|gap| gap <= far);
    match within {
        Within::Near(far) => {
            keep(these, others, |place| around(place, far), |a, b, _| so_near(apart(a, b), far));
        }
        Within::Before(far) => {
            keep(these, others, |place| around(place, far), |a, b, _| so_near(ahead(a, b), far));
        }
        Within::Sentence => together(these, &marks.sentences),
        Within::Paragraph => together(these, &marks.paragraphs),
    }
}

/// Keeps those of `these` that are joined with one of `others` which begins in a stretch around them, of which its end
/// is told.
fn keep(
    these: &mut Vec<Place>,
    others: &[Place],
    stretch: impl Fn(Place) -> (u32, u32),
    joined: impl Fn(Place, Place, u32) -> bool,
) {
    let mut others = others;
    these.retain(|place| {
        let (from, to) = stretch(*place);
        // The next place begins no earlier, and neither does the stretch around it.
        while let [first, rest @ ..] = others
            && first.first < from
        {
            others = rest;
        }
        others.iter().take_while(|other| other.first <= to).any(|other| joined(*place, *other, to))
    });
}

/// The words of the sentence or paragraph a place begins in.
fn stretch(place: Place, starts: &[u32]) -> (u32, u32) {
    let behind = starts.partition_point(|start| *start <= place.first);
    let from = behind.checked_sub(1).map_or(0, |at| starts[at]);
    (from, starts.get(behind).map_or(u32::MAX, |next| next - 1))
}

/// How far `b` stands ahead of `a`. No word is its own neighbour.
fn ahead(a: Place, b: Place) -> Option<u32> {
    b.first.checked_sub(a.last).filter(|gap| *gap > 0)
}

/// How far they stand apart.
fn apart(a: Place, b: Place) -> Option<u32> {
    ahead(a, b).or_else(|| ahead(b, a))
}

#[cfg(test)]
mod tests {
    use super::{Marks, Place, Positions, chained, how_many_beside};
    use crate::query::Within;

    fn places(positions: &[u32]) -> Vec<Place> {
        positions.iter().map(|p| Place { first: *p, last: *p }).collect()
    }

    fn firsts(words: &[&[u32]], links: &[Within], marks: &Marks) -> Vec<Vec<u32>> {
        let mut found: Vec<Vec<Place>> = words.iter().map(|w| places(w)).collect();
        chained(&mut found, links, marks);
        found.iter().map(|places| places.iter().map(|p| p.first).collect()).collect()
    }

    #[test]
    fn neighbours_stand_on_either_side_or_in_order() {
        let marks = Marks { sentences: vec![0, 5, 9], paragraphs: vec![0, 9] };
        type Case<'a> = (&'a [&'a [u32]], &'a [Within], Vec<Vec<u32>>);
        let cases: [Case; 6] = [
            (&[&[3], &[1, 9]], &[Within::Near(2)], vec![vec![3], vec![1]]),
            (&[&[3], &[1, 9]], &[Within::Before(6)], vec![vec![3], vec![9]]),
            (&[&[3], &[3]], &[Within::Near(5)], vec![vec![], vec![]]),
            (&[&[1, 6], &[4, 8]], &[Within::Sentence], vec![vec![1, 6], vec![4, 8]]),
            (&[&[4], &[5, 9]], &[Within::Paragraph], vec![vec![4], vec![5]]),
            // The 2 has no third word behind it: only the 7 is part of a whole chain.
            (&[&[1, 6], &[2, 7], &[8]], &[Within::Before(1); 2], vec![vec![6], vec![7], vec![8]]),
        ];
        for (words, links, expected) in cases {
            assert_eq!(firsts(words, links, &marks), expected, "{words:?} {links:?}");
        }
    }

    #[test]
    fn of_two_words_as_many_are_counted_as_a_chain_keeps() {
        let mut seed = 7_u64;
        let mut below = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let mut list = |most| {
            let mut list: Vec<u32> = (0..below(most)).map(|_| below(60) as u32).collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        for _ in 0..2000 {
            let (these, others) = (list(9), list(9));
            let marks = Marks { sentences: list(8), paragraphs: list(4) };
            for within in [Within::Near(0), Within::Near(4), Within::Before(1), Within::Before(9)]
                .into_iter()
                .chain([Within::Sentence, Within::Paragraph])
            {
                let expected = firsts(&[&these, &others], &[within], &marks)[0].len();
                let found = how_many_beside(&these, &others, within, &marks);
                assert_eq!(found, expected, "{these:?} {others:?} {within:?} {marks:?}");
            }
        }
    }

    #[test]
    fn rows_let_other_words_stand_among_theirs() {
        let rows = |words: &[Positions], slop| {
            let mut places = Vec::new();
            super::rows(words, slop, &mut places);
            places
        };
        let words = [Some(vec![1, 8]), Some(vec![3, 9])];
        assert_eq!(rows(&words, 0), [Place { first: 8, last: 9 }]);
        assert_eq!(rows(&words, 1), [Place { first: 1, last: 3 }, Place { first: 8, last: 9 }]);
        let gap = [Some(vec![1, 8]), None, Some(vec![3, 9])];
        assert_eq!(rows(&gap, 0), [Place { first: 1, last: 3 }]);
    }
}
