//! The index on disk: what is read again and what is not, and that the outcome is always the same.

use onrecord::index::{
    BuildOptions, IndexError, Level, Progress, Reader, Stats, Summary, check, exists, update,
};
use onrecord::ingest::Options;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An archive in a folder of its own, with its index.
pub(crate) struct Archive {
    home: TempDir,
}

impl Archive {
    pub(crate) fn new() -> Archive {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("news")).unwrap();
        Archive { home }
    }

    /// Three files, four articles, one of them in two files.
    pub(crate) fn usual() -> Archive {
        let archive = Archive::new();
        archive.put("a.jsonl", &[lantern("Harbour opens"), lantern("Ferry late")]);
        archive.put("b.jsonl", &[lantern("Ferry late"), lantern("Fog ahead")]);
        archive.put("c/d.jsonl", &[lantern("Bridge closed")]);
        archive
    }

    pub(crate) fn news(&self) -> PathBuf {
        self.home.path().join("news")
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.news().join(".onrecord")
    }

    pub(crate) fn put(&self, file: &str, records: &[String]) {
        let path = self.news().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, records.join("\n")).unwrap();
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.news().join(file)).unwrap();
    }

    pub(crate) fn build(&self, options: &BuildOptions) -> Result<Summary, IndexError> {
        update(&self.dir(), &[self.news()], &Options::default(), options, &|_: Progress| {})
    }

    pub(crate) fn update(&self) -> Summary {
        self.build(&BuildOptions::default()).unwrap()
    }

    fn prune(&self) -> Summary {
        self.build(&BuildOptions { prune: true, ..BuildOptions::default() }).unwrap()
    }

    fn rebuild(&self) -> Summary {
        self.build(&BuildOptions { rebuild: true, ..BuildOptions::default() }).unwrap()
    }

    fn stats(&self) -> Stats {
        Reader::open(&self.dir()).unwrap().stats().unwrap()
    }

    /// Everything the index holds, in an order that no run decides: id → article and quotes.
    pub(crate) fn holdings(&self) -> BTreeMap<String, String> {
        holdings(&self.dir())
    }
}

pub(crate) fn holdings(dir: &Path) -> BTreeMap<String, String> {
    let reader = Reader::open(dir).unwrap();
    let stats = reader.stats().unwrap();
    let mut held = BTreeMap::new();
    for place in reader.with_id("a", usize::MAX).unwrap() {
        let (article, quotes) = reader.article_at(place.article).unwrap();
        held.insert(article.id.clone(), format!("{:?} {:?} {quotes:?}", article.meta, article.text));
    }
    let quotes: BTreeSet<String> = reader
        .with_id("q", usize::MAX)
        .unwrap()
        .into_iter()
        .map(|place| {
            let (article, quotes) = reader.article_at(place.article).unwrap();
            quotes[place.nth as usize - 1].id(&article.id)
        })
        .collect();
    assert_eq!(held.len() as u64, stats.articles, "an article is in the index twice");
    assert_eq!(quotes.len() as u64, stats.quotes, "a quote is in the index twice");
    held.extend(quotes.into_iter().map(|id| (id, String::new())));
    held
}

