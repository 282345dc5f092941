//! Two wordings held against each other, word by word.

use std::ops::Range;

/// What a run of words is, of a quotation as it was given and as it was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same words, of the print.
    Same(Range<usize>),
    /// Words that were given and are not in the print.
    Missing(Range<usize>),
    /// Words of the print that were not given.
    Added(Range<usize>),
}

/// How a given wording lies in a printed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// From the first word to the last of the part that is alike.
    pub steps: Vec<Step>,
    /// Words that are the same, in the same order.
    pub same: usize,
    /// The part of the print that is alike, in words.
    pub part: Range<usize>,
    /// Words given.
    pub given: usize,
}

impl Alignment {
    /// Whether every word given stands there in a row.
    pub fn is_verbatim(&self) -> bool {
        self.same == self.given && self.same == self.part.len() && self.given > 0
    }

    /// Words that are the same in the same order, as a share of the longer of the two wordings.
    pub fn similarity(&self) -> f64 {
        let longer = self.given.max(self.part.len()).max(1);
        self.same as f64 / longer as f64
    }
}

/// More places than this, words of the one times words of the other, are not held against each other.
pub(super) const MOST_PLACES: usize = 4_000_000;

/// Finds the part of `print` nearest to `given`: the fewest words changed, left out or put in.
pub(super) fn align(given: &[String], print: &[String]) -> Alignment {
    way(given, print, false)
}

/// Holds all of `print` against `given`. Where both are as long as books, what stands between the words they
/// begin and end with alike is one change.
pub(super) fn align_whole(given: &[String], print: &[String]) -> Alignment {
    let alike = |pair: &(&String, &String)| pair.0 == pair.1;
    let head = given.iter().zip(print).take_while(alike).count();
    let (given_rest, print_rest) = (&given[head..], &print[head..]);
    let tail = given_rest.iter().rev().zip(print_rest.iter().rev()).take_while(alike).count();
    let (given_to, print_to) = (given.len() - tail, print.len() - tail);
    let mut steps = vec![Step::Same(0..head)];
    let mut same = head + tail;
    if (given_to - head).saturating_mul(print_to - head) > MOST_PLACES {
        steps.extend([Step::Missing(head..given_to), Step::Added(head..print_to)]);
    } else {
        let between = way(&given[head..given_to], &print[head..print_to], true);
        let moved = |range: Range<usize>| range.start + head..range.end + head;
        steps.extend(between.steps.into_iter().map(|step| match step {
            Step::Same(range) => Step::Same(moved(range)),
            Step::Missing(range) => Step::Missing(moved(range)),
            Step::Added(range) => Step::Added(moved(range)),
        }));
        same += between.same;
    }
    steps.push(Step::Same(print_to..print.len()));
    steps.retain(|step| !matches!(step, Step::Same(range) if range.is_empty()));
    Alignment { steps: joined(steps), same, part: 0..print.len(), given: given.len() }
}

/// The way from `given` to the nearest part of `print`, or with `whole` to all of it.
fn way(given: &[String], print: &[String], whole: bool) -> Alignment {
    let costs = costs(given, print, whole);
    let last = &costs[given.len()];
    // Of parts with as few changes, one that ends as what was given does.
    let ends_else = |end: usize| end == 0 || print.get(end - 1) != given.last();
    let nearest = || (0..=print.len()).min_by_key(|end| (last[*end], ends_else(*end), *end));
    let end = if whole { print.len() } else { nearest().unwrap_or(0) };
    let (mut i, mut j) = (given.len(), end);
    let mut steps = Vec::new();
    let mut same = 0;
    while i > 0 || (whole && j > 0) {
        let here = costs[i][j];
        if i > 0 && j > 0 && given[i - 1] == print[j - 1] && here == costs[i - 1][j - 1] {
            (i, j, same) = (i - 1, j - 1, same + 1);
            steps.push(Step::Same(j..j + 1));
        } else if j > 0 && here == costs[i][j - 1] + 1 {
            j -= 1;
            steps.push(Step::Added(j..j + 1));
        } else if i > 0 && here == costs[i - 1][j] + 1 {
            i -= 1;
            steps.push(Step::Missing(i..i + 1));
        } else {
            // One word for another, where no other way keeps more words.
            (i, j) = (i - 1, j - 1);
            steps.push(Step::Added(j..j + 1));
            steps.push(Step::Missing(i..i + 1));
        }
    }
    steps.reverse();
    Alignment { steps: joined(steps), same, part: j..end, given: given.len() }
}

