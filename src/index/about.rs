use crate::index::IndexError;
use crate::index::disk::{ASIDE, Disk};
use crate::index::meta::{self, Meta};
use crate::index::seal::{BROKEN, opened, sealed};
use crate::index::{copies, entities, lock, saved, seen, ways};
use crate::ingest::Options;
use crate::schema::schema_hash;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// What an index says of itself (`index.json`): how it was made, from what, and which generation
/// of it is in use. Replaced whole, by renaming, so it is always one or the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct About {
    /// Version of the layout of the folder.
    pub(crate) version: u32,
    /// Hash of the schema it was made under.
    pub(crate) schema: String,
    /// The folder of documents in use: `g1`, `g2` … A rebuild makes the next one aside.
    pub(crate) generation: u32,
    /// Folders and files indexed, relative to the index where possible; in the order they came,
    /// which never changes: files are recorded by the number of their root.
    pub(crate) roots: Vec<Root>,
    /// The versions of the engine that wrote files of it, as these say at their ends.
    #[serde(default)]
    pub(crate) engines: Vec<String>,
}

/// A folder or file that was indexed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Root {
    /// Where it is, relative to the index where possible.
    pub(crate) path: String,
    /// How it is read.
    pub(crate) options: Options,
    /// What the paths of its files begin with where they are shown: `b/`, so that they are told from those of the
    /// roots before it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) label: String,
}

/// Of 1 the files had no seals.
const LAYOUT: u32 = 2;
/// The name of the file.
pub(crate) const NAME: &str = "index.json";

impl About {
    /// The beginning of an index.
    pub(crate) fn new() -> About {
        About {
            version: LAYOUT,
            schema: schema_hash(),
            generation: 0,
            roots: Vec::new(),
            engines: vec![engine()],
        }
    }

    /// What the index in `dir` says, whatever version it is; None where there is no index.
    pub(crate) fn read(dir: &Path) -> Result<Option<About>, IndexError> {
        let path = dir.join(NAME);
        let file = match fs::read(&path) {
            Ok(file) => file,
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(e) => return Err(IndexError::io("read", &path)(e)),
        };
        let damaged = || IndexError::damaged(dir, format!("{NAME} {BROKEN}"));
        let about: Option<About> = match opened(&file) {
            Some(content) => serde_json::from_slice(content).ok(),
            None => serde_json::from_slice(&file).ok().filter(|about: &About| about.version < LAYOUT),
        };
        about.map(Some).ok_or_else(damaged)
    }

    /// What an index said of itself that no longer does: from the copy kept with the documents, the last there is.
    /// A generation that a killed run left has none yet.
    pub(crate) fn salvaged(dir: &Path) -> Option<About> {
        let copy = |number: u32| {
            let copy = About::read(&generation(dir, number)).ok().flatten();
            copy.filter(|about| about.generation == number)
        };
        generations(dir).into_iter().rev().find_map(copy)
    }

    /// An index of which nothing is known but its documents: the last are those in use, most likely.
    pub(crate) fn unknown(dir: &Path) -> About {
        About { generation: generations(dir).last().copied().unwrap_or(0), ..About::new() }
    }

    /// Whether this program can read what was written.
    pub(crate) fn check(&self, dir: &Path) -> Result<(), IndexError> {
        let other = |found| Err(IndexError::OtherVersion { dir: dir.to_path_buf(), found });
        if self.version != LAYOUT {
            return other(format!("layout {}, ours is {LAYOUT}", self.version));
        }
        if self.schema != schema_hash() {
            return other(format!("schema {}, ours is {}", self.schema, schema_hash()));
        }
        Ok(())
    }

    /// Whether it was made by an older version, and its roots are therefore understood.
    pub(crate) fn is_older(&self) -> bool {
        self.version <= LAYOUT && self.version > 0
    }

    /// Writes it, whole or not at all, and a copy with the documents: without it nobody would know
    /// from what the index can be made again.
    pub(crate) fn write(&self, disk: &Disk, dir: &Path) -> Result<(), IndexError> {
        let text = serde_json::to_string_pretty(self).map_err(|e| IndexError::damaged(dir, e))?;
        let text = sealed(text.as_bytes());
        disk.replace(&self.documents(dir).join(NAME), &text)?;
        disk.replace(&dir.join(NAME), &text)
    }

    /// The folder of the generation in use.
    pub(crate) fn documents(&self, dir: &Path) -> PathBuf {
        generation(dir, self.generation)
    }

    /// The path from here of a file of the manifest.
    pub(crate) fn shown(&self, dir: &Path, name: &str) -> PathBuf {
        let (number, below) = name.split_once('/').unwrap_or(("", name));
        let root = number.parse::<usize>().ok().and_then(|n| self.roots.get(n));
        let root = root.map(|root| from_here(dir, &root.path)).unwrap_or_default();
        placed(&root, below)
    }

    /// The roots as paths from here.
    pub(crate) fn root_paths(&self, dir: &Path) -> Vec<PathBuf> {
        self.roots.iter().map(|root| from_here(dir, &root.path)).collect()
    }
}

/// A file below a root, which may be the file itself.
pub(crate) fn placed(root: &Path, below: &str) -> PathBuf {
    if root.ends_with(below) && root.is_file() { root.to_path_buf() } else { root.join(below) }
}

/// The version of the engine, as it stands at the end of each file it writes.
pub(crate) fn engine() -> String {
    serde_json::to_string(tantivy::version()).unwrap_or_default()
}

