//! Where the index lives: `--index`, else `--in FOLDER`, else `$ONRECORD_INDEX`, else the nearest
//! `.onrecord` upward from here.

use crate::text::typed;
use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder of an index, beside what it is an index of.
pub(super) const FOLDER: &str = ".onrecord";

/// Where to look for an index that is there already.
pub(super) fn existing(index: Option<&Path>, folder: Option<&Path>) -> Result<PathBuf> {
    if let Some(dir) = stated(index, folder)? {
        return Ok(dir);
    }
    upward()?.with_context(|| {
        let named = named_folder().unwrap_or_else(|| "FOLDER".to_owned());
        format!(
            "there is no index here, nor in any folder above.\n  \
             Make one:          onrecord index {named}\n  \
             or search at once: onrecord search --in {named} 'QUERY'"
        )
    })
}

/// A word of the command line that is a folder: `onrecord search FOLDER 'QUERY'`.
fn named_folder() -> Option<String> {
    let mut words = std::env::args_os().skip(2).map(|word| word.to_string_lossy().into_owned());
    words
        .find(|word| !word.starts_with('-') && Path::new(word).is_dir())
        .map(|word| typed(&word).into_owned())
}

/// Where to write: as [`existing`], else the index within the one folder to be read, else a new one here.
pub(super) fn to_write(index: Option<&Path>, read: &[PathBuf]) -> Result<PathBuf> {
    if let Some(dir) = stated(index, None)? {
        return Ok(dir);
    }
    let within = match read {
        [folder] => Some(folder.join(FOLDER)).filter(|dir| dir.is_dir()),
        _ => None,
    };
    Ok(upward()?.or(within).unwrap_or_else(|| PathBuf::from(FOLDER)))
}

/// A path as it is told: from here, where it lies below.
pub(super) fn told(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

/// What was stated by option or environment.
fn stated(index: Option<&Path>, folder: Option<&Path>) -> Result<Option<PathBuf>> {
    if let Some(dir) = index {
        return Ok(Some(dir.to_owned()));
    }
    if let Some(folder) = folder {
        return beside(folder).map(Some);
    }
    Ok(std::env::var_os("ONRECORD_INDEX").filter(|v| !v.is_empty()).map(PathBuf::from))
}

/// The index of FOLDER: within it, or among the user's own data where it cannot be written to.
fn beside(folder: &Path) -> Result<PathBuf> {
    match std::fs::metadata(folder) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => bail!("{} is not a folder; --in takes the folder of an archive", folder.display()),
        Err(e) if e.kind() == ErrorKind::NotFound => {
            bail!("there is no folder {}; check the spelling, or where you are", folder.display())
        }
        Err(e) => return Err(e).with_context(|| format!("{} cannot be opened", folder.display())),
    }
    let within = folder.join(FOLDER);
    if within.is_dir() {
        return Ok(within);
    }
    match std::fs::create_dir(&within) {
        Ok(()) => Ok(within),
        Err(_) => own_data(folder),
    }
}

/// `$XDG_DATA_HOME/onrecord/NAME-HASH`: one for each folder, by where it lies.
fn own_data(folder: &Path) -> Result<PathBuf> {
    let real = folder.canonicalize().with_context(|| format!("{} cannot be opened", folder.display()))?;
    let home = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    let home = home.or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".local/share")));
    let home = home.with_context(|| {
        format!("{} cannot be written to; say where the index shall lie with --index DIR", folder.display())
    })?;
    let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let hash = xxhash_rust::xxh3::xxh3_64(real.as_os_str().as_encoded_bytes());
    Ok(home.join("onrecord").join(format!("{name}-{hash:016x}")))
}

/// The nearest `.onrecord` from here up to the root.
fn upward() -> Result<Option<PathBuf>> {
    let here = std::env::current_dir().context("the folder we are in cannot be read")?;
    Ok(here.ancestors().map(|dir| dir.join(FOLDER)).find(|dir| dir.is_dir()))
}
