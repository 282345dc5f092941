use crate::schema::Damaged;
use std::io;
use std::path::{Path, PathBuf};

/// Why an index could not be made, updated, opened or read: what happened, where, what to do.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none here.
    #[error("there is no index in {}; `onrecord index FOLDER` makes one", .0.display())]
    NotFound(PathBuf),
    /// Made by a version whose fields or words differ from ours.
    #[error(
        "the index in {} was made by another version of onrecord ({found}); run `onrecord index --rebuild`",
        .dir.display()
    )]
    OtherVersion {
        /// Where it lies.
        dir: PathBuf,
        /// What it says of itself.
        found: String,
    },
    /// Somebody else is writing.
    #[error("another `onrecord index` is updating {}; wait until it ends, then run this again", .0.display())]
    Busy(PathBuf),
    /// What is on disk is not what was written.
    #[error("the index in {} is damaged: {what}; run `onrecord index --rebuild`", .dir.display())]
    Damaged {
        /// Where it lies.
        dir: PathBuf,
        /// What was found.
        what: String,
    },
    /// A folder to be indexed does not exist.
    #[error("{}: no such file or folder", .0.display())]
    NoSuchRoot(PathBuf),
    /// Nothing was named to be indexed, and nothing is recorded.
    #[error("the index in {} has no folders yet; say which: `onrecord index FOLDER`", .0.display())]
    NoRoots(PathBuf),
    /// The system refused.
    #[error("cannot {doing} {}: {source}", .path.display())]
    Io {
        /// What was being done ("read", "write").
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// Writing failed; what was committed before is safe.
    #[error(
        "writing the index in {} failed ({why}); what was committed before is safe: see to it that there \
         is room on the disk, then run `onrecord index` again and it goes on from there",
        .dir.display()
    )]
    Writing {
        /// Where it lies.
        dir: PathBuf,
        /// The error underneath.
        why: String,
    },
    /// A document holds a value its field cannot take: a fault of ours, stopped before it did harm.
    #[error("a document of article {article} does not fit the schema ({why}); please report this")]
    Misfit {
        /// The article.
        article: String,
        /// Which field, and how.
        why: String,
    },
    /// A search in the index failed.
    #[error("reading the index failed: {0}")]
    Reading(#[from] tantivy::TantivyError),
    /// A stored record cannot be read.
    #[error("{0}; run `onrecord index --rebuild`")]
    Record(#[from] Damaged),
}

impl IndexError {
    /// For `map_err` on file operations.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> IndexError {
        move |source| IndexError::Io { doing, path: path.to_path_buf(), source }
    }

    /// For what should not be on disk.
    pub(crate) fn damaged(dir: &Path, what: impl ToString) -> IndexError {
        IndexError::Damaged { dir: dir.to_path_buf(), what: what.to_string() }
    }
}
