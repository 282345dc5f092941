use crate::index::IndexError;
use crate::index::about::sync;
use crate::schema;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::LogMergePolicy;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Directory, Index, IndexSettings, IndexWriter, TantivyDocument, Term};

/// Writes documents. **The first error is the last thing it does**: a writer that has failed once
/// may lose documents without a word (a second commit says Ok), so it is dropped on the spot, and
/// the next run goes on from the last commit.
pub(crate) struct Writer {
    /// None after an error.
    inner: Option<IndexWriter>,
    folder: PathBuf,
}

impl Writer {
    /// A writer for the index in `folder`. `memory` bytes are shared by `threads`.
    pub(crate) fn open(
        index: &Index,
        folder: &Path,
        threads: usize,
        memory: usize,
    ) -> Result<Writer, IndexError> {
        // More than 200 MB bought nothing, measured on 106,000 articles; tantivy asks for 15 a thread.
        const MB: usize = 1 << 20;
        let threads = threads.clamp(1, 4);
        let memory = memory.clamp(threads * 16 * MB, 200 * MB);
        let inner = index.writer_with_num_threads(threads, memory)?;
        let mut policy = LogMergePolicy::default();
        // A replaced article leaves its place empty: segments with a third of such are written anew.
        policy.set_del_docs_ratio_before_merge(0.3);
        inner.set_merge_policy(Box::new(policy));
        Ok(Writer { inner: Some(inner), folder: folder.to_path_buf() })
    }

    /// Does one thing with the inner writer, and gives it up if that fails.
    fn latched<T>(
        &mut self,
        act: impl FnOnce(&mut IndexWriter) -> tantivy::Result<T>,
    ) -> Result<T, IndexError> {
        let failed = |why: String| IndexError::Writing { dir: self.folder.clone(), why };
        let Some(inner) = self.inner.as_mut() else {
            return Err(failed("an earlier error ended the writing".to_owned()));
        };
        act(inner).map_err(|error| {
            let failed = failed(error.to_string());
            self.inner = None;
            failed
        })
    }

    /// Adds the documents of an article, each checked: one value of the wrong type would lose
    /// everything since the last commit.
    pub(crate) fn add(&mut self, article: &str, documents: Vec<TantivyDocument>) -> Result<(), IndexError> {
        for document in &documents {
            schema::check(document).map_err(|why| IndexError::Misfit { article: article.to_owned(), why })?;
        }
        for document in documents {
            self.latched(|inner| inner.add_document(document))?;
        }
        Ok(())
    }

    /// Removes an article and its quotes.
    pub(crate) fn remove(&mut self, article: &str) -> Result<(), IndexError> {
        let term = Term::from_field_text(schema::fields().article, article);
        self.latched(|inner| {
            inner.delete_term(term);
            Ok(())
        })
    }

    /// Commits documents and payload as one, durably: the folder is synced, or a power cut could
    /// take the commit back. Gives the stamp of the commit.
    pub(crate) fn commit(&mut self, payload: &str) -> Result<u64, IndexError> {
        let folder = self.folder.clone();
        self.latched(|inner| {
            let mut prepared = inner.prepare_commit()?;
            prepared.set_payload(payload);
            let stamp = prepared.commit()?;
            sync(&folder)?;
            Ok(stamp)
        })
    }

    /// Waits for merges, and ends.
    pub(crate) fn finish(mut self) -> Result<(), IndexError> {
        let failed = |why: String| IndexError::Writing { dir: self.folder.clone(), why };
        let Some(inner) = self.inner.take() else { return Ok(()) };
        inner.wait_merging_threads().map_err(|e| failed(e.to_string()))?;
        sync(&self.folder).map_err(|e| failed(e.to_string()))
    }
}

/// A new, empty set of documents in `folder`.
pub(crate) fn create(folder: &Path) -> Result<Index, IndexError> {
    let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
    create_in(directory)
}

/// A new, empty set of documents.
pub(crate) fn create_in(directory: impl Directory) -> Result<Index, IndexError> {
    let zstd = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    let settings = IndexSettings { docstore_compression: zstd, ..IndexSettings::default() };
    let index = Index::create(directory, schema::schema().clone(), settings)?;
    schema::register(&index);
    Ok(index)
}

/// The documents in `folder`, to be added to. Only ever opened: made anew over what is there, they
/// would silently be empty.
pub(crate) fn open(dir: &Path, folder: &Path) -> Result<Index, IndexError> {
    let index = Index::open_in_dir(folder).map_err(|e| IndexError::damaged(dir, e))?;
    schema::register(&index);
    Ok(index)
}
