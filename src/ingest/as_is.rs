use crate::ingest::decode;
use crate::ingest::limits::Limits;
use crate::ingest::problem::{Problem, Reason};
use crate::ingest::walk;
use std::io::Read;
use std::path::Path;

/// A file as one text: its stem, and its decoded content unchanged (only a byte order mark is
/// dropped), so that offsets in the text are the file's.
pub fn read_plain(path: &Path, limits: &Limits) -> Result<(String, String), Problem> {
    let file = walk::open(path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok((stem, read_plain_from(file, path, limits)?))
}

/// The same from anything that can be read; `path` is what a problem is reported for (`-`).
pub fn read_plain_from(from: impl Read, path: &Path, limits: &Limits) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    from.take(limits.record as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Problem::new(Reason::Unreadable, path, format!("cannot be read: {e}")))?;
    if bytes.len() > limits.record {
        let message = format!("longer than the limit of {} bytes", limits.record);
        return Err(Problem::new(Reason::TooLarge, path, message));
    }
    decode::decode(bytes, |_| None)
        .map_err(|_| Problem::new(Reason::NotText, path, "binary content, not text"))
}
