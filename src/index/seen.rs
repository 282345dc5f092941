//! Which hits of a saved query were printed before: `seen/HASH.ids` beside the index, the ids as numbers in
//! hexadecimal, one a line. Ids follow from what was said, so that they outlive rebuilding.

use crate::index::IndexError;
use crate::index::disk::Disk;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// The folder of these files, in that of the index.
pub(crate) const FOLDER: &str = "seen";

/// The hits of a saved query that were printed before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(BTreeSet<u64>);

impl Seen {
    /// Those of the query saved under `name`; None where none was ever remembered.
    pub fn read(dir: &Path, name: &str) -> Result<Option<Seen>, IndexError> {
        let path = path(dir, name);
        match fs::read_to_string(&path) {
            // A line that is no id costs a hit that is printed again, not the run.
            Ok(text) => {
                Ok(Some(Seen(text.lines().filter_map(|id| u64::from_str_radix(id, 16).ok()).collect())))
            }
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(IndexError::io("read", &path)(e)),
        }
    }

    /// Whether a hit was printed.
    pub fn holds(&self, key: u64) -> bool {
        self.0.contains(&key)
    }

    /// Adds hits. What was printed once stays so, also where it is found no more.
    pub fn add(&mut self, keys: impl IntoIterator<Item = u64>) {
        self.0.extend(keys);
    }

    /// Writes the file, whole or not at all.
    pub fn write(&self, dir: &Path, name: &str) -> Result<(), IndexError> {
        let disk = Disk::of(dir);
        disk.make_folder(&dir.join(FOLDER))?;
        let ids: String = self.0.iter().map(|key| format!("{key:016x}\n")).collect();
        disk.replace(&path(dir, name), ids.as_bytes())
    }

    /// Forgets what was printed of a query.
    pub fn forget(dir: &Path, name: &str) {
        Disk::of(dir).sweep(&path(dir, name));
    }
}

/// By a hash: names differ in more than the names of files may.
fn path(dir: &Path, name: &str) -> PathBuf {
    dir.join(FOLDER).join(format!("{:016x}.ids", xxh3_64(name.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn what_was_seen_is_remembered_by_name() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Seen::read(dir.path(), "bridge").unwrap(), None);
        let mut seen = Seen::default();
        seen.add([7, u64::MAX]);
        seen.write(dir.path(), "bridge").unwrap();
        assert_eq!(Seen::read(dir.path(), "bridge").unwrap(), Some(seen));
        assert_eq!(Seen::read(dir.path(), "Bridge").unwrap(), None);
        Seen::forget(dir.path(), "bridge");
        assert_eq!(Seen::read(dir.path(), "bridge").unwrap(), None);
    }
}
