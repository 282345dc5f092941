//! Choices, and whether people chose the same: what confidence is learned from.

use super::choice::Lesson;
use super::reading::{Reading, read};
use super::{Annotated, cover, touch};
use crate::quotes::sure::{SEEN, roots, seen};
use crate::quotes::weights::Weights;

/// Every choice in an article, as a choice between right and wrong. Words whose saying is marked without
/// a source teach nothing. `weights` were learned from other articles.
pub(super) fn lessons(article: &Annotated, weights: &Weights) -> Vec<Lesson<SEEN>> {
    read(article, weights, |reading| taught(article, &reading))
}

fn taught(article: &Annotated, reading: &Reading) -> Vec<Lesson<SEEN>> {
    let Reading { drafts, choices, .. } = reading;
    let mut lessons = Vec::new();
    for ((draft, choice), root) in drafts.iter().zip(*choices).zip(roots(choices)) {
        let Some(mention) = choice.mention else { continue };
        let said = draft.quoted.first().map(|q| reading.page.segmented.quoted[*q as usize].span);
        let said = said.unwrap_or(draft.pieces[0]);
        let marks = || article.sayings.iter().filter(|mark| cover(&mark.content, said));
        let right = marks().any(|mark| touch(&mark.source, mention));
        if marks().any(|mark| mark.source.is_empty()) {
            continue;
        }
        lessons.push(vec![(seen(draft, choice, reading.mentions, root), right), ([0.0; SEEN], !right)]);
    }
    lessons
}
