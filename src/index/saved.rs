//! Queries the user keeps under a name: `saved.toml` beside the index.

use crate::index::IndexError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The name of the file, in the folder of the index.
const NAME: &str = "saved.toml";

/// The saved queries of an index, by name:
///
/// ```toml
/// [bridge]
/// query = "quotes by Marsh mentioning the bridge"
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedQueries(BTreeMap<String, SavedQuery>);

/// A query as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuery {
    /// Its text.
    pub query: String,
}

impl SavedQueries {
    /// Those of the index in `dir`; none where there is no file.
    pub fn read(dir: &Path) -> Result<SavedQueries, IndexError> {
        let path = dir.join(NAME);
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map(SavedQueries).map_err(|e| {
                IndexError::io("read", &path)(io::Error::new(ErrorKind::InvalidData, e.message()))
            }),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(SavedQueries::default()),
            Err(e) => Err(IndexError::io("read", &path)(e)),
        }
    }

    /// The query kept under this name.
    pub fn named(&self, name: &str) -> Option<&SavedQuery> {
        self.0.get(name)
    }

    /// The names there are, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{NAME, SavedQueries};

    #[test]
    fn queries_are_read_by_name_and_a_missing_file_holds_none() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(SavedQueries::read(dir.path()).unwrap(), SavedQueries::default());
        std::fs::write(dir.path().join(NAME), "[bridge]\nquery = 'by:marsh bridge'\n").unwrap();
        let saved = SavedQueries::read(dir.path()).unwrap();
        assert_eq!(saved.named("bridge").unwrap().query, "by:marsh bridge");
        assert_eq!(saved.names().collect::<Vec<_>>(), ["bridge"]);
        std::fs::write(dir.path().join(NAME), "[bridge\n").unwrap();
        assert!(SavedQueries::read(dir.path()).is_err());
    }
}
