use crate::index::about::{self, About};
use crate::index::check::{Findings, Level};
use crate::index::copies;
use crate::index::directory::MANAGED;
use crate::index::entities;
use crate::index::journal::{self, Committed};
use crate::index::manifest::Manifest;
use crate::index::meta::{self, Meta};
use crate::index::seal::opened;
use crc32fast::Hasher;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

pub(crate) const BROKEN_SEAL: &str = "its checksum differs";

/// Looks at every file of a generation; gives the manifest, where it is whole.
pub(crate) fn check(folder: &Path, about: &About, level: Level, found: &mut Findings) -> Option<Manifest> {
    if !folder.is_dir() {
        found.damage(folder, "is missing");
        return None;
    }
    sealed(&folder.join(about::NAME), found, |_| true);
    sealed(&folder.join(MANAGED), found, |_| true);
    // Tables that follow from the documents: without one it is worked out anew.
    for (name, is_table) in
        [(entities::NAME, entities::is_table as fn(&[u8]) -> bool), (copies::NAME, copies::is_table)]
    {
        if folder.join(name).exists() {
            sealed(&folder.join(name), found, is_table);
        }
    }
    let listed = sealed(&folder.join(meta::NAME), found, |content| Meta::of(content).is_some());
    let listed = listed.and_then(|content| Meta::of(&content));
    let segments = match &listed {
        Some(meta) => meta.files(),
        None => segment_files(folder),
    };
    for name in &segments {
        let path = folder.join(name);
        found.files += 1;
        match (path.metadata(), level) {
            (Err(e), _) => found.damage(&path, missing(&e)),
            (Ok(_), Level::Quick) => {}
            (Ok(file), _) => {
                found.bytes += file.len();
                if let Err(what) = footed(&path, &about.engines) {
                    found.damage(&path, what);
                }
            }
        }
    }
    let listed = listed?;
    let others =
        segment_files(folder).difference(&segments).map(|name| folder.join(name)).collect::<Vec<_>>();
    found.leftovers.extend(others);
    let Ok(committed) = Committed::from_payload(folder, listed.payload.as_deref()) else {
        found.damage(&folder.join(meta::NAME), "does not say what was committed");
        return None;
    };
    found.files += 1;
    found.bytes += committed.length;
    let manifest = Manifest::read(folder, folder, &committed).ok();
    if manifest.is_none() {
        found.damage(&journal::path(folder, committed.number), "is not what was committed");
    }
    manifest
}

/// Looks at a sealed file, and gives its content.
fn sealed(path: &Path, found: &mut Findings, reads: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    found.files += 1;
    let file = match fs::read(path) {
        Ok(file) => file,
        Err(e) => {
            found.damage(path, missing(&e));
            return None;
        }
    };
    found.bytes += file.len() as u64;
    match opened(&file) {
        Some(content) if reads(content) => return Some(content.to_vec()),
        Some(_) => found.damage(path, "is whole, but cannot be understood"),
        None => found.damage(path, BROKEN_SEAL),
    }
    None
}

fn missing(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is missing".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// The files in a folder that look like a segment's.
fn segment_files(folder: &Path) -> BTreeSet<PathBuf> {
    let names =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| PathBuf::from(entry.file_name()));
    let of_segment = |name: &PathBuf| {
        let ending = name.extension().and_then(|e| e.to_str()).unwrap_or_default();
        meta::PARTS.contains(&ending) || ending == meta::DELETED
    };
    names.filter(of_segment).collect()
}

/// Whether a segment's file is as the engine closed it: content, then `{"version":…,"crc":…}`, the
/// length of that, and a number that is always the same. The engine itself never checks the sum,
/// and nothing covers the version.
fn footed(path: &Path, engines: &[String]) -> Result<(), String> {
    const TAIL: u64 = 8;
    const LAST: u32 = 1337;
    const LONGEST: u64 = 1024;
    let cut = || "is cut short".to_owned();
    let failed = |e: io::Error| missing(&e);
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut tail = [0; TAIL as usize];
    file.seek(SeekFrom::Start(length.checked_sub(TAIL).ok_or_else(cut)?)).map_err(failed)?;
    file.read_exact(&mut tail).map_err(failed)?;
    let number = |at: usize| u32::from_le_bytes([tail[at], tail[at + 1], tail[at + 2], tail[at + 3]]);
    let foot = u64::from(number(0));
    if number(4) != LAST || foot > LONGEST || foot + TAIL > length {
        return Err("its end is not what was written".to_owned());
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let sum = sum_of(&mut (&file).take(length - foot - TAIL)).map_err(failed)?;
    let mut said = Vec::new();
    file.take(foot).read_to_end(&mut said).map_err(failed)?;
    let is = |engine: &String| format!("{{\"version\":{engine},\"crc\":{sum}}}").as_bytes() == said;
    if engines.iter().any(is) { Ok(()) } else { Err(BROKEN_SEAL.to_owned()) }
}

fn sum_of(content: &mut impl Read) -> io::Result<u32> {
    let mut sum = Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match content.read(&mut buffer)? {
            0 => return Ok(sum.finalize()),
            n => sum.update(&buffer[..n]),
        }
    }
}
