//! What the rules of grammar make of a cue: their own reading of source and content, as one more
//! thing that is seen.

use crate::quotes::content::Content;
use crate::quotes::frames::{Frame, Subject};
use crate::quotes::page::Page;
use std::ops::Range;

/// What the rules say of the tokens of a sentence, for one cue.
pub(in crate::quotes) struct Ruled {
    start: usize,
    /// Of each token, between two that are outside.
    marks: Vec<u8>,
    /// Where the rules see the source: 0 nowhere, else by the variants of [`Subject`].
    pub subject: u32,
    /// What the rules see reported.
    pub pieces: Vec<Range<usize>>,
}

const SOURCE: u8 = 1;
const CONTENT: u8 = 2;
const OUTSIDE: u8 = 3;

/// How many different things the rules say of a token.
pub(super) const RULES: usize = 4;

impl Ruled {
    /// What frame `at` of the sentence claims; nothing where the rules know no frame.
    pub(in crate::quotes) fn new(
        page: &Page,
        sentence: &Range<usize>,
        frames: &[Frame],
        at: Option<usize>,
    ) -> Ruled {
        let mut marks = vec![0; sentence.len() + 2];
        (marks[0], marks[sentence.len() + 1]) = (OUTSIDE, OUTSIDE);
        let Some(at) = at else {
            return Ruled { start: sentence.start, marks, subject: 0, pieces: Vec::new() };
        };
        let pieces = Content { page, sentence, frames, at, taken: &vec![false; sentence.len()] }.pieces();
        for i in pieces.iter().cloned().flatten() {
            marks[i + 1 - sentence.start] = CONTENT;
        }
        let (subject, source) = match &frames[at].subject {
            Subject::Before(source) => (1, source.clone()),
            Subject::Relative(source) => (2, source.clone()),
            Subject::After(source) => (3, source.clone()),
            Subject::Implied(_) => (4, 0..0),
        };
        for i in source.filter(|i| sentence.contains(i)) {
            marks[i + 1 - sentence.start] = SOURCE;
        }
        Ruled { start: sentence.start, marks, subject, pieces }
    }

    /// What they say of the tokens before, at and after `at`: 0 nothing, 1 source, 2 content, 3 that it is
    /// outside.
    #[inline]
    pub(in crate::quotes) fn around(&self, at: usize) -> [u32; 3] {
        let three = self.marks[at - self.start..].first_chunk::<3>();
        three.map_or([u32::from(OUTSIDE); 3], |marks| marks.map(u32::from))
    }
}
