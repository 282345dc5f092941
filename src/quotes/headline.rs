//! A headline repeats a few words of the article in single marks, without their sentence: they are
//! a quotation once, where the article has them.

use super::extract::Draft;
use super::grammar::is_determiner;
use super::page::Page;
use super::segment::Quoted;
use crate::text::fold;

/// As many words in marks may be cut out of their sentence; more can stand for themselves.
const MOST_WORDS: usize = 3;

/// The drafts without those of the headline whose words in marks the article quotes again.
pub(super) fn without_echoes(page: &Page, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let quoted = &page.segmented.quoted;
    let body: Vec<String> =
        quoted.iter().filter(|q| q.paragraph > 0).map(|q| words(page, q).join(" ")).collect();
    drafts.retain(|draft| {
        let mut cut = draft.quoted.iter().map(|q| &quoted[*q as usize]);
        let echo = |q: &Quoted| {
            let single = page.text.slice(q.span).starts_with(['\'', '‘']);
            let words = words(page, q);
            single
                && q.paragraph == 0
                && words.len() <= MOST_WORDS
                && body.iter().any(|b| holds(b, &words.join(" ")))
        };
        draft.quoted.is_empty() || !cut.all(echo)
    });
    drafts
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
