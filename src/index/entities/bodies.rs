//! Which names are one body's: by its legal form, by the names of nations, and by short names the archive
//! explains.

use crate::index::entities::group::{Group, Join, carried_out};
use crate::index::entities::join::FAR_MORE;
use crate::index::entities::plain;
use crate::index::entities::shape::is_given;
use crate::lexicon;
use crate::quotes::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};

/// How often the archive says of a short name what it stands for: `ECB = European Central Bank`.
pub(crate) type ShortNames = BTreeMap<String, u64>;

/// Joins the forms of the names of bodies.
pub(super) fn bodies(groups: Vec<Group>, short_names: &ShortNames) -> Vec<Group> {
    let joins = legal_forms(&groups);
    let groups = carried_out(groups, &joins);
    let joins = nations(&groups);
    let groups = carried_out(groups, &joins);
    let joins = short(&groups, short_names);
    carried_out(groups, &joins)
}

/// `U.S.` and `United States` are one.
fn nations(groups: &[Group]) -> Vec<Join> {
    let bodies = groups.iter().enumerate().filter(|(_, g)| g.kind == SpeakerKind::Org && g.is_name());
    let by_key: BTreeMap<&str, usize> = bodies.map(|(number, g)| (g.key.as_str(), number)).collect();
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (other, name) in lexicon::nation_names() {
        let known = |name: &str| by_key.get(plain(name).as_str()).copied();
        let numbers = names.entry(plain(name)).or_insert_with(|| known(name).into_iter().collect());
        numbers
            .extend(known(other).filter(|number| !numbers.contains(number)).into_iter().collect::<Vec<_>>());
    }
    let joins = |numbers: &Vec<usize>| {
        let into = numbers.first().copied().unwrap_or_default();
        numbers.iter().skip(1).map(move |from| (*from, into)).collect::<Vec<Join>>()
    };
    names.values().flat_map(joins).collect()
}

/// `ECB` is the European Central Bank where the archive says so, and says nothing else of it; once
/// among many times is nothing.
fn short(groups: &[Group], short_names: &ShortNames) -> Vec<Join> {
    let mut meant: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (said, count) in short_names {
        let Some((short, name)) = said.split_once(" = ") else { continue };
        *meant.entry(plain(short)).or_default().entry(plain(name)).or_default() += count;
    }
    let by_key: BTreeMap<&str, usize> = groups.iter().enumerate().map(|(n, g)| (g.key.as_str(), n)).collect();
    let join = |(short, names): (&String, &BTreeMap<String, u64>)| {
        let (name, most) = names.iter().max_by_key(|(_, count)| **count)?;
        let rest = names.values().sum::<u64>() - most;
        let (from, into) = (*by_key.get(short.as_str())?, *by_key.get(name.as_str())?);
        (*most >= FAR_MORE * rest && groups[into].kind == SpeakerKind::Org).then_some((from, into))
    };
    meant.iter().filter_map(join).collect()
}

/// `Rask Motor Co` and `Rask Motor` are one. What is so known to be a company is one wherever it
/// was taken for a person, unless it is the surname of one.
fn legal_forms(groups: &[Group]) -> Vec<Join> {
    let mut companies: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, group) in
        groups.iter().enumerate().filter(|(_, g)| g.kind == SpeakerKind::Org && g.is_name())
    {
        companies.entry(without_legal_form(group)).or_default().push(number);
    }
    let first = |numbers: &[usize]| {
        let count = |n: usize| groups[n].named.count;
        numbers.iter().copied().max_by_key(|n| (count(*n), std::cmp::Reverse(*n)))
    };
    let mut joins = Vec::new();
    for numbers in companies.values() {
        joins.extend(numbers.iter().filter_map(|from| Some((*from, first(numbers)?))));
    }
    let people = surnames(groups);
    for (number, group) in groups.iter().enumerate().filter(|(_, g)| g.is_person() && g.is_name()) {
        let same = companies.get(group.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        if !people.contains(group.key.as_str()) {
            joins.extend(first(same).map(|into| (number, into)));
        }
    }
    joins
}

/// A folded name without the words behind it that say how the company is owned; `group` and
/// `company` do where they are written with a capital.
fn without_legal_form(group: &Group) -> &str {
    let mut printed = group.usual().split_whitespace().rev();
    let mut rest = group.key.as_str();
    while let Some((before, last)) = rest.rsplit_once(' ') {
        let noun = |word: &str| word.starts_with(char::is_lowercase) && lexicon::body_noun(word).is_some();
        if !lexicon::legal_form(last) || printed.next().is_none_or(noun) {
            break;
        }
        rest = before;
    }
    rest
}

/// The surnames of those who have a common given name.
fn surnames(groups: &[Group]) -> BTreeSet<String> {
    let people = groups.iter().filter(|g| g.is_person() && is_given(g.shape.first()));
    people.flat_map(|g| g.shape.surnames()).collect()
}
