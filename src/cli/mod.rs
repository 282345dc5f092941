//! The commands, one file each.

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command line.
pub fn run(_args: impl Iterator<Item = OsString>) -> ExitCode {
    ExitCode::SUCCESS
}
