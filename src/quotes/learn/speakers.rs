//! Quotations that no rule gives a speaker, and whom people gave them to.

use super::choice::Lesson;
use super::{Annotated, cover, touch};
use crate::quotes::page::Page;
use crate::quotes::rank::{SEEN, candidates};
use crate::quotes::sayings::seen::Seen;
use crate::quotes::segment::segment;
use crate::quotes::weights::Weights;
use crate::quotes::{Basis, attribute, extract, mentions};

/// The quotations of an article that only the candidates around can decide.
pub(super) fn lessons(article: &Annotated, weights: &Weights) -> Vec<Lesson<SEEN>> {
    let segmented = segment(&article.text);
    let page = Page::new(&article.text, &segmented);
    let mentions = mentions::find(&article.text, &segmented);
    let drafts = extract::extract(&Seen::new(&page, &mentions, weights), weights);
    let choices = attribute::attribute(&page, &mentions, &drafts, weights);
    let mut lessons = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let mark = article.sayings.iter().find(|mark| cover(&mark.content, draft.pieces[0]));
        let Some(mark) = mark.filter(|_| choices[at].basis == Basis::Nearest) else { continue };
        let previous = at.checked_sub(1).and_then(|before| choices[before].mention);
        let candidates = candidates(&page, &mentions, draft, previous);
        let lesson: Lesson<SEEN> =
            candidates.iter().map(|(m, seen)| (*seen, touch(&mark.source, m.span))).collect();
        if lesson.iter().any(|(_, right)| *right) {
            lessons.push(lesson);
        }
    }
    lessons
}
