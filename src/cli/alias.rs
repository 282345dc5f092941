//! `onrecord alias`: the user says which names are one speaker's, and which are not.

use crate::cli::args::{Alias, AliasCommand};
use crate::cli::screen::Screen;
use crate::cli::{Outcome, locate, question};
use crate::index::{Aliases, Entities, Entity, Reader};
use crate::render::{counted, safe};
use crate::search;
use crate::text::in_marks;
use anyhow::{anyhow, bail};
use std::path::Path;

pub(super) fn run(args: &Alias, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&locate::existing(index, args.folder.as_deref())?)?;
    let desk = Desk { aliases: Aliases::read(reader.dir())?, reader, screen };
    question::warn_of_aliases(&desk.aliases, screen);
    match &args.what {
        AliasCommand::Add { name, others } => desk.add(name, others),
        AliasCommand::Merge { name, others } => desk.merge(name, others),
        AliasCommand::Split { name, variants } => desk.split(name, variants),
        AliasCommand::List { suggest: true, limit } => {
            let place = [index.map(|dir| ("--index", dir)), args.folder.as_deref().map(|f| ("--in", f))];
            desk.suggest(*limit, place.into_iter().flatten().next())
        }
        AliasCommand::List { .. } => desk.list(),
    }
}

/// Where names are put together and taken apart.
struct Desk<'a> {
    reader: Reader,
    aliases: Aliases,
    screen: &'a Screen,
}

