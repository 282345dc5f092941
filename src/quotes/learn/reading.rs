//! An annotated article as the program reads it, up to the choice of speakers.

use super::Annotated;
use crate::quotes::attribute::{Choice, attribute};
use crate::quotes::extract::{Draft, extract};
use crate::quotes::mentions;
use crate::quotes::mentions::Mention;
use crate::quotes::page::Page;
use crate::quotes::sayings::seen::Seen;
use crate::quotes::segment::segment;
use crate::quotes::vocabulary::Vocabulary;
use crate::quotes::weights::Weights;

/// What was read.
pub(super) struct Reading<'a> {
    pub page: &'a Page<'a>,
    pub mentions: &'a [Mention],
    pub drafts: &'a [Draft],
    /// The choice made for each draft.
    pub choices: &'a [Choice],
}

/// Reads an article with `weights` and tells what was made of it.
pub(super) fn read<T>(article: &Annotated, weights: &Weights, tell: impl FnOnce(Reading) -> T) -> T {
    let segmented = segment(&article.text);
    let mut vocabulary = Vocabulary::of(weights);
    let page = Page::new(&article.text, &segmented, &mut vocabulary);
    let mentions = mentions::find(&page);
    let drafts = extract(&Seen::new(&page, &mentions), weights);
    let choices = attribute(&page, &mentions, &drafts, weights);
    tell(Reading { page: &page, mentions: &mentions, drafts: &drafts, choices: &choices })
}
