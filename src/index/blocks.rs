use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// How the documents of a segment belong together: an article's quotes stand in a row behind it, a
/// block, and each knows how many steps it is away.
#[derive(Clone)]
pub struct Blocks {
    nth: Option<Column<u64>>,
}

impl Blocks {
    /// Those of a segment.
    pub fn of(segment: &SegmentReader) -> tantivy::Result<Blocks> {
        Ok(Blocks { nth: segment.fast_fields().column_opt("nth")? })
    }

    /// The number of a quote in its article, counted from 1; 0 of an article.
    pub fn nth(&self, doc: DocId) -> u32 {
        self.nth.as_ref().and_then(|nth| nth.first(doc)).unwrap_or(0) as u32
    }

    /// The numbers of several documents.
    pub fn nths(&self, docs: &[DocId]) -> impl Iterator<Item = u32> + use<> {
        let mut nths = vec![None; docs.len()];
        if let Some(nth) = &self.nth {
            nth.first_vals(docs, &mut nths);
        }
        nths.into_iter().map(|nth| nth.unwrap_or(0) as u32)
    }

    /// The article a quote stands in; an article itself.
    pub fn article_of(&self, doc: DocId) -> DocId {
        // Only a damaged index counts further back than its beginning.
        doc.saturating_sub(self.nth(doc))
    }
}
