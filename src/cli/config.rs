//! `onrecord config`: the settings in force.

use crate::cli::Outcome;
use crate::cli::args::Config;
use crate::cli::screen::Screen;
use crate::cli::settings::Settings;
use crate::render::safe;

/// One a line, as a file would set them; with where they are set behind them.
pub(super) fn run(args: &Config, settings: &Settings, screen: &Screen) -> anyhow::Result<Outcome> {
    let lines = settings.values.iter().map(|(setting, value)| {
        let line = setting.written(&value.text);
        if args.show_origin { format!("{line:<24}# {}", value.origin) } else { line }
    });
    let lines: Vec<String> = lines.collect();
    screen.print(|out| lines.iter().try_for_each(|line| writeln!(out, "{}", safe(line))))?;
    Ok(Outcome::Done)
}
