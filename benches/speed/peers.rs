//! The same work by other programs, as far as they are installed.

use crate::process::{median, onrecord, run};
use crate::sqlite;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const RUNS: usize = 3;

/// Prints how long others take to index the same files, and to look through them without an index, in turn with
/// ours; those that are not installed are left out with a word.
pub(crate) fn peers(folder: &Path, home: &Path) {
    let (ours, rows) = (home.join("ours"), sqlite::rows(folder, home));
    let index = || {
        let _ = fs::remove_dir_all(&ours);
        run(onrecord().args(["index", "--index"]).arg(&ours).arg(folder)).wall
    };
    against("index, Recoll", "recollindex", index, || recoll(folder, home));
    against("index, SQLite FTS5", "sqlite3", index, || {
        let table = home.join("peer.db");
        let _ = fs::remove_file(&table);
        run(&mut sqlite::import(&rows, &table)).wall
    });
    let search = || run(onrecord().args(["search", "--index"]).arg(&ours).arg("government")).wall;
    against("a common word, ripgrep", "rg", search, || {
        run(Command::new("rg").args(["-c", "-i", "-w", "government"]).arg(folder)).wall
    });
}

/// One line: our time, theirs, and how many times as fast we are.
fn against(name: &str, program: &str, ours: impl Fn() -> f64, theirs: impl Fn() -> f64) {
    let there = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if there.is_err() {
        println!("{name:<28}no `{program}` here: left out");
        return;
    }
    let pairs: Vec<(f64, f64)> = (0..RUNS).map(|_| (ours(), theirs())).collect();
    let (own, other) =
        (median(pairs.iter().map(|p| p.0).collect()), median(pairs.iter().map(|p| p.1).collect()));
    let ratio = median(pairs.iter().map(|p| p.1 / p.0).collect());
    println!("{name:<28}{own:>9.3} s   theirs {other:>9.3} s   {ratio:>6.1} times as fast");
}

/// Recoll with its defaults, in a folder of its own.
fn recoll(folder: &Path, home: &Path) -> f64 {
    let config = home.join("recoll");
    let _ = fs::remove_dir_all(&config);
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("recoll.conf"), format!("topdirs = {}\n", folder.display())).unwrap();
    run(Command::new("recollindex").arg("-c").arg(&config)).wall
}
