use crate::index::IndexError;
use crate::index::about::{About, Root, recorded};
use crate::index::manifest::{Manifest, Name};
use crate::index::ways::{Way, Ways, choices};
use crate::ingest::{Options, Problem, Source, walk};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file to be read.
pub(crate) struct Task {
    pub(crate) name: Name,
    pub(crate) source: Source,
    /// Its path as the reader knows the place.
    pub(crate) shown: PathBuf,
    pub(crate) options: Arc<Options>,
    pub(crate) options_hash: u64,
    /// The hash of its content when it was last read with these options, where its size is still
    /// the same: it may only have been touched.
    pub(crate) known: Option<u64>,
}

/// What the walk through the archive found.
#[derive(Default)]
pub(crate) struct Plan {
    /// New and changed files, in the order of the walk.
    pub(crate) tasks: Vec<Task>,
    /// Files that are as they were.
    pub(crate) unchanged: u64,
    /// Files read before and not found now.
    pub(crate) vanished: Vec<Name>,
    /// What the walk could not look at.
    pub(crate) problems: Vec<Problem>,
}

/// Records `roots` in `about`, and gives the numbers of those to be walked: all, where none is named.
pub(crate) fn choose_roots(
    about: &mut About,
    dir: &Path,
    roots: &[PathBuf],
    options: &Options,
) -> Result<Vec<usize>, IndexError> {
    let known = absolute_roots(about, dir)?;
    let mut chosen = BTreeSet::new();
    for root in roots {
        let path = fs::canonicalize(root).map_err(|_| IndexError::NoSuchRoot(root.clone()))?;
        // A folder within one that is known is refreshed with it.
        let number = match known.iter().position(|k| path.starts_with(k)) {
            Some(number) => number,
            None => {
                let here = absolute(dir)?;
                about.roots.push(Root { path: recorded(&here, &path), options: Options::default() });
                about.roots.len() - 1
            }
        };
        // Options not stated are those recorded.
        if *options != Options::default() {
            about.roots[number].options = options.clone();
        }
        chosen.insert(number);
    }
    if about.roots.is_empty() {
        return Err(IndexError::NoRoots(dir.to_path_buf()));
    }
    Ok(if roots.is_empty() { (0..about.roots.len()).collect() } else { chosen.into_iter().collect() })
}

/// Walks the chosen roots and compares what is there with what was read.
pub(crate) fn plan(
    about: &About,
    dir: &Path,
    chosen: &[usize],
    manifest: &Manifest,
    progress: &dyn Fn(u64),
) -> Result<Plan, IndexError> {
    let roots = absolute_roots(about, dir)?;
    let shown = about.root_paths(dir);
    let choices = choices(dir)?;
    let mut plan = Plan::default();
    let mut seen: BTreeSet<Name> = BTreeSet::new();
    for &number in chosen {
        let Some(root) = roots.get(number) else { continue };
        // Files of a root within this one are that root's.
        let inner: Vec<&PathBuf> = roots.iter().filter(|r| *r != root && r.starts_with(root)).collect();
        let mut ways = Ways::new(&choices, dir, root, &about.roots[number].options);
        let mut dark = Vec::new();
        for found in walk(std::slice::from_ref(root)) {
            match found {
                Ok(source) if inner.iter().any(|r| source.path.starts_with(r)) => {}
                Ok(source) => {
                    let name = Name::from(format!("{number}/{}", source.shown));
                    seen.insert(name.clone());
                    let way = ways.of(&source.path);
                    match task(manifest, name, source, &|name| about.shown(dir, name), way) {
                        Some(task) => plan.tasks.push(task),
                        None => plan.unchanged += 1,
                    }
                    progress(seen.len() as u64);
                }
                Err(problem) => {
                    dark.push(below(root, number, &problem.path));
                    plan.problems.push(reachable(root, &shown[number], problem));
                }
            }
        }
        let prefix = format!("{number}/");
        let gone = |name: &&Name| {
            name.starts_with(&prefix) && !seen.contains(*name) && !dark.iter().any(|d| name.starts_with(d))
        };
        plan.vanished.extend(manifest.names().filter(gone).cloned());
    }
    Ok(plan)
}

/// The task of reading a file, unless it is as it was.
fn task(
    manifest: &Manifest,
    name: Name,
    source: Source,
    shown: &dyn Fn(&str) -> PathBuf,
    way: &Way,
) -> Option<Task> {
    let Way { options, hash, .. } = way;
    let entry = manifest.get(&name);
    let same_way = entry.filter(|e| e.whole && e.size == source.size && e.options == *hash);
    if same_way.is_some_and(|e| e.modified == source.modified) {
        return None;
    }
    let known = same_way.map(|e| e.hash).filter(|hash| *hash != 0);
    let shown = shown(&name);
    Some(Task { name, source, shown, options: options.clone(), options_hash: *hash, known })
}

/// The beginning of the names of files that could not be looked at: they have not vanished.
fn below(root: &Path, number: usize, path: &Path) -> String {
    let below = path.strip_prefix(root).map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{number}/{below}")
}

/// A problem's path as the reader knows the place, not as the system resolves it.
fn reachable(root: &Path, shown: &Path, problem: Problem) -> Problem {
    match problem.path.strip_prefix(root) {
        Ok(below) if below.as_os_str().is_empty() => Problem { path: shown.to_path_buf(), ..problem },
        Ok(below) => Problem { path: shown.join(below), ..problem },
        Err(_) => problem,
    }
}

/// The roots as the system knows them; one that is gone stays as recorded.
pub(crate) fn absolute_roots(about: &About, dir: &Path) -> Result<Vec<PathBuf>, IndexError> {
    let here = absolute(dir)?;
    let real = |path: PathBuf| fs::canonicalize(&path).unwrap_or(path);
    Ok(about.root_paths(&here).into_iter().map(real).collect())
}

pub(crate) fn absolute(dir: &Path) -> Result<PathBuf, IndexError> {
    fs::canonicalize(dir).map_err(IndexError::io("open", dir))
}
