//! The floor: what tantivy takes to index the same texts on as many threads, and to store them. No articles
//! are told apart, no quotes found.

use crate::process::files;
use crate::stems::english;
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
/// The name of the analysis that stems.
const STEMS: &str = "english";

/// How texts are cut into words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Analysis {
    /// By tantivy's own `en_stem`, as a small program does that wants words found in any inflection.
    Stems,
    /// As onrecord does, which finds inflections when asked: the folded words, and marks of paragraphs.
    Words,
}

impl Analysis {
    pub(crate) const ALL: [(&str, Analysis); 2] = [("stems", Analysis::Stems), ("words", Analysis::Words)];

    fn named(name: &str) -> Analysis {
        Analysis::ALL.into_iter().find(|(known, _)| *known == name).unwrap().1
    }
}

/// Indexes every file of `folder` as one text.
pub(crate) fn index(folder: &Path, to: &Path, analysis: &str) {
    let analysis = Analysis::named(analysis);
    let files: Vec<PathBuf> = files(folder);
    fs::create_dir_all(to).unwrap();
    let mut fields = SchemaBuilder::default();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(if analysis == Analysis::Stems { STEMS } else { TEXT_TOKENIZER })
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let body = fields.add_text_field("body", TextOptions::default().set_indexing_options(indexing));
    let text = fields.add_text_field("text", STORED);
    let zstd = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    let settings = IndexSettings {
        docstore_compression: zstd,
        docstore_blocksize: 32 << 10,
        ..IndexSettings::default()
    };
    let index = Index::builder().schema(fields.build()).settings(settings).create_in_dir(to).unwrap();
    register(&index);
    index.tokenizers().register(STEMS, english());
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, MEMORY).unwrap();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let read = Text::new(String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned());
                    let mut document = TantivyDocument::default();
                    match analysis {
                        Analysis::Stems => document.add_text(body, read.as_str()),
                        Analysis::Words => {
                            let analyzed = analyzed(read.as_str(), &[], read.paragraphs());
                            document.add_text(body, analyzed.as_str());
                        }
                    }
                    document.add_text(text, read.as_str());
                    writer.add_document(document).unwrap();
                }
            });
        }
    });
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}