/// The fewest changes from the first words given to the words of the print up to each place; where a part
/// of the print is enough, it may begin anywhere.
fn costs(given: &[String], print: &[String], whole: bool) -> Vec<Vec<u32>> {
    let first = (0..=print.len()).map(|j| if whole { j as u32 } else { 0 }).collect();
    let mut costs: Vec<Vec<u32>> = vec![first];
    for (i, word) in given.iter().enumerate() {
        let above = &costs[i];
        let mut row = Vec::with_capacity(print.len() + 1);
        let mut left = i as u32 + 1;
        row.push(left);
        for (j, printed) in print.iter().enumerate() {
            let changed = above[j] + u32::from(word != printed);
            left = changed.min(above[j + 1] + 1).min(left + 1);
            row.push(left);
        }
        costs.push(row);
    }
    costs
}

/// Runs of the same kind as one step; between two runs of same words, what is missing comes before what is
/// added.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    let mut joined = Vec::new();
    for changes in steps.chunk_by(|a, b| matches!(a, Step::Same(_)) == matches!(b, Step::Same(_))) {
        let run = |kind: fn(&Step) -> Option<&Range<usize>>| {
            let ranges = || changes.iter().filter_map(kind);
            ranges().next().zip(ranges().next_back()).map(|(first, last)| first.start..last.end)
        };
        let of = |step: &Step| matches!(step, Step::Same(_));
        if changes.first().is_some_and(of) {
            joined.extend(run(|s| if let Step::Same(r) = s { Some(r) } else { None }).map(Step::Same));
            continue;
        }
        joined.extend(run(|s| if let Step::Missing(r) = s { Some(r) } else { None }).map(Step::Missing));
        joined.extend(run(|s| if let Step::Added(r) = s { Some(r) } else { None }).map(Step::Added));
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{Alignment, Step, align, align_whole};

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// `a [-b-] {+c+}` for what was given and printed.
    fn marked(given: &str, print: &str, align: fn(&[String], &[String]) -> Alignment) -> String {
        let (given, print) = (words(given), words(print));
        let steps = align(&given, &print).steps.into_iter().map(|step| match step {
            Step::Same(range) => print[range].join(" "),
            Step::Missing(range) => format!("[-{}-]", given[range].join(" ")),
            Step::Added(range) => format!("{{+{}+}}", print[range].join(" ")),
        });
        steps.collect::<Vec<String>>().join(" ")
    }

    #[test]
    fn differing_words_are_marked() {
        let print = "we never touched the old bridge said she";
        let cases = [
            ("never touched the old bridge", "never touched the old bridge"),
            ("never touched the bridge", "never touched the {+old+} bridge"),
            ("never saw the old bridge", "never [-saw-] {+touched+} the old bridge"),
            ("never ever touched the old", "never [-ever-] touched the old"),
        ];
        for (given, expected) in cases {
            assert_eq!(marked(given, print, align), expected);
        }
        assert_eq!(marked("a b", "", align), "[-a b-]");
        let cases = [
            ("a b c", "a c d", "a [-b-] c {+d+}"),
            ("a b c d", "a x c d", "a [-b-] {+x+} c d"),
            ("a b", "a b", "a b"),
            ("a a", "a a a", "a a {+a+}"),
            ("", "a b", "{+a b+}"),
            ("a b", "", "[-a b-]"),
            ("", "", ""),
        ];
        for (given, print, expected) in cases {
            assert_eq!(marked(given, print, align_whole), expected);
        }
    }

    #[test]
    fn books_are_one_change() {
        let book = |word: &str| format!("a {} z", format!("{word} ").repeat(2100));
        let alignment = align_whole(&words(&book("b")), &words(&book("c")));
        assert_eq!(alignment.same, 2);
        let steps = [Step::Same(0..1), Step::Missing(1..2101), Step::Added(1..2101), Step::Same(2101..2102)];
        assert_eq!(alignment.steps, steps);
    }

    #[test]
    fn likeness_is_a_share_of_the_longer_wording() {
        let alike = |given, print| align(&words(given), &words(print));
        assert!(alike("b c", "a b c d").is_verbatim());
        assert!(!alike("b d", "a b c d").is_verbatim());
        assert_eq!(alike("a b c d", "x a b c e").similarity(), 0.75);
        assert_eq!(alike("p q", "a b").similarity(), 0.0);
    }
}
