//! Names that may be one speaker's: for the user to decide, never joined by themselves.

use crate::index::entities::join::{compatible, same_generation};
use crate::index::entities::shape::{Shape, gender, is_initial};
use crate::index::entities::{Aliases, Entities, Entity};
use crate::lexicon;
use crate::quotes::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};

/// Two speakers who may be one, and what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twins<'a> {
    /// Who is quoted more.
    pub one: &'a Entity,
    /// The other.
    pub other: &'a Entity,
    /// What speaks for it.
    pub because: &'static str,
}

/// Whether two names may be one person's.
type Fits = fn(&Shape, &Shape) -> bool;

/// Pairs of speakers by their places in the table, with what speaks for them.
type Pairs = BTreeMap<(usize, usize), &'static str>;

/// How the names of two people may belong together, the strongest reason first.
const REASONS: [(&str, Fits); 4] = [
    ("short form of the given name", shortened),
    ("one has a middle name", same_but_for_middle),
    ("sound alike", sound_alike),
    ("spelt alike", spelt_alike),
];

/// All of them, the pair whose rarer name is quoted most first. Pairs that the aliases part are left
/// out.
pub(super) fn twins<'a>(entities: &'a Entities, aliases: &Aliases) -> Vec<Twins<'a>> {
    let all: Vec<&Entity> = entities.iter().filter(|e| e.count > 0).collect();
    let mut pairs = Pairs::new();
    people(&all, &mut pairs);
    surnames(&all, &mut pairs);
    acronyms(&all, &mut pairs);
    let twins = |((one, other), because)| Twins { one: all[one], other: all[other], because };
    let mut found: Vec<Twins<'a>> = pairs.into_iter().map(twins).collect();
    found.retain(|twins| !aliases.part(twins.one, twins.other));
    found.sort_by(|a, b| b.other.count.cmp(&a.other.count).then(b.one.count.cmp(&a.one.count)));
    found
}

/// Notes a pair, the more quoted one first (as they stand in the table); the first reason stays.
fn note(pairs: &mut Pairs, a: usize, b: usize, because: &'static str) {
    pairs.entry((a.min(b), a.max(b))).or_insert(because);
}

fn people(all: &[&Entity], pairs: &mut Pairs) {
    let shapes: Vec<(usize, Shape)> = all
        .iter()
        .enumerate()
        .filter(|(_, e)| e.kind == SpeakerKind::Person)
        .map(|(number, e)| (number, Shape::of(&e.name)))
        .filter(|(_, shape)| !shape.is_bare() && !is_initial(shape.first()))
        .collect();
    // Whoever may be twins stand together in one of these: by the sound of the surname, or by the
    // given name and the surname's beginning.
    let mut near: BTreeMap<(String, String), Vec<&(usize, Shape)>> = BTreeMap::new();
    for known in &shapes {
        let (given, surname) = (known.1.first(), known.1.surname());
        near.entry((String::new(), sound(&surname))).or_default().push(known);
        let beginning = surname.chars().take(1).collect();
        near.entry((given.to_owned(), beginning)).or_default().push(known);
    }
    for together in near.values() {
        for (n, (a, shape)) in together.iter().copied().enumerate() {
            for (b, other) in together[n + 1..].iter().copied() {
                let agree = compatible(shape.middle(), other.middle()) && same_generation(shape, other);
                let because = REASONS.iter().find(|(_, fits)| agree && fits(shape, other));
                if let Some((because, _)) = because {
                    note(pairs, *a, *b, because);
                }
            }
        }
    }
}

fn shortened(a: &Shape, b: &Shape) -> bool {
    let short = lexicon::shortens(a.first(), b.first()) || lexicon::shortens(b.first(), a.first());
    short && a.family == b.family
}

fn same_but_for_middle(a: &Shape, b: &Shape) -> bool {
    a.first() == b.first() && a.family == b.family && (a.middle().is_empty() || b.middle().is_empty())
}

fn sound_alike(a: &Shape, b: &Shape) -> bool {
    let alike = |a: &str, b: &str| {
        let length = a.chars().count().max(b.chars().count());
        sound(a) == sound(b) && strsim::osa_distance(a, b) <= 1.max(length / 3)
    };
    alike(a.first(), b.first()) && alike(&a.surname(), &b.surname()) && same_gender(a, b)
}

