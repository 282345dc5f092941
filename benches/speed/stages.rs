//! Each step of reading an archive by itself, on one thread.

use crate::process::files;
use onrecord::article::Article;
use onrecord::ingest::{Item, Options, Source, read_each, walk};
use onrecord::quotes::{Reading, Step, find, find_step_by_step};
use onrecord::schema::{Document, documents, register, schema};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;
use tantivy::indexer::UserOperation;
use tantivy::{Index, IndexWriter};

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
        print_rate(name, best, articles.len(), bytes);
    };
    line("walk", &mut || drop(walk(&[folder.to_path_buf()]).collect::<Vec<_>>()));
    line("read the files", &mut || {
        files(folder).iter().for_each(|file| drop(black_box(std::fs::read(file))));
    });
    line("decode and parse", &mut || {
        let mut into = Vec::new();
        sources.iter().for_each(|source| read(source, &mut into));
    });
    finding(&articles, bytes);
    // Documents take what was found; the copies that are made of it here count, too.
    line("documents", &mut || {
        for (article, found) in articles.iter().zip(&founds) {
            drop(black_box(documents(article, found.clone())));
        }
    });
    line("tantivy, with documents", &mut || {
        let index = Index::builder().schema(schema().clone()).create_in_ram().unwrap();
        register(&index);
        let mut writer: IndexWriter<Document> = index.writer_with_num_threads(1, 100 << 20).unwrap();
        for (article, found) in articles.iter().zip(&founds) {
            writer.run(documents(article, found.clone()).into_iter().map(UserOperation::Add)).unwrap();
        }
        writer.commit().unwrap();
    });
}

/// Prints what each step of finding quotes takes of the whole.
fn finding(articles: &[Article], bytes: usize) {
    let mut steps = [
        (Step::Segment, "segment", f64::INFINITY),
        (Step::Mentions, "look up words, mentions", f64::INFINITY),
        (Step::Extract, "extract", f64::INFINITY),
        (Step::Attribute, "attribute", f64::INFINITY),
        (Step::Resolve, "resolve", f64::INFINITY),
    ];
    for _ in 0..RUNS {
        let mut taken = [0.0; 5];
        for article in articles {
            let mut last = Instant::now();
            black_box(find_step_by_step(&article.text, Reading::of(&article.meta), &mut |step| {
                let now = Instant::now();
                taken[step as usize] += (now - last).as_secs_f64();
                last = now;
            }));
        }
        steps.iter_mut().zip(taken).for_each(|(step, taken)| step.2 = step.2.min(taken));
    }
    let all = (Step::Resolve, "find quotes, all five", steps.iter().map(|step| step.2).sum());
    for (_, name, best) in steps.into_iter().chain([all]) {
        print_rate(name, best, articles.len(), bytes);
    }
}

fn print_rate(name: &str, best: f64, articles: usize, bytes: usize) {
    let (each, rate) = (articles as f64 / best, bytes as f64 / 1e6 / best);
    println!("{name:<28}{best:>8.3} s{each:>12.0} articles/s{rate:>10.1} MB/s");
}
