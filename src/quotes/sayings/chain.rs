//! A chain of labels over the tokens around a cue: the best one, the sum of all, and how likely
//! each label is.
//!
//! A token that is neither source nor reported scores nothing, so a chain of none but those scores
//! zero: that is the measure all others are held against.

use crate::quotes::weights::Row;

/// What a token is to an act of saying: neither, of its source, or of what was said.
pub(in crate::quotes) const LABELS: usize = 3;
pub(in crate::quotes) const NONE: usize = 0;
pub(in crate::quotes) const SOURCE: usize = 1;
pub(in crate::quotes) const CONTENT: usize = 2;

/// The scores of one token: of label `l` after label `p` at `[p][l]`.
#[derive(Clone, Copy, Debug)]
pub(in crate::quotes) struct Link {
    after: [[f32; LABELS]; LABELS],
}

impl Link {
    /// A token that scores the same after every label.
    pub(in crate::quotes) fn of(row: Row) -> Link {
        Link { after: [[0.0, row[0], row[1]]; LABELS] }
    }

    /// A token that scores this after each label.
    pub(super) fn after(rows: [Row; LABELS]) -> Link {
        Link { after: rows.map(|row| [0.0, row[0], row[1]]) }
    }

    /// A token that is neither source nor reported: the cue itself.
    pub(in crate::quotes) fn closed() -> Link {
        Link::of([f32::NEG_INFINITY; 2])
    }

    /// Adds what holds after one label only.
    pub(in crate::quotes) fn add_after(&mut self, label: usize, row: Row) {
        self.after[label][SOURCE] += row[0];
        self.after[label][CONTENT] += row[1];
    }

    /// The score of `label` after `before`.
    pub(super) fn score(&self, before: usize, label: usize) -> f32 {
        self.after[before][label]
    }

    /// The scores of `label` after each label.
    fn into(&self, before: [f32; LABELS], label: usize) -> [f32; LABELS] {
        [0, 1, 2].map(|p: usize| before[p] + self.after[p][label])
    }
}

/// Before the first token stands nothing.
const START: [f32; LABELS] = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY];

/// The best labels.
pub(in crate::quotes) fn best(links: &[Link]) -> Vec<u8> {
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(links.len());
    let mut scores = START;
    for link in links {
        let into = [0, 1, 2].map(|label| link.into(scores, label));
        let back = into.map(|each| highest(&each));
        scores = [0, 1, 2].map(|l: usize| into[l][usize::from(back[l])]);
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

fn highest(scores: &[f32; LABELS]) -> u8 {
    (1..LABELS).fold(0, |best, l| if scores[l] > scores[best] { l } else { best }) as u8
}

/// The logarithm of the sum over all chains.
pub(in crate::quotes) fn sum(links: &[Link]) -> f32 {
    let mut sums = START.map(|score| f64::from(score.exp()));
    let mut scale = 0.0;
    for link in links {
        let [none, source, content] = sums;
        let into = |label: usize| {
            let [a, b, c] = link.after.map(|scores| f64::from(scores[label].min(MOST).exp()));
            none * a + source * b + content * c
        };
        // A token that is neither scores nothing, whatever stands before it.
        sums = [none + source + content, into(SOURCE), into(CONTENT)];
        let all: f64 = sums.iter().sum();
        if all > LARGE {
            sums = sums.map(|sum| sum / all);
            scale += all.ln();
        }
    }
    (scale + sums.iter().sum::<f64>().ln()) as f32
}

/// Nothing scores more, as far as sums go: what is larger has no exponential.
const MOST: f32 = 88.0;

/// Sums are made smaller from here on, long before they outgrow their numbers.
const LARGE: f64 = 1e200;

/// The same by logarithms all along, and how likely each label is after each other at every token.
pub(in crate::quotes) fn sums(links: &[Link]) -> (f32, Vec<[[f32; LABELS]; LABELS]>) {
    let mut forward = vec![START];
    for (at, link) in links.iter().enumerate() {
        forward.push([0, 1, 2].map(|label| log_sum(link.into(forward[at], label))));
    }
    let all = log_sum(forward[links.len()]);
    let mut backward = [0.0; LABELS];
    let mut likely = vec![[[0.0; LABELS]; LABELS]; links.len()];
    for (at, link) in links.iter().enumerate().rev() {
        let onward = [0, 1, 2].map(|p: usize| [0, 1, 2].map(|l: usize| link.after[p][l] + backward[l]));
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
    use super::{CONTENT, LABELS, Link, NONE, best, sum, sums};

    /// Every chain there is, with its score.
    fn all(links: &[Link]) -> Vec<(Vec<u8>, f32)> {
        let mut chains = vec![(Vec::new(), 0.0)];
        for link in links {
            let longer = |(labels, score): (Vec<u8>, f32)| {
                let before = labels.last().map_or(NONE, |l| usize::from(*l));
                [0, 1, 2].map(move |l: usize| {
                    let mut labels = labels.clone();
                    labels.push(l as u8);
                    (labels, score + link.after[before][l])
                })
            };
            chains = chains.into_iter().flat_map(longer).collect();
        }
        chains
    }

    #[test]
    fn agrees_with_trying_every_chain() {
        let mut links: Vec<Link> =
            (0..6).map(|n| Link::of([(n as f32).sin(), (n as f32 * 2.0).cos()])).collect();
        links[2] = Link::closed();
        for (n, link) in links.iter_mut().enumerate() {
            (0..LABELS).for_each(|l| link.add_after(l, [0.3 * l as f32, (n as f32).cos() * l as f32]));
        }
        let all = all(&links);
        let (labels, _) = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(&best(&links), labels);
        let total: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        assert!((sum(&links) - total.ln()).abs() < 1e-4);
        let (again, likely) = sums(&links);
        assert!((again - sum(&links)).abs() < 1e-4);
        let reported: f32 =
            all.iter().filter(|(l, _)| usize::from(l[3]) == CONTENT).map(|(_, s)| s.exp()).sum();
        let found: f32 = likely[3].iter().map(|after| after[CONTENT]).sum();
        assert!((found - reported / total).abs() < 1e-4);
    }
}