/// The numbers of all generations in a folder, in order.
pub(crate) fn generations(dir: &Path) -> Vec<u32> {
    let mut numbers: Vec<u32> = names(dir).iter().filter_map(|name| number(dir, name)).collect();
    numbers.sort_unstable();
    numbers
}

/// Whether there are documents that were committed, or whose own word on it cannot be read.
pub(crate) fn has_commit(dir: &Path) -> bool {
    let committed = |number| match fs::read(generation(dir, number).join(meta::NAME)) {
        Ok(file) => Meta::of(opened(&file).unwrap_or(&file)).is_none_or(|meta| meta.payload.is_some()),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    generations(dir).into_iter().any(committed)
}

/// A file or folder in `dir` that no index has, where there is one: what lies there is somebody else's.
pub(crate) fn foreign(dir: &Path) -> Option<String> {
    let ours = |name: &String| {
        let is = |our: &&str| *our == name || Path::new(our).with_extension(ASIDE) == Path::new(name);
        name.starts_with('.') || OURS.iter().chain(&OF_SYSTEMS).any(is) || number(dir, name).is_some()
    };
    names(dir).into_iter().filter(|name| !ours(name)).min()
}

/// What an index in `dir` consists of: there may be articles beside it, where it was made among them.
pub(crate) fn own(dir: &Path) -> Vec<PathBuf> {
    let generations = generations(dir).into_iter().map(|number| generation(dir, number));
    OURS.iter().map(|name| dir.join(name)).chain(generations).collect()
}

/// What may lie in the folder of an index before there is one: what the user keeps, and what a killed run left.
const OURS: [&str; 6] = [NAME, lock::NAME, entities::ALIASES, ways::NAME, saved::NAME, seen::FOLDER];

/// What systems put into any folder.
const OF_SYSTEMS: [&str; 5] =
    ["lost+found", "System Volume Information", "desktop.ini", "Thumbs.db", "@eaDir"];

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// The number of a generation, by the name of its folder: one the engine made, or that a killed run left half made or half
/// removed, with nothing but files of ours.
fn number(dir: &Path, name: &str) -> Option<u32> {
    let number: u32 = name.strip_prefix('g')?.parse().ok().filter(|number| name == format!("g{number}"))?;
    let folder = generation(dir, number);
    let mut entries = fs::read_dir(&folder).ok()?.flatten();
    if [meta::NAME, ".managed.json"].iter().all(|name| folder.join(name).is_file()) {
        return Some(number);
    }
    let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
    let is_ours =
        |entry: fs::DirEntry| is_file(&entry) && entry.file_name().to_str().is_some_and(is_of_generation);
    entries.all(is_ours).then_some(number)
}

/// Whether a file of this name is one of a generation: a part of a segment, named by its 32 hexadecimal digits, or one that
/// stands beside them.
fn is_of_generation(name: &str) -> bool {
    let is_part = |rest: &str| {
        meta::PARTS.contains(&rest)
            || rest.strip_suffix(meta::DELETED).is_some_and(|rest| rest.ends_with('.'))
    };
    let is_id = |id: &str| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit());
    let segment = || name.split_once('.').is_some_and(|(id, rest)| is_id(id) && is_part(rest));
    let journal = || name.starts_with("journal-") && name.ends_with(".zst");
    let engine = || [".tmp", ".tantivy", ".managed"].iter().any(|start| name.starts_with(start));
    let table = |table: &str| table == name || Path::new(table).with_extension(ASIDE) == Path::new(name);
    [NAME, meta::NAME, entities::NAME, copies::NAME].into_iter().any(table)
        || segment()
        || journal()
        || engine()
}

/// The folder of a generation.
pub(crate) fn generation(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("g{number}"))
}

/// A recorded root as a path from here: `..` upon the index is undone, for what is printed.
fn from_here(dir: &Path, root: &str) -> PathBuf {
    let mut path = dir.to_path_buf();
    for part in Path::new(root).components() {
        let name = path.file_name().is_some();
        match part {
            Component::ParentDir if name => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

/// `root` as recorded: relative to the index, so that an archive may move together with it, unless
/// they have nothing but the top of the file system in common. Both must be absolute.
pub(crate) fn recorded(dir: &Path, root: &Path) -> String {
    let shared = dir.components().zip(root.components()).take_while(|(a, b)| a == b).count();
    if shared <= 1 {
        return root.to_string_lossy().into_owned();
    }
    let up = dir.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(root.components().skip(shared)).collect();
    if relative.as_os_str().is_empty() { ".".to_owned() } else { relative.to_string_lossy().into_owned() }
}

#[cfg(test)]
mod tests {
    use super::{from_here, recorded};
    use std::path::{Path, PathBuf};

    #[test]
    fn a_root_is_recorded_so_that_it_may_move() {
        let cases = [
            ("/a/news/.onrecord", "/a/news", ".."),
            ("/a/.onrecord", "/a/news/2016", "../news/2016"),
            ("/a/b/.onrecord", "/a/news", "../../news"),
            ("/home/x/.onrecord", "/mnt/news", "/mnt/news"),
        ];
        for (dir, root, expected) in cases {
            assert_eq!(recorded(Path::new(dir), Path::new(root)), expected);
            assert_eq!(from_here(Path::new(dir), expected), PathBuf::from(root));
        }
        assert_eq!(from_here(Path::new(".onrecord"), ".."), PathBuf::from("."));
        assert_eq!(from_here(Path::new("news/.onrecord"), "../../b"), PathBuf::from("b"));
    }
}
