//! A chain of labels over the tokens around a cue: the best one, the sum of all, and how likely
//! each label is.
//!
//! A token that is neither source nor reported scores nothing, so a chain of none but those scores
//! zero: that is the measure all others are held against.

use crate::quotes::weights::UNIT;
use std::array;
use std::ops::AddAssign;
use std::sync::LazyLock;

/// What a token is to an act of saying: neither, of its source, or of what was said.
pub(in crate::quotes) const LABELS: usize = 3;
pub(in crate::quotes) const NONE: usize = 0;
pub(in crate::quotes) const SOURCE: usize = 1;
pub(in crate::quotes) const CONTENT: usize = 2;

/// The scores of one token as source and as reported, after each label: of a table in its whole
/// [units](UNIT), while they are learned in parts of them.
#[derive(Clone, Copy, Debug)]
pub(in crate::quotes) struct Link<T> {
    after: [[T; 2]; LABELS],
}

impl<T: Copy + AddAssign> Link<T> {
    /// A token that scores the same after every label.
    pub(in crate::quotes) fn of(row: [T; 2]) -> Link<T> {
        Link { after: [row; LABELS] }
    }

    /// A token that scores this after each label.
    pub(super) fn after(rows: [[T; 2]; LABELS]) -> Link<T> {
        Link { after: rows }
    }

    /// Adds what holds after one label only.
    pub(in crate::quotes) fn add_after(&mut self, label: usize, row: [T; 2]) {
        self.after[label][0] += row[0];
        self.after[label][1] += row[1];
    }
}

impl Link<f32> {
    /// A token that is neither source nor reported: the cue itself.
    pub(in crate::quotes) fn closed() -> Link<f32> {
        Link::of([f32::NEG_INFINITY; 2])
    }

    /// The scores of `label` after each label.
    fn into(&self, before: [f32; LABELS], label: usize) -> [f32; LABELS] {
        let score = |p: usize| if label == NONE { 0.0 } else { self.after[p][label - 1] };
        [0, 1, 2].map(|p: usize| before[p] + score(p))
    }
}

impl Link<i16> {
    /// The cue itself.
    pub(super) fn closed() -> Link<i16> {
        Link::of([NEVER; 2])
    }

    /// The score of `label` after `before`.
    pub(super) fn score(&self, before: usize, label: usize) -> f32 {
        if label == NONE { 0.0 } else { f32::from(self.after[before][label - 1]) * UNIT }
    }
}

/// A score so low that its exponential is nothing; no sum of so many is too low for its number.
const NEVER: i16 = -30_000;

/// The best labels.
pub(super) fn best(links: &[Link<i16>]) -> Vec<u8> {
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(links.len());
    let mut scores = [0, NEVER.into(), NEVER.into()];
    for Link { after } in links {
        let into = |label: usize| [0, 1, 2].map(|p: usize| scores[p] + i32::from(after[p][label - 1]));
        let each = [scores, into(SOURCE), into(CONTENT)];
        let back = each.map(|scores| highest(&scores));
        scores = array::from_fn(|label| each[label][usize::from(back[label])]);
        from.push(back);
    }
    let mut label = highest(&scores);
    let mut labels = vec![0; links.len()];
    for (at, back) in from.iter().enumerate().rev() {
        labels[at] = label;
        label = back[usize::from(label)];
    }
    labels
}

#[inline]
fn highest(scores: &[i32; LABELS]) -> u8 {
    let (best, first) = if scores[1] > scores[0] { (scores[1], 1) } else { (scores[0], 0) };
    if scores[2] > best { 2 } else { first }
}

/// The logarithm of the sum over all chains.
pub(super) fn sum(links: &[Link<i16>]) -> f32 {
    let exponentials = &*EXPONENTIALS;
    let [mut none, mut source, mut content] = [1.0, 0.0, 0.0];
    let mut scale = 0.0;
    for Link { after } in links {
        let [after_none, after_source, after_content] =
            after.map(|row| row.map(|score| exponentials.of(score)));
        let into = |label: usize| {
            none * after_none[label - 1]
                + source * after_source[label - 1]
                + content * after_content[label - 1]
        };
        // A token that is neither scores nothing, whatever stands before it.
        [none, source, content] = [none + source + content, into(SOURCE), into(CONTENT)];
        let all = none + source + content;
        if all > LARGE {
            [none, source, content] = [none, source, content].map(|sum| sum / all);
            scale += all.ln();
        }
    }
    (scale + (none + source + content).ln()) as f32
}

