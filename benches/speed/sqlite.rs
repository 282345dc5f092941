//! The same texts in a full-text table of SQLite, with English stems.

use crate::process::files;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes the files of a folder as the rows of a table.
pub(crate) fn rows(folder: &Path, home: &Path) -> PathBuf {
    let rows = home.join("rows.csv");
    let mut csv = csv::Writer::from_path(&rows).unwrap();
    for file in files(folder) {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).replace('\0', " ");
        csv.write_record([&file.display().to_string(), &text]).unwrap();
    }
    csv.flush().unwrap();
    rows
}

/// Makes the table of the rows.
pub(crate) fn import(rows: &Path, table: &Path) -> Command {
    let mut sqlite = Command::new("sqlite3");
    sqlite
        .arg(table)
        .arg("create virtual table t using fts5(path, body, tokenize='porter unicode61')")
        .arg(format!(".import --csv {} t", rows.display()));
    sqlite
}

/// Asks it for what a search prints: twenty hits with the words in their place, and how many there are.
pub(crate) fn select(table: &Path, query: &str) -> Command {
    let mut sqlite = Command::new("sqlite3");
    sqlite.arg(table).arg(format!(
        "select path, snippet(t, 1, '[', ']', '…', 48) from t where t match '{query}' order by rank limit 20; \
         select count(*) from t where t match '{query}'"
    ));
    sqlite
}