/// An article of our newspaper; its quote names its title, so that no two are alike.
pub(crate) fn lantern(title: &str) -> String {
    let text =
        format!("“This is about {title},” said Ada Lund, the harbour master.\\n\\nShe said it would pass.");
    format!(r#"{{"title":"{title}","text":"{text}","date":"2016-10-12","outlet":"The Lantern"}}"#)
}

fn codes(summary: &Summary) -> Vec<&str> {
    summary.notes.iter().map(|note| note.code.as_str()).collect()
}

#[test]
fn an_unchanged_file_is_not_read_again() {
    let archive = Archive::usual();
    let first = archive.update();
    assert_eq!((first.files_read, first.articles), (3, 4));
    assert!(first.quotes >= 4, "{first:?}");
    let before = archive.holdings();
    let second = archive.update();
    assert_eq!((second.files_read, second.files_unchanged, second.articles), (0, 3, 4));
    assert_eq!(archive.holdings(), before);
}

#[test]
fn an_index_takes_a_folder_of_its_own() {
    let archive = Archive::usual();
    archive.put("g20/summit.jsonl", &[lantern("Leaders meet")]);
    let make = |dir: &Path| {
        update(dir, &[archive.news()], &Options::default(), &BuildOptions::default(), &|_: Progress| {})
    };
    let refused = make(&archive.news()).unwrap_err();
    assert!(matches!(&refused, IndexError::Foreign { name, .. } if name == "a.jsonl"), "{refused}");
    assert!(archive.news().join("g20/summit.jsonl").exists() && !archive.news().join("index.json").exists());
    // What the user keeps for an index may be there before it.
    let dir = archive.news().join("index");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("aliases.txt"), "Ada Lund = The harbour master\n").unwrap();
    assert_eq!(make(&dir).unwrap().articles, 5);
    // Within its archive it is no article, nor is a folder of the user's taken for one of its own.
    fs::create_dir(dir.join("g20")).unwrap();
    fs::write(dir.join("g20/notes.txt"), "Notes").unwrap();
    let again = make(&dir).unwrap();
    assert_eq!((again.files_read, again.files_unchanged, again.problems.len()), (0, 4, 0));
    assert!(dir.join("g20/notes.txt").exists());
    // Nor written to.
    fs::create_dir(dir.join("g2")).unwrap();
    fs::write(dir.join("g2/.notes"), "Notes").unwrap();
    let page = dir.join("g3/d41d8cd98f00b204e9800998ecf8427e.html");
    fs::create_dir(dir.join("g3")).unwrap();
    fs::write(&page, "a page named by its hash").unwrap();
    for _ in 0..2 {
        let anew = BuildOptions { rebuild: true, ..BuildOptions::default() };
        update(&dir, &[], &Options::default(), &anew, &|_: Progress| {}).unwrap();
    }
    assert!(dir.join("g5/meta.json").exists() && !dir.join("g4").exists() && page.exists());
    assert_eq!(fs::read_dir(dir.join("g2")).unwrap().count(), 1);
}

#[test]
fn a_folder_is_refreshed_with_those_within_it() {
    let archive = Archive::usual();
    let run = |root: &Path| {
        let (options, build) = (Options::default(), BuildOptions::default());
        update(&archive.dir(), &[root.to_owned()], &options, &build, &|_: Progress| {}).unwrap()
    };
    run(&archive.news().join("c"));
    assert_eq!(run(&archive.news()).articles, 4);
    archive.put("c/new.jsonl", &[lantern("Ice")]);
    let summary = run(&archive.news());
    assert_eq!((summary.files_read, summary.articles), (1, 5));
}

/// As an empty folder may become an archive after it was made the index of itself.
#[test]
fn an_index_among_its_articles_is_not_read() {
    let archive = Archive::new();
    let run = || {
        let (options, build) = (Options::default(), BuildOptions::default());
        update(&archive.news(), &[archive.news()], &options, &build, &|_: Progress| {}).unwrap()
    };
    run();
    archive.put("a.jsonl", &[lantern("Harbour opens")]);
    archive.put("g2/b.jsonl", &[lantern("Ferry late")]);
    let summary = run();
    assert_eq!((summary.files_read, summary.articles, summary.problems.len()), (2, 2, 0));
}

