use crate::index::entities::aliases::AliasProblem;
use crate::index::entities::plain;
use std::collections::BTreeSet;
use std::fmt;

/// A line of `aliases.txt`: names of one speaker with `=` between them, speakers that are not the
/// same with `!=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    /// The names of each.
    pub(super) speakers: Vec<Vec<String>>,
}

/// Reads a line; None where it is empty or a comment.
pub(super) fn line(number: usize, text: &[u8]) -> Result<Option<Line>, AliasProblem> {
    let wrong = |message: String, hint: &str| Err(AliasProblem { line: number, message, hint: hint.into() });
    let Ok(text) = std::str::from_utf8(text) else {
        return wrong("it is not UTF-8".into(), "save the file as UTF-8");
    };
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    let side =
        |side: &str| side.split('=').map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let speakers: Vec<Vec<String>> = text.replace('≠', "!=").split("!=").map(side).collect();
    let line = Line { number, speakers };
    let names: Vec<String> = line.folded().into_iter().flatten().collect();
    if names.len() < 2 {
        return wrong(
            format!("“{text}” is one name alone"),
            "write NAME = OTHER NAME for one speaker, NAME != OTHER NAME for two",
        );
    }
    if names.iter().any(String::is_empty) {
        return wrong("a name is missing before or after = or !=".into(), "write it, or take the sign out");
    }
    let mut met = BTreeSet::new();
    if let Some(twice) = names.iter().find(|name| !met.insert(*name)) {
        return wrong(format!("“{twice}” stands in it twice"), "take one of the two out");
    }
    Ok(Some(line))
}

impl Line {
    /// The names as they are compared.
    pub(super) fn folded(&self) -> Vec<Vec<String>> {
        self.speakers.iter().map(|names| names.iter().map(|name| plain(name)).collect()).collect()
    }

    /// Whether it says that `name` and one of `others` are one speaker (`joined`), or that they are
    /// two.
    pub(super) fn relates(&self, name: &str, others: &BTreeSet<String>, joined: bool) -> bool {
        let speakers = self.folded();
        let Some(side) = speakers.iter().position(|names| names.iter().any(|n| n == name)) else {
            return false;
        };
        let among = |names: &Vec<String>| names.iter().any(|n| n != name && others.contains(n));
        match joined {
            true => among(&speakers[side]),
            false => speakers.iter().enumerate().any(|(other, names)| other != side && among(names)),
        }
    }

    /// The line without that name; None where nothing is left to say.
    pub(super) fn without(&self, name: &str) -> Option<Line> {
        let keep = |names: &Vec<String>| -> Vec<String> {
            names.iter().filter(|n| plain(n) != name).cloned().collect()
        };
        let speakers: Vec<Vec<String>> =
            self.speakers.iter().map(keep).filter(|names| !names.is_empty()).collect();
        let says = speakers.iter().map(Vec::len).sum::<usize>() > 1;
        says.then_some(Line { number: self.number, speakers })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let speakers: Vec<String> = self.speakers.iter().map(|names| names.join(" = ")).collect();
        f.write_str(&speakers.join(" != "))
    }
}
