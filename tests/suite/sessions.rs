//! Terminal sessions: every ```` ```console ```` block of `README.md`, `docs/tasks.md` and `tests/cli/*.md` is
//! run, and what it prints is held against what stands there.
//!
//! Each file has a folder of its own with a copy of `sample-corpus`; its commands run in order, by
//! `sh`, with this program first in the path. `? N` closes a command that ends with exit code N.
//! `SNAPSHOTS=overwrite cargo test sessions` writes the files anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn readme() {
    run(Path::new("README.md"));
}

#[test]
fn tasks() {
    run(Path::new("docs/tasks.md"));
}

#[test]
fn every_file_of_tests_cli() {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("tests/cli")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    assert!(!files.is_empty(), "no sessions in tests/cli");
    let failed: Vec<PathBuf> =
        files.into_iter().filter(|file| std::panic::catch_unwind(|| run(file)).is_err()).collect();
    assert!(failed.is_empty(), "sessions that went otherwise: {failed:?}");
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a file's sessions and compares the whole file as it would be written now.
fn run(file: &Path) {
    let file = root().join(file);
    let written = fs::read_to_string(&file).unwrap();
    let home = home();
    // Raw: what stands in a session is compared letter for letter, backslashes included.
    let expected = snapbox::Data::read_from(&file, None).raw();
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(replayed(&written, home.path()), expected);
}

/// A folder with a copy of the sample corpus.
pub(crate) fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    copy(&root().join("sample-corpus"), &home.path().join("sample-corpus"));
    home
}

/// The file with the output of each session as it is today.
fn replayed(written: &str, home: &Path) -> String {
    let mut out = String::new();
    let mut within = false;
    for line in written.lines() {
        let fence = line.starts_with("```");
        if within && !fence {
            if let Some(command) = line.strip_prefix("$ ") {
                out.push_str(&format!("{line}\n{}", output(command, home)));
            }
            continue;
        }
        within = line == "```console";
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A command line, to be run in a folder, where the user and the terminal have no say.
pub(crate) fn shell(command: &str, home: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(home);
    shell.env("PATH", path).env("HOME", home).env("COLUMNS", "90");
    for name in ["ONRECORD_INDEX", "ONRECORD_PAGER", "PAGER", "XDG_CONFIG_HOME", "NO_COLOR", "CLICOLOR_FORCE"]
    {
        shell.env_remove(name);
    }
    shell
}

/// What a command prints on both streams, and `? N` where it does not end well.
fn output(command: &str, home: &Path) -> String {
    let ran = shell(&format!("exec 2>&1; {command}"), home).output().unwrap();
    let mut text = String::from_utf8_lossy(&ran.stdout).into_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    match ran.status.code() {
        Some(0) => text,
        Some(code) => format!("{text}? {code}\n"),
        None => format!("{text}? killed\n"),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|e| (e.path(), e.file_name())).unwrap();
        if name == ".onrecord" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