/// Sums are made smaller from here on, long before they outgrow their numbers.
const LARGE: f64 = 1e200;

/// The exponentials of all scores: of every hundred and twenty-eighth, and of those between.
struct Exponentials {
    coarse: [f64; 1 << (16 - FINE)],
    fine: [f64; 1 << FINE],
}

/// How many bits of a score tell those between.
const FINE: u32 = 7;

static EXPONENTIALS: LazyLock<Exponentials> = LazyLock::new(|| {
    let exp = |score: usize| (score as f64 * f64::from(UNIT)).exp();
    let coarse =
        |at: usize| ((at as f64 * f64::from(1 << FINE) + f64::from(i16::MIN)) * f64::from(UNIT)).exp();
    Exponentials { coarse: array::from_fn(coarse), fine: array::from_fn(exp) }
});

impl Exponentials {
    #[inline]
    fn of(&self, score: i16) -> f64 {
        let above = (i32::from(score.min(MOST)) - i32::from(i16::MIN)) as usize;
        self.coarse[above >> FINE & (self.coarse.len() - 1)] * self.fine[above & (self.fine.len() - 1)]
    }
}

/// Nothing scores more, as far as sums go: what is larger would outgrow them.
const MOST: i16 = 88 * 48;

/// Before the first token stands nothing.
const START: [f32; LABELS] = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY];

/// The same of what is being learned, by logarithms all along, and how likely each label is after each
/// other at every token.
pub(in crate::quotes) fn sums(links: &[Link<f32>]) -> (f32, Vec<[[f32; LABELS]; LABELS]>) {
    let mut forward = vec![START];
    for (at, link) in links.iter().enumerate() {
        forward.push([0, 1, 2].map(|label| log_sum(link.into(forward[at], label))));
    }
    let all = log_sum(forward[links.len()]);
    let mut backward = [0.0; LABELS];
    let mut likely = vec![[[0.0; LABELS]; LABELS]; links.len()];
    for (at, link) in links.iter().enumerate().rev() {
        let onward = [0, 1, 2].map(|p: usize| {
            let [source, content] = link.after[p];
            [backward[NONE], source + backward[SOURCE], content + backward[CONTENT]]
        });
        likely[at] = [0, 1, 2].map(|p: usize| onward[p].map(|score| (forward[at][p] + score - all).exp()));
        backward = onward.map(log_sum);
    }
    (all, likely)
}

fn log_sum(scores: [f32; LABELS]) -> f32 {
    let most = scores.into_iter().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + scores.iter().map(|s| (s - most).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use super::{CONTENT, LABELS, Link, NONE, UNIT, best, sum, sums};

    /// Every chain there is, with its score.
    fn all(links: &[Link<i16>]) -> Vec<(Vec<u8>, f32)> {
        let mut chains = vec![(Vec::new(), 0.0)];
        for link in links {
            let longer = |(labels, score): (Vec<u8>, f32)| {
                let before = labels.last().map_or(NONE, |l| usize::from(*l));
                [0, 1, 2].map(move |l: usize| {
                    let mut labels = labels.clone();
                    labels.push(l as u8);
                    (labels, score + link.score(before, l))
                })
            };
            chains = chains.into_iter().flat_map(longer).collect();
        }
        chains
    }

    #[test]
    fn agrees_with_trying_every_chain() {
        let links: [Link<i16>; 6] = std::array::from_fn(|n| {
            let n = n as i16;
            let mut link = Link::of([n * 31 % 97 - 40, n * 57 % 89 - 50]);
            (0..LABELS).for_each(|l| link.add_after(l, [15 * l as i16, (n * 23 % 71 - 30) * l as i16]));
            if n == 2 { Link::<i16>::closed() } else { link }
        });
        let all = all(&links);
        let (labels, _) = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(&best(&links), labels);
        let total: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        assert!((sum(&links) - total.ln()).abs() < 1e-4);

        let learned =
            links.map(|link| Link { after: link.after.map(|row| row.map(|n| f32::from(n) * UNIT)) });
        let (again, likely) = sums(&learned);
        assert!((again - sum(&links)).abs() < 1e-4);
        let reported: f32 =
            all.iter().filter(|(l, _)| usize::from(l[3]) == CONTENT).map(|(_, s)| s.exp()).sum();
        let found: f32 = likely[3].iter().map(|after| after[CONTENT]).sum();
        assert!((found - reported / total).abs() < 1e-4);
    }
}
