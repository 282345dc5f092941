use crate::index::IndexError;
use crate::index::directory::Documents;
use crate::index::disk::Disk;
use crate::schema::{self, Document};
use std::path::{Path, PathBuf};
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Directory, Index, IndexSettings, IndexWriter, Term};

/// Writes documents. **The first error is the last thing it does**: a writer that has failed once
/// may lose documents without a word (a second commit says Ok), so it is dropped on the spot, and
/// the next run goes on from the last commit.
pub(crate) struct Writer {
    /// None after an error.
    inner: Option<IndexWriter<Document>>,
    /// Documents that are to be handed to the engine, and how many bytes their texts have.
    waiting: Vec<Document>,
    bytes: usize,
    disk: Disk,
    folder: PathBuf,
}

/// So many documents, of some hundred articles, are handed to the engine together, or texts of so many bytes. Its
/// threads are woken for each lot, and take turns with those who read: with every turn the processor's cache is filled
/// anew.
const MANY: usize = 1024;
const MANY_BYTES: usize = 1 << 20;

impl Writer {
    /// A writer for the index in `folder` with so many threads of its own, four at most: each makes a piece of the
    /// index; `memory` bytes are shared by them.
    pub(crate) fn open(
        index: &Index,
        disk: &Disk,
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
        // What a run that was broken off left stands in the way: the same articles taken out again would be
        // written to a file of the same name. What cannot be removed costs room, or is told of then.
        let _ = inner.garbage_collect_files().wait();
        Ok(Writer {
            inner: Some(inner),
            waiting: Vec::new(),
            bytes: 0,
            disk: disk.clone(),
            folder: folder.to_path_buf(),
        })
    }

    /// Does one thing with the inner writer, and gives it up if that fails.
    fn latched<T>(
        &mut self,
        act: impl FnOnce(&mut IndexWriter<Document>) -> tantivy::Result<T>,
    ) -> Result<T, IndexError> {
        let Some(inner) = self.inner.as_mut() else {
            return Err(self.failed("an earlier error ended the writing"));
        };
        act(inner).map_err(|error| {
            self.give_up();
            self.failed(error)
        })
    }

    fn failed(&self, why: impl ToString) -> IndexError {
        let dir = self.folder.parent().unwrap_or(&self.folder).to_path_buf();
        IndexError::Writing { dir, why: why.to_string() }
    }

    /// Adds the documents of an article whose text has so many bytes: they will stand in a row, in one segment.
    pub(crate) fn add(&mut self, documents: Vec<Document>, bytes: usize) -> Result<(), IndexError> {
        self.waiting.extend(documents);
        self.bytes += bytes;
        let enough = self.waiting.len() >= MANY || self.bytes >= MANY_BYTES;
        if enough || self.inner.is_none() { self.hand_on() } else { Ok(()) }
    }

    /// Hands on what waits, as one.
    fn hand_on(&mut self) -> Result<(), IndexError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.bytes = 0;
        let documents = std::mem::take(&mut self.waiting);
        self.latched(|inner| inner.run(documents.into_iter().map(UserOperation::Add)).map(drop))
    }

    /// Removes an article and its quotes.
    pub(crate) fn remove(&mut self, article: &str) -> Result<(), IndexError> {
        // What is added later stays.
        self.hand_on()?;
        let term = Term::from_field_text(schema::fields().article, article);
        self.latched(|inner| {
            inner.delete_term(term);
            Ok(())
        })
    }

    /// Commits documents and payload as one, durably: the folder is synced, or a power cut could
    /// take the commit back.
    pub(crate) fn commit(&mut self, payload: &str) -> Result<(), IndexError> {
        self.hand_on()?;
        let (disk, folder) = (self.disk.clone(), self.folder.clone());
        self.latched(|inner| {
            let mut prepared = inner.prepare_commit()?;
            prepared.set_payload(payload);
            prepared.commit()?;
            Ok(disk.sync(&folder)?)
        })
    }

    /// Waits for merges, and ends. Nothing may wait for a commit any more.
    pub(crate) fn finish(mut self) -> Result<(), IndexError> {
        debug_assert!(self.waiting.is_empty());
        let Some(inner) = self.inner.take() else { return Ok(()) };
        // What merges left goes with the next commit; a run with nothing to commit must say so. What stays
        // costs room and nothing else.
        let _ = inner.garbage_collect_files().wait();
        inner.wait_merging_threads().map_err(|e| self.failed(e))?;
        self.disk.sync(&self.folder).map_err(|e| self.failed(e))
    }

    /// Ends without a commit. Whatever still writes is waited for: the next run would meet its files.
    fn give_up(&mut self) {
        if let Some(inner) = self.inner.take() {
            let _ = inner.wait_merging_threads();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.give_up();
    }
}

