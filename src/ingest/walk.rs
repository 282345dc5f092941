use crate::ingest::problem::{Problem, Reason};
use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// A regular file that may hold articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is on disk.
    pub path: PathBuf,
    /// Its path below the folder it was found in, with `/`, and with control characters and
    /// bytes that are not UTF-8 escaped: what is recorded and printed.
    pub shown: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: i64,
}

impl Source {
    /// One file, shown under its own name.
    pub fn file(path: &Path) -> Result<Source, Problem> {
        let about = fs::metadata(path).map_err(|e| cannot_look(path, &e))?;
        let name = path.file_name().map_or_else(|| path.to_path_buf(), PathBuf::from);
        regular(path, &name, &about)
    }
}

/// Opens a regular file. What it is is looked at before, as opening a device may do something, and
/// once it is open, as it may have become a pipe in between: that is why opening never waits.
pub(super) fn open(path: &Path) -> Result<File, Problem> {
    let about = fs::metadata(path).map_err(|e| cannot_look(path, &e))?;
    is_regular(path, &about)?;
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, NO_WAITING);
    let opened = options.open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (about, file) =
        opened.map_err(|e| Problem::new(Reason::Unreadable, path, format!("cannot be read: {e}")))?;
    is_regular(path, &about).map(|()| file)
}

/// `O_NONBLOCK`; where we do not know it, none.
#[cfg(unix)]
const NO_WAITING: i32 = match () {
    () if cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))) => 0o4000,
    () if cfg!(target_vendor = "apple") => 4,
    () => 0,
};

/// Every file of `roots`, files and folders, in a stable order: as given, and by name within a
/// folder. Nothing is opened, and no more than one folder's names a level are held at a time.
///
/// Left out without a word: files and folders whose names begin with a dot, and `README` files
/// (they describe an archive); each is taken when it is itself among `roots`. Links to folders
/// are not followed, links to files are.
pub fn walk(roots: &[PathBuf]) -> impl Iterator<Item = Result<Source, Problem>> {
    roots.iter().flat_map(|root| walk_root(root))
}

fn walk_root(root: &Path) -> impl Iterator<Item = Result<Source, Problem>> + use<> {
    let root = root.to_path_buf();
    WalkDir::new(&root)
        // By name, for those of one folder begin alike: a name would be cut out of its path for each comparison.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !left_out(entry))
        .filter_map(move |entry| match entry {
            Ok(entry) => look_at(&root, &entry),
            Err(error) => {
                let path = error.path().unwrap_or(&root).to_path_buf();
                let cause = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
                Some(Err(cannot_look(&path, &cause)))
            }
        })
}

fn left_out(entry: &DirEntry) -> bool {
    is_left_out(entry.file_name().as_encoded_bytes(), entry.file_type().is_dir())
}

/// Whether a member of an archive is left out as a file would be.
pub(crate) fn leaves_out_member(name: &[u8]) -> bool {
    let mut parts = name.split(|b| *b == b'/').filter(|part| !matches!(*part, b"" | b"." | b".."));
    let last = parts.next_back().unwrap_or_default();
    is_left_out(last, false) || parts.any(|folder| folder == b"__MACOSX" || is_left_out(folder, true))
}

fn is_left_out(name: &[u8], folder: bool) -> bool {
    let readme = || name.get(..6).is_some_and(|n| n.eq_ignore_ascii_case(b"readme"));
    let ends_there = || name.get(6).is_none_or(|next| !next.is_ascii_alphanumeric());
    name.starts_with(b".") || (!folder && readme() && ends_there())
}

fn look_at(root: &Path, entry: &DirEntry) -> Option<Result<Source, Problem>> {
    let path = entry.path();
    if entry.file_type().is_dir() {
        return None;
    }
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) => return Some(Err(cannot_look(path, &error))),
    };
    if about.is_dir() && entry.path_is_symlink() {
        return Some(Err(Problem::new(Reason::LinkedFolder, path, "a link to a folder is not followed")));
    }
    let below = path.strip_prefix(root).unwrap_or(path);
    let name = if below.as_os_str().is_empty() { Path::new(entry.file_name()) } else { below };
    Some(regular(path, name, &about))
}

fn is_regular(path: &Path, about: &Metadata) -> Result<(), Problem> {
    match about.is_file() {
        true => Ok(()),
        false => Err(Problem::new(Reason::NotAFile, path, "not a regular file; it was not opened")),
    }
}

fn regular(path: &Path, name: &Path, about: &Metadata) -> Result<Source, Problem> {
    is_regular(path, about)?;
    let modified = about.modified().ok().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    });
    Ok(Source { path: path.to_path_buf(), shown: shown(name), size: about.len(), modified })
}

fn cannot_look(path: &Path, error: &std::io::Error) -> Problem {
    let link = || path.symlink_metadata().is_ok_and(|about| about.is_symlink());
    match error.kind() {
        std::io::ErrorKind::NotFound if link() => {
            Problem::new(Reason::DanglingLink, path, "a link to nothing")
        }
        std::io::ErrorKind::NotFound => Problem::new(Reason::Missing, path, "no such file or folder"),
        _ => Problem::new(Reason::Unreadable, path, format!("cannot be read: {error}")),
    }
}

/// A path with `/` between its parts. Different paths are shown differently, so a backslash
/// within a name is doubled.
pub(crate) fn shown(path: &Path) -> String {
    let mut out = String::with_capacity(path.as_os_str().len());
    for (number, part) in path.components().enumerate() {
        if number > 0 {
            out.push('/');
        }
        show_bytes(part.as_os_str().as_encoded_bytes(), &mut out);
    }
    out
}

/// A name of any bytes as it is recorded and printed.
pub(crate) fn shown_bytes(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    show_bytes(name, &mut out);
    out
}

fn show_bytes(name: &[u8], out: &mut String) {
    let odd = |c: char| c == '\\' || c.is_control();
    for chunk in name.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(at) = rest.find(odd) {
            let (plain, from) = rest.split_at(at);
            out.push_str(plain);
            let mut letters = from.chars();
            match letters.next() {
                Some('\\') => out.push_str("\\\\"),
                c => out.extend(c.into_iter().flat_map(char::escape_unicode)),
            }
            rest = letters.as_str();
        }
        out.push_str(rest);
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
}
