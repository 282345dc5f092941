use crate::schema::steps;
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::{DocId, SegmentReader};

/// How the documents of a segment belong together: an article's quotes stand in a row behind it, a
/// block, and each knows how many steps it is away, or how many to one that is nearer.
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
        let Some(kept) = &self.nth else { return 0 };
        let mut nth = 0;
        // Only a damaged index leads further back than its beginning.
        while let Some(at) = doc.checked_sub(nth) {
            let (back, all) = steps(kept.first(at).unwrap_or(0));
            nth += back;
            if all {
                break;
            }
        }
        nth
    }

    /// The numbers of several documents.
    pub fn nths(&self, docs: &[DocId]) -> impl Iterator<Item = u32> {
        let mut nths = vec![0; docs.len()];
        // Each document has a number: they are read by the documents'.
        if let Some(Column { index: ColumnIndex::Full, values }) = &self.nth {
            values.get_vals(docs, &mut nths);
        }
        docs.iter().zip(nths).map(|(doc, kept)| match steps(kept) {
            (nth, true) => nth,
            _ => self.nth(*doc),
        })
    }

    /// The article a quote stands in; an article itself.
    pub fn article_of(&self, doc: DocId) -> DocId {
        // Only a damaged index counts further back than its beginning.
        doc.saturating_sub(self.nth(doc))
    }
}

#[cfg(test)]
mod tests {
    use super::Blocks;
    use crate::article::{Article, Meta};
    use crate::quotes::{Reading, find};
    use crate::schema::{Document, documents, register, schema};
    use crate::text::Text;
    use tantivy::{Index, IndexWriter};

    #[test]
    fn however_far_on_a_quote_knows_its_article() {
        let index = Index::builder().schema(schema().clone()).create_in_ram().unwrap();
        register(&index);
        let mut writer: IndexWriter<Document> = index.writer_with_num_threads(1, 20 << 20).unwrap();
        let mut numbers: Vec<u32> = Vec::new();
        for last in [0, 40, 0, 16, 31, 100] {
            let text = "“It rained again,” she said.\n\n".repeat(last as usize);
            let article = Article::new(Meta::default(), Text::new(text));
            let found = find(&article.text, Reading::English);
            numbers.extend(0..=last);
            documents(&article, found).into_iter().for_each(|document| drop(writer.add_document(document)));
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let blocks = Blocks::of(searcher.segment_reader(0)).unwrap();
        let docs: Vec<u32> = (0..searcher.segment_reader(0).max_doc()).collect();
        assert_eq!(blocks.nths(&docs).collect::<Vec<u32>>(), numbers);
        assert_eq!(docs.iter().map(|doc| blocks.nth(*doc)).collect::<Vec<u32>>(), numbers);
        assert_eq!(blocks.article_of(*docs.last().unwrap()), *docs.last().unwrap() - 100);
    }
}
