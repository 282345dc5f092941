//! `tests/names/joined.txt`: which names are one speaker's.

use crate::index::entities::{Aliases, Entities, Named};
use crate::quotes::SpeakerKind;
use std::collections::BTreeMap;

/// A name with its quotes, and what is said of it in brackets.
fn read(form: &str) -> (String, Named) {
    let (form, facts) = form.split_once(" (").unwrap_or((form, ""));
    let (name, count) = form.trim().rsplit_once(' ').unwrap();
    let mut named = Named { count: count.parse().unwrap(), ..Named::default() };
    let (mut kind, mut outlet, mut date) = (SpeakerKind::Person, 1, "2016-06".to_owned());
    for fact in facts.trim().trim_end_matches(')').split(", ").filter(|fact| !fact.is_empty()) {
        match fact {
            "org" => kind = SpeakerKind::Org,
            "The Echo" => outlet = 2,
            time => date = if time.contains('-') { time.to_owned() } else { format!("{time}-06") },
        }
    }
    named.kinds.insert(kind, named.count);
    named.seen.note(outlet, Some(date.parse::<crate::article::Date>().unwrap().days()));
    (name.to_owned(), named)
}

/// The archive of a line.
fn archive(line: &str) -> Vec<(String, Named)> {
    line.split([('='), ('|')]).map(read).collect()
}

fn joined(names: &[(String, Named)]) -> Entities {
    Entities::of(super::joined(names.iter().cloned().collect()), &Aliases::default())
}

/// Each speaker as its forms with `=` between, apart by `|`; forms as the line prints them.
fn told(line: &str, entities: &Entities) -> String {
    let printed: BTreeMap<String, &str> =
        line.split([('='), ('|')]).map(|form| (read(form).0, form.trim())).collect();
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
        let found = told(line, &joined(&archive(line)));
        if found != line {
            wrong.push(format!("  {line}\n→ {found}"));
        }
    }
    assert!(wrong.is_empty(), "joined otherwise:\n{}", wrong.join("\n"));
}
