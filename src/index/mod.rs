//! The index on disk.
//!
//! [`update`] walks an archive and brings its index up to date; [`Reader`] opens it for asking.
//!
//! ```text
//! .onrecord/
//!   index.json        what it is: layout, schema, roots, generation in use
//!   writer.lock       held while somebody writes
//!   aliases.txt       who is whom, as the user says; only `onrecord alias` and editors write it
//!   saved.toml        queries the user keeps under a name
//!   seen/             which of their hits were printed before
//!   g1/               a generation: tantivy's files and, committed together with them,
//!     journal-1.zst   the manifest of what was read
//!     entities.bin     who the speakers are, across the archive
//!     copies.bin        which articles are copies of one another, which sayings are repeated
//! ```
//!
//! A reader never creates or changes anything, and works where nothing can be written. A writer
//! that met an error is never used again. A killed run goes on from its last commit.

mod about;
mod blocks;
mod build;
mod check;
mod copies;
mod directory;
mod disk;
mod entities;
mod error;
#[cfg(test)]
mod faults;
mod hashes;
mod journal;
mod labels;
mod ledger;
mod lock;
mod manifest;
mod meta;
mod plan;
mod reader;
mod reading;
mod roots;
mod saved;
mod seal;
mod seen;
mod ways;
mod writer;

pub use blocks::Blocks;
pub use build::{BuildOptions, Progress, Stage, Summary, update};
pub use check::{Damage, Differences, Findings, Level, Repaired, check, compare, repair};
pub use copies::Copies;
pub(crate) use entities::Bearer;
pub use entities::{AliasProblem, Aliases, Entities, Entity, Twins};
pub use error::IndexError;
pub use lock::Holder;
pub use reader::{Place, Reader, Stats, exists};
pub use saved::{SavedQueries, SavedQuery};
pub use seen::Seen;
pub use ways::{Found, look};
