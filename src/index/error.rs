use crate::index::Holder;
use crate::schema::Damaged;
use crate::text::typed;
use std::io;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

/// Why an index could not be made, updated, opened or read: what happened, where, what to do.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is none here.
    #[error("there is no index in {}; `onrecord index FOLDER` makes one", .0.display())]
    NotFound(PathBuf),
    /// An index would be made among other things.
    #[error(
        "{} holds no index, but other things ({name}); an index takes a folder of its own: --index {}",
        .dir.display(), .dir.join(".onrecord").display()
    )]
    Foreign {
        /// The folder.
        dir: PathBuf,
        /// What lies in it.
        name: String,
    },
    /// Made by a version whose fields or words differ from ours.
    #[error(
        "the index in {} was made by another version of onrecord ({found}); `onrecord index` makes it anew \
         from its folders, beside the old one, and switches when it is done",
        .dir.display()
    )]
    OtherVersion {
        /// Where it lies.
        dir: PathBuf,
        /// What it says of itself.
        found: String,
    },
    /// Somebody else is writing.
    #[error(
        "another `onrecord index` is updating {} ({holder}); wait until it ends, then run this again",
        .dir.display()
    )]
    Busy {
        /// Where it lies.
        dir: PathBuf,
        /// Who it is.
        holder: Holder,
    },
    /// It would be made anew without articles whose files are gone.
    #[error(
        "the index in {} was made by another version of onrecord, and {gone} of its files are gone: bring \
         them back, or run `onrecord index --rebuild`, which makes it anew without their articles",
        .dir.display()
    )]
    WouldLose {
        /// Where it lies.
        dir: PathBuf,
        /// How many files.
        gone: usize,
    },
    /// There is too little room before anything is written.
    #[error(
        "there are {free} MB to write on the disk of {}, and the index will take {needed} MB at least; make \
         room, or say with --index DIR where the index shall lie",
        .dir.display()
    )]
    NoRoom {
        /// Where it lies.
        dir: PathBuf,
        /// Megabytes that may be written.
        free: u64,
        /// Megabytes it takes.
        needed: u64,
    },
    /// What is on disk is not what was written.
    #[error(
        "the index in {} is damaged: {what}; `onrecord check` says what is, `onrecord check --repair` mends it",
        .dir.display()
    )]
    Damaged {
        /// Where it lies.
        dir: PathBuf,
        /// What was found.
        what: String,
    },
    /// A folder to be indexed does not exist.
    #[error("{}: no such file or folder", .0.display())]
    NoSuchRoot(PathBuf),
    /// A folder that was indexed holds none of its files, and is not named.
    #[error(
        "none of the files read from {0} ({files}) is there any longer; what is there now is not read\n  \
         Say where they lie now:    onrecord index FOLDER --index {1}\n  \
         or read what is there now: onrecord index {0} --index {1}",
        typed(&.root.to_string_lossy()), typed(&.dir.to_string_lossy())
    )]
    Moved {
        /// Where the index lies.
        dir: PathBuf,
        /// The folder.
        root: PathBuf,
        /// How many files were read from it.
        files: usize,
    },
    /// A folder to compare with of which nothing was indexed.
    #[error("{} is none of the folders the index in {} was made from", .folder.display(), .dir.display())]
    NotARoot {
        /// Where the index lies.
        dir: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// Nothing was named to be indexed, and nothing is recorded.
    #[error("the index in {} has no folders yet; say which: `onrecord index FOLDER`", .0.display())]
    NoRoots(PathBuf),
    /// How to read is kept in a file that is not understood.
    #[error("{}, line {line}: {what}", .file.display())]
    Choices {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is not understood, and what to do.
        what: String,
    },
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
    /// A search in the index failed.
    #[error("reading the index failed; `onrecord check --checksums` says whether it is damaged")]
    Reading(#[from] TantivyError),
    /// A stored record cannot be read.
    #[error("{0}; `onrecord check` says what is damaged, `onrecord check --repair` mends it")]
    Record(#[from] Damaged),
}

impl IndexError {
    /// For `map_err` on file operations.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> IndexError {
        move |source| IndexError::Io { doing, path: path.to_path_buf(), source }
    }

    /// For documents the engine cannot open.
    pub(crate) fn unopened(dir: &Path, error: &TantivyError) -> IndexError {
        match error {
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
                IndexError::damaged(dir, io_error)
            }
            other => IndexError::damaged(dir, other),
        }
    }

    /// For what should not be on disk.
    pub(crate) fn damaged(dir: &Path, what: impl ToString) -> IndexError {
        IndexError::Damaged { dir: dir.to_path_buf(), what: what.to_string() }
    }
}
