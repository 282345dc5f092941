//! `onrecord completions`: what completes the command line in a shell.

use crate::cli::args::{Cli, Completions};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, help};
use crate::ingest::FORMATS;
use crate::render::table::COLUMNS;
use crate::search::FacetField;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory, ValueHint};

pub(super) fn run(args: &Completions, screen: &Screen) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    // Into memory: it panics where it cannot write.
    clap_complete::generate(args.shell, &mut offered(&Cli::command()), "onrecord", &mut script);
    screen.print_plain(|out| out.write_all(&script))?;
    Ok(Outcome::Done)
}

/// The command without what is hidden, and with the values that may be typed.
fn offered(command: &Command) -> Command {
    let name = command.get_name();
    let args = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    let about = command.get_about().cloned().unwrap_or_default();
    Command::new(name.to_owned())
        .about(about)
        .disable_help_subcommand(true)
        .args(args.map(|arg| with_values(name, arg.clone())))
        .subcommands(commands.map(offered))
}

/// Names that the command line takes as words, to tell more of them than that they are wrong.
fn with_values(command: &str, arg: Arg) -> Arg {
    let facets = || FacetField::all().into_iter().map(FacetField::name).collect();
    let names: Vec<&str> = match (command, arg.get_id().as_str()) {
        ("facets", "fields") | (_, "facet" | "split") => facets(),
        (_, "fields") => COLUMNS.iter().map(|column| column.name).collect(),
        (_, "read_as") => FORMATS.iter().map(|format| format.name).collect(),
        ("help", _) => return arg.value_parser(PossibleValuesParser::new(help::names())),
        (_, "folder" | "index") => return arg.value_hint(ValueHint::DirPath),
        _ => return arg,
    };
    arg.value_parser(PossibleValuesParser::new(names))
}
