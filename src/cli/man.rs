//! `onrecord man`: the pages of the manual, made of what `--help` says.

use crate::cli::Outcome;
use crate::cli::args::{Cli, Man};
use crate::cli::output::Output;
use crate::cli::screen::Screen;
use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::roff::{Roff, roman};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(args: &Man, screen: &Screen) -> anyhow::Result<Outcome> {
    let mut cli = Cli::command();
    cli.build();
    let Some(folder) = &args.folder else {
        screen.print_plain(|out| page(&cli, out))?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let written = write(&cli, folder)?;
    screen.note(&format!("{written} pages written to {}", folder.display()));
    Ok(Outcome::Done)
}

/// Writes the page of a command and those of the commands below it; how many.
fn write(command: &Command, folder: &Path) -> anyhow::Result<usize> {
    let name = manual(command).get_filename();
    let mut out = Output::begin(&folder.join(name), true)?;
    page(command, &mut out)?;
    out.finish()?;
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    below.map(|command| write(command, folder)).try_fold(1, |sum, written| Ok(sum + written?))
}

/// Every page names the program and its version at its foot, and no day.
fn manual(command: &Command) -> clap_mangen::Man {
    let version = concat!("onrecord ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command.clone()).source(version).manual("Manual of onrecord")
}

fn page(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let page = manual(command);
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    if command.get_subcommands().any(|command| !command.is_hide_set()) {
        page.render_subcommands_section(out)?;
    }
    let after = command.get_after_long_help().or(command.get_after_help());
    for (heading, lines) in after.map(|text| sections(&text.to_string())).unwrap_or_default() {
        let mut section = Roff::new();
        section.control("SH", [heading]);
        // As it is set: a page fills lines otherwise.
        section.control("nf", []);
        lines.iter().for_each(|line| {
            section.text([roman(line.as_str())]);
        });
        section.control("fi", []);
        // Its preamble was written with the sections before.
        out.write_all(section.to_roff().as_bytes())?;
    }
    Ok(())
}

/// What stands at the end of a help, each paragraph with the heading it has in a manual.
fn sections(text: &str) -> Vec<(&'static str, Vec<String>)> {
    let section = |paragraph: &str| {
        let (heading, text) = match paragraph.strip_prefix("Examples:\n") {
            Some(examples) => ("EXAMPLES", examples),
            None if paragraph.starts_with("Exit code") => ("EXIT STATUS", paragraph),
            None => ("NOTES", paragraph),
        };
        (heading, text.lines().map(str::to_owned).collect())
    };
    text.trim().split("\n\n").map(section).collect()
}