#[test]
fn what_is_not_stated_again_stays_as_it_was() {
    let archive = Archive::new();
    archive.put("20180304.txt", &["Ice\n\n“It is thin,” said Ada Lund.\n".to_owned()]);
    let run = |options: &Options| {
        update(&archive.dir(), &[archive.news()], options, &BuildOptions::default(), &|_: Progress| {})
            .unwrap()
    };
    let date_from = Some("path:%Y%m%d".parse().unwrap());
    run(&Options { outlet: Some("The Lantern".into()), date_from, ..Options::default() });
    let told = || {
        let reader = Reader::open(&archive.dir()).unwrap();
        let place = reader.with_id("a", 1).unwrap().remove(0);
        let (article, quotes) = reader.article_at(place.article).unwrap();
        (article.meta.outlet.unwrap(), article.meta.date.unwrap().to_string(), quotes.len())
    };
    assert_eq!(told(), ("The Lantern".to_owned(), "2018-03-04".to_owned(), 1));
    run(&Options { quotes: Some(false), ..Options::default() });
    assert_eq!(told(), ("The Lantern".to_owned(), "2018-03-04".to_owned(), 0));
    run(&Options { outlet: Some("The Post".into()), quotes: Some(true), ..Options::default() });
    assert_eq!(told(), ("The Post".to_owned(), "2018-03-04".to_owned(), 1));
}