/// One name the same, and one letter of the other another.
fn spelt_alike(a: &Shape, b: &Shape) -> bool {
    let alike = |a: &str, b: &str, least: usize| {
        a.chars().count().min(b.chars().count()) >= least && strsim::osa_distance(a, b) == 1
    };
    let by_surname = a.first() == b.first() && alike(&a.surname(), &b.surname(), 6);
    let by_given = a.family == b.family && alike(a.first(), b.first(), 4);
    (by_surname || by_given) && same_gender(a, b)
}

fn same_gender(a: &Shape, b: &Shape) -> bool {
    let of = |shape: &Shape| gender(shape.first()).unwrap_or_default();
    of(a).agrees(of(b))
}

/// A surname that stands alone, and its only bearer.
fn surnames(all: &[&Entity], pairs: &mut Pairs) {
    let people = || all.iter().enumerate().filter(|(_, e)| e.kind == SpeakerKind::Person);
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, entity) in people() {
        for surname in Shape::of(&entity.name).surnames() {
            bearers.entry(surname).or_default().push(number);
        }
    }
    for (number, entity) in people() {
        let shape = Shape::of(&entity.name);
        if shape.is_bare()
            && let Some([only]) = bearers.get(&shape.surname()).map(Vec::as_slice)
        {
            note(pairs, number, *only, "the only bearer of the surname");
        }
    }
}

/// `HBA` and the one body with these initials.
fn acronyms(all: &[&Entity], pairs: &mut Pairs) {
    let mut bodies: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, entity) in all.iter().enumerate().filter(|(_, e)| e.kind == SpeakerKind::Org) {
        let initials: String = entity
            .name
            .split_whitespace()
            .filter(|word| !lexicon::legal_form(&word.to_lowercase()))
            .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()))
            .collect();
        if initials.chars().count() > 1 {
            bodies.entry(initials).or_default().insert(number);
        }
    }
    for (number, entity) in all.iter().enumerate() {
        let others = bodies.get(&entity.name).map(|b| b.iter().copied().collect::<Vec<_>>());
        if let Some([only]) = others.as_deref()
            && *only != number
        {
            note(pairs, number, *only, "its initials");
        }
    }
}

/// How a word sounds, roughly, whoever wrote it in our letters: consonants by class, without vowels
/// but for the first. `qaddafi`, `gadhafi` and `gaddafi` sound alike, and so do `yevgeny` and `evgeni`.
fn sound(word: &str) -> String {
    const CLASSES: [(&str, &str); 22] = [
        ("tsch", "c"),
        ("tch", "c"),
        ("sch", "s"),
        ("ch", "c"),
        ("sh", "s"),
        ("zh", "s"),
        ("gh", "k"),
        ("kh", "k"),
        ("ck", "k"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("ts", "z"),
        ("tz", "z"),
        ("ks", "x"),
        ("q", "k"),
        ("g", "k"),
        ("c", "k"),
        ("w", "v"),
        ("z", "z"),
        ("x", "x"),
        ("h", ""),
    ];
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j');
    let mut sounds = String::new();
    let mut rest = word;
    let mut last = "";
    while let Some(letter) = rest.chars().next() {
        let class = CLASSES.iter().find(|(letters, _)| rest.starts_with(letters));
        let length = class.map_or(letter.len_utf8(), |(letters, _)| letters.len());
        let sound = class.map_or(&rest[..length], |(_, sound)| *sound);
        if vowel(letter) {
            if sounds.is_empty() {
                sounds.push('*');
            }
            last = "";
        } else if sound != last && !sound.is_empty() {
            sounds.push_str(sound);
            last = sound;
        }
        rest = &rest[length..];
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn how_words_sound() {
        for alike in [
            ["qaddafi", "gadhafi", "gaddafi"],
            ["yevgeny", "evgeni", "evgeny"],
            ["muammar", "moammar", "muamar"],
            ["schaeuble", "schauble", "schauble"],
        ] {
            let sounds: Vec<String> = alike.iter().map(|word| sound(word)).collect();
            assert!(sounds.windows(2).all(|two| two[0] == two[1]), "{alike:?}: {sounds:?}");
        }
        assert_ne!(sound("lund"), sound("lunde k"));
        assert_ne!(sound("marsh"), sound("martin"));
    }
}
