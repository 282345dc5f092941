//! Quotations that no rule gives a speaker, and whom people gave them to.

use super::choice::Lesson;
use super::reading::{Reading, read};
use super::{Annotated, cover, touch};
use crate::quotes::Basis;
use crate::quotes::rank::{SEEN, candidates};
use crate::quotes::weights::Weights;

/// The quotations of an article that only the candidates around can decide.
pub(super) fn lessons(article: &Annotated, weights: &Weights) -> Vec<Lesson<SEEN>> {
    read(article, weights, |reading| taught(article, &reading))
}

fn taught(article: &Annotated, reading: &Reading) -> Vec<Lesson<SEEN>> {
    let mut lessons = Vec::new();
    for (at, draft) in reading.drafts.iter().enumerate() {
        let mark = article.sayings.iter().find(|mark| cover(&mark.content, draft.pieces[0]));
        let Some(mark) = mark.filter(|_| reading.choices[at].basis == Basis::Nearest) else { continue };
        let previous = at.checked_sub(1).and_then(|before| reading.choices[before].mention);
        let candidates = candidates(reading.page, reading.mentions, draft, previous);
        let lesson: Lesson<SEEN> =
            candidates.iter().map(|(m, seen)| (*seen, touch(&mark.source, m.span))).collect();
        if lesson.iter().any(|(_, right)| *right) {
            lessons.push(lesson);
        }
    }
    lessons
}