/// A new, empty set of documents in `folder`.
pub(crate) fn create(disk: &Disk, folder: &Path) -> Result<(), IndexError> {
    create_in(Documents::to_write(folder, disk)?)?;
    disk.sync(folder).map_err(IndexError::io("make", folder))
}

/// Bytes of stored documents that are compressed together: ten articles or so. The store is smaller than with the
/// usual 16 KB, and a hit costs some hundredths of a millisecond more (docs/speed.md).
const STORE_BLOCK: usize = 32 << 10;

/// A new, empty set of documents.
pub(crate) fn create_in(directory: impl Directory) -> Result<Index, IndexError> {
    let zstd = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    let settings = IndexSettings {
        docstore_compression: zstd,
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    };
    let index = Index::create(directory, schema::schema().clone(), settings)?;
    schema::register(&index);
    Ok(index)
}

/// The documents in `folder`, to be added to. Only ever opened: made anew over what is there, they
/// would silently be empty.
pub(crate) fn open(disk: &Disk, dir: &Path, folder: &Path) -> Result<Index, IndexError> {
    let damaged = |e: tantivy::TantivyError| IndexError::unopened(dir, &e);
    let index = Index::open(Documents::to_write(folder, disk).map_err(damaged)?).map_err(damaged)?;
    schema::register(&index);
    Ok(index)
}

#[cfg(test)]
mod tests {
    use super::{MANY, MANY_BYTES, Writer, create_in};
    use crate::article::{Article, Meta};
    use crate::index::Blocks;
    use crate::index::IndexError;
    use crate::index::disk::Disk as RealDisk;
    use crate::quotes::{Reading, find};
    use crate::schema::{self, Document};
    use crate::text::Text;
    use std::io;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
    use tantivy::directory::{
        DirectoryLock, FileHandle, Lock, RamDirectory, WatchCallback, WatchHandle, WritePtr,
    };
    use tantivy::{Directory, Index};

    /// A disk that is full after so many new files.
    #[derive(Clone, Debug)]
    struct Disk {
        ram: RamDirectory,
        room: Arc<AtomicUsize>,
    }

    impl Disk {
        fn take(&self) -> io::Result<()> {
            let left = self.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
            left.map(drop).map_err(|_| io::Error::new(io::ErrorKind::StorageFull, "no room"))
        }
    }

