//! A headline repeats a few words of the article in single marks, without their sentence: they are
//! a quotation once, where the article has them.

use super::extract::Draft;
use super::grammar::is_determiner;
use super::page::Page;
use super::segment::Quoted;
use crate::text::fold;
use std::cell::LazyCell;

/// As many words in marks may be cut out of their sentence; more can stand for themselves.
const MOST_WORDS: usize = 3;

/// The drafts without those of the headline whose words in marks the article quotes again.
pub(super) fn without_echoes(page: &Page, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let quoted = &page.segmented.quoted;
    let headline = quoted.partition_point(|q| q.paragraph == 0);
    // Most headlines have no words in marks: then there is nothing to compare.
    let body =
        LazyCell::new(|| quoted[headline..].iter().map(|q| words(page, q).join(" ")).collect::<Vec<_>>());
    let echo = |number: u32| {
        let quoted = &quoted[number as usize];
        (number as usize) < headline
            && page.text.slice(quoted.span).starts_with(['\'', '‘'])
            && is_echo(&words(page, quoted), &body)
    };
    drafts.retain(|draft| draft.quoted.is_empty() || !draft.quoted.iter().copied().all(echo));
    drafts
}

/// Whether a few words stand in one of the lines.
fn is_echo(words: &[String], lines: &[String]) -> bool {
    words.len() <= MOST_WORDS && lines.iter().any(|line| holds(line, &words.join(" ")))
}

/// The words in marks as they are compared, without an article before them.
fn words(page: &Page, quoted: &Quoted) -> Vec<String> {
    let inner = fold(page.text.slice(quoted.inner));
    let words = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.skip_while(|word| is_determiner(word)).map(str::to_owned).collect()
}

/// Whether `line` holds `words`, whole.
fn holds(line: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {line} ").contains(&format!(" {words} "))
}
