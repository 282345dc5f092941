//! The sample corpus with its quotes marked: a change of what is found shows as a diff.
//!
//! `tests/annotated` holds a file an article, under the path of its source, as
//! `onrecord extract --format markup` prints it. What stands there is what the program finds, right
//! or wrong; what is right is for the goldens to say. `SNAPSHOTS=overwrite cargo test annotated`
//! writes the files anew.

use onrecord::article::Article;
use onrecord::ingest::{Options, read, walk};
use onrecord::quotes::{Reading, find};
use onrecord::render::markup;
use snapbox::IntoData;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn the_sample_corpus_is_marked_as_it_was() {
    let articles = articles();
    let marked: BTreeMap<&PathBuf, String> = articles.iter().map(|(at, a)| (at, marked(a))).collect();
    assert!(marked.len() > 50, "only {} articles were read", marked.len());
    assert_eq!(marked.len(), articles.len(), "two articles have one place");
    let compared = snapbox::Assert::new().action_env("SNAPSHOTS");
    let differs = |(path, found): (&&PathBuf, &String)| {
        let expected = snapbox::Data::read_from(&folder().join(path), None).raw();
        compared.try_eq(Some(&path.display()), found.into_data(), expected).err()
    };
    let differing: Vec<String> = marked.iter().filter_map(differs).map(|e| e.to_string()).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    let left: Vec<PathBuf> = files().into_iter().filter(|file| !marked.contains_key(&file)).collect();
    assert!(left.is_empty(), "no article of the sample corpus: {left:?}");
}

/// Every article of the sample corpus, with its place below `tests/annotated`: the path of its file,
/// and where that holds several their number.
pub(crate) fn articles() -> Vec<(PathBuf, Article)> {
    let corpus = [root().join("sample-corpus")];
    let named = walk(&corpus).map(Result::unwrap).flat_map(|source| {
        let found = read(&source, &Options::default()).articles;
        let several = found.len() > 1;
        let name = source.shown.split('.').next().unwrap_or_default().to_owned();
        let place = move |number: usize| if several { format!("{name}-{number}") } else { name.clone() };
        let placed = move |(n, article)| (PathBuf::from(format!("{}.md", place(n + 1))), article);
        found.into_iter().enumerate().map(placed)
    });
    named.collect()
}

fn marked(article: &Article) -> String {
    let quotes = find(&article.text, Reading::of(&article.meta)).quotes;
    format!("{}\n", markup::write(&article.text, &quotes))
}

/// What lies in `tests/annotated`.
fn files() -> Vec<PathBuf> {
    let folder = [folder()];
    walk(&folder).map(Result::unwrap).map(|source| PathBuf::from(source.shown)).collect()
}

fn folder() -> PathBuf {
    root().join("tests/annotated")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
