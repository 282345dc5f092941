//! What tells the files of several folders apart where their paths are shown.

use crate::index::about::Root;
use crate::ingest::shown;
use std::path::{Component, Path, PathBuf};

/// What the paths of a new root's files begin with where they are shown, so that no two files have the same: of the first
/// root nothing, of another the last parts of its path, as many as none of those before ends in or holds something at.
/// Files of one folder need none but its own.
pub(crate) fn label(before: &[Root], folders: &[PathBuf], own: &Path) -> String {
    if before.is_empty() {
        return String::new();
    }
    let labels = before.iter().map(|root| root.label.as_str());
    let others: Vec<(&str, &Path)> = labels.zip(folders.iter().map(PathBuf::as_path)).collect();
    if let Some((label, _)) = others.iter().find(|(_, other)| *other == own) {
        return (*label).to_owned();
    }
    let holds = |folder: &Path, from: &Path, at: &Path| {
        at.strip_prefix(from).is_ok_and(|rest| folder.join(rest).exists())
    };
    let taken = |tail: &Path| {
        others.iter().any(|(label, other)| {
            let label = Path::new(label);
            let is_within = || label.components().next().is_some() && holds(own, tail, label);
            other.ends_with(tail) || holds(other, label, tail) || is_within()
        })
    };
    let parts: Vec<Component<'_>> =
        own.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    let mut tails = (0..parts.len()).rev().map(|from| parts[from..].iter().collect::<PathBuf>());
    match tails.find(|tail| !taken(tail)) {
        Some(tail) => shown(&tail) + "/",
        // What others end in whole is told by its beginning.
        None => format!("/{}/", shown(&parts.iter().collect::<PathBuf>())),
    }
}

/// The folder of a root, which may be a file.
pub(crate) fn folder(root: &Path) -> &Path {
    if root.is_file() { root.parent().unwrap_or(root) } else { root }
}

#[cfg(test)]
mod tests {
    use super::{Root, folder, label};
    use crate::ingest::Options;
    use std::fs;
    use std::path::PathBuf;

    fn labels(paths: &[PathBuf]) -> Vec<String> {
        let mut roots: Vec<Root> = Vec::new();
        for (number, path) in paths.iter().enumerate() {
            let folders: Vec<PathBuf> =
                paths[..number].iter().map(|path| folder(path).to_path_buf()).collect();
            let label = label(&roots, &folders, folder(path));
            roots.push(Root { path: String::new(), options: Options::default(), label });
        }
        roots.into_iter().map(|root| root.label).collect()
    }

    #[test]
    fn no_two_files_have_the_same_path() {
        let roots = ["/news/a", "/news/b", "/old/b", "/old/a", "/b", "/old/b"].map(PathBuf::from);
        assert_eq!(labels(&roots), ["", "b/", "old/b/", "old/a/", "/b/", "old/b/"]);
    }

    #[test]
    fn what_lies_in_a_folder_is_told_from_another_of_its_name() {
        let home = tempfile::tempdir().unwrap();
        let place = |path: &str| home.path().join(path);
        ["z/c", "x/b/c", "y/b/c", "z/b", "z/c/b"]
            .iter()
            .for_each(|path| fs::create_dir_all(place(path)).unwrap());
        ["z/c/1.txt", "z/c/2.txt", "z/b/1.txt"].iter().for_each(|path| fs::write(place(path), "").unwrap());
        assert_eq!(labels(&[place("z/c"), place("z/b")]), ["", "z/b/"], "the first holds a folder b");
        assert_eq!(labels(&[place("z/b"), place("x/b"), place("y/b/c")]), ["", "x/b/", "c/"]);
        assert_eq!(labels(&[place("x"), place("z/c"), place("y/b/c")]), ["", "c/", "y/b/c/"]);
        ["u/r", "w/q/r", "v/q/r"].iter().for_each(|path| fs::create_dir_all(place(path)).unwrap());
        assert_eq!(
            labels(&[place("u/r"), place("w/q/r"), place("v/q")]),
            ["", "q/r/", "v/q/"],
            "the other way"
        );
        assert_eq!(labels(&[place("z/c/1.txt"), place("z/c/2.txt"), place("z/b/1.txt")]), ["", "", "z/b/"]);
    }
}
