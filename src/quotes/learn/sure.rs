//! Choices, and whether people chose the same: what confidence is learned from.

use super::choice::Lesson;
use super::{Annotated, cover, touch};
use crate::quotes::page::Page;
use crate::quotes::sayings::seen::Seen;
use crate::quotes::segment::segment;
use crate::quotes::sure::{SEEN, roots, seen};
use crate::quotes::weights::Weights;
use crate::quotes::{attribute, extract, mentions};

/// Every choice in an article, as a choice between right and wrong. Words whose saying is marked without
/// a source teach nothing. `weights` were learned from other articles.
pub(super) fn lessons(article: &Annotated, weights: &Weights) -> Vec<Lesson<SEEN>> {
    let segmented = segment(&article.text);
    let page = Page::new(&article.text, &segmented);
    let mentions = mentions::find(&article.text, &segmented);
    let drafts = extract::extract(&Seen::new(&page, &mentions, weights), weights);
    let choices = attribute::attribute(&page, &mentions, &drafts, weights);
    let mut lessons = Vec::new();
    for ((draft, choice), root) in drafts.iter().zip(&choices).zip(roots(&choices)) {
        let Some(mention) = choice.mention else { continue };
        let said = draft.quoted.first().map(|q| segmented.quoted[*q as usize].span);
        let said = said.unwrap_or(draft.pieces[0]);
        let marks = || article.sayings.iter().filter(|mark| cover(&mark.content, said));
        let right = marks().any(|mark| touch(&mark.source, mention));
        if marks().any(|mark| mark.source.is_empty()) {
            continue;
        }
        lessons.push(vec![(seen(draft, choice, &mentions, root), right), ([0.0; SEEN], !right)]);
    }
    lessons
}
