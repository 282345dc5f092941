use crate::index::disk::{Act, Disk};
use crate::index::seal::{BROKEN, opened, sealed};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// The engine's own list of the files it made.
pub(crate) const MANAGED: &str = ".managed.json";

/// A folder of documents: `meta.json` and its like are sealed, and whatever is written asks the
/// disk. Without a disk it is only read: where the file system lets nobody write, no lock can be
/// taken, and none is needed.
#[derive(Clone, Debug)]
pub(crate) struct Documents {
    files: MmapDirectory,
    folder: PathBuf,
    disk: Option<Disk>,
}

impl Documents {
    /// The documents in a folder, to be read.
    pub(crate) fn to_read(folder: &Path) -> tantivy::Result<Documents> {
        Ok(Documents { files: MmapDirectory::open(folder)?, folder: folder.to_owned(), disk: None })
    }

    /// The documents in a folder, to be added to.
    pub(crate) fn to_write(folder: &Path, disk: &Disk) -> tantivy::Result<Documents> {
        let disk = Some(disk.clone());
        Ok(Documents { files: MmapDirectory::open(folder)?, folder: folder.to_owned(), disk })
    }

    fn ask(&self, act: Act) -> io::Result<usize> {
        self.disk.as_ref().ok_or_else(refused)?.ask(act)
    }
}

fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "the index is open for reading only")
}

impl Directory for Documents {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let filepath = path.to_path_buf();
        self.ask(Act::Remove).map_err(|e| DeleteError::IoError { io_error: Arc::new(e), filepath })?;
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let refused = |e| OpenWriteError::wrap_io_error(e, path.to_path_buf());
        self.ask(Act::Make).map_err(refused)?;
        let file = self.files.open_write(path)?;
        let Some(disk) = self.disk.clone() else { return Ok(file) };
        Ok(WritePtr::new(Box::new(Asking { file, disk })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        // Which files there are matters to who takes away those that are no longer of use.
        if self.disk.is_none() && path == Path::new(MANAGED) {
            return Err(OpenReadError::FileDoesNotExist(path.to_path_buf()));
        }
        let file = self.files.atomic_read(path)?;
        match opened(&file) {
            Some(content) => Ok(content.to_vec()),
            None => Err(broken(path)),
        }
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        // Not by tantivy, whose files only their owner may read: an index may be searched by many.
        let disk = self.disk.as_ref().ok_or_else(refused)?;
        disk.exchange(&self.folder.join(path), &sealed(content))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.ask(Act::Sync)?;
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(e)) if self.disk.is_none() && unwritable(&e) => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn broken(path: &Path) -> OpenReadError {
    let path: PathBuf = path.to_path_buf();
    let error = io::Error::new(io::ErrorKind::InvalidData, format!("{} {BROKEN}", path.display()));
    OpenReadError::wrap_io_error(error, path)
}

fn unwritable(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// A file that asks the disk before it grows.
struct Asking {
    file: WritePtr,
    disk: Disk,
}

impl Write for Asking {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let granted = self.disk.ask(Act::Write(bytes.len()))?.min(bytes.len());
        self.file.write(&bytes[..granted])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Asking {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.disk.ask(Act::Sync)?;
        self.file.terminate_ref(token)
    }
}
