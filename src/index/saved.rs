//! Queries the user keeps under a name: `saved.toml` beside the index.

use crate::index::IndexError;
use crate::index::disk::Disk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The name of the file, in the folder of the index.
pub(crate) const NAME: &str = "saved.toml";

/// The saved queries of an index, by name, and the file as it stands:
///
/// ```toml
/// [bridge]
/// query = "quotes by Marsh mentioning the bridge"
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedQueries {
    text: String,
    queries: BTreeMap<String, SavedQuery>,
}

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
            Ok(text) => SavedQueries::of(text).map_err(|e| {
                IndexError::io("read", &path)(io::Error::new(ErrorKind::InvalidData, e.message()))
            }),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(SavedQueries::default()),
            Err(e) => Err(IndexError::io("read", &path)(e)),
        }
    }

    fn of(text: String) -> Result<SavedQueries, toml::de::Error> {
        Ok(SavedQueries { queries: toml::from_str(&text)?, text })
    }

    /// These with one more, or another in the place of one. The rest of the file stays as it was typed.
    #[must_use]
    pub fn with(&self, name: &str, query: &str) -> SavedQueries {
        let without = self.without(name);
        let mut queries = without.queries;
        let one = BTreeMap::from([(name.to_owned(), SavedQuery { query: query.to_owned() })]);
        let block = toml::to_string(&one).unwrap_or_default();
        queries.extend(one);
        let gap = if without.text.is_empty() || without.text.ends_with("\n\n") { "" } else { "\n" };
        as_typed(format!("{}{gap}{block}", without.text), queries)
    }

    /// These without one.
    #[must_use]
    pub fn without(&self, name: &str) -> SavedQueries {
        let mut queries = self.queries.clone();
        if queries.remove(name).is_none() {
            return self.clone();
        }
        let heads = [format!("[{name}]"), format!("[\"{name}\"]"), format!("['{name}']")];
        let (mut kept, mut within) = (String::new(), false);
        for line in self.text.split_inclusive('\n') {
            if line.starts_with('[') {
                within = heads.iter().any(|head| line.trim_end() == head);
            }
            if !within {
                kept.push_str(line);
            }
        }
        as_typed(kept, queries)
    }

    /// Writes the file, whole or not at all.
    pub fn write(&self, dir: &Path) -> Result<(), IndexError> {
        Disk::of(dir).replace(&dir.join(NAME), self.text.as_bytes())
    }

    /// The query kept under this name.
    pub fn named(&self, name: &str) -> Option<&SavedQuery> {
        self.queries.get(name)
    }

    /// The names there are, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.queries.keys().map(String::as_str)
    }
}

/// The text, where it says what it shall; else written anew.
fn as_typed(text: String, queries: BTreeMap<String, SavedQuery>) -> SavedQueries {
    if toml::from_str(&text).is_ok_and(|read: BTreeMap<String, SavedQuery>| read == queries) {
        return SavedQueries { text, queries };
    }
    SavedQueries { text: toml::to_string(&queries).unwrap_or_default(), queries }
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

    #[test]
    fn a_query_is_added_and_taken_out_and_the_rest_stays_as_typed() {
        let dir = tempfile::tempdir().unwrap();
        let typed = "# mine\n[bridge]\nquery = 'by:marsh bridge' # hers\n";
        std::fs::write(dir.path().join(NAME), typed).unwrap();
        let saved = SavedQueries::read(dir.path()).unwrap();
        let more = saved.with("fake-news", "quotes \"fake news\"");
        more.write(dir.path()).unwrap();
        assert_eq!(SavedQueries::read(dir.path()).unwrap(), more);
        let text = std::fs::read_to_string(dir.path().join(NAME)).unwrap();
        assert_eq!(text, format!("{typed}\n[fake-news]\nquery = 'quotes \"fake news\"'\n"));
        assert_eq!(more.with("bridge", "ferry").named("bridge").unwrap().query, "ferry");
        assert_eq!(more.without("bridge").names().collect::<Vec<_>>(), ["fake-news"]);
        assert_eq!(more.without("fake-news").text.trim_end(), typed.trim_end());
    }

    #[test]
    fn a_file_that_cannot_be_edited_in_place_is_written_anew() {
        let odd = "bridge = { query = 'a' }\nferry = { query = 'b' }\n";
        let left = SavedQueries::of(odd.to_owned()).unwrap().without("ferry");
        assert_eq!(left.names().collect::<Vec<_>>(), ["bridge"]);
        assert_eq!(SavedQueries::of(left.text.clone()).unwrap(), left);
    }
}
