use crate::index::entities::{Entity, Named};
use crate::quotes::SpeakerKind;
use crate::schema::tokens;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a person's name by which two forms of it are compared, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Given names and surname, without initials, titles and "Jr.".
    words: Vec<String>,
    /// Initials between them.
    initials: Vec<String>,
    /// "jr", "sr", "iii".
    suffix: Option<String>,
}

const TITLES: &str = "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov \
    governor gen general col colonel lt lieutenant sgt capt captain maj major president chancellor minister \
    premier secretary judge justice pope king queen prince princess rev reverend father bishop sheikh ayatollah";
const SUFFIXES: &str = "jr sr junior senior ii iii iv";
/// Words that belong to the surname after them.
const PARTICLES: &str = "van von der den de del della di da dos du la le al el bin ibn ben ter ten st mac mc";

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

impl Shape {
    /// Reads a name: `Sen. John F. Kerry Jr.` is `john kerry`, initial `f`, suffix `jr`.
    pub(super) fn of(name: &str) -> Shape {
        let mut words: Vec<String> = tokens(name);
        while words.len() > 1 && is_in(TITLES, &words[0]) {
            words.remove(0);
        }
        let suffix = words.pop_if(|last| is_in(SUFFIXES, last));
        if words.is_empty() {
            return Shape { words: suffix.into_iter().collect(), initials: Vec::new(), suffix: None };
        }
        let last = words.len() - 1;
        let is_initial = |n: usize, w: &String| {
            n > 0 && n < last && w.chars().filter(|c| c.is_alphabetic()).count() <= 2 && initial(w)
        };
        let initials =
            words.iter().enumerate().filter(|(n, w)| is_initial(*n, w)).map(|(_, w)| w.clone()).collect();
        let rest = words.iter().enumerate().filter(|(n, w)| !is_initial(*n, w)).map(|(_, w)| w.clone());
        Shape { words: rest.collect(), initials, suffix }
    }

    /// The name without initials, titles and suffix.
    pub(super) fn full(&self) -> String {
        self.words.join(" ")
    }

    /// What alone may stand for the name: the last word, and the last words from a particle on
    /// (`van der bellen`, `le pen`).
    pub(super) fn surnames(&self) -> Vec<String> {
        let Some(last) = self.words.len().checked_sub(1).filter(|n| *n > 0) else { return Vec::new() };
        let particles = self.words[1..last].iter().rev().take_while(|w| is_in(PARTICLES, w)).count();
        (last - particles..=last).map(|from| self.words[from..].join(" ")).collect()
    }
}

/// One letter, or letters with points between (`j.k`).
fn initial(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1)
}

/// A form of a name, and how many quotes have it.
type Form = (String, u64);

/// Joins the names that are one speaker's.
pub(super) fn joined(names: BTreeMap<String, Named>) -> Vec<Entity> {
    let mut others: BTreeMap<(SpeakerKind, String), Vec<Form>> = BTreeMap::new();
    let mut people: BTreeMap<String, Vec<Form>> = BTreeMap::new();
    let mut surnames: BTreeMap<String, Vec<Form>> = BTreeMap::new();
    for (name, named) in names {
        let kind = named.kind();
        let shape = Shape::of(&name);
        let group = if kind != SpeakerKind::Person {
            others.entry((kind, super::plain(&name))).or_default()
        } else if shape.words.len() > 1 && !begins_with_particle(&shape) {
            people.entry(shape.full()).or_default()
        } else {
            surnames.entry(shape.full()).or_default()
        };
        group.push((name, named.count));
    }
    let mut entities: Vec<Entity> =
        people.into_values().flat_map(kept_apart).map(|f| entity(SpeakerKind::Person, f)).collect();
    entities.extend(others.into_iter().map(|((kind, _), forms)| entity(kind, forms)));
    join_surnames(&mut entities, surnames);
    entities
}

/// `Le Pen`, `Van der Bellen`: a surname without a given name, though it is several words.
fn begins_with_particle(shape: &Shape) -> bool {
    shape.words.first().is_some_and(|w| is_in(PARTICLES, w))
}

/// Forms of one full name are one person, unless their initials or suffixes say that there are
/// several: then each of those is apart, and so are the forms that do not say.
fn kept_apart(forms: Vec<Form>) -> Vec<Vec<Form>> {
    let mark = |form: &str| {
        let shape = Shape::of(form);
        (shape.initials, shape.suffix)
    };
    let initials: BTreeSet<Vec<String>> =
        forms.iter().map(|f| mark(&f.0).0).filter(|i| !i.is_empty()).collect();
    let suffixes: BTreeSet<Option<String>> =
        forms.iter().map(|f| mark(&f.0).1).filter(Option::is_some).collect();
    let by_initials = initials.len() > 1;
    let by_suffix = suffixes.len() > 1;
    let mut apart: BTreeMap<_, Vec<Form>> = BTreeMap::new();
    for form in forms {
        let (initials, suffix) = mark(&form.0);
        let key = (if by_initials { initials } else { Vec::new() }, if by_suffix { suffix } else { None });
        apart.entry(key).or_default().push(form);
    }
    apart.into_values().collect()
}

