//! How fast it is: `cargo bench --bench speed [-- PART.. [--on FOLDER]]`.
//!
//! Parts are `stages` (each step of reading by itself), `index` (whole runs against the floor: a
//! minimal tantivy program that indexes the same texts, and no quotes), `sizes` (whole runs on archives
//! of 1,000, 10,000 and 100,000 articles grown from the folder), `cold` (queries as a process of their
//! own), `warm` (queries in a process) and `peers` (other programs, as far as they are installed). Without
//! a part all of them, without a folder on the sample corpus, which is too small to say much. `warm` takes a
//! folder that is an index as it is.
//!
//! `grow FROM TO N` writes N articles made of the paragraphs of a folder's, drawn within a month with a
//! fixed seed: an archive of any size, no two articles of it near-duplicates.
#![allow(clippy::print_stdout, reason = "a bench is there to print")]
#![allow(clippy::unwrap_used, reason = "a bench may fail")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock and the files")]

mod floor;
mod grow;
mod peers;
mod process;
mod queries;
mod runs;
mod sqlite;
mod stages;
mod stems;

use std::path::{Path, PathBuf};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let typed: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = typed.iter().map(String::as_str).collect();
    match words[..] {
        ["floor", folder, to, analysis] => floor::index(Path::new(folder), Path::new(to), analysis),
        ["grow", from, to, articles] => grow::grow(Path::new(from), Path::new(to), articles.parse().unwrap()),
        _ => parts(&words),
    }
}

fn parts(words: &[&str]) {
    let named = words.iter().position(|word| *word == "--on");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let folder = named.map_or(sample, |at| PathBuf::from(words[at + 1]));
    let asked = &words[..named.unwrap_or(words.len())];
    let home = tempfile::tempdir().unwrap();
    process::install(home.path());
    println!("on {}", folder.display());
    type Measure = fn(&Path, &Path);
    let all: [(&str, Measure); 6] = [
        ("stages", stages::stages),
        ("index", runs::runs),
        ("sizes", runs::sizes),
        ("cold", queries::cold),
        ("warm", queries::warm),
        ("peers", peers::peers),
    ];
    for (name, part) in all {
        if asked.is_empty() || asked.contains(&name) {
            println!("\n{name}");
            part(&folder, home.path());
        }
    }
}
