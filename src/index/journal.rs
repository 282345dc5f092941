use crate::index::IndexError;
use crate::index::disk::{Act, Disk};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Which journal, and how much of it, belongs to a commit. It travels in the commit itself, so
/// documents and journal are committed together or not at all: what a killed run wrote beyond it
/// does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Committed {
    /// Number of the file: `journal-1.jsonl`.
    pub(crate) number: u32,
    /// Bytes that count.
    pub(crate) length: u64,
    /// Their hash.
    pub(crate) hash: String,
}

impl Committed {
    /// What the payload of a commit says; nothing was ever committed without one.
    pub(crate) fn from_payload(dir: &Path, payload: Option<&str>) -> Result<Committed, IndexError> {
        match payload {
            None => Ok(Committed { number: 1, length: 0, hash: digits(xxh3_64(b"")) }),
            Some(text) => serde_json::from_str(text)
                .map_err(|e| IndexError::damaged(dir, format!("the last commit: {e}"))),
        }
    }

    /// The bytes that count, checked.
    pub(crate) fn read(&self, dir: &Path, folder: &Path) -> Result<Vec<u8>, IndexError> {
        let path = path(folder, self.number);
        let mut bytes = Vec::new();
        if self.length > 0 {
            let file = File::open(&path).map_err(IndexError::io("read", &path))?;
            file.take(self.length).read_to_end(&mut bytes).map_err(IndexError::io("read", &path))?;
        }
        if bytes.len() as u64 != self.length || digits(xxh3_64(&bytes)) != self.hash {
            return Err(IndexError::damaged(dir, format!("{} is not what was committed", path.display())));
        }
        Ok(bytes)
    }
}

/// The journal of a writer: lines are appended, and count with the next commit.
pub(crate) struct Journal {
    disk: Disk,
    folder: PathBuf,
    number: u32,
    file: File,
    length: u64,
    hash: Xxh3,
    /// An older journal, to be removed when the commit that names this one is safe.
    outdated: bool,
}

impl Journal {
    /// Goes on from what was committed; what was written beyond it is cut off.
    pub(crate) fn resume(
        disk: &Disk,
        folder: &Path,
        committed: &Committed,
        content: &[u8],
    ) -> Result<Journal, IndexError> {
        let path = path(folder, committed.number);
        let mut journal = Journal::create(disk, folder, committed.number, false)?;
        journal.cut(committed.length).map_err(IndexError::io("cut", &path))?;
        journal.file.seek(SeekFrom::End(0)).map_err(IndexError::io("read", &path))?;
        journal.length = committed.length;
        journal.hash.update(content);
        Ok(journal)
    }

    /// The next journal, empty, to be filled with all that still counts.
    pub(crate) fn next(&self) -> Result<Journal, IndexError> {
        let next = Journal::create(&self.disk, &self.folder, self.number + 1, true)?;
        next.cut(0).map_err(IndexError::io("write", &path(&self.folder, self.number + 1)))?;
        Ok(next)
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        self.disk.ask(Act::Remove)?;
        self.file.set_len(length)
    }

    fn create(disk: &Disk, folder: &Path, number: u32, outdated: bool) -> Result<Journal, IndexError> {
        let path = path(folder, number);
        disk.ask(Act::Make).map_err(IndexError::io("write", &path))?;
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = open.map_err(IndexError::io("write", &path))?;
        let (disk, folder) = (disk.clone(), folder.to_path_buf());
        Ok(Journal { disk, folder, number, file, length: 0, hash: Xxh3::new(), outdated })
    }

    /// Appends whole lines.
    pub(crate) fn append(&mut self, lines: &[u8]) -> Result<(), IndexError> {
        let path = path(&self.folder, self.number);
        self.disk.write_all(&mut self.file, lines).map_err(IndexError::io("write", &path))?;
        self.length += lines.len() as u64;
        self.hash.update(lines);
        Ok(())
    }

    /// Makes what was appended durable, and says what the commit must name.
    pub(crate) fn sealed(&mut self) -> Result<Committed, IndexError> {
        let path = path(&self.folder, self.number);
        let asked = self.disk.ask(Act::Sync).and_then(|_| self.file.sync_all());
        asked.and_then(|()| self.disk.sync(&self.folder)).map_err(IndexError::io("write", &path))?;
        Ok(Committed { number: self.number, length: self.length, hash: digits(self.hash.digest()) })
    }

    /// To be called when a commit that names this journal is safe: the one before it goes.
    pub(crate) fn committed(&mut self) {
        if self.outdated {
            self.disk.sweep(&path(&self.folder, self.number - 1));
            self.outdated = false;
        }
    }

    /// Bytes appended so far.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }
}

/// The file of a journal.
pub(crate) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("journal-{number}.jsonl"))
}

/// The last journal in a folder.
pub(crate) fn last(folder: &Path) -> Option<PathBuf> {
    let names = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name());
    let number = |name: &str| name.strip_prefix("journal-")?.strip_suffix(".jsonl")?.parse::<u32>().ok();
    names.filter_map(|name| number(name.to_str()?)).max().map(|last| path(folder, last))
}

fn digits(hash: u64) -> String {
    format!("{hash:016x}")
}
