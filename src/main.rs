//! The `onrecord` program: runs the command line and hands its exit code on.

use mimalloc::MiMalloc;
use std::io::{self, Write};

/// Reading texts makes many small things that live for one article.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() {
    let code = onrecord::cli::run(std::env::args_os()).into();
    // All that matters is written by now; whom the rest does not reach is gone.
    let _ = io::stdout().flush();
    // Without giving back memory piece by piece: the system takes all of it at once.
    #[cfg(unix)]
    signal_hook::low_level::exit(code);
    #[cfg(not(unix))]
    std::process::exit(code);
}
