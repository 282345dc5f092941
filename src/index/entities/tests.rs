//! `tests/names/joined.txt`: which names are one speaker's.

use crate::index::entities::names::Named;
use crate::index::entities::{Aliases, Entities};
use crate::quotes::SpeakerKind;
use std::collections::BTreeMap;

/// A name with its quotes, what is said of it in brackets, and what it is short for.
fn read(form: &str) -> (String, Named, Vec<String>) {
    let (form, facts) = form.split_once(" (").unwrap_or((form, ""));
    let (name, count) = form.trim().rsplit_once(' ').unwrap();
    let mut named = Named { count: count.parse().unwrap(), ..Named::default() };
    let mut short = Vec::new();
    let (mut kind, mut outlet, mut date) = (SpeakerKind::Person, 1, "2016-06".to_owned());
    for fact in facts.trim().trim_end_matches(')').split(", ").filter(|fact| !fact.is_empty()) {
        match fact {
            "org" => kind = SpeakerKind::Org,
            "The Echo" => outlet = 2,
            fact if fact.starts_with("short for ") => short.push(format!("{name} = {}", &fact[10..])),
            time => date = if time.contains('-') { time.to_owned() } else { format!("{time}-06") },
        }
    }
    named.note_kind(kind, named.count);
    named.seen.note(outlet, Some(date.parse::<crate::article::Date>().unwrap().days()));
    (name.to_owned(), named, short)
}

/// The speakers of a line's archive.
fn joined(line: &str) -> Entities {
    let read = || line.split(['=', '|']).map(read);
    let names = read().map(|(name, named, _)| (name, named)).collect();
    let short_names = read().flat_map(|(.., short)| short).map(|short| (short, 1)).collect();
    Entities::of(super::joined(names, &short_names), &Aliases::default())
}

/// Each speaker as its forms with `=` between, apart by `|`; forms as the line prints them.
fn told(line: &str, entities: &Entities) -> String {
    let printed: BTreeMap<String, &str> =
        line.split(['=', '|']).map(|form| (read(form).0, form.trim())).collect();
    let forms = |e: &super::Entity| e.forms.iter().map(|f| printed[&f.0]).collect::<Vec<_>>().join(" = ");
    entities.iter().map(forms).collect::<Vec<_>>().join(" | ")
}

#[test]
fn which_names_are_one_speakers() {
    let mut wrong = Vec::new();
    for line in include_str!("../../../tests/names/joined.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let found = told(line, &joined(line));
        if found != line {
            wrong.push(format!("  {line}\n→ {found}"));
        }
    }
    assert!(wrong.is_empty(), "joined otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn whoever_is_known_by_what_was_typed() {
    let entities =
        joined("Ada B. Lund 5 | Per Lund 4 | Lund 3 | Anna van der Berg 2 | Viktor Orbán 1 | Zhou Lanying 1");
    let names = |typed: &str| entities.named(typed).iter().map(|e| e.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names("lund"), ["Ada B. Lund", "Per Lund", "Lund"]);
    assert_eq!(names("Ada Lund"), ["Ada B. Lund"]);
    assert_eq!(names("Ms. Ada C. Lund"), ["Ada B. Lund"]);
    assert_eq!(names("orban"), ["Viktor Orbán"]);
    assert_eq!(names("van der Berg"), ["Anna van der Berg"]);
    assert_eq!(names("Zhou"), ["Zhou Lanying"]);
    assert_eq!(names("Lanying Zhou"), ["Zhou Lanying"]);
    assert!(names("ada").is_empty());
    assert!(names("").is_empty());
}

#[test]
fn strange_names_are_names_too() {
    let strange = ["", "Jr.", "Mr.", "A. B.", "—", "Sir", "K.", ", ", "von der", "Dr. J", "李", "a=b", "'s"];
    let names = strange.iter().map(|name| ((*name).to_owned(), read("x 1").1)).collect();
    let entities = super::joined(names, &BTreeMap::new());
    assert_eq!(entities.iter().map(|e| e.count).sum::<u64>(), strange.len() as u64);
}