#[test]
fn a_file_that_was_only_touched_is_not_read_again() {
    let archive = Archive::usual();
    archive.update();
    let file = fs::File::options().append(true).open(archive.news().join("a.jsonl")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let summary = archive.update();
    assert_eq!((summary.files_read, summary.touched), (0, 1));
    assert_eq!(archive.update().touched, 0);
}

#[test]
fn a_changed_file_replaces_what_it_held() {
    let archive = Archive::usual();
    archive.update();
    archive.put("c/d.jsonl", &[lantern("Bridge open again"), lantern("Toll raised")]);
    let summary = archive.update();
    assert_eq!((summary.files_read, summary.articles_gone, summary.articles), (1, 1, 5));
    assert_eq!(archive.holdings(), {
        archive.rebuild();
        archive.holdings()
    });
}

#[test]
fn a_vanished_file_stays_until_it_is_pruned() {
    let archive = Archive::usual();
    archive.update();
    archive.remove("c/d.jsonl");
    let kept = archive.update();
    assert_eq!((kept.files_vanished, kept.articles), (1, 4));
    let pruned = archive.prune();
    assert_eq!((pruned.files_gone, pruned.articles_gone, pruned.articles), (1, 1, 3));
    assert_eq!(archive.prune().files_gone, 0);
}

#[test]
fn one_article_in_two_files_is_one_article_as_long_as_one_of_them_holds_it() {
    let archive = Archive::usual();
    let summary = archive.update();
    assert_eq!(codes(&summary), ["duplicate"]);
    archive.remove("a.jsonl");
    let pruned = archive.prune();
    assert_eq!(pruned.articles, 3, "the article that was in both is still there");
    let held = archive.holdings();
    assert!(held.values().any(|record| record.contains("b.jsonl:1")), "and told by the other file");
    archive.put("b.jsonl", &[lantern("Fog ahead")]);
    assert_eq!(archive.update().articles, 2);
}

#[test]
fn a_file_that_lets_an_article_go_hands_it_to_the_other_holder() {
    let archive = Archive::usual();
    archive.update();
    archive.put("a.jsonl", &[lantern("Harbour opens")]);
    let summary = archive.update();
    assert_eq!((summary.files_read, summary.articles), (2, 4));
    assert_eq!(archive.holdings(), {
        archive.rebuild();
        archive.holdings()
    });
}

#[test]
fn a_record_that_comes_again_with_other_words_is_kept_and_told() {
    let archive = Archive::new();
    let record =
        |text: &str| format!(r#"{{"id":"77","title":"Ferry","text":"{text}","outlet":"The Lantern"}}"#);
    archive
        .put("a.jsonl", &[record("The ferry is late today, the harbour said."), record("The ferry sank.")]);
    let summary = archive.update();
    assert_eq!((summary.articles, codes(&summary)), (2, vec!["other-version"]));
}

#[test]
fn an_article_twice_in_one_file_is_one_article() {
    let archive = Archive::new();
    archive.put("a.jsonl", &[lantern("Ferry late"), lantern("Ferry late")]);
    let summary = archive.update();
    assert_eq!((summary.articles, codes(&summary)), (1, vec!["repeated"]));
}

#[test]
fn threads_and_commits_do_not_decide_what_is_in_the_index() {
    let archive = Archive::new();
    for file in 0..40 {
        let articles: Vec<String> = (0..4).map(|n| lantern(&format!("Tide {}", file * 3 + n))).collect();
        archive.put(&format!("{file}.jsonl"), &articles);
    }
    let mut outcomes = Vec::new();
    for (threads, commit_bytes) in [(1, usize::MAX), (4, usize::MAX), (4, 2_000), (2, 5_000)] {
        let options = BuildOptions { threads, commit_bytes, rebuild: true, ..BuildOptions::default() };
        let summary = archive.build(&options).unwrap();
        assert_eq!(summary.articles, 121);
        outcomes.push((archive.holdings(), summary.notes));
    }
    assert!(outcomes.windows(2).all(|two| two[0] == two[1]));
}

#[test]
fn grown_article_by_article_or_made_at_once_it_is_the_same() {
    let archive = Archive::usual();
    archive.update();
    archive.put("0.jsonl", &[lantern("Fog ahead"), lantern("Bridge closed")]);
    archive.update();
    archive.put("a.jsonl", &[lantern("Ferry late"), lantern("Ice")]);
    archive.remove("b.jsonl");
    archive.prune();
    let grown = archive.holdings();
    let speakers = |archive: &Archive| {
        let reader = Reader::open(&archive.dir()).unwrap();
        reader.entities().unwrap().iter().cloned().collect::<Vec<_>>()
    };
    let known = speakers(&archive);
    archive.rebuild();
    assert_eq!(archive.holdings(), grown);
    assert_eq!(speakers(&archive), known);
}

#[test]
fn an_archive_moves_with_its_index() {
    let archive = Archive::usual();
    archive.update();
    let moved = archive.home.path().join("elsewhere");
    fs::rename(archive.news(), &moved).unwrap();
    let dir = moved.join(".onrecord");
    let summary = update(&dir, &[], &Options::default(), &BuildOptions::default(), &|_| {}).unwrap();
    assert_eq!((summary.files_read, summary.files_unchanged, summary.files_vanished), (0, 3, 0));
    assert_eq!(Reader::open(&dir).unwrap().stats().unwrap().roots, [moved]);
}

#[test]
fn what_cannot_be_read_is_remembered_and_does_not_end_the_run() {
    let archive = Archive::usual();
    fs::write(archive.news().join("x.jsonl"), "{\"title\": \"broken\n").unwrap();
    let summary = archive.update();
    assert_eq!((summary.articles, summary.problems.len()), (4, 1));
    assert_eq!(archive.update().problems.len(), 0, "the file has not changed");
    let problems = archive.stats().problems;
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, archive.news().join("x.jsonl"));
}

#[test]
fn an_archive_that_is_away_is_not_pruned_away() {
    let archive = Archive::new();
    let away = archive.home.path().join("away");
    archive.put("a.jsonl", &[lantern("Ferry late")]);
    let dir = archive.home.path().join("index");
    let quiet = |_: Progress| {};
    update(&dir, &[archive.news()], &Options::default(), &BuildOptions::default(), &quiet).unwrap();
    fs::rename(archive.news(), &away).unwrap();
    let prune = BuildOptions { prune: true, ..BuildOptions::default() };
    let summary = update(&dir, &[], &Options::default(), &prune, &quiet).unwrap();
    assert_eq!((summary.files_gone, summary.articles, summary.problems.len()), (0, 1, 1));
}

#[test]
fn only_one_writes_at_a_time() {
    let archive = Archive::usual();
    let second = std::cell::RefCell::new(None);
    let during = |_: Progress| {
        second.borrow_mut().get_or_insert_with(|| archive.build(&BuildOptions::default()));
    };
    update(&archive.dir(), &[archive.news()], &Options::default(), &BuildOptions::default(), &during)
        .unwrap();
    let refused = second.into_inner().unwrap().unwrap_err().to_string();
    let who = format!("(process {} on ", std::process::id());
    let told = refused.starts_with("another `onrecord index` is updating") && refused.contains(&who);
    assert!(told && refused.contains(", since 20"), "{refused}");
}

#[test]
fn an_index_of_another_version_says_what_to_run() {
    let archive = Archive::usual();
    archive.update();
    outdate(&archive.dir());
    for error in [Reader::open(&archive.dir()).err(), archive.build(&BuildOptions::default()).err()] {
        let message = error.unwrap().to_string();
        assert!(
            message.contains("layout 1") && message.contains("`onrecord index` makes it anew"),
            "{message}"
        );
    }
    let renew = BuildOptions { renew: true, ..BuildOptions::default() };
    archive.remove("c/d.jsonl");
    let message = archive.build(&renew).unwrap_err().to_string();
    assert!(message.contains("1 of its files are gone"), "nothing is dropped unasked: {message}");
    archive.put("c/d.jsonl", &[lantern("Bridge closed")]);
    assert_eq!(archive.build(&renew).unwrap().articles, 4);
    assert!(archive.dir().join("g2").is_dir() && !archive.dir().join("g1").exists());
    assert_eq!(archive.build(&renew).unwrap().files_unchanged, 3);
    outdate(&archive.dir());
    assert_eq!(archive.rebuild().articles, 4);
    assert_eq!(archive.stats().articles, 4);
}

/// Makes an index look as version 1 of the layout wrote it: without a seal, under another schema.
fn outdate(dir: &Path) {
    let about = dir.join("index.json");
    let text = fs::read_to_string(&about).unwrap();
    let (content, _seal) = text.trim_end().rsplit_once('\n').unwrap();
    let hash = onrecord::schema::schema_hash();
    fs::write(&about, content.replace(&hash, "0123456789abcdef").replace("\"version\": 2", "\"version\": 1"))
        .unwrap();
}

#[test]
fn a_rebuild_names_the_articles_whose_files_are_gone() {
    let archive = Archive::usual();
    archive.update();
    let bridge =
        archive.holdings().into_iter().find(|(id, held)| id.starts_with('a') && held.contains("Bridge"));
    archive.remove("c/d.jsonl");
    let summary = archive.rebuild();
    assert_eq!(codes(&summary), ["duplicate", "not-rebuilt"]);
    assert!(summary.notes[1].message.contains(&bridge.unwrap().0), "{:?}", summary.notes);
}

/// What a run that was killed while it made an index, or made it anew, leaves behind.
#[test]
fn the_next_run_sweeps_what_a_killed_one_left() {
    let archive = Archive::usual();
    archive.update();
    let before = archive.holdings();
    let left = ["g2/meta.json", "g1/.tmpX1y2Z3", "index.new", "g1/entities.new"];
    fs::create_dir(archive.dir().join("g2")).unwrap();
    left.iter().for_each(|file| fs::write(archive.dir().join(file), "half").unwrap());
    assert_eq!(check(&archive.dir(), Level::ReadData).unwrap().leftovers.len(), 4);
    assert_eq!(archive.update().files_unchanged, 3);
    assert_eq!(check(&archive.dir(), Level::ReadData).unwrap().leftovers, Vec::<PathBuf>::new());
    assert_eq!(archive.holdings(), before);
}

#[test]
fn what_was_written_after_the_last_commit_does_not_count() {
    let archive = Archive::usual();
    archive.update();
    let before = archive.holdings();
    let journal = archive.dir().join("g1/journal-1.zst");
    let whole = fs::read(&journal).unwrap();
    let mut torn = whole.clone();
    torn.extend_from_slice(br#"{"file":"0/a.jsonl","what":"gone"}"#);
    fs::write(&journal, &torn).unwrap();
    assert_eq!(archive.stats().files, 3);
    assert_eq!(archive.update().files_read, 0);
    assert_eq!(archive.holdings(), before);
    assert_eq!(fs::read(&journal).unwrap(), whole);
    fs::write(&journal, &whole[1..]).unwrap();
    let message = archive.build(&BuildOptions::default()).unwrap_err().to_string();
    assert!(message.contains("is not what was committed"), "{message}");
}

/// A run that ends in the middle of a file, after some commits: the next one makes it whole.
#[test]
fn a_run_that_was_broken_off_is_resumed() {
    let archive = Archive::usual();
    archive.put("e.jsonl", &(0..30).map(|n| lantern(&format!("Wave {n}"))).collect::<Vec<_>>());
    let count = std::cell::Cell::new(0);
    let stop_at_20 = |p: Progress| {
        count.set(count.get().max(p.articles));
        assert!(p.articles < 20, "broken off");
    };
    let options = BuildOptions { commit_bytes: 500, threads: 2, ..BuildOptions::default() };
    let run = || update(&archive.dir(), &[archive.news()], &Options::default(), &options, &stop_at_20);
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    let part = archive.stats().articles;
    assert!((1..34).contains(&part), "{part}");
    // The file changes meanwhile: what came of it before must go.
    archive.put("e.jsonl", &(20..25).map(|n| lantern(&format!("Wave {n}"))).collect::<Vec<_>>());
    assert_eq!(archive.update().articles, 9);
    assert_eq!(archive.holdings(), {
        archive.rebuild();
        archive.holdings()
    });
}

#[test]
fn opening_never_makes_an_index() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join(".onrecord");
    assert!(!exists(&dir));
    let message = Reader::open(&dir).err().unwrap().to_string();
    assert!(
        message.contains("there is no index in") && message.contains("onrecord index FOLDER"),
        "{message}"
    );
    let missing = home.path().join("nowhere");
    let refused =
        update(&dir, &[missing], &Options::default(), &BuildOptions::default(), &|_| {}).unwrap_err();
    assert!(matches!(refused, IndexError::NoSuchRoot(_)));
    assert!(!dir.exists());
}

#[cfg(unix)]
#[test]
fn an_index_nobody_can_write_is_searched() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::usual();
    archive.update();
    let folder = archive.dir().join("g1");
    // Also without its lock files, as on a medium that was only ever read.
    fs::remove_file(folder.join(".tantivy-meta.lock")).unwrap();
    fs::remove_file(folder.join("entities.bin")).unwrap();
    let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let stats = Reader::open(&archive.dir()).map(|reader| reader.stats().unwrap());
    set(0o755);
    assert_eq!(stats.unwrap().articles, 4);
}

