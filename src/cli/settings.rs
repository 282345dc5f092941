//! Settings: the defaults of who sits at the terminal, and of an archive.
//!
//! They hold where stdout is a terminal alone, so that no script reads other than it was written for, and no file is
//! looked for there. Of several places the one nearest counts: option, environment, archive, user, default.

use crate::cli::args::{Color, Command, Common, Format};
use crate::cli::pager::LESS;
use crate::text::nearest;
use clap::ValueEnum;
use clap::parser::{ArgMatches, ValueSource};
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// What can be set.
pub(super) struct Setting {
    name: &'static str,
    /// What it is, and for what.
    about: &'static str,
    takes: Takes,
    /// Whether an archive may set it too. What is found in an archive names no program.
    archive: bool,
    default: fn() -> Value,
    environment: fn() -> Option<Value>,
}

/// What a setting may be.
enum Takes {
    Number,
    Program,
    OneOf(fn() -> Vec<String>),
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "color",
        about: "when to use colour: auto, always or never ($NO_COLOR, $CLICOLOR_FORCE)",
        takes: Takes::OneOf(names::<Color>),
        archive: false,
        default: || Value::default("auto"),
        environment: || {
            let never = variable("NO_COLOR").map(|_| Value::of_variable("never", "NO_COLOR"));
            let forced = variable("CLICOLOR_FORCE").filter(|value| value != "0");
            never.or_else(|| forced.map(|_| Value::of_variable("always", "CLICOLOR_FORCE")))
        },
    },
    Setting {
        name: "pager",
        about: "what shows more than a screenful; \"\" is nothing ($ONRECORD_PAGER)",
        takes: Takes::Program,
        archive: false,
        default: || match variable("PAGER") {
            Some(pager) => Value::of_variable(&pager, "PAGER"),
            None => Value::default(LESS),
        },
        environment: || {
            let stated = std::env::var("ONRECORD_PAGER").ok();
            stated.map(|pager| Value::of_variable(&pager, "ONRECORD_PAGER"))
        },
    },
    Setting {
        name: "limit",
        about: "how many hits search, speakers and saved show at most; 0 is all",
        takes: Takes::Number,
        archive: true,
        default: || Value::default("20"),
        environment: || None,
    },
    Setting {
        name: "format",
        about: "how search, facets, speakers, timeline, compare and spread print: human, csv, json …",
        takes: Takes::OneOf(names::<Format>),
        archive: false,
        default: || Value::default("human"),
        environment: || None,
    },
];

/// What the table an archive keeps its sources in is called: no setting of ours.
const SOURCES: &str = "sources";

/// What is set, and where.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// Where something is set.
pub(super) enum Origin {
    Default,
    File(PathBuf, usize),
    Environment(&'static str),
    Option(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => write!(f, "default"),
            Origin::File(path, line) => write!(f, "{}, line {line}", path.display()),
            Origin::Environment(name) => write!(f, "${name}"),
            Origin::Option(name) => write!(f, "{name}"),
        }
    }
}

impl Value {
    fn default(text: &str) -> Value {
        Value { text: text.to_owned(), origin: Origin::Default }
    }

    fn of_variable(text: &str, name: &'static str) -> Value {
        Value { text: text.to_owned(), origin: Origin::Environment(name) }
    }
}

/// The settings in force, and what is wrong with the files they stand in.
pub(super) struct Settings {
    pub(super) values: Vec<(&'static Setting, Value)>,
    pub(super) wrong: Vec<String>,
}

impl Settings {
    /// From the user's own file, that of the index, and the environment.
    pub(super) fn read(index: Option<&Path>) -> Settings {
        let mut wrong = Vec::new();
        let own = own_file().map(|file| of_file(&file, false, &mut wrong)).unwrap_or_default();
        let archive = index.map(|dir| of_file(&dir.join(NAME), true, &mut wrong)).unwrap_or_default();
        let mut set: Vec<Set> = own.into_iter().chain(archive).collect();
        let value = |setting: &'static Setting| {
            let place = set.iter().rposition(|(name, _)| *name == setting.name);
            let in_file = place.map(|place| set.remove(place).1);
            (setting, (setting.environment)().or(in_file).unwrap_or_else(setting.default))
        };
        Settings { values: SETTINGS.iter().map(value).collect(), wrong }
    }

    /// Without any file: what holds where there is no terminal.
    pub(super) fn none() -> Settings {
        let values = SETTINGS.iter().map(|setting| (setting, (setting.default)())).collect();
        Settings { values, wrong: Vec::new() }
    }

    /// What options say goes before all.
    pub(super) fn with_options(mut self, common: &Common) -> Settings {
        if let Some(color) = common.color.and_then(|color| color.to_possible_value()) {
            self.set("color", color.get_name(), "--color");
        }
        if common.no_pager {
            self.set("pager", "", "--no-pager");
        }
        self
    }

    fn set(&mut self, name: &str, text: &str, option: &'static str) {
        let places = self.values.iter_mut().filter(|(setting, _)| setting.name == name);
        places
            .for_each(|(_, value)| *value = Value { text: text.to_owned(), origin: Origin::Option(option) });
    }

