use crate::index::IndexError;
use crate::index::about::{About, placed};
use crate::index::manifest::{Manifest, Name};
use crate::index::roots::{roots_and_index, walk_without};
use crate::index::ways::{Way, Ways, choices};
use crate::ingest::{Options, Problem, Source, shown};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file to be read.
pub(crate) struct Task {
    pub(crate) name: Name,
    pub(crate) source: Source,
    /// The path of its root, as the reader knows the place.
    pub(crate) root: Arc<Path>,
    /// What the paths of the root's files begin with where they are shown.
    pub(crate) label: Arc<str>,
    pub(crate) options: Arc<Options>,
    pub(crate) options_hash: u64,
    /// The hash of its content when it was last read with these options, where its size is still
    /// the same: it may only have been touched.
    pub(crate) known: Option<u64>,
}

impl Task {
    /// The path of the file, as the reader knows the place.
    pub(crate) fn shown(&self) -> PathBuf {
        placed(&self.root, &self.source.shown)
    }
}

/// What the walk through the archive found.
#[derive(Default)]
pub(crate) struct Plan {
    /// The numbers of the roots that were walked.
    pub(crate) roots: Vec<usize>,
    /// New and changed files, in the order of the walk.
    pub(crate) tasks: Vec<Task>,
    /// Files that are as they were.
    pub(crate) unchanged: u64,
    /// Files read before and not found now.
    pub(crate) vanished: Vec<Name>,
    /// Files read before in places that cannot be looked at now.
    pub(crate) hidden: Vec<Name>,
    /// What the walk could not look at.
    pub(crate) problems: Vec<Problem>,
}

/// Walks the chosen roots and compares what is there with what was read.
pub(crate) fn plan(
    about: &About,
    dir: &Path,
    chosen: &[usize],
    manifest: &Manifest,
    progress: &dyn Fn(u64),
) -> Result<Plan, IndexError> {
    let roots = roots_and_index(about, dir)?;
    let shown = about.root_paths(dir);
    let choices = choices(dir)?;
    let mut plan = Plan { roots: chosen.to_vec(), ..Plan::default() };
    let mut seen: BTreeSet<Name> = BTreeSet::new();
    for &number in chosen {
        let Some(root) = roots.get(number) else { continue };
        let place = (Arc::from(shown[number].as_path()), Arc::from(about.roots[number].label.as_str()));
        let mut ways = Ways::new(&choices, dir, root, &about.roots[number].options);
        let mut dark = Vec::new();
        for found in walk_without(root, &roots) {
            match found {
                Ok(source) => {
                    let name = Name::from(format!("{number}/{}", source.shown));
                    seen.insert(name.clone());
                    let way = ways.of(&source.path);
                    match task(manifest, name, source, &place, way) {
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
        let gone = manifest.names().filter(|name| name.starts_with(&prefix) && !seen.contains(*name));
        let (hidden, vanished) =
            gone.cloned().partition::<Vec<Name>, _>(|name| dark.iter().any(|dark| lies_in(name, dark)));
        plan.hidden.extend(hidden);
        plan.vanished.extend(vanished);
    }
    Ok(plan)
}

/// The task of reading a file, unless it is as it was.
fn task(
    manifest: &Manifest,
    name: Name,
    source: Source,
    (root, label): &(Arc<Path>, Arc<str>),
    way: &Way,
) -> Option<Task> {
    let Way { options, hash, .. } = way;
    let entry = manifest.get(&name);
    let same_way = entry.filter(|e| e.whole && e.size == source.size && e.options == *hash);
    if same_way.is_some_and(|e| e.modified == source.modified) {
        return None;
    }
    let known = same_way.map(|e| e.hash).filter(|hash| *hash != 0);
    let (root, label, options) = (Arc::clone(root), Arc::clone(label), Arc::clone(options));
    Some(Task { name, source, root, label, options, options_hash: *hash, known })
}

/// The name of a file or folder that could not be looked at: what lies in it has not vanished.
fn below(root: &Path, number: usize, path: &Path) -> String {
    let below = path.strip_prefix(root).map(shown).unwrap_or_default();
    format!("{number}/{below}")
}

fn lies_in(name: &str, folder: &str) -> bool {
    let below = name.strip_prefix(folder);
    below.is_some_and(|below| below.is_empty() || below.starts_with('/') || folder.ends_with('/'))
}

/// A problem's path as the reader knows the place, not as the system resolves it.
fn reachable(root: &Path, shown: &Path, problem: Problem) -> Problem {
    match problem.path.strip_prefix(root) {
        Ok(below) if below.as_os_str().is_empty() => Problem { path: shown.to_path_buf(), ..problem },
        Ok(below) => Problem { path: shown.join(below), ..problem },
        Err(_) => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::{below, lies_in};
    use std::path::Path;

    #[test]
    fn what_lies_in_a_dark_folder_and_nothing_else() {
        let dark = |path: &str| below(Path::new("/news"), 3, Path::new(path));
        assert!(lies_in("3/20/a.txt", &dark("/news/20")) && lies_in("3/20", &dark("/news/20")));
        assert!(!lies_in("3/2016/a.txt", &dark("/news/20")) && !lies_in("3/2", &dark("/news/20")));
        assert!(lies_in("3/a.txt", &dark("/news")), "the root itself");
        assert!(lies_in(r"3/b\\\u{1b}/a.txt", &dark("/news/b\\\u{1b}")), "{}", dark("/news/b\\\u{1b}"));
    }
}
