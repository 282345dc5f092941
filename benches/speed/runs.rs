//! Whole runs of `onrecord index` in turn with the floor.

use crate::floor::Analysis;
use crate::process::{Taken, bytes, median, onrecord, run};
use std::fs;
use std::path::Path;
use std::process::Command;

const RUNS: usize = 5;

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