    /// Fills in what the command line leaves open.
    pub(super) fn fill(&self, command: &mut Command, typed: &ArgMatches) {
        let says = |name| {
            let of_command = typed.subcommand().and_then(|(_, typed)| typed.value_source(name));
            of_command == Some(ValueSource::CommandLine)
        };
        if let Some(limit) = command.limit().filter(|_| !says("limit")) {
            *limit = self.text("limit").parse().unwrap_or(*limit);
        }
        if let Some(format) = command.format().filter(|_| !says("format")) {
            *format = Format::from_str(self.text("format"), false).unwrap_or(*format);
        }
    }

    /// What holds of the setting of that name.
    pub(super) fn text(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(setting, _)| setting.name == name);
        found.map(|(_, value)| value.text.as_str()).unwrap_or_default()
    }
}

impl Setting {
    /// A line of a file that sets it so.
    pub(super) fn written(&self, text: &str) -> String {
        match self.takes {
            Takes::Number => format!("{} = {text}", self.name),
            _ => format!("{} = {}", self.name, toml::Value::from(text)),
        }
    }

    /// What a file says, if it may be said.
    fn read(&self, value: &DeValue<'_>) -> Result<String, String> {
        let shape = || format!("write it as {}", self.written(&(self.default)().text));
        match &self.takes {
            Takes::Number => {
                let number = value.as_integer().and_then(|number| number.as_str().parse::<usize>().ok());
                number.map(|number| number.to_string()).ok_or_else(shape)
            }
            Takes::Program => value.as_str().map(str::to_owned).ok_or_else(shape),
            Takes::OneOf(names) => {
                let (text, names) = (value.as_str().ok_or_else(shape)?, names());
                let known = names.iter().any(|name| name == text);
                let told = || {
                    let names = (names.join(", "), meant(text, &names));
                    format!("`{text}` is no {}{} Known: {}", self.name, names.1, names.0)
                };
                known.then(|| text.to_owned()).ok_or_else(told)
            }
        }
    }
}

/// What the settings are, as `help config` tells it.
pub(super) fn help() -> String {
    let line = |setting: &Setting| format!("  {:<8}{}\n", setting.name, setting.about);
    SETTINGS.iter().map(line).collect()
}

/// The file settings stand in: the user's own, and that in the folder of an index.
const NAME: &str = "config.toml";

/// `$XDG_CONFIG_HOME/onrecord/config.toml`, else that in `~/.config`.
pub(super) fn own_file() -> Option<PathBuf> {
    let stated = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
    Some(stated.or_else(home)?.join("onrecord").join(NAME))
}

/// A setting by its name, as a file sets it.
type Set = (&'static str, Value);

/// What a file sets; what it may not, and what is not understood, with its line and what to do.
fn of_file(file: &Path, archive: bool, wrong: &mut Vec<String>) -> Vec<Set> {
    let text = match fs::read(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Vec::new();
        }
        Err(error) => {
            wrong.push(format!("{} cannot be read: {error}", file.display()));
            return Vec::new();
        }
    };
    let line =
        |place: Range<usize>| text.as_bytes()[..place.start].iter().filter(|b| **b == b'\n').count() + 1;
    let mut told = Vec::new();
    let mut tell = |place, what: &str| told.push((line(place), what.to_owned()));
    let mut set = Vec::new();
    match DeTable::parse(&text) {
        Err(error) => tell(error.span().unwrap_or(0..0), error.message()),
        Ok(table) => {
            for (name, value) in table.get_ref() {
                let read = setting(name.get_ref(), archive).and_then(|setting| match setting {
                    Some(setting) => setting.read(value.get_ref()).map(|text| Some((setting.name, text))),
                    None => Ok(None),
                });
                match read {
                    Ok(read) => set.extend(read.map(|(of, text)| {
                        (of, Value { text, origin: Origin::File(file.to_owned(), line(name.span())) })
                    })),
                    Err(what) => tell(name.span(), &what),
                }
            }
        }
    }
    told.sort();
    wrong.extend(told.into_iter().map(|(line, what)| format!("{}, line {line}: {what}", file.display())));
    set
}

/// The setting of that name in such a file; None of what is no setting, and rightly there.
fn setting(name: &str, archive: bool) -> Result<Option<&'static Setting>, String> {
    if archive && name == SOURCES {
        return Ok(None);
    }
    match SETTINGS.iter().find(|setting| setting.name == name) {
        Some(setting) if archive && !setting.archive => {
            let own = own_file().map(|file| format!("; it belongs into {}", file.display()));
            Err(format!("an archive does not set `{name}`{}", own.unwrap_or_default()))
        }
        Some(setting) => Ok(Some(setting)),
        None => {
            let names = SETTINGS.iter().filter(|setting| setting.archive || !archive);
            let names: Vec<String> = names.map(|setting| setting.name.to_owned()).collect();
            Err(format!("there is no setting `{name}`{} Known: {}", meant(name, &names), names.join(", ")))
        }
    }
}

/// `; did you mean …?`, where one is near.
fn meant(typed: &str, names: &[String]) -> String {
    let near = nearest(typed, names.iter().map(String::as_str));
    near.map_or_else(|| ".".to_owned(), |name| format!("; did you mean {name}?"))
}

/// The values an option takes.
fn names<T: ValueEnum>() -> Vec<String> {
    let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect()
}

/// A variable of the environment that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
