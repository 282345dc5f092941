//! From files and folders to articles, with the problems met on the way.
//!
//! [`walk`] finds the files, [`read`] and [`read_each`] turn one into articles: its compression
//! taken off (`container`), its characters decoded (`decode`), its [`Format`] told by name or
//! beginning, and what each format states gathered into a draft. What a draft does not state
//! is then told from dateline, URL, text and path (`guess`).
//!
//! Nothing here panics on what a file holds, and nothing is read without a bound ([`Limits`]).

mod agency;
mod as_is;
mod choices;
mod container;
mod dateline;
mod decode;
mod draft;
mod fields;
mod format;
mod guess;
mod limits;
mod origins;
mod path_date;
mod problem;
mod reading;
mod record;
mod records;
mod walk;

pub use as_is::{read_plain, read_plain_from};
pub use choices::{Choices, Misread};
pub use fields::{field_names, field_synonyms};
pub use format::{FORMATS, Format};
pub use limits::Limits;
pub use origins::Origins;
pub use path_date::PathDate;
pub use problem::{Problem, Reason};
pub use reading::{Item, read, read_each, read_from};
pub(crate) use walk::shown;
pub use walk::{Source, walk};

use crate::article::Article;

/// What one file held.
#[derive(Debug, Default)]
pub struct Contents {
    /// The articles, in the order of the file.
    pub articles: Vec<Article>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The xxh3 hash of the file's bytes; 0 where it was not read to its end.
    pub hash: u64,
}

/// How to read: what the user stated, over what we would guess.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Options {
    /// `--map title=headline.main`: our field → dotted path in the record.
    pub map: Vec<(String, String)>,
    /// `--outlet NAME`: the outlet of articles that state none.
    pub outlet: Option<String>,
    /// Whether `10/12/2016` begins with the day; not stated, such dates are not guessed.
    pub day_first: Option<bool>,
    /// `--date-from path:%Y/%m/%d`: the date their paths state, over any other.
    pub date_from: Option<PathDate>,
    /// `--read-as FORMAT`: the name of the format of every file.
    pub read_as: Option<String>,
    /// `--no-quotes`: articles alone, no quotation is looked for; `--quotes` takes it back.
    pub quotes: Option<bool>,
    /// How much is read before something is given up.
    pub limits: Limits,
}
