//! The dates of documents, as the index keeps them.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// The first and the last day a date may mean, in days since 1970.
pub(super) type Days = (i64, i64);

/// The dates of the articles of a segment.
pub(super) struct Dates {
    first: Option<Column<i64>>,
    last: Option<Column<i64>>,
}

impl Dates {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Dates> {
        let fast = segment.fast_fields();
        Ok(Dates { first: fast.column_opt("day")?, last: fast.column_opt("last_day")? })
    }

    /// The date of an article.
    pub(super) fn days(&self, article: DocId) -> Option<Days> {
        let day = |column: &Option<Column<i64>>| column.as_ref().and_then(|c| c.first(article));
        day(&self.first).zip(day(&self.last))
    }
}
