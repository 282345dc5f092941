//! Where words stand, read from the postings of an index.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, Term};

/// The documents that hold any of some terms, and where.
pub(super) struct Posted {
    /// The longest lists, and the document each stands at: they stand at most documents, and looking at each is
    /// quicker than keeping them in order.
    common: Vec<(DocId, SegmentPostings)>,
    lists: Vec<SegmentPostings>,
    /// The document each of the other lists stands at, the first on top.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
}

/// So many lists are looked at for each document.
const COMMON: usize = 8;

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
        let standing = |list: SegmentPostings| (list.doc(), list);
        let common = common.into_iter().map(standing).collect();
        Ok(Posted { common, lists, ahead })
    }

    /// Reads the positions in a document, in order. Documents are asked for from first to last.
    pub(super) fn read(&mut self, doc: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        let mut read = 0;
        for (at, postings) in &mut self.common {
            if *at < doc {
                *at = postings.seek(doc);
            }
            if *at == doc {
                postings.append_positions_with_offset(0, positions);
                read += 1;
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
