//! Whole runs of `onrecord index` in turn with the floor.

use crate::floor::Analysis;
use crate::grow::grow;
use crate::process::{Taken, bytes, median, onrecord, run};
use std::fs;
use std::path::Path;
use std::process::Command;

const RUNS: usize = 5;

/// Articles of the archives that are grown.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// Prints the same of archives of three sizes, [grown](grow) from the folder, each indexed twice.
pub(crate) fn sizes(folder: &Path, home: &Path) {
    println!(
        "{:<22}{:>10}{:>10}{:>12}{:>10}{:>14}",
        "", "wall s", "cpu s", "peak MiB", "size/text", "ms an article"
    );
    let mut each = Vec::new();
    for articles in SIZES {
        let (grown, index) = (home.join(format!("grown-{articles}")), home.join("of-grown"));
        grow(folder, &grown, articles);
        let once = || {
            let _ = fs::remove_dir_all(&index);
            run(onrecord().args(["index", "--index"]).arg(&index).arg(&grown))
        };
        let taken = [once(), once()];
        let of = |what: fn(&Taken) -> f64| taken.iter().map(what).fold(f64::INFINITY, f64::min);
        let (wall, cpu) = (of(|t| t.wall), of(|t| t.cpu));
        let peak = taken.iter().map(|t| t.peak).fold(0.0, f64::max);
        let size = bytes(&index) as f64 / bytes(&grown) as f64;
        let ms = wall * 1000.0 / articles as f64;
        println!("{articles:<22}{wall:>10.2}{cpu:>10.2}{peak:>12.0}{size:>10.2}{ms:>14.3}");
        each.push(ms);
    }
    println!("an article of {} / of {}: {:.2}", SIZES[2], SIZES[1], each[2] / each[1]);
}

/// Prints wall and processor time, peak memory and size of the index, each as the median of the runs,
/// and the ratio to the floor.
pub(crate) fn runs(folder: &Path, home: &Path) {
    let (quotes, articles) = (home.join("quotes"), home.join("articles"));
    let floors = Analysis::ALL.map(|(name, _)| (name, home.join(name)));
    let mut floor: Vec<Vec<Taken>> = vec![Vec::new(); floors.len()];
    let (mut first, mut again, mut without) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        for ((name, made), taken) in floors.iter().zip(&mut floor) {
            let _ = fs::remove_dir_all(made);
            let mut program = Command::new(std::env::current_exe().unwrap());
            taken.push(run(program.arg("floor").arg(folder).arg(made).arg(name)));
        }
        let _ = fs::remove_dir_all(&quotes);
        for taken in [&mut first, &mut again] {
            taken.push(run(onrecord().args(["index", "--index"]).arg(&quotes).arg(folder)));
        }
        let _ = fs::remove_dir_all(&articles);
        let index = ["index", "--no-quotes", "--index"];
        without.push(run(onrecord().args(index).arg(&articles).arg(folder)));
    }
    let text = bytes(folder) as f64;
    println!("{:<22}{:>10}{:>10}{:>12}{:>10}", "", "wall s", "cpu s", "peak MiB", "size/text");
    let line = |name: &str, runs: &[Taken], made: &Path| {
        let of = |what: fn(&Taken) -> f64| median(runs.iter().map(what).collect());
        let (wall, cpu, peak) = (of(|t| t.wall), of(|t| t.cpu), of(|t| t.peak));
        println!("{name:<22}{wall:>10.2}{cpu:>10.2}{peak:>12.0}{:>10.2}", bytes(made) as f64 / text);
    };
    for ((name, made), taken) in floors.iter().zip(&floor) {
        line(&format!("floor, {name}"), taken, made);
    }
    line("quotes", &first, &quotes);
    line("quotes, nothing new", &again, &quotes);
    line("no quotes", &without, &articles);
    for (ours, runs) in [("quotes", &first), ("no quotes", &without)] {
        for ((name, _), taken) in floors.iter().zip(&floor) {
            let ratio = |what: fn(&Taken) -> f64| {
                median(runs.iter().zip(taken).map(|(ours, floor)| what(ours) / what(floor)).collect())
            };
            println!("{ours} / floor, {name}: wall {:.2}, cpu {:.2}", ratio(|t| t.wall), ratio(|t| t.cpu));
        }
    }
}
