use crate::index::IndexError;
use crate::index::about::{About, Root, own, placed, recorded};
use crate::index::labels::{folder, label};
use crate::index::manifest::{Entry, Manifest};
use crate::ingest::{Options, Problem, Source, walk};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Records `roots` in `about`, and gives the numbers of those to be walked: all, where `all` are asked
/// for or none is named. Options that are not stated are those recorded, unless these are to be forgotten.
///
/// An archive, or its index, may have been moved. A recorded root that no longer holds any of its files
/// is recorded anew where a folder is named that holds most of them; unless it is named itself it is not walked: what
/// lies there now may be anybody's.
pub(crate) fn choose_roots(
    about: &mut About,
    dir: &Path,
    roots: &[PathBuf],
    (options, forget): (&Options, bool),
    manifest: &Manifest,
    all: bool,
) -> Result<Vec<usize>, IndexError> {
    let here = absolute(dir)?;
    let mut known = absolute_roots(about, dir)?;
    let mut folders: Vec<PathBuf> = known.iter().map(|root| folder(root).to_path_buf()).collect();
    let mut lost: Vec<bool> = (0..known.len()).map(|n| is_lost(n, &known[n], manifest)).collect();
    let mut chosen = BTreeSet::new();
    for root in roots {
        let path = fs::canonicalize(root).map_err(|_| IndexError::NoSuchRoot(root.clone()))?;
        // A folder within one that is known is refreshed with it.
        let within = (0..known.len()).find(|n| !lost[*n] && path.starts_with(&known[*n]));
        let is_its = |n: &usize| lost[*n] && (path == known[*n] || lies_in(*n, &path, manifest));
        let number = match within.or_else(|| (0..known.len()).find(is_its)) {
            Some(number) => number,
            None => {
                if let Some(above) = known.iter().position(|known| path.starts_with(known)) {
                    return Err(moved(about, dir, above, manifest));
                }
                let label = label(&about.roots, &folders, folder(&path));
                folders.push(folder(&path).to_path_buf());
                about.roots.push(Root { path: String::new(), options: Options::default(), label });
                known.push(path.clone());
                lost.push(true);
                known.len() - 1
            }
        };
        if lost[number] {
            about.roots[number].path = recorded(&here, &path);
            (known[number], lost[number]) = (path, false);
        }
        let recorded = &mut about.roots[number].options;
        *recorded = if forget { options.clone() } else { options.or(recorded) };
        chosen.insert(number);
        // So are those within it.
        chosen.extend((0..known.len()).filter(|n| !lost[*n] && known[*n].starts_with(&known[number])));
    }
    if about.roots.is_empty() {
        return Err(IndexError::NoRoots(dir.to_path_buf()));
    }
    if all || roots.is_empty() {
        chosen = (0..known.len()).collect();
    }
    // One that cannot be reached now is no other's: its files are kept.
    match chosen.iter().find(|n| lost[**n] && known[**n].exists()) {
        Some(number) => Err(moved(about, dir, *number, manifest)),
        None => Ok(chosen.into_iter().collect()),
    }
}

fn moved(about: &About, dir: &Path, number: usize, manifest: &Manifest) -> IndexError {
    let root = about.root_paths(dir).swap_remove(number);
    IndexError::Moved { dir: dir.to_path_buf(), root, files: files(number, manifest).count() }
}

/// Whether a root holds none of the files that were read from it.
pub(crate) fn is_lost(number: usize, root: &Path, manifest: &Manifest) -> bool {
    let mut files = files(number, manifest).peekable();
    files.peek().is_some() && !files.any(|(below, _)| placed(root, below).exists())
}

/// Whether most of what was read from a root, by the bytes, lies in a folder in files as large as they were:
/// a notice that goes with every delivery makes one no other.
fn lies_in(number: usize, folder: &Path, manifest: &Manifest) -> bool {
    let (mut there, mut all) = (0, 0);
    for (below, Entry { size, .. }) in files(number, manifest) {
        let same = fs::metadata(placed(folder, below)).is_ok_and(|file| file.len() == *size);
        there += if same { *size } else { 0 };
        all += size;
    }
    there > all / 2
}

/// The files that were read from a root, by their path below it; without those whose names are not
/// recorded as they are.
fn files(number: usize, manifest: &Manifest) -> impl Iterator<Item = (&str, &Entry)> {
    let prefix = format!("{number}/");
    let names = manifest.names().filter(move |name| name.starts_with(&prefix) && !name.contains('\\'));
    names.filter_map(|name| Some((name.split_once('/')?.1, manifest.get(name)?)))
}

/// The roots as the system knows them; one that is gone stays as recorded.
pub(crate) fn absolute_roots(about: &About, dir: &Path) -> Result<Vec<PathBuf>, IndexError> {
    let here = absolute(dir)?;
    let real = |path: PathBuf| fs::canonicalize(&path).unwrap_or(path);
    Ok(about.root_paths(&here).into_iter().map(real).collect())
}

/// The files of a folder, without those of `others` within it: files of another root are that root's, and those of the
/// index are no articles.
pub(crate) fn walk_without<'a>(
    folder: &'a PathBuf,
    others: &'a [PathBuf],
) -> impl Iterator<Item = Result<Source, Problem>> + 'a {
    let within: BTreeSet<&Path> = within(folder, others).map(PathBuf::as_path).collect();
    let is_others = move |source: &Source| {
        let mut above = source.path.ancestors().take_while(|above| *above != folder.as_path());
        !within.is_empty() && above.any(|above| within.contains(above))
    };
    walk(std::slice::from_ref(folder)).filter(move |found| !found.as_ref().is_ok_and(&is_others))
}

/// Those of `others` that lie in a folder.
pub(crate) fn within<'a>(folder: &'a Path, others: &'a [PathBuf]) -> impl Iterator<Item = &'a PathBuf> {
    others.iter().filter(move |other| *other != folder && other.starts_with(folder))
}

/// The roots as the system knows them, and the index: its folder, and what is its own in it.
pub(crate) fn roots_and_index(about: &About, dir: &Path) -> Result<Vec<PathBuf>, IndexError> {
    let mut all = absolute_roots(about, dir)?;
    let here = absolute(dir)?;
    all.extend(own(&here));
    all.push(here);
    Ok(all)
}

pub(crate) fn absolute(dir: &Path) -> Result<PathBuf, IndexError> {
    fs::canonicalize(dir).map_err(IndexError::io("open", dir))
}
