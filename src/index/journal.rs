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
    /// Number of the file: `journal-1.zst`.
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

    /// Appends whole lines, as [`packed`] has them.
    pub(crate) fn append(&mut self, packed: &[u8]) -> Result<(), IndexError> {
        let path = path(&self.folder, self.number);
        self.disk.write_all(&mut self.file, packed).map_err(IndexError::io("write", &path))?;
        self.length += packed.len() as u64;
        self.hash.update(packed);
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

/// Lines of JSON in frames of zstd: each tells of some hundred files, and can be read when others are lost.
pub(crate) fn packed(lines: &[u8]) -> io::Result<Vec<u8>> {
    let (mut packed, mut rest) = (Vec::new(), lines);
    let mut packer = zstd::bulk::Compressor::new(zstd::DEFAULT_COMPRESSION_LEVEL)?;
    while !rest.is_empty() {
        let line = rest.iter().skip(FRAME).position(|byte| *byte == b'\n');
        let (frame, behind) = rest.split_at(line.map_or(rest.len(), |end| FRAME + end + 1));
        packed.extend(packer.compress(frame)?);
        rest = behind;
    }
    Ok(packed)
}

/// The lines that were packed.
pub(crate) fn lines(packed: &[u8]) -> io::Result<Vec<u8>> {
    // No frame at all is not an empty one to zstd.
    if packed.is_empty() { Ok(Vec::new()) } else { zstd::decode_all(packed) }
}

/// All lines that can be read of a journal that was damaged.
pub(crate) fn salvaged(packed: &[u8]) -> Vec<u8> {
    let mut lines = Vec::new();
    for frame in memchr::memmem::find_iter(packed, &FRAME_BEGINS) {
        let read = zstd::Decoder::new(&packed[frame..]).map(|decoder| decoder.single_frame());
        // A frame that ends in the middle is as good as far as it goes.
        let _ = read.and_then(|frame| frame.take(16 * FRAME as u64).read_to_end(&mut lines));
        lines.push(b'\n');
    }
    lines
}

/// Bytes of lines in a frame, about.
const FRAME: usize = 64 << 10;

/// What a frame of zstd begins with.
const FRAME_BEGINS: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// The file of a journal.
pub(crate) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("journal-{number}.zst"))
}

/// The last journal in a folder.
pub(crate) fn last(folder: &Path) -> Option<PathBuf> {
    let names = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name());
    let number = |name: &str| name.strip_prefix("journal-")?.strip_suffix(".zst")?.parse::<u32>().ok();
    names.filter_map(|name| number(name.to_str()?)).max().map(|last| path(folder, last))
}

fn digits(hash: u64) -> String {
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::{lines, packed, salvaged};

    #[test]
    fn a_damaged_frame_takes_no_other_with_it() {
        let written: Vec<u8> = (0..20_000).flat_map(|n| format!("line {n}\n").into_bytes()).collect();
        let mut kept = packed(&written).unwrap();
        assert_eq!(lines(&kept).unwrap(), written);
        assert!(kept.len() < written.len() / 2);
        let middle = kept.len() / 2;
        kept[middle] ^= 0x40;
        let read = String::from_utf8_lossy(&salvaged(&kept)).into_owned();
        assert!(read.contains("\nline 7\n") && read.contains("line 19999\n"));
    }
}
