//! Files that commands write for the user: aside, and put in place when they are complete.

use anyhow::{Context, bail};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is being written.
pub(super) struct Output {
    file: BufWriter<File>,
    /// Where it is written, and where it goes; None of what is no regular file: a pipe, a device.
    aside: Option<(PathBuf, PathBuf)>,
    force: bool,
}

impl Output {
    /// Begins a file. One that is there already stays as it is unless `force` says otherwise.
    pub(super) fn begin(path: &Path, force: bool) -> anyhow::Result<Output> {
        let cannot = || format!("{} cannot be written", path.display());
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => bail!("{} is a folder; name a file in it", path.display()),
            Ok(found) if !found.is_file() => {
                let file = File::options().write(true).open(path).with_context(cannot)?;
                return Ok(Output { file: BufWriter::new(file), aside: None, force });
            }
            Ok(_) if !force => bail!("{}", there_already(path)),
            _ => {}
        }
        let name = path.file_name().with_context(cannot)?.to_string_lossy();
        let aside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&aside).with_context(cannot)?;
        Ok(Output { file: BufWriter::new(file), aside: Some((aside, path.to_owned())), force })
    }

    /// Puts the complete file in its place.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        self.file.flush()?;
        let Some((aside, path)) = &self.aside else { return Ok(()) };
        self.file.get_ref().sync_all()?;
        // It may have come into being meanwhile.
        if !self.force && path.symlink_metadata().is_ok() {
            bail!("{}", there_already(path));
        }
        fs::rename(aside, path).with_context(|| format!("{} cannot be written", path.display()))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Output {
    /// What was not finished leaves nothing behind.
    fn drop(&mut self) {
        if let Some((aside, _)) = &self.aside {
            let _ = fs::remove_file(aside);
        }
    }
}

fn there_already(path: &Path) -> String {
    format!("{} is there already\n  Replace it with --force, or name another file", path.display())
}

#[cfg(test)]
mod tests {
    use super::Output;
    use std::fs;
    use std::io::Write;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hits.csv");
        let mut left = Output::begin(&path, false).unwrap();
        left.write_all(b"half").unwrap();
        drop(left);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut done = Output::begin(&path, false).unwrap();
        done.write_all(b"whole").unwrap();
        done.finish().unwrap();
        assert!(Output::begin(&path, false).is_err());
        let mut over = Output::begin(&path, true).unwrap();
        over.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        over.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_comes_into_being_meanwhile_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hits.csv");
        let begun = Output::begin(&path, false).unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(begun.finish().is_err());
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
    }
}
