use crate::index::seal::opened;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the engine's own list of segments.
pub(crate) const NAME: &str = "meta.json";
/// The endings of the files every segment has.
pub(crate) const PARTS: [&str; 6] = ["fast", "fieldnorm", "idx", "pos", "store", "term"];
/// The ending of the file that says which documents of a segment are deleted.
pub(crate) const DELETED: &str = "del";

/// What `meta.json` says that matters to us, read without the engine: of damaged indexes, too.
#[derive(Deserialize)]
pub(crate) struct Meta {
    /// What was committed together with the documents.
    pub(crate) payload: Option<String>,
    /// The number of the commit.
    pub(crate) opstamp: u64,
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    segment_id: String,
    max_doc: u32,
    deletes: Option<Deletes>,
}

#[derive(Deserialize)]
struct Deletes {
    opstamp: u64,
}

impl Meta {
    /// From the content of the file.
    pub(crate) fn of(content: &[u8]) -> Option<Meta> {
        serde_json::from_slice(content).ok()
    }

    /// How many documents there are, with those that are deleted.
    pub(crate) fn documents(&self) -> u64 {
        self.segments.iter().map(|segment| u64::from(segment.max_doc)).sum()
    }

    /// The names of all files of all segments.
    pub(crate) fn files(&self) -> BTreeSet<PathBuf> {
        let mut names = BTreeSet::new();
        for segment in &self.segments {
            let id = segment.segment_id.replace('-', "");
            names.extend(PARTS.iter().map(|part| PathBuf::from(format!("{id}.{part}"))));
            names.extend(
                segment.deletes.iter().map(|d| PathBuf::from(format!("{id}.{}.{DELETED}", d.opstamp))),
            );
        }
        names
    }
}

/// The payload of the last commit in a folder of documents, also of one without seals.
pub(crate) fn payload(folder: &Path) -> Option<String> {
    let file = fs::read(folder.join(NAME)).ok()?;
    Meta::of(opened(&file).unwrap_or(&file))?.payload
}
