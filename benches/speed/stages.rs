//! Each step of reading an archive by itself, on one thread.

use crate::process::files;
use onrecord::article::Article;
use onrecord::ingest::{Item, Options, Source, read_each, walk};
use onrecord::quotes::{Reading, find};
use onrecord::schema::{check, documents};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const RUNS: usize = 3;

/// Prints articles and megabytes of text a second of each.
pub(crate) fn stages(folder: &Path, _: &Path) {
    let options = Options::default();
    let sources: Vec<Source> = walk(&[folder.to_path_buf()]).filter_map(Result::ok).collect();
    let mut articles: Vec<Article> = Vec::new();
    let read = |source: &Source, into: &mut Vec<Article>| {
        read_each(source, &options, &mut |item| {
            if let Item::Article(article, _) = item {
                into.push(*article);
            }
        });
    };
    sources.iter().for_each(|source| read(source, &mut articles));
    let bytes: usize = articles.iter().map(|article| article.text.as_str().len()).sum();
    let founds: Vec<_> = articles.iter().map(|a| find(&a.text, Reading::of(&a.meta))).collect();
    println!("{} articles, {:.1} MB of text", articles.len(), bytes as f64 / 1e6);
    let line = |name: &str, work: &mut dyn FnMut()| {
        let time = || {
            let begun = Instant::now();
            work();
            begun.elapsed().as_secs_f64()
        };
        let best = std::iter::repeat_with(time).take(RUNS).fold(f64::INFINITY, f64::min);
        let (each, rate) = (articles.len() as f64 / best, bytes as f64 / 1e6 / best);
        println!("{name:<28}{best:>8.3} s{each:>12.0} articles/s{rate:>10.1} MB/s");
    };
    line("walk", &mut || drop(walk(&[folder.to_path_buf()]).collect::<Vec<_>>()));
    line("read the files", &mut || {
        files(folder).iter().for_each(|file| drop(black_box(std::fs::read(file))));
    });
    line("decode and parse", &mut || {
        let mut into = Vec::new();
        sources.iter().for_each(|source| read(source, &mut into));
    });
    line("segment (marks alone)", &mut || {
        articles.iter().for_each(|a| drop(black_box(find(&a.text, Reading::MarksOnly))));
    });
    line("find quotes, with segment", &mut || {
        articles.iter().for_each(|a| drop(black_box(find(&a.text, Reading::of(&a.meta)))));
    });
    line("documents", &mut || {
        for (article, found) in articles.iter().zip(&founds) {
            for document in documents(article, found) {
                check(&document).unwrap();
            }
        }
    });
}
