//! Whether an index is what was written: `files → counts → records`, and against its sources.
//!
//! Nothing is written. Every file is looked at on its own, without the engine, so that one that is
//! damaged does not hide the next; only what proved whole is then opened and read.

mod files;
mod records;
mod repair;
mod sources;

pub use repair::{Repaired, repair};
pub use sources::{Differences, compare};

use crate::index::about::{self, About};
use crate::index::build::leftovers;
use crate::index::lock::{self, Holder};
use crate::index::manifest::Manifest;
use crate::index::reader::counts;
use crate::index::{IndexError, Reader};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// How closely to look; each level does what those before it do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What says what the index is: that it opens, all files are there, and the counts agree.
    Quick,
    /// The checksum of every file.
    Checksums,
    /// Every document is read back and held against the manifest.
    ReadData,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is damaged, in order.
    pub damaged: Vec<Damage>,
    /// What killed runs left; the next `index` removes it.
    pub leftovers: Vec<PathBuf>,
    /// Who is writing to it now; what he is about to write was not looked at.
    pub holder: Option<Holder>,
    /// Files of the index looked at.
    pub files: u64,
    /// Their bytes, where they were read.
    pub bytes: u64,
    /// Articles in the index, where it could be opened.
    pub articles: u64,
    /// Quotes in the index.
    pub quotes: u64,
}

/// Something that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file, or the folder of documents where no single file is to blame.
    pub path: PathBuf,
    /// What is wrong.
    pub what: String,
}

impl Findings {
    /// Whether nothing is damaged.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty()
    }

    fn damage(&mut self, path: &Path, what: impl ToString) {
        self.damaged.push(Damage { path: path.to_path_buf(), what: what.to_string() });
    }
}

/// Looks at the index in `dir`.
pub fn check(dir: &Path, level: Level) -> Result<Findings, IndexError> {
    let mut found = Findings { holder: lock::holder(dir), ..Findings::default() };
    let path = dir.join(about::NAME);
    let said = match About::read(dir) {
        Ok(None) => {
            // Where nothing was ever committed, an index was about to be made.
            if !about::has_commit(dir) {
                return Err(IndexError::NotFound(dir.to_path_buf()));
            }
            found.damage(&path, "is missing");
            None
        }
        Err(IndexError::Damaged { .. }) => {
            found.damage(&path, files::BROKEN_SEAL);
            None
        }
        said => said?,
    };
    found.files += 1;
    // The documents can be looked at by what their own folder says of them.
    let about = said.or_else(|| About::salvaged(dir)).unwrap_or_else(|| About::unknown(dir));
    about.check(dir)?;
    let folder = about.documents(dir);
    let manifest = files::check(&folder, &about, level, &mut found);
    unused(dir, &folder, &mut found);
    if let (Some(manifest), true) = (manifest, found.is_sound()) {
        open(dir, &folder, &manifest, level, &mut found);
    }
    found.damaged.sort();
    found.damaged.dedup();
    Ok(found)
}

/// What killed runs left.
fn unused(dir: &Path, folder: &Path, found: &mut Findings) {
    let generations = about::generations(dir).into_iter().map(|number| about::generation(dir, number));
    let mut unused: Vec<PathBuf> = generations.filter(|other| other != folder).collect();
    unused.extend(leftovers(dir));
    unused.extend(leftovers(folder));
    unused.sort();
    found.leftovers.extend(unused);
}

/// Opens the documents, counts them, and reads them back.
fn open(dir: &Path, folder: &Path, manifest: &Manifest, level: Level, found: &mut Findings) {
    // What the checksums do not cover the engine may stumble over.
    let looked = catch_unwind(AssertUnwindSafe(|| -> Result<(), IndexError> {
        let reader = Reader::open(dir)?;
        (found.articles, found.quotes) = counts(reader.searcher())?;
        let told: BTreeSet<u64> = manifest.articles().map(|held| held.key).collect();
        if told.len() as u64 != found.articles {
            let (articles, told) = (found.articles, told.len());
            found.damage(folder, format!("holds {articles} articles, and the manifest tells of {told}"));
        }
        if level == Level::ReadData {
            records::check(&reader, folder, &told, found)?;
        }
        Ok(())
    }));
    match looked {
        Ok(Ok(())) => {}
        Ok(Err(error)) => found.damage(folder, format!("cannot be read: {}", records::cause(&error))),
        Err(_) => found.damage(folder, "cannot be read: the engine stumbles over it"),
    }
}