#[test]
fn articles_and_quotes_are_found_by_their_ids() {
    let archive = Archive::usual();
    archive.update();
    let reader = Reader::open(&archive.dir()).unwrap();
    let ids: Vec<String> = archive.holdings().into_keys().collect();
    for id in &ids {
        let [place] = reader.with_id(&id[..8], 10).unwrap()[..] else { panic!("{id} is not found") };
        let (article, quotes) = reader.article_at(place.article).unwrap();
        let found = match place.nth {
            0 => article.id,
            nth => quotes[nth as usize - 1].id(&article.id),
        };
        assert_eq!(found, *id);
        assert_eq!(reader.article(id).unwrap().is_some(), id.starts_with('a'));
    }
    for none in ["a0000000000000", "a00000000000000f", "x0", "", "a12 "] {
        assert!(reader.with_id(none, 10).unwrap().is_empty(), "{none}");
    }
    assert_eq!(reader.with_id("a", 2).unwrap().len(), 2);
    let article = ids.iter().find(|id| id.starts_with('a')).unwrap();
    let (article, quotes) = reader.article(article).unwrap().unwrap();
    assert!(article.text.slice(quotes[0].pieces[0]).starts_with("“This is about"));
    let starts: Vec<u32> = quotes.iter().map(|quote| quote.pieces[0].start).collect();
    assert!(starts.is_sorted());
}
