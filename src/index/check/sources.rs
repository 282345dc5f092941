use crate::index::about::About;
use crate::index::manifest::{Entry, Manifest};
use crate::index::reading::hash_of;
use crate::index::roots::{absolute_roots, is_lost, roots_and_index, walk_without};
use crate::index::{IndexError, build};
use crate::ingest::{Problem, Source, shown};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How an index and its sources differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    /// Files that are as they were read.
    pub same: u64,
    /// Files of the sources that were never read to their end.
    pub missing: Vec<PathBuf>,
    /// Files with another content than was read.
    pub changed: Vec<PathBuf>,
    /// Files that were read and are not among the sources.
    pub vanished: Vec<PathBuf>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
}

impl Differences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty()
            && self.changed.is_empty()
            && self.vanished.is_empty()
            && self.problems.is_empty()
    }
}

/// Compares the index in `dir` with the files in `folder`, by their content: one of the folders that
/// were indexed, a part of one, or (where only one was indexed) a copy of it elsewhere.
pub fn compare(dir: &Path, folder: &Path) -> Result<Differences, IndexError> {
    let about = About::read(dir)?.ok_or_else(|| IndexError::NotFound(dir.to_path_buf()))?;
    let manifest = build::former(dir, &about);
    let real = fs::canonicalize(folder).map_err(|_| IndexError::NoSuchRoot(folder.to_path_buf()))?;
    let prefix = prefix(&about, dir, &real, &manifest)?
        .ok_or_else(|| IndexError::NotARoot { dir: dir.to_path_buf(), folder: folder.to_path_buf() })?;
    let mut found = Differences::default();
    let mut seen = BTreeSet::new();
    let others = roots_and_index(&about, dir)?;
    for source in walk_without(&real, &others) {
        match source {
            Ok(source) => {
                let name = format!("{prefix}{}", source.shown);
                match manifest.get(&name) {
                    Some(entry) if entry.whole && is_as_read(entry, &source) => found.same += 1,
                    Some(entry) if entry.whole => found.changed.push(source.path),
                    _ => found.missing.push(source.path),
                }
                seen.insert(name);
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    let gone = manifest.names().filter(|name| name.starts_with(&prefix) && !seen.contains(&***name));
    found.vanished = gone.map(|name| folder.join(&name[prefix.len()..])).collect();
    Ok(found)
}

/// What the names of the manifest begin with that stand for files of a folder; none, where it is no folder of
/// the index.
fn prefix(
    about: &About,
    dir: &Path,
    folder: &Path,
    manifest: &Manifest,
) -> Result<Option<String>, IndexError> {
    let roots = absolute_roots(about, dir)?;
    for (number, root) in roots.iter().enumerate() {
        // Where the index was moved, folders above it are none of its own.
        if let Some(below) = folder.strip_prefix(root).ok().filter(|_| !is_lost(number, root, manifest)) {
            let below = shown(below);
            let between = if below.is_empty() { "" } else { "/" };
            return Ok(Some(format!("{number}/{below}{between}")));
        }
    }
    match roots.len() {
        1 => Ok(Some("0/".to_owned())),
        _ => Ok(None),
    }
}

/// Whether a file has the content it was read with. Of files that hold no articles only the size
/// was written down.
fn is_as_read(entry: &Entry, source: &Source) -> bool {
    entry.size == source.size
        && (entry.hash == 0 || hash_of(&source.path).is_ok_and(|hash| hash == entry.hash))
}

#[cfg(test)]
mod tests {
    use super::is_as_read;
    use crate::index::manifest::Entry;
    use crate::ingest::Source;

    #[test]
    fn a_file_that_cannot_be_read_is_not_as_it_was() {
        let source = Source { path: "no/such/file".into(), shown: "file".into(), size: 3, modified: 0 };
        assert!(!is_as_read(&Entry { size: 3, hash: 1, ..Entry::default() }, &source));
        assert!(is_as_read(&Entry { size: 3, hash: 0, ..Entry::default() }, &source));
    }
}
