//! The commands, one file each. Only this room reads the clock, the environment and the terminal.

#![allow(clippy::disallowed_methods, reason = "here the program meets its surroundings")]

mod alias;
mod args;
mod batch;
mod check;
mod cite;
mod compare;
mod completions;
mod config;
mod dry_run;
mod export;
mod extract;
mod facets;
mod help;
mod index;
mod instead;
mod locate;
mod man;
mod output;
mod pager;
mod progress;
mod question;
mod save;
mod saved;
mod screen;
mod search;
mod settings;
mod show;
mod speakers;
mod spread;
mod stats;
mod timeline;
mod train;
mod tui;
mod verify;

use crate::render::safe_lines;
use args::{Cli, Command};
use clap::{ArgMatches, CommandFactory, FromArgMatches};
use screen::Screen;
use settings::Settings;
use std::backtrace::Backtrace;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::PathBuf;

/// How a command ended, where it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Found, or done.
    Done,
    /// It ran well, and nothing was found.
    Nothing,
    /// Some queries of a table could not be asked; the others are answered.
    NotAllAsked,
    /// Indexed, but some files could not be read.
    WithProblems,
    /// The index is damaged.
    Damaged,
    /// The index is sound, and not what its sources are.
    Differs,
}

/// Runs the command line and says how it ended: 0 found or done, 1 nothing found, 2 error, 3 some
/// files could not be read, 4 the index is damaged, 5 it differs from its sources.
pub fn run(args: impl Iterator<Item = OsString>) -> u8 {
    let mut args: Vec<OsString> = args.collect();
    // Alone on a terminal it opens the screen; elsewhere it prints how it is used.
    if args.len() == 1 && tui::has_terminal() {
        args.push("tui".into());
    }
    let (cli, settings) = match typed(args) {
        Ok(typed) => typed,
        Err(told) => {
            // Help and version are no errors; clap knows which stream is whose.
            let _ = print_told(&told);
            return if told.use_stderr() { 2 } else { 0 };
        }
    };
    let screen = Screen::new(&cli.common, &settings, cli.command.is_for_people());
    settings.wrong.iter().for_each(|wrong| screen.note(&format!("note: {wrong}")));
    panic::set_hook(Box::new(tell_of_panic));
    // A damaged index can make the engine panic: that ends the question, with a word on what to do.
    let ended = catch_unwind(AssertUnwindSafe(|| dispatch(&cli, &settings, &screen)));
    let ended = ended.unwrap_or_else(|_| {
        Err(anyhow::anyhow!(
            "this should not have happened (see above)\n  \
             The index may be damaged: `onrecord check --checksums` tells, `onrecord check --repair` mends it; \
             if it is sound, please report this"
        ))
    });
    screen.done(|| "did the rest".to_owned());
    let closed = screen.close();
    match ended.and_then(|ended| Ok(closed.map(|()| ended)?)) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Nothing) => 1,
        Ok(Outcome::NotAllAsked) => 2,
        Ok(Outcome::WithProblems) => 3,
        Ok(Outcome::Damaged) => 4,
        Ok(Outcome::Differs) => 5,
        Err(error) if closed_pipe(&error) => 0,
        Err(error) => {
            screen.fail(&help::error(&error));
            2
        }
    }
}

/// The command line, with what it leaves open filled in from the settings. Where there is no terminal no
/// file is looked for.
fn typed(words: Vec<OsString>) -> Result<(Cli, Settings), clap::Error> {
    let alone = words.get(1).and_then(|name| args::alone(name.to_str()?));
    let matches = match alone.and_then(|program| program.try_get_matches_from(&words).ok()) {
        Some(matches) => matches,
        None => of_all_commands(&words)?,
    };
    let mut cli = Cli::from_arg_matches(&matches)?;
    let listed = matches!(cli.command, Command::Config(_));
    if !listed && !io::stdout().is_terminal() {
        let settings = Settings::none().with_options(&cli.common);
        return Ok((cli, settings));
    }
    // Archives set nothing but limits.
    let of_archive = listed || cli.command.limit().is_some();
    let folder = matches.subcommand().and_then(|(_, of)| of.try_get_one::<PathBuf>("folder").ok().flatten());
    let index =
        of_archive.then(|| locate::existing(cli.common.index.as_deref(), folder.map(PathBuf::as_path)));
    let settings = Settings::read(index.and_then(Result::ok).as_deref()).with_options(&cli.common);
    settings.fill(&mut cli.command, &matches);
    Ok((cli, settings))
}

/// The command line as it is read with every command described.
fn of_all_commands(args: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let all = args.iter().any(|arg| arg == "--help");
    let program = if all { Cli::command() } else { Cli::command().override_help(help::PAGE) };
    program.try_get_matches_from(args).map_err(|error| instead::told(error, args))
}

/// What clap has to say; without its colours where a file name (`onrecord index *`) holds control
/// characters.
fn print_told(told: &clap::Error) -> io::Result<()> {
    let plain = told.to_string();
    if !told.use_stderr() || safe_lines(&plain) == plain {
        return told.print();
    }
    writeln!(io::stderr(), "{}", safe_lines(plain.trim_end()))
}

/// The message of a panic may quote the text that led to it.
fn tell_of_panic(told: &PanicHookInfo<'_>) {
    let trace = Backtrace::capture();
    let _ = writeln!(io::stderr(), "{}\n{trace}", safe_lines(&told.to_string()));
}

fn dispatch(cli: &Cli, settings: &Settings, screen: &Screen) -> anyhow::Result<Outcome> {
    let index = cli.common.index.as_deref();
    match &cli.command {
        Command::Index(args) => index::run(args, index, screen),
        Command::Search(args) => search::run(args, index, screen),
        Command::Facets(args) => facets::run(args, index, screen),
        Command::Speakers(args) => speakers::run(args, index, screen),
        Command::Timeline(args) => timeline::run(args, index, screen),
        Command::Compare(args) => compare::run(args, index, screen),
        Command::Verify(args) => verify::run(args, index, screen),
        Command::Spread(args) => spread::run(args, index, screen),
        Command::Alias(args) => alias::run(args, index, screen),
        Command::Export(args) => export::run(args, index, screen),
        Command::Save(args) => save::run(args, index, screen),
        Command::Saved(args) => saved::run(args, index, screen),
        Command::Show(args) => show::run(args, index, screen),
        Command::Cite(args) => cite::run(args, index, screen),
        Command::Stats(args) => stats::run(args, index, screen),
        Command::Check(args) => check::run(args, index, screen),
        Command::Extract(args) => extract::run(args, screen),
        Command::Help(args) => help::run(args, screen),
        Command::Tui(args) => tui::run(args, index, screen),
        Command::Config(args) => config::run(args, settings, screen),
        Command::Completions(args) => completions::run(args, screen),
        Command::Man(args) => man::run(args, screen),
        Command::Train(args) => train::run(args, screen),
    }
}

/// Whether the reader of our output has gone (`onrecord … | head`): no error to speak of.
fn closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}
