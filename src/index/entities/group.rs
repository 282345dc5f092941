use crate::index::entities::names::Named;
use crate::index::entities::plain;
use crate::index::entities::shape::Shape;
use crate::quotes::SpeakerKind;
use std::collections::BTreeMap;

/// A form of a name as articles have it, and how many quotes have it.
pub(super) type Form = (String, u64);

/// One group, by its number, joins another.
pub(super) type Join = (usize, usize);

/// Forms held to be one speaker's, so far.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The folded name of the form that stands for all.
    pub(super) key: String,
    /// Its parts, where it is a person's.
    pub(super) shape: Shape,
    pub(super) kind: SpeakerKind,
    pub(super) forms: Vec<Form>,
    pub(super) named: Named,
}

impl Group {
    pub(super) fn is_person(&self) -> bool {
        self.kind == SpeakerKind::Person
    }

    /// The form most quotes have.
    pub(super) fn usual(&self) -> &str {
        let usual = self.forms.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        usual.map_or("", |form| form.0.as_str())
    }

    /// Whether its usual form begins with a capital or a figure: a name, not a description.
    pub(super) fn is_name(&self) -> bool {
        self.usual().chars().next().is_some_and(|c| !c.is_lowercase())
    }

    /// Whether the two speak near one another: the one that speaks less is near the other.
    pub(super) fn near(&self, other: &Group) -> bool {
        let (rare, common) = if self.named.count < other.named.count { (self, other) } else { (other, self) };
        rare.named.seen.near(&common.named.seen)
    }

    fn take_in(&mut self, forms: Vec<Form>, named: &Named) {
        self.forms.extend(forms);
        self.named.add(named);
    }
}

/// The forms that differ in case, accents and points alone, each set with the kind it has most
/// often; in the order of their folded names.
pub(super) fn groups(names: Vec<(String, Named)>) -> Vec<Group> {
    let mut folded: Vec<_> = names.into_iter().map(|(name, named)| (plain(&name), name, named)).collect();
    folded.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut ahead = folded.into_iter().peekable();
    let group = || {
        let (key, name, mut named) = ahead.next()?;
        let mut forms = vec![(name, named.count)];
        while let Some((_, name, more)) = ahead.next_if(|(next, ..)| *next == key) {
            forms.push((name, more.count));
            named.add(&more);
        }
        let kind = named.kind();
        let shape = if kind == SpeakerKind::Person { Shape::of(&forms[0].0) } else { Shape::default() };
        Some(Group { key, shape, kind, forms, named })
    };
    std::iter::from_fn(group).collect()
}

/// The groups with each join carried out. What joins a group that joins another joins that one too.
pub(super) fn carried_out(mut groups: Vec<Group>, joins: &[Join]) -> Vec<Group> {
    let into: BTreeMap<usize, usize> = joins.iter().copied().filter(|(from, into)| from != into).collect();
    let end = |start: usize| {
        let mut at = start;
        for _ in 0..=into.len() {
            match into.get(&at) {
                Some(next) => at = *next,
                None => return at,
            }
        }
        // A ring has no end: whoever is led into one stays where he is.
        start
    };
    let ends: Vec<Join> = into.keys().map(|from| (*from, end(*from))).collect();
    for (from, into) in ends.into_iter().filter(|(from, into)| from != into) {
        let forms = std::mem::take(&mut groups[from].forms);
        let named = std::mem::take(&mut groups[from].named);
        groups[into].take_in(forms, &named);
    }
    // Who has joined another has nothing left.
    groups.retain(|group| !group.forms.is_empty());
    groups
}
