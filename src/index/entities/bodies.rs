//! Which names are one body's: by its legal form, and by short names the archive explains.

use crate::index::entities::group::{Group, Join, carried_out};
use crate::index::entities::shape::is_given;
use crate::lexicon;
use crate::quotes::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};

/// Joins the forms of the names of bodies.
pub(super) fn bodies(groups: Vec<Group>) -> Vec<Group> {
    let joins = legal_forms(&groups);
    carried_out(groups, &joins)
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
