//! Whole runs of `onrecord index` in turn with the floor.

use crate::process::{Taken, bytes, median, onrecord, run};
use std::fs;
use std::path::Path;
use std::process::Command;

const RUNS: usize = 5;

/// Prints wall and processor time, peak memory and size of the index, each as the median of the runs,
/// and the ratio to the floor.
pub(crate) fn runs(folder: &Path, home: &Path) {
    let (floor, quotes, again) = (home.join("floor"), home.join("quotes"), "quotes, nothing new");
    let mut taken: Vec<(&str, Vec<Taken>)> = ["floor", "quotes", again].map(|n| (n, Vec::new())).into();
    for _ in 0..RUNS {
        for made in [&floor, &quotes] {
            let _ = fs::remove_dir_all(made);
        }
        let mut program = Command::new(std::env::current_exe().unwrap());
        taken[0].1.push(run(program.arg("floor").arg(folder).arg(&floor)));
        for place in [1, 2] {
            taken[place].1.push(run(onrecord().args(["index", "--index"]).arg(&quotes).arg(folder)));
        }
    }
    let text = bytes(folder) as f64;
    let size = |made: &Path| bytes(made) as f64;
    println!("{:<22}{:>10}{:>10}{:>12}{:>10}", "", "wall s", "cpu s", "peak MiB", "size/text");
    let of = |runs: &[Taken], what: fn(&Taken) -> f64| median(runs.iter().map(what).collect());
    for ((name, runs), made) in taken.iter().zip([&floor, &quotes, &quotes]) {
        let (wall, cpu, peak) = (of(runs, |t| t.wall), of(runs, |t| t.cpu), of(runs, |t| t.peak));
        println!("{name:<22}{wall:>10.2}{cpu:>10.2}{peak:>12.0}{:>10.2}", size(made) / text);
    }
    let ratio = |what: fn(&Taken) -> f64| {
        let pairs = taken[1].1.iter().zip(&taken[0].1).map(|(ours, floor)| what(ours) / what(floor));
        median(pairs.collect())
    };
    println!("quotes / floor: wall {:.2}, cpu {:.2}", ratio(|t| t.wall), ratio(|t| t.cpu));
}
