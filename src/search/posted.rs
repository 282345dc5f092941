//! Where words stand, read from the postings of an index.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The documents that hold any of some terms, and where.
pub(super) struct Posted {
    /// The longest list: it stands at most documents, and as long as it stands before the others, nothing is asked of
    /// them.
    first: List,
    /// The next ones, and where the nearest of them stands: looking at each is quicker than keeping them in order.
    common: Vec<List>,
    common_at: DocId,
    lists: Vec<SegmentPostings>,
    /// The document each of the other lists stands at, the first on top.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
}

/// A list, and the document it stands at.
type List = (DocId, SegmentPostings);

/// So many lists are looked at for each document.
pub(super) const COMMON: usize = 8;

impl Posted {
    pub(super) fn of(segment: &SegmentReader, field: Field, terms: &[String]) -> tantivy::Result<Posted> {
        let inverted = segment.inverted_index(field)?;
        let mut common = Vec::new();
        for term in terms {
            let term = Term::from_field_text(field, term);
            common.extend(inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        common.sort_by_key(|list| Reverse(list.size_hint()));
        let lists = common.split_off(COMMON.min(common.len()));
        let ahead = lists.iter().enumerate().map(|(list, at)| Reverse((at.doc(), list))).collect();
        let mut common = common.into_iter().map(|list| (list.doc(), list));
        let first = common.next().unwrap_or_else(|| (TERMINATED, SegmentPostings::empty()));
        let mut posted = Posted { first, common: common.collect(), common_at: 0, lists, ahead };
        posted.seek(0);
        Ok(posted)
    }

    /// In how many documents the commonest of the terms stands.
    pub(super) fn most(&self) -> u32 {
        self.first.1.size_hint()
    }

    /// Goes to the first document at `target` or behind that holds one of the commonest terms.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        move_to(&mut self.first, target);
        if self.common_at < target || target == 0 {
            self.common_at = TERMINATED;
            for list in &mut self.common {
                move_to(list, target);
                self.common_at = self.common_at.min(list.0);
            }
        }
        self.first.0.min(self.common_at)
    }

    /// Reads the positions in a document, in order. Documents are asked for from first to last.
    pub(super) fn read(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        let mut read = 0;
        if self.seek(doc) == doc {
            let others: &mut [List] = if self.common_at == doc { &mut self.common } else { &mut [] };
            for (at, postings) in std::iter::once(&mut self.first).chain(others) {
                if *at == doc {
                    postings.append_positions_with_offset(0, positions);
                    read += 1;
                }
            }
        }
        while let Some(mut first) = self.ahead.peek_mut().filter(|first| first.0.0 <= doc) {
            let Reverse((at, list)) = *first;
            let postings = &mut self.lists[list];
            let next = if at < doc { postings.seek(doc) } else { at };
            if next > doc {
                *first = Reverse((next, list));
            } else {
                postings.append_positions_with_offset(0, positions);
                read += 1;
                *first = Reverse((postings.advance(), list));
            }
        }
        if read > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }
}

/// Moves a list to the first document at `target` or behind.
fn move_to((at, postings): &mut List, target: DocId) {
    if *at < target {
        *at = postings.seek(target);
    }
}
