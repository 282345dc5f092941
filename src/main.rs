//! The `onrecord` program: runs the command line and hands its exit code on.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Reading texts makes many small things that live for one article.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    onrecord::cli::run(std::env::args_os())
}