    impl Directory for Disk {
        fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
            self.ram.get_file_handle(path)
        }
        fn delete(&self, path: &Path) -> Result<(), DeleteError> {
            self.ram.delete(path)
        }
        fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
            self.ram.exists(path)
        }
        fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
            self.take().map_err(|e| OpenWriteError::wrap_io_error(e, path.to_path_buf()))?;
            self.ram.open_write(path)
        }
        fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
            self.ram.atomic_read(path)
        }
        fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
            self.take()?;
            self.ram.atomic_write(path, content)
        }
        fn sync_directory(&self) -> io::Result<()> {
            self.ram.sync_directory()
        }
        fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
            Ok(DirectoryLock::from(Box::new(())))
        }
        fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
            self.ram.watch(callback)
        }
    }

    fn article(n: u32) -> (String, Vec<Document>) {
        with_quotes(n, 0)
    }

    /// An article with so many quotes.
    fn with_quotes(n: u32, quotes: usize) -> (String, Vec<Document>) {
        let text = format!("Article number {n}.\n\n{}", "“It rained again,” she said.\n\n".repeat(quotes));
        let article = Article::new(Meta::default(), Text::new(text));
        let found = find(&article.text, Reading::English);
        assert_eq!(found.quotes.len(), quotes);
        (article.id.clone(), schema::documents(&article, found))
    }

    fn documents(index: &Index) -> u64 {
        index.reader().unwrap().searcher().num_docs()
    }

    /// Wherever the disk is full, what was committed stays, nothing after it is said to be safe,
    /// and the writer does nothing more.
    #[test]
    fn the_first_error_is_the_last_thing_a_writer_does() {
        let home = tempfile::tempdir().unwrap();
        let mut failed = 0;
        for room in 0..40 {
            let disk = Disk { ram: RamDirectory::create(), room: Arc::new(AtomicUsize::new(usize::MAX)) };
            let index = create_in(disk.clone()).unwrap();
            let mut writer = Writer::open(&index, &RealDisk::of(home.path()), home.path(), 1, 0).unwrap();
            writer.add(article(0).1, 0).unwrap();
            writer.commit("first").unwrap();
            disk.room.store(room, Ordering::SeqCst);
            let outcome = writer.add(article(1).1, 0).and_then(|()| writer.commit("second"));
            if outcome.is_ok() {
                assert_eq!(documents(&index), 2);
                continue;
            }
            failed += 1;
            disk.room.store(usize::MAX, Ordering::SeqCst);
            let (id, more) = article(2);
            assert!(matches!(writer.add(more, 0), Err(IndexError::Writing { .. })));
            assert!(matches!(writer.remove(&id), Err(IndexError::Writing { .. })));
            assert!(matches!(writer.commit("third"), Err(IndexError::Writing { .. })));
            assert_eq!(documents(&index), 1, "room for {room} files");
            assert_eq!(index.load_metas().unwrap().payload.as_deref(), Some("first"));
            drop(writer);
            // A new writer goes on from there.
            let mut writer = Writer::open(&index, &RealDisk::of(home.path()), home.path(), 1, 0).unwrap();
            writer.add(article(1).1, 0).unwrap();
            writer.commit("second").unwrap();
            assert_eq!(documents(&index), 2);
        }
        assert!((2..40).contains(&failed), "failed {failed} times");
    }

    #[test]
    fn what_waits_is_neither_lost_nor_out_of_order() {
        let home = tempfile::tempdir().unwrap();
        let index = create_in(RamDirectory::create()).unwrap();
        let mut writer = Writer::open(&index, &RealDisk::of(home.path()), home.path(), 1, 0).unwrap();
        let (id, documents_of_one) = with_quotes(0, 3);
        writer.add(documents_of_one.clone(), 0).unwrap();
        writer.remove(&id).unwrap();
        writer.commit("").unwrap();
        assert_eq!(documents(&index), 0, "what was added before goes");
        writer.add(documents_of_one.clone(), 0).unwrap();
        writer.remove(&id).unwrap();
        writer.add(documents_of_one, 0).unwrap();
        writer.commit("").unwrap();
        assert_eq!(documents(&index), 4, "what was added later stays");
        for n in 1..=2 * MANY as u32 / 10 {
            writer.add(with_quotes(n, 9).1, if n % 7 == 0 { MANY_BYTES } else { 0 }).unwrap();
        }
        writer.commit("").unwrap();
        assert_eq!(documents(&index), 4 + 2 * MANY as u64 / 10 * 10);
        for segment in index.reader().unwrap().searcher().segment_readers() {
            let blocks = Blocks::of(segment).unwrap();
            let docs: Vec<u32> = segment.doc_ids_alive().collect();
            let begins = |at: usize| at == 0 || blocks.nth(docs[at]) == blocks.nth(docs[at - 1]) + 1;
            let whole = (0..docs.len()).all(|at| blocks.nth(docs[at]) == 0 || begins(at));
            assert!(whole, "an article's documents stand in a row");
        }
    }
}
