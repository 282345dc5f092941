//! Tagged words → the parts of speech each word is used as, and each ending.

use super::Annotated;
use crate::quotes::sayings::seen::{LONGEST_ENDING, PART_NAMES, part_of_ending, part_of_word, row_of_parts};
use crate::quotes::weights::{Feature, Row};
use std::collections::BTreeMap;

/// How often a word, and an ending, must be seen to be kept.
const LEAST_WORDS: u32 = 2;
const LEAST_ENDINGS: u32 = 8;

/// The share of its uses from which a second part of speech counts.
const SECOND: f32 = 0.12;

type Counts = [u32; PART_NAMES.len()];

/// The parts of speech of the words in lower case, and of their endings.
pub(super) fn learn(articles: &[&Annotated]) -> Vec<(Feature, Row)> {
    let mut words: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut endings: BTreeMap<u32, Counts> = BTreeMap::new();
    for article in articles {
        for (span, tag) in &article.tags {
            let word = article.text.slice(*span);
            if !word.chars().all(|c| c.is_alphabetic() && c.is_lowercase()) {
                continue;
            }
            let part = part(tag);
            words.entry(word).or_default()[part] += 1;
            for ending in (2..=LONGEST_ENDING).filter_map(|chars| part_of_ending(word, chars)) {
                endings.entry(ending.0).or_default()[part] += 1;
            }
        }
    }
    let often = |counts: &Counts, least: u32| counts.iter().sum::<u32>() >= least;
    let words = words.iter().filter(|(_, c)| often(c, LEAST_WORDS)).map(|(w, c)| (part_of_word(w), row(c)));
    let endings = endings.iter().filter(|(_, c)| often(c, LEAST_ENDINGS)).map(|(e, c)| (Feature(*e), row(c)));
    words.chain(endings).collect()
}

fn row(counts: &Counts) -> Row {
    let all: u32 = counts.iter().sum();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|part| std::cmp::Reverse(counts[*part]));
    let second = counts[order[1]] as f32 >= SECOND * all as f32;
    row_of_parts(order[0], if second { order[1] } else { order[0] })
}

/// The part of speech a tag of the Penn Treebank stands for, as an index of [`PART_NAMES`].
fn part(tag: &str) -> usize {
    let name = match tag {
        "NN" => 'n',
        "NNS" => 'p',
        "VB" | "VBP" => 'b',
        "VBD" => 'd',
        "VBN" => 'e',
        "VBG" => 'g',
        "VBZ" => 'z',
        "JJ" | "JJR" | "JJS" => 'j',
        "RB" | "RBR" | "RBS" => 'r',
        _ => 'o',
    };
    PART_NAMES.iter().position(|n| *n == name).unwrap_or(PART_NAMES.len() - 1)
}
