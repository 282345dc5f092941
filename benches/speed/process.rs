//! Whole processes, as the system accounts for them; files; medians.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a process took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Taken {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of all its threads; 0 where the system does not tell.
    pub(crate) cpu: f64,
    /// The most memory it held, in MiB; 0 likewise.
    pub(crate) peak: f64,
}

/// Runs it to its end, with its output thrown away.
pub(crate) fn run(command: &mut Command) -> Taken {
    let before = children_cpu();
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let ended = AtomicBool::new(false);
    let (wall, peak) = std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = 0.0;
            while !ended.load(Ordering::Relaxed) {
                peak = peak_of(&status).unwrap_or(peak);
                std::thread::sleep(Duration::from_millis(5));
            }
            peak
        });
        assert!(child.wait().unwrap().code().is_some_and(|code| code == 0 || code == 3));
        let wall = begun.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (wall, watch.join().unwrap())
    });
    Taken { wall, cpu: children_cpu() - before, peak }
}

/// The most memory a process has held so far, in MiB.
fn peak_of(status: &str) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Seconds of processor time of the children that have ended.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold blanks.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    const TICKS_A_SECOND: f64 = 100.0;
    (ticks(13) + ticks(14)) / TICKS_A_SECOND
}

static INSTALLED: OnceLock<PathBuf> = OnceLock::new();

/// Copies the program that is measured, as `cargo install` does: a file that the linker has just put together lies
/// in the system's memory page by page, and its process takes longer to begin than that of a program that is installed.
pub(crate) fn install(home: &Path) {
    let built = Path::new(env!("CARGO_BIN_EXE_onrecord"));
    let installed = home.join(built.file_name().unwrap());
    fs::copy(built, &installed).unwrap();
    INSTALLED.set(installed).unwrap();
}

/// The program that is measured.
pub(crate) fn onrecord() -> Command {
    Command::new(INSTALLED.get().unwrap())
}

/// The files of a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = entries.into_iter().filter_entry(|entry| entry.file_name() != ".onrecord");
    files.map(Result::unwrap).filter(|entry| entry.file_type().is_file()).map(|e| e.into_path()).collect()
}

/// Bytes of the files of a folder.
pub(crate) fn bytes(folder: &Path) -> u64 {
    files(folder).iter().map(|file| file.metadata().unwrap().len()).sum()
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
