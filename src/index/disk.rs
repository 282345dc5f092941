use crate::index::IndexError;
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is about to be done to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// A folder or an empty file is made.
    Make,
    /// So many bytes are added to a file.
    Write(usize),
    /// A file is replaced by renaming.
    Rename,
    /// Something is removed, or a file cut.
    Remove,
    /// What was written is made durable.
    Sync,
}

/// Who is asked before anything changes on the disk.
pub(crate) trait Gate: Debug + Send + Sync {
    /// Lets it be done, or refuses. Of a write the number of bytes that may be written now.
    fn ask(&self, act: Act) -> io::Result<usize>;
}

/// The disk as writers see it: all they do to it passes one [`Gate`]. There a run ends while there
/// still is room, and there tests let any step of it fail.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    gate: Arc<dyn Gate>,
}

impl Disk {
    /// The disk a folder lies on.
    pub(crate) fn of(folder: &Path) -> Disk {
        Disk::behind(Arc::new(Room { folder: folder.to_path_buf(), allowed: AtomicU64::new(0) }))
    }

    /// A disk behind a gate.
    pub(crate) fn behind(gate: Arc<dyn Gate>) -> Disk {
        Disk { gate }
    }

    /// Asks before something is done.
    pub(crate) fn ask(&self, act: Act) -> io::Result<usize> {
        self.gate.ask(act)
    }

    /// Writes all of it.
    pub(crate) fn write_all(&self, file: &mut impl Write, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let granted = self.ask(Act::Write(bytes.len()))?.min(bytes.len());
            file.write_all(&bytes[..granted])?;
            bytes = &bytes[granted..];
        }
        Ok(())
    }

    /// Replaces a file, and makes its name durable.
    pub(crate) fn replace(&self, path: &Path, content: &[u8]) -> Result<(), IndexError> {
        let written = self.exchange(path, content);
        let synced = written.and_then(|()| path.parent().map_or(Ok(()), |folder| self.sync(folder)));
        synced.map_err(IndexError::io("write", path))
    }

    /// Replaces a file: written aside, synced, renamed.
    pub(crate) fn exchange(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let aside = path.with_extension(ASIDE);
        self.ask(Act::Make)?;
        let mut file = File::create(&aside)?;
        self.write_all(&mut file, content)?;
        self.ask(Act::Sync)?;
        file.sync_all()?;
        self.ask(Act::Rename)?;
        fs::rename(&aside, path)
    }

    /// Makes the names in a folder durable.
    pub(crate) fn sync(&self, folder: &Path) -> io::Result<()> {
        self.ask(Act::Sync)?;
        if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
    }

    /// Makes a folder and those above it.
    pub(crate) fn make_folder(&self, path: &Path) -> Result<(), IndexError> {
        self.ask(Act::Make).and_then(|_| fs::create_dir_all(path)).map_err(IndexError::io("make", path))
    }

    /// Removes a file or folder that is no longer needed. One that stays costs room and nothing else.
    pub(crate) fn sweep(&self, path: &Path) {
        if self.ask(Act::Remove).is_ok() {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }
}

/// The ending of a file that is about to replace another.
pub(crate) const ASIDE: &str = "new";

/// Refuses to write when little room is left, rather than when none is: a full disk harms others too,
/// and to end well takes room.
#[derive(Debug)]
struct Room {
    folder: PathBuf,
    /// Bytes that may be written before the system is asked again.
    allowed: AtomicU64,
}

/// Bytes to be written before the system is asked again, at most; where there is less room, a fourth of it.
const LOOK_EVERY: u64 = 4 << 20;
/// Bytes to be left on a disk, at most; on a small one a twentieth of it.
const RESERVE: u64 = 64 << 20;

impl Gate for Room {
    fn ask(&self, act: Act) -> io::Result<usize> {
        let Act::Write(bytes) = act else { return Ok(0) };
        let wanted = bytes as u64;
        let spend = |allowed: u64| allowed.checked_sub(wanted);
        if self.allowed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend).is_err() {
            // A system that does not tell is not asked for leave.
            let free = room(&self.folder).unwrap_or(u64::MAX);
            if free < wanted {
                return Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is nearly full"));
            }
            self.allowed.store((free / 4).min(LOOK_EVERY), Ordering::Relaxed);
        }
        Ok(bytes)
    }
}

/// Bytes that may be written to the disk a folder lies on, until there is little room left.
pub(crate) fn room(folder: &Path) -> io::Result<u64> {
    let stats = fs4::statvfs(folder)?;
    Ok(stats.available_space().saturating_sub(RESERVE.min(stats.total_space() / 20)))
}

#[cfg(test)]
mod tests {
    use super::{Act, Disk, Gate};
    use std::fs;
    use std::io;
    use std::sync::Arc;

    #[derive(Debug)]
    struct Torn;

    impl Gate for Torn {
        fn ask(&self, act: Act) -> io::Result<usize> {
            match act {
                Act::Write(1) => Err(io::Error::other("torn")),
                Act::Write(bytes) => Ok(bytes / 2),
                _ => Ok(0),
            }
        }
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("index.json");
        Disk::of(home.path()).replace(&file, b"one").unwrap();
        assert!(Disk::behind(Arc::new(Torn)).replace(&file, b"something else").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"one");
    }
}
