//! The articles that hits belong to, for joins between the two kinds of document.

use std::collections::BTreeSet;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// Collects the keys of the articles the hits belong to (an article belongs to itself).
pub(super) struct Articles;

impl Collector for Articles {
    type Fruit = BTreeSet<u64>;
    type Child = SegmentArticles;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentArticles> {
        let column = segment.fast_fields().column_opt("article_key")?;
        Ok(SegmentArticles { column, keys: BTreeSet::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<BTreeSet<u64>>) -> tantivy::Result<BTreeSet<u64>> {
        Ok(segments.into_iter().flatten().collect())
    }
}

pub(super) struct SegmentArticles {
    column: Option<Column<u64>>,
    keys: BTreeSet<u64>,
}

impl SegmentCollector for SegmentArticles {
    type Fruit = BTreeSet<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.keys.extend(self.column.as_ref().and_then(|c| c.first(doc)));
    }

    fn harvest(self) -> BTreeSet<u64> {
        self.keys
    }
}
