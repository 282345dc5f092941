//! From files and folders to articles, with the problems met on the way.

use crate::article::Article;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a file, or one record of it, was not read. It travels beside the articles and never stops
/// a run.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// Where in it ("line 12", "record 3", "byte 4096"), where that is known.
    pub place: Option<String>,
    /// A stable short code of the reason ("not-text", "bad-json", "no-body", "unreadable" …).
    pub code: String,
    /// What happened and what to do, in one sentence for people.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(place) = &self.place {
            write!(f, ", {place}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// What one file held.
#[derive(Debug, Default)]
pub struct Contents {
    /// The articles, in the order of the file.
    pub articles: Vec<Article>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// How to read: what the user stated, over what we would guess.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Options {
    /// `--map title=headline.main`: our field → dotted path in the record.
    pub map: Vec<(String, String)>,
    /// `--outlet NAME`: the outlet of articles that state none.
    pub outlet: Option<String>,
}

/// Reads one file. `shown` is the path as it is recorded and printed (relative to its root).
pub fn read(_file: &Path, _shown: &str, _options: &Options) -> Contents {
    Contents::default()
}
