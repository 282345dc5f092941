//! What to type instead, where a word of the command line is one of other programs'.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command, CommandFactory};
use std::ffi::OsString;

/// Words somebody may type, what the command must have for the advice to hold, and the advice.
type Row = (&'static [&'static str], Option<&'static str>, &'static str);

#[rustfmt::skip]
const OPTIONS: &[Row] = &[
    (&["--json"], Some("format"), "the format is said with --format json (jsonl: one object a line)"),
    (&["--jsonl"], Some("format"), "the format is said with --format jsonl"),
    (&["--csv", "--excel", "--xlsx"], Some("format"), "the format is said with --format csv, which spreadsheets open"),
    (&["--tsv"], Some("format"), "the format is said with --format tsv"),
    (&["--markdown", "--md"], Some("format"), "the format is said with --format md"),
    (&["--bibtex"], Some("format"), "the format is said with --format bibtex"),
    (&["--output", "--out", "-o", "--file", "--save"], Some("query"), "all hits to a file: onrecord export quotes 'QUERY' -o FILE"),
    (&["--speaker", "--by", "--person", "--who", "--name"], Some("query"), "who said it is part of the query: 'quotes by Merkel …', or by:Merkel"),
    (&["--outlet", "--source", "--paper"], Some("query"), "the outlet is part of the query: outlet:\"The Harbour Gazette\""),
    (&["--month", "--week", "--day", "--year"], Some("by"), "the period is said with --by month (day, week, year)"),
    (&["--from", "--since", "--after", "--start"], Some("query"), "the date is part of the query: '… since 2015', or date:2015.."),
    (&["--to", "--until", "--before", "--end"], Some("query"), "the date is part of the query: '… before 2016', or date:..2015"),
    (&["--date", "--year", "--month"], Some("query"), "the date is part of the query: date:2016, date:2016-10, date:2015..2016"),
    (&["--kind", "--type", "--direct"], Some("query"), "the kind is part of the query: kind:direct (mixed, indirect)"),
    (&["--first", "--earliest"], Some("sort"), "the earliest first: --sort oldest -n 1"),
    (&["--last", "--latest", "--recent"], Some("sort"), "the latest first: --sort newest"),
    (&["--all"], Some("limit"), "all of them: --limit 0"),
    (&["--count"], Some("query"), "counts: onrecord facets speaker 'QUERY', over time: onrecord timeline 'QUERY'"),
    (&["--cite"], Some("folder"), "to cite a hit: onrecord cite ID"),
];

const COMMANDS: &[Row] = &[
    (
        &["find", "grep", "query", "ask"],
        None,
        "to search: onrecord search 'quotes by Merkel mentioning borders'",
    ),
    (
        &["count", "how"],
        None,
        "to count: onrecord facets speaker 'QUERY', over time: onrecord timeline 'QUERY'",
    ),
    (
        &["new", "news", "update"],
        None,
        "what is new in a saved query: onrecord saved --new; to read new files: onrecord index",
    ),
    (
        &["factcheck", "fact-check", "is", "did"],
        None,
        "whether a quotation is real: onrecord verify 'THE WORDS' --by NAME",
    ),
    (&["add", "import", "build", "init"], None, "to read articles: onrecord index FOLDER"),
];

const VALUES: &[Row] = &[
    (&["xlsx", "xls", "excel", "ods"], None, "spreadsheets open csv"),
    (&["date", "time"], Some("sort"), "by date: newest or oldest"),
];

/// The error, with advice in place of clap's guesses where there is some.
pub(super) fn told(mut error: Error, args: &[OsString]) -> Error {
    let program = super::Cli::command();
    let command = args.iter().skip(1).find_map(|arg| program.find_subcommand(arg)).unwrap_or(&program);
    let advice = match error.kind() {
        ErrorKind::UnknownArgument => no_option(&error, args, command),
        ErrorKind::InvalidSubcommand => no_command(&error, &program).into_iter().collect(),
        ErrorKind::InvalidValue => no_value(&error, command).into_iter().collect(),
        _ => Vec::new(),
    };
    if advice.is_empty() {
        return error;
    }
    for guess in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        error.remove(guess);
    }
    let advice = advice.into_iter().map(StyledStr::from).collect();
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(advice));
    error
}

/// The option clap stopped at, and those behind it that it would stop at next: where there are several, each
/// with its name.
fn no_option(error: &Error, args: &[OsString], command: &Command) -> Vec<String> {
    let met = context(error, ContextKind::InvalidArg);
    let Some(advice) = of(OPTIONS, &met, command) else { return Vec::new() };
    let name = |typed: &str| typed.split('=').next().unwrap_or_default().to_owned();
    let has = |typed: &str| {
        let long = |arg: &Arg| arg.get_long().is_some_and(|long| typed.strip_prefix("--") == Some(long));
        command.get_arguments().any(long)
    };
    let mut told = vec![(name(&met), advice)];
    let typed = args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--");
    for typed in typed.map(name).filter(|typed| typed.starts_with("--") && !has(typed)) {
        match of(OPTIONS, &typed, command) {
            Some(advice) if told.iter().all(|(_, other)| *other != advice) => told.push((typed, advice)),
            _ => {}
        }
    }
    match &told[..] {
        [(_, advice)] => vec![(*advice).to_owned()],
        several => several.iter().map(|(name, advice)| format!("{name}: {advice}")).collect(),
    }
}

/// A question without its command, or a command of another name.
fn no_command(error: &Error, program: &Command) -> Option<String> {
    let typed = context(error, ContextKind::InvalidSubcommand);
    let known = of(COMMANDS, &typed, program).map(str::to_owned);
    let guessed = error.get(ContextKind::SuggestedSubcommand).is_some() && typed.len() > SHORT;
    known.or_else(|| {
        (!guessed).then(|| "a question is asked with search: onrecord search 'quotes by Merkel'".to_owned())
    })
}

/// A guess at a word as short as `who` is as near to any other.
const SHORT: usize = 3;

fn no_value(error: &Error, command: &Command) -> Option<String> {
    let typed = context(error, ContextKind::InvalidValue);
    if context(error, ContextKind::InvalidArg) == "<WHAT>" {
        return Some("first what to write, then the query: onrecord export quotes 'by Merkel'".to_owned());
    }
    of(VALUES, &typed, command).map(str::to_owned)
}

fn of(table: &[Row], typed: &str, command: &Command) -> Option<&'static str> {
    let has = |wanted: &str| command.get_arguments().any(|arg| arg.get_id() == wanted);
    let typed = typed.split('=').next().unwrap_or_default();
    let row = table.iter().find(|(words, needs, _)| words.contains(&typed) && needs.is_none_or(has))?;
    Some(row.2)
}

/// What clap says it met.
fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(met)) => met.clone(),
        _ => String::new(),
    }
}
