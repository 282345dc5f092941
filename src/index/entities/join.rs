//! Which names are one person's.
//!
//! A step looks at all groups as they stand, says which join which, and all joins are carried out
//! at once: so the order in which names are met decides nothing.

use crate::index::entities::group::{Group, Join, carried_out};
use crate::index::entities::shape::{Shape, is_given, is_initial};
use crate::lexicon;
use foldhash::{HashMap, HashMapExt};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Where a name is borne or explained this many times as often as all others, the others do not count:
/// they are mostly misreadings.
pub(super) const FAR_MORE: u64 = 20;
/// So often a surname may stand alone before its bearer is named in full.
const SELDOM: u64 = 3;

/// One reason to hold names for one person's.
type Step = fn(&[Group]) -> Vec<Join>;

/// Joins the forms of the names of people.
pub(super) fn people(groups: Vec<Group>) -> Vec<Group> {
    let steps: [Step; 5] = [same_name, other_way_round, shortened, initials, surnames];
    steps.iter().fold(groups, |groups, step| {
        let joins = step(&groups);
        carried_out(groups, &joins)
    })
}

/// The groups of people's names.
fn persons(groups: &[Group]) -> impl Iterator<Item = (usize, &Group)> {
    groups.iter().enumerate().filter(|(_, group)| group.is_person())
}

/// One first name and surname is one person, unless middle names or suffixes tell several apart:
/// then each of those is apart, and so are the forms that do not say.
fn same_name(groups: &[Group]) -> Vec<Join> {
    let mut by_name: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (number, group) in persons(groups) {
        by_name.entry((group.shape.first(), group.shape.surname())).or_default().push(number);
    }
    let mut joins = Vec::new();
    for numbers in by_name.values().filter(|numbers| numbers.len() > 1) {
        let shapes: Vec<&Shape> = numbers.iter().map(|n| &groups[*n].shape).collect();
        let mut one_person: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (mark, number) in marks(&shapes).into_iter().zip(numbers) {
            one_person.entry(mark).or_default().push(*number);
        }
        for forms in one_person.into_values() {
            // The fullest form stands for all: it has the most to compare by.
            let fullest = forms.iter().copied().max_by_key(|n| (fullness(&groups[*n].shape), Reverse(*n)));
            joins.extend(forms.into_iter().filter_map(|from| Some((from, fullest?))));
        }
    }
    joins
}

/// How many given names there are, and letters of them.
fn fullness(shape: &Shape) -> (usize, usize) {
    (shape.given.len(), shape.given.iter().map(String::len).sum())
}

/// What tells bearers of one first name and surname apart: forms with equal marks are one person's.
fn marks(shapes: &[&Shape]) -> Vec<(String, Option<String>)> {
    let suffixes: BTreeSet<&String> = shapes.iter().filter_map(|s| s.suffix.as_ref()).collect();
    let middles: BTreeSet<&[String]> = shapes.iter().map(|s| s.middle()).filter(|m| !m.is_empty()).collect();
    let agree = middles.iter().all(|a| middles.iter().all(|b| compatible(a, b)));
    // `Ada Ruiz Lund` may be somebody else than `Ada Lund`; `Ada Marie Lund` and `Ada R. Lund` are not.
    let is_middle_name = |word: &String| is_initial(word) || is_given(word);
    let plainly_middle = middles.iter().any(|middle| middle.iter().all(is_middle_name));
    let mark = |shape: &&Shape| {
        let middle = match (agree, shape.middle()) {
            (true, _) if plainly_middle => String::new(),
            (true, middle) => if middle.is_empty() { "" } else { "middle" }.to_owned(),
            (false, middle)
                if middles.iter().any(|m| letters(m) == letters(middle) && !compatible(m, middle)) =>
            {
                middle.join(" ")
            }
            (false, middle) => letters(middle),
        };
        (middle, shape.suffix.clone().filter(|_| suffixes.len() > 1))
    };
    shapes.iter().map(mark).collect()
}

/// The first letters of given names.
fn letters(given: &[String]) -> String {
    given.iter().filter_map(|word| word.chars().next()).collect()
}

/// Whether given names may be the same person's: each equal to the other's, or its initial; one may
/// have more of them.
pub(super) fn compatible(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).all(|(a, b)| {
        let initial = is_initial(a) || is_initial(b);
        a == b || initial && a.chars().next() == b.chars().next()
    })
}

/// Whether two suffixes may be the same person's.
pub(super) fn same_generation(a: &Shape, b: &Shape) -> bool {
    a.suffix.is_none() || b.suffix.is_none() || a.suffix == b.suffix
}

