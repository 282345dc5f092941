use crate::index::IndexError;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// Keeps a second writer out, for as long as it lives. The system lets go of it when its process
/// ends, however it ends: a lock file that is left lying means nothing, and is never removed.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

/// Who is writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Number of the process.
    pub pid: Option<u32>,
    /// Name of the machine.
    pub host: Option<String>,
    /// Since when, UTC.
    #[serde(skip_deserializing)]
    pub since: Option<String>,
}

pub(crate) const NAME: &str = "writer.lock";

/// Locks an index for writing, or tells who holds it.
pub(crate) fn lock(dir: &Path) -> Result<WriterLock, IndexError> {
    let path = dir.join(NAME);
    let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = open.map_err(IndexError::io("write", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(IndexError::Busy { dir: dir.to_path_buf(), holder: told(&path) });
        }
        Err(TryLockError::Error(e)) => return Err(IndexError::io("lock", &path)(e)),
    }
    // For whoever comes meanwhile, and only for him: what stands there when nobody holds the lock
    // is not read.
    let holder = Holder { pid: Some(std::process::id()), host: host(), since: None };
    let _ = write(&mut file, &holder);
    Ok(WriterLock { _file: file })
}

/// Who writes to an index now, if anybody does.
pub(crate) fn holder(dir: &Path) -> Option<Holder> {
    let path = dir.join(NAME);
    let file = File::open(&path).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(told(&path)),
        _ => None,
    }
}

fn write(file: &mut File, holder: &Holder) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(&serde_json::to_vec(holder)?)
}

/// What the holder of a lock says of himself; the time of the file is when he took it.
fn told(path: &Path) -> Holder {
    let said = fs::read(path).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let modified = fs::metadata(path).and_then(|file| file.modified()).ok();
    let since = modified.and_then(|time| jiff::Timestamp::try_from(time).ok());
    Holder { since: since.map(|t| t.strftime("%Y-%m-%d %H:%M UTC").to_string()), ..said.unwrap_or_default() }
}

/// The name of this machine, where the system tells it by a file.
fn host() -> Option<String> {
    let name =
        fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| fs::read_to_string("/etc/hostname"));
    name.ok().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pid {
            Some(pid) => write!(f, "process {pid}")?,
            None => write!(f, "another process")?,
        }
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        self.since.as_ref().map_or(Ok(()), |since| write!(f, ", since {since}"))
    }
}
