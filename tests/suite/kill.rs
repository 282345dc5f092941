//! A run that is killed, at any moment, and run again holds what an undisturbed one holds.

use crate::index::{holdings, lantern};
use onrecord::index::{BuildOptions, Level, check, update};
use onrecord::ingest::Options;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const INDEX: &str = "ONRECORD_KILL_INDEX";
const NEWS: &str = "ONRECORD_KILL_NEWS";

/// The run that is killed: this test program calls itself with these variables set, and it then
/// prints a line for every step. Without them there is nothing to do.
#[test]
#[allow(clippy::print_stdout, reason = "by its lines it is told how far it is")]
fn run_to_be_killed() {
    let (Some(dir), Some(news)) = (env::var_os(INDEX), env::var_os(NEWS)) else { return };
    let build = BuildOptions { threads: 2, commit_bytes: 20_000, ..BuildOptions::default() };
    let step = |_| println!("step");
    update(Path::new(&dir), &[PathBuf::from(news)], &Options::default(), &build, &step).unwrap();
}

fn start(dir: &Path, news: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::run_to_be_killed", "--nocapture"])
        .env(INDEX, dir)
        .env(NEWS, news)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a run after so many of its steps; false where it was done before.
fn killed_after(steps: usize, dir: &Path, news: &Path) -> bool {
    let mut run = start(dir, news);
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines();
    let mut seen = 0;
    while seen < steps {
        match lines.next() {
            Some(line) => seen += usize::from(line.unwrap().ends_with("step")),
            None => break,
        }
    }
    let _ = run.kill();
    !run.wait().unwrap().success()
}

/// What is left after a kill is sound, or was never begun.
fn is_sound(dir: &Path) {
    if let Ok(found) = check(dir, Level::ReadData) {
        assert!(found.is_sound(), "{:?}", found.damaged);
    }
}

fn finish(dir: &Path, news: &Path) {
    let whole = update(dir, &[news.to_path_buf()], &Options::default(), &BuildOptions::default(), &|_| {});
    whole.unwrap();
    let found = check(dir, Level::ReadData).unwrap();
    assert!(found.is_sound() && found.leftovers.is_empty(), "{found:?}");
}

#[test]
fn a_killed_run_loses_and_doubles_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (news, undisturbed, dir) =
        (home.path().join("news"), home.path().join("undisturbed"), home.path().join("index"));
    fs::create_dir(&news).unwrap();
    for file in 0..60 {
        let articles: Vec<String> = (0..10).map(|n| lantern(&format!("Tide {}", file * 9 + n))).collect();
        fs::write(news.join(format!("{file}.jsonl")), articles.join("\n")).unwrap();
    }
    finish(&undisturbed, &news);
    let mut kills = 0;
    for steps in [1, 62, 64, 90, 150, 300, 420] {
        kills += usize::from(killed_after(steps, &dir, &news));
        is_sound(&dir);
    }
    assert!(kills >= 4, "{kills}");
    finish(&dir, &news);
    assert_eq!(holdings(&dir), holdings(&undisturbed));
}

/// The measure: `ONRECORD_NEWS=FOLDER cargo test --test suite -- --ignored --nocapture two_hundred_kills`
/// kills 200 runs over the articles of a folder, each at a moment of its own, and resumes them.
#[test]
#[ignore = "takes many minutes, and a folder of articles"]
#[allow(clippy::print_stdout, reason = "it is asked for by a person, who reads it")]
fn two_hundred_kills() {
    let news = PathBuf::from(env::var("ONRECORD_NEWS").expect("ONRECORD_NEWS names a folder of articles"));
    let home = tempfile::tempdir().unwrap();
    let (undisturbed, dir) = (home.path().join("undisturbed"), home.path().join("index"));
    let begun = Instant::now();
    assert!(start(&undisturbed, &news).wait_with_output().unwrap().status.success());
    let whole = begun.elapsed();
    let held = holdings(&undisturbed);
    let (mut kills, mut rounds, mut seed) = (0, 0, 0x5EED_u64);
    while kills < 200 {
        // Every round begins anew and is killed a few times, then resumed to its end.
        let _ = fs::remove_dir_all(&dir);
        for _ in 0..3 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut run = start(&dir, &news);
            let mut out = run.stdout.take().unwrap();
            std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
            std::thread::sleep(
                whole.mul_f64((seed >> 40) as f64 / (1 << 24) as f64 * 0.9) + Duration::from_millis(1),
            );
            let _ = run.kill();
            kills += usize::from(!run.wait().unwrap().success());
            is_sound(&dir);
        }
        finish(&dir, &news);
        assert!(holdings(&dir) == held, "after {kills} kills: another set of documents");
        rounds += 1;
    }
    println!("{kills} kills, {rounds} indexes resumed: {} documents each, 0 lost, 0 doubled", held.len());
}
