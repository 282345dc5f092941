//! The `onrecord` program: runs the command line and hands its exit code on.

use std::process::ExitCode;

fn main() -> ExitCode {
    onrecord::cli::run(std::env::args_os())
}