/// A surname alone is its only bearer's; of several it is nobody's, and stands apart.
fn join_surnames(entities: &mut Vec<Entity>, surnames: BTreeMap<String, Vec<Form>>) {
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, person) in entities.iter().enumerate().filter(|(_, e)| e.kind == SpeakerKind::Person) {
        for surname in Shape::of(&person.name).surnames() {
            bearers.entry(surname).or_default().push(number);
        }
    }
    let mut alone = Vec::new();
    for (surname, forms) in surnames {
        match bearers.get(&surname).map(Vec::as_slice) {
            Some(&[only]) => {
                let person = &mut entities[only];
                person.count += forms.iter().map(|f| f.1).sum::<u64>();
                person.forms.extend(forms);
                person.forms.sort_by(most_first);
            }
            several => {
                alone.push(Entity { ambiguous: several.is_some(), ..entity(SpeakerKind::Person, forms) })
            }
        }
    }
    entities.extend(alone);
}

/// The speaker of these forms; the name is the form most quotes have, the longer one of two equals.
fn entity(kind: SpeakerKind, mut forms: Vec<Form>) -> Entity {
    forms.sort_by(most_first);
    let name = forms.first().map(|f| f.0.clone()).unwrap_or_default();
    let count = forms.iter().map(|f| f.1).sum();
    Entity { name, kind, forms, count, ambiguous: false }
}

fn most_first(a: &Form, b: &Form) -> std::cmp::Ordering {
    b.1.cmp(&a.1).then_with(|| b.0.len().cmp(&a.0.len())).then_with(|| a.0.cmp(&b.0))
}

#[cfg(test)]
mod tests {
    use super::{Shape, joined};
    use crate::index::entities::{Entities, Named};
    use crate::quotes::SpeakerKind;
    use std::collections::BTreeMap;

    fn people(names: &[(&str, u64)]) -> BTreeMap<String, Named> {
        let named = |count| Named { count, kinds: BTreeMap::from([(SpeakerKind::Person, count)]) };
        names.iter().map(|(name, count)| ((*name).to_owned(), named(*count))).collect()
    }

    /// Each speaker as its forms, joined by " = ".
    fn told(names: &[(&str, u64)]) -> Vec<String> {
        let entities = Entities::from_list(joined(people(names)));
        entities
            .iter()
            .map(|e| e.forms.iter().map(|f| f.0.as_str()).collect::<Vec<_>>().join(" = "))
            .collect()
    }

    #[test]
    fn what_is_one_persons_name() {
        type Case<'a> = (&'a [(&'a str, u64)], &'a [&'a str]);
        let cases: [Case<'_>; 8] = [
            (&[("Ada Lund", 5), ("Ada B. Lund", 2), ("Lund", 1)], &["Ada Lund = Ada B. Lund = Lund"]),
            (
                &[("Ada Lund", 5), ("Ada B. Lund", 2), ("Ada C. Lund", 1)],
                &["Ada Lund", "Ada B. Lund", "Ada C. Lund"],
            ),
            (&[("Ada Lund", 5), ("Per Lund", 4), ("Lund", 3)], &["Ada Lund", "Per Lund", "Lund"]),
            (
                &[("José Pérez", 3), ("Jose Perez", 2), ("Jose Perez Jr.", 1)],
                &["José Pérez = Jose Perez = Jose Perez Jr."],
            ),
            (&[("Ole Dahl Jr.", 3), ("Ole Dahl Sr.", 2)], &["Ole Dahl Jr.", "Ole Dahl Sr."]),
            (
                &[("Anna van der Berg", 3), ("Van der Berg", 2), ("Berg", 1)],
                &["Anna van der Berg = Van der Berg = Berg"],
            ),
            (&[("Dr. Ada Lund", 2), ("Ada Lund", 1)], &["Dr. Ada Lund = Ada Lund"]),
            (&[("Lund", 2), ("Lund Holm", 1)], &["Lund", "Lund Holm"]),
        ];
        for (names, expected) in cases {
            assert_eq!(told(names), expected);
        }
    }

    #[test]
    fn whoever_is_known_by_what_was_typed() {
        let entities = Entities::from_list(joined(people(&[
            ("Ada B. Lund", 5),
            ("Per Lund", 4),
            ("Lund", 3),
            ("Anna van der Berg", 2),
            ("Viktor Orbán", 1),
        ])));
        let names = |typed: &str| entities.named(typed).iter().map(|e| e.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("lund"), ["Ada B. Lund", "Per Lund", "Lund"]);
        assert_eq!(names("Ada Lund"), ["Ada B. Lund"]);
        assert_eq!(names("Ms. Ada C. Lund"), ["Ada B. Lund"]);
        assert_eq!(names("orban"), ["Viktor Orbán"]);
        assert_eq!(names("van der Berg"), ["Anna van der Berg"]);
        assert!(names("ada").is_empty());
        assert!(names("").is_empty());
        let ambiguous: Vec<bool> = entities.named("lund").iter().map(|e| e.ambiguous).collect();
        assert_eq!(ambiguous, [false, false, true]);
    }

    #[test]
    fn strange_names_are_names_too() {
        for name in ["", "Jr.", "Mr.", "A. B.", "—", "Sir", "K.", "J.K. Holm"] {
            let shape = Shape::of(name);
            assert!(shape.surnames().len() < 3);
        }
        assert_eq!(Shape::of("Ada J.K. Holm").full(), "ada holm");
    }
}
