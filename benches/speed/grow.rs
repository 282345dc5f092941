//! A larger archive of the same kind.

use crate::process::files;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `articles` texts to `to`, each with the heading of a text of `from` and a body of as many
/// passages, drawn from all texts of the same folder (in dated archives, the month) with a fixed seed.
/// A passage is a paragraph; of a text of one or two paragraphs, two sentences.
pub(crate) fn grow(from: &Path, to: &Path, articles: usize) {
    let mut folders: BTreeMap<PathBuf, Vec<(String, Vec<String>)>> = BTreeMap::new();
    for file in files(from) {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        let (heading, body) = text.split_once("\n\n").unwrap_or(("", &text));
        let within = file.strip_prefix(from).unwrap().parent().unwrap().to_path_buf();
        folders.entry(within).or_default().push((heading.to_owned(), passages(body)));
    }
    let known: usize = folders.values().map(Vec::len).sum();
    let rounds = articles.div_ceil(known.max(1));
    let (mut left, mut chance) = (articles, Chance(0x9E37_79B9_7F4A_7C15));
    for round in 0..rounds {
        for (folder, texts) in &folders {
            let pool: Vec<&String> = texts.iter().flat_map(|(_, passages)| passages).collect();
            fs::create_dir_all(to.join(folder)).unwrap();
            for (number, (heading, passages)) in texts.iter().enumerate().take(left) {
                let drawn = passages.iter().map(|_| pool[chance.below(pool.len())].as_str());
                let body = drawn.collect::<Vec<_>>().join("\n\n");
                let path = to.join(folder).join(format!("{round:03}-{number:05}.txt"));
                fs::write(path, format!("{heading}\n\n{body}\n")).unwrap();
            }
            left = left.saturating_sub(texts.len());
        }
    }
}

fn passages(body: &str) -> Vec<String> {
    let paragraphs: Vec<&str> = body.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect();
    if paragraphs.len() > 2 {
        return paragraphs.into_iter().map(str::to_owned).collect();
    }
    let sentences: Vec<&str> = body.trim().split_inclusive(". ").collect();
    sentences.chunks(2).map(|two| two.concat().trim().to_owned()).collect()
}

/// Numbers that look like chance and are the same on every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}