/// `Kovács Viktor` is `Viktor Kovács`: the order in which the given name stands last is taken for
/// the other, unless both words are given names.
fn other_way_round(groups: &[Group]) -> Vec<Join> {
    let known: BTreeMap<(&str, &str), usize> =
        persons(groups).filter_map(|(number, group)| Some((words(&group.shape)?, number))).collect();
    let reversed = |(&(given, family), number): (&(&str, &str), &usize)| {
        let other = *known.get(&(family, given))?;
        (is_given(family) && !is_given(given)).then_some((*number, other))
    };
    known.iter().filter_map(reversed).collect()
}

/// The two words of a name that has no more.
fn words(shape: &Shape) -> Option<(&str, &str)> {
    match (shape.given.as_slice(), shape.family.as_slice()) {
        ([given], [family]) if !is_initial(given) => Some((given, family)),
        _ => None,
    }
}

/// People by surname; each bearer once.
fn bearers(groups: &[Group]) -> HashMap<String, Vec<usize>> {
    let mut bearers: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, group) in persons(groups) {
        for surname in group.shape.surnames() {
            bearers.entry(surname).or_default().push(number);
        }
    }
    bearers
}

/// `Bob Lund` is `Robert Lund`, where nobody else's name is so shortened and they speak near one
/// another.
fn shortened(groups: &[Group]) -> Vec<Join> {
    let is_short = |shape: &Shape| lexicon::nickname(shape.first());
    only_bearer(groups, is_short, |short, full| lexicon::shortens(short.first(), full.first()))
}

/// `J. K. Moro` is `Jane Moro`, where nobody else has these initials and they speak near one another.
fn initials(groups: &[Group]) -> Vec<Join> {
    let is_short = |shape: &Shape| is_initial(shape.first());
    only_bearer(groups, is_short, |short, full| {
        !is_initial(full.first()) && compatible(&short.given, &full.given)
    })
}

/// Each person whose name is short and `stands_for` that of one other bearer of the surname, and of no
/// second.
fn only_bearer(
    groups: &[Group],
    is_short: fn(&Shape) -> bool,
    stands_for: fn(&Shape, &Shape) -> bool,
) -> Vec<Join> {
    let bearers = bearers(groups);
    let mut joins = Vec::new();
    for (number, group) in persons(groups).filter(|(_, group)| is_short(&group.shape)) {
        let others = bearers.get(&group.shape.surname()).map(Vec::as_slice).unwrap_or_default();
        let fits = |other: &&usize| {
            let full = &groups[**other].shape;
            **other != number && stands_for(&group.shape, full)
        };
        let fitting: Vec<usize> = others.iter().filter(fits).copied().collect();
        if let [only] = fitting[..] {
            let full = &groups[only];
            let agree = compatible(group.shape.middle(), full.shape.middle());
            if agree && same_generation(&group.shape, &full.shape) && group.near(full) {
                joins.push((number, only));
            }
        }
    }
    joins
}

/// A surname alone is that of the one bearer who speaks near it; of several it is nobody's, and
/// stands apart. A surname that stands alone more often than its bearer is named in full is a name
/// of its own: an agency, a company.
fn surnames(groups: &[Group]) -> Vec<Join> {
    let bearers = bearers(groups);
    let mut joins = Vec::new();
    for (number, bare) in persons(groups).filter(|(_, group)| group.shape.is_bare()) {
        let all = bearers.get(&bare.shape.surname()).map(Vec::as_slice).unwrap_or_default();
        let is_near = |n: &usize| bare.named.seen.near(&groups[*n].named.seen);
        let near: Vec<usize> = all.iter().copied().filter(is_near).collect();
        let first = foremost(groups, &near);
        let seldom = |n: &usize| bare.named.count <= SELDOM.max(groups[*n].named.count);
        joins.extend(first.filter(seldom).map(|first| (number, first)));
    }
    joins
}

/// The one of these, or the one that speaks far more often than all the others. Whoever has his whole
/// name behind some other word (`Northern Ada Lund`) is no other.
fn foremost(groups: &[Group], all: &[usize]) -> Option<usize> {
    let count = |n: usize| groups[n].named.count;
    let first = all.iter().copied().max_by_key(|n| (count(*n), Reverse(*n)))?;
    let is_first = |n: &usize| {
        let before = groups[*n].key.strip_suffix(groups[first].key.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
    };
    let rest: u64 = all.iter().copied().filter(|n| !is_first(n)).map(count).sum();
    (count(first) >= FAR_MORE * rest).then_some(first)
}