impl Desk<'_> {
    fn add(&self, name: &str, others: &[String]) -> anyhow::Result<Outcome> {
        let entities = self.reader.entities()?;
        let (speaker, name) = self.known(entities, name)?;
        let others = others.iter().map(|other| writable(other)).collect::<anyhow::Result<Vec<_>>>()?;
        for other in &others {
            // A name that is one of several of somebody else: which of the two is meant?
            if let Some((bearer, form)) = entities.bearer(other)
                && bearer != speaker
                && bearer.forms.len() > 1
            {
                bail!(
                    "“{form}” is a name of {} ({})\n  \
                     onrecord alias merge makes one speaker of the two, onrecord alias split takes the name away first",
                    bearer.name,
                    counted(bearer.count, "quote")
                );
            }
        }
        self.join(entities, &name, &others)
    }

    fn merge(&self, name: &str, others: &[String]) -> anyhow::Result<Outcome> {
        let entities = self.reader.entities()?;
        let (_, name) = self.known(entities, name)?;
        let others = others.iter().map(|other| Ok(self.known(entities, other)?.1));
        let others = others.collect::<anyhow::Result<Vec<_>>>()?;
        self.join(entities, &name, &others)
    }

    /// Makes one speaker of `name` and the others: what parted them is taken back, and what still is
    /// not one is joined.
    fn join(&self, entities: &Entities, name: &str, others: &[String]) -> anyhow::Result<Outcome> {
        if let Some(one) = others.iter().find(|other| same(entities, name, other)) {
            let shown = entities.canonical(name);
            bail!(
                "“{one}” and “{name}” are one speaker already, shown as {shown}\n  \
                 To show another name, put it first on their line in {}",
                locate::told(self.aliases.path())
            );
        }
        let ours = forms(entities, name);
        let parted_no_more =
            others.iter().fold(self.aliases.clone(), |aliases, other| aliases.without(other, &ours, false));
        let before = self.reader.entities_with(&parted_no_more)?;
        let apart: Vec<String> = others.iter().filter(|other| !same(&before, name, other)).cloned().collect();
        let aliases = if apart.is_empty() {
            parted_no_more
        } else {
            parted_no_more.with(vec![[name.to_owned()].into_iter().chain(apart).collect()])
        };
        let after = self.written(&aliases)?;
        if let Some((joined, _)) = after.bearer(name) {
            let names = joined.forms.iter().map(|(form, count)| format!("{form} ({count})"));
            self.say(&format!("{} is {}", joined.name, names.collect::<Vec<_>>().join(", ")));
        }
        Ok(Outcome::Done)
    }

    fn split(&self, name: &str, variants: &[String]) -> anyhow::Result<Outcome> {
        let entities = self.reader.entities()?;
        let (speaker, name) = self.known(entities, name)?;
        let mut taken = Vec::new();
        for variant in variants {
            match entities.bearer(variant) {
                Some((bearer, form)) if bearer == speaker && form != name => taken.push(form.to_owned()),
                _ => {
                    let names: Vec<&str> = speaker.forms.iter().map(|(form, _)| form.as_str()).collect();
                    bail!("“{variant}” is no other name of {name}, who is known as {}", names.join(", "));
                }
            }
        }
        let ours = forms(entities, &name);
        let joined_no_more =
            taken.iter().fold(self.aliases.clone(), |aliases, form| aliases.without(form, &ours, true));
        let before = self.reader.entities_with(&joined_no_more)?;
        let together = taken.iter().filter(|form| same(&before, &name, form));
        let speakers: Vec<Vec<String>> =
            [&name].into_iter().chain(together).map(|name| vec![name.clone()]).collect();
        let aliases = if speakers.len() > 1 { joined_no_more.with(speakers) } else { joined_no_more };
        let after = self.written(&aliases)?;
        for form in [&name].into_iter().chain(&taken) {
            match after.bearer(form) {
                Some((speaker, _)) => {
                    self.say(&format!("{} · {}", speaker.name, counted(speaker.count, "quote")))
                }
                None => self.say(&format!("{form} · nobody is quoted by that name")),
            }
        }
        Ok(Outcome::Done)
    }

    /// Writes the aliases, unless a line of them would not hold; the speakers as they then are.
    fn written(&self, aliases: &Aliases) -> anyhow::Result<Entities> {
        if aliases.problems().len() > self.aliases.problems().len()
            && let Some(problem) = aliases.problems().last()
        {
            bail!("{}\n  {}", problem.message, problem.hint);
        }
        let after = self.reader.entities_with(aliases)?;
        aliases.write()?;
        Ok(after)
    }

    fn say(&self, line: &str) {
        self.screen.note(&safe(line));
    }

    /// The one speaker who bears the name, and the name to write: as typed where it is a whole name of
    /// his, else the one he is shown under.
    fn known<'e>(&self, entities: &'e Entities, typed: &str) -> anyhow::Result<(&'e Entity, String)> {
        writable(typed)?;
        if let Some((entity, form)) = entities.bearer(typed) {
            return Ok((entity, writable(form)?));
        }
        match entities.named(typed)[..] {
            [one] => Ok((one, writable(&one.name)?)),
            [] => {
                let near = search::nearest_speaker(&self.reader, typed)?;
                let near = near.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
                Err(anyhow!("nobody is quoted as “{typed}”{near}\n  onrecord speakers lists who is"))
            }
            ref several => {
                let names: Vec<String> =
                    several.iter().map(|e| format!("{} ({})", e.name, e.count)).collect();
                Err(anyhow!(
                    "“{typed}” is {} speakers: {}\n  Give a full name",
                    several.len(),
                    names.join(", ")
                ))
            }
        }
    }

    fn list(&self) -> anyhow::Result<Outcome> {
        let entities = self.reader.entities()?;
        let file = locate::told(self.aliases.path());
        if self.aliases.lines().next().is_none() {
            self.screen.note(&format!(
                "nothing is said yet: `onrecord alias add NAME OTHER` writes {file}, and so may you"
            ));
            return Ok(Outcome::Nothing);
        }
        let with_count = |name: &String| match entities.bearer(name) {
            Some((speaker, _)) => {
                let form = |f: &&(String, u64)| {
                    entities.bearer(&f.0).map(|b| b.1) == entities.bearer(name).map(|b| b.1)
                };
                let count: u64 = speaker.forms.iter().filter(form).map(|f| f.1).sum();
                format!("{name} ({count})")
            }
            None => format!("{name} (0)"),
        };
        self.screen.print(|out| {
            for (_, speakers) in self.aliases.lines() {
                let speakers: Vec<String> = speakers
                    .iter()
                    .map(|names| names.iter().map(with_count).collect::<Vec<_>>().join(" = "))
                    .collect();
                writeln!(out, "{}", safe(&speakers.join(" != ")))?;
            }
            Ok(())
        })?;
        self.screen.note(&format!("from {file}"));
        Ok(Outcome::Done)
    }

    /// Prints the speakers who may be one as commands to run.
    fn suggest(&self, limit: usize, place: Option<(&str, &Path)>) -> anyhow::Result<Outcome> {
        let place = place.map(|(option, dir)| format!(" {option} {}", in_marks(&dir.display().to_string())));
        let command = format!("onrecord alias{} merge", place.unwrap_or_default());
        let twins = self.reader.entities()?.twins(&self.aliases);
        let printed: Vec<String> = twins
            .iter()
            .filter(|twins| [twins.one, twins.other].iter().all(|e| writable(&e.name).is_ok()))
            .map(|twins| {
                let (one, other) = (in_marks(&twins.one.name), in_marks(&twins.other.name));
                let (many, few) = (twins.one.count, twins.other.count);
                format!("{command} {one} {other}  # {many} and {few} quotes: {}", twins.because)
            })
            .collect();
        let shown = if limit == 0 { printed.len() } else { limit.min(printed.len()) };
        self.screen
            .print(|out| printed[..shown].iter().try_for_each(|line| writeln!(out, "{}", safe(line))))?;
        if printed.is_empty() {
            self.screen.note("no two names are so alike that they might be one speaker's");
            return Ok(Outcome::Nothing);
        }
        if shown < printed.len() {
            self.screen.note(&format!("{shown} of {} (all: --limit 0)", printed.len()));
        }
        Ok(Outcome::Done)
    }
}

/// Whether two names are one speaker's.
fn same(entities: &Entities, one: &str, other: &str) -> bool {
    match (entities.bearer(one), entities.bearer(other)) {
        (Some((one, _)), Some((other, _))) => one == other,
        _ => false,
    }
}

/// All names of the speaker who bears this one.
fn forms(entities: &Entities, name: &str) -> Vec<String> {
    let speaker = entities.bearer(name).map(|(speaker, _)| speaker);
    speaker.into_iter().flat_map(|s| &s.forms).map(|(form, _)| form.clone()).collect()
}

/// The name in one line, if the file can hold it.
fn writable(name: &str) -> anyhow::Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        bail!("a name is empty");
    }
    if name.starts_with(['#', '-']) || name.contains(['=', '≠']) || safe(&name) != name {
        bail!("`{}` cannot be written as a name: = parts names, and # begins a comment", safe(&name));
    }
    Ok(name)
}
