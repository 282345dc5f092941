//! Where words stand, read from the postings of an index.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The documents that hold any of some terms, and where.
#[derive(Default)]
pub(super) struct Posted {
    lists: Vec<SegmentPostings>,
    /// The document each list stands at, the first on top; lists at their end are gone.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
}

impl Posted {
    pub(super) fn of(segment: &SegmentReader, field: Field, terms: &[String]) -> tantivy::Result<Posted> {
        let inverted = segment.inverted_index(field)?;
        let mut lists = Vec::new();
        for term in terms {
            let term = Term::from_field_text(field, term);
            lists.extend(inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let at = lists.iter().enumerate().map(|(list, postings)| Reverse((postings.doc(), list)));
        let ahead = at.filter(|Reverse((doc, _))| *doc != TERMINATED).collect();
        Ok(Posted { lists, ahead })
    }

    /// The positions in a document, in order. Documents are asked for from first to last.
    pub(super) fn at(&mut self, doc: DocId) -> Vec<u32> {
        let mut positions = Vec::new();
        let mut read = 0;
        while let Some(Reverse((at, list))) = self.ahead.peek().copied().filter(|Reverse((at, _))| *at <= doc)
        {
            self.ahead.pop();
            let postings = &mut self.lists[list];
            let at = if at < doc { postings.seek(doc) } else { at };
            if at == doc {
                postings.append_positions_with_offset(0, &mut positions);
                read += 1;
            }
            let next = if at == doc { postings.advance() } else { at };
            if next != TERMINATED {
                self.ahead.push(Reverse((next, list)));
            }
        }
        if read > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
        positions
    }
}
