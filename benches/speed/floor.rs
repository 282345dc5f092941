//! The floor: what tantivy takes to index the same texts, with the same words and marks of
//! paragraphs, on as many threads, and to store them. No articles are told apart, no quotes found.

use crate::process::files;
use onrecord::schema::{TEXT_TOKENIZER, analyzed, register};
use onrecord::text::Text;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::schema::{IndexRecordOption, STORED, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

const THREADS: usize = 2;
const MEMORY: usize = 100 << 20;

/// Indexes every file of `folder` as one text.
pub(crate) fn index(folder: &Path, to: &Path) {
    let files: Vec<PathBuf> = files(folder);
    fs::create_dir_all(to).unwrap();
    let mut fields = SchemaBuilder::default();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TEXT_TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let body = fields.add_text_field("body", TextOptions::default().set_indexing_options(indexing));
    let text = fields.add_text_field("text", STORED);
    let zstd = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    let settings = IndexSettings {
        docstore_compression: zstd,
        docstore_blocksize: 64 << 10,
        ..IndexSettings::default()
    };
    let index = Index::builder().schema(fields.build()).settings(settings).create_in_dir(to).unwrap();
    register(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, MEMORY).unwrap();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let read = Text::new(String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned());
                    let mut document = TantivyDocument::default();
                    document.add_text(body, analyzed(read.as_str(), &[], read.paragraphs()).as_str());
                    document.add_text(text, read.as_str());
                    writer.add_document(document).unwrap();
                }
            });
        }
    });
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}
