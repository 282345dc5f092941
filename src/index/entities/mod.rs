//! Who the speakers are across the archive: the names articles give, joined to [`Entity`]s.
//!
//! The table is worked out from the distinct names of the index and from nothing else, so an
//! index that grew article by article has the same table as one made at once.

mod bodies;
mod group;
mod join;
mod names;
mod seen;
mod shape;
#[cfg(test)]
mod tests;

pub(crate) use names::{Named, names, values};

use crate::index::IndexError;
use crate::index::about::replace;
use crate::quotes::SpeakerKind;
use crate::text::fold;
use group::{Form, Group};
use serde::{Deserialize, Serialize};
use shape::Shape;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

/// Somebody, or some body, quoted in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The name most articles give.
    pub name: String,
    /// What sort of speaker it is.
    pub kind: SpeakerKind,
    /// Every form of the name, as articles have it, with the number of quotes; most first.
    pub forms: Vec<(String, u64)>,
    /// Quotes, all forms together.
    pub count: u64,
    /// Whether the name is a surname that several people of the archive bear.
    pub ambiguous: bool,
}

/// The table of speakers.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Most quoted first; ties by name.
    all: Vec<Entity>,
    /// By form, as articles have it.
    by_form: HashMap<String, usize>,
    /// By what may be typed: folded forms, forms without initials, surnames.
    by_typed: HashMap<String, Vec<usize>>,
}

#[derive(Serialize, Deserialize)]
struct Table {
    version: u32,
    /// The commit it belongs to.
    opstamp: u64,
    entities: Vec<Entity>,
}

const VERSION: u32 = 2;
const NAME: &str = "entities.json";

impl Entities {
    /// The table of these names.
    pub(crate) fn of(names: BTreeMap<String, Named>) -> Entities {
        let joined = join::people(bodies::bodies(group::groups(names)));
        Entities::from_list(joined.into_iter().map(entity).collect())
    }

    fn from_list(mut all: Vec<Entity>) -> Entities {
        all.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.forms.cmp(&b.forms))
        });
        let mut by_form = HashMap::new();
        let mut by_typed: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, entity) in all.iter().enumerate() {
            for (form, _) in &entity.forms {
                by_form.insert(form.clone(), number);
                for typed in typed_forms(form, entity.kind) {
                    let bearers = by_typed.entry(typed).or_default();
                    if bearers.last() != Some(&number) {
                        bearers.push(number);
                    }
                }
            }
        }
        Entities { all, by_form, by_typed }
    }

    /// Everybody known by `typed`: a full name, a surname, any other form; most quoted first.
    pub fn named(&self, typed: &str) -> Vec<&Entity> {
        let exact = self.by_typed.get(&plain(typed));
        let found = exact.or_else(|| self.by_typed.get(&Shape::of(typed).without_initials()));
        found.into_iter().flatten().filter_map(|n| self.all.get(*n)).collect()
    }

    /// The canonical name of a form, as an article has it; the form itself where it is not known.
    pub fn canonical<'a>(&'a self, form: &'a str) -> &'a str {
        self.entity(form).map_or(form, |e| e.name.as_str())
    }

    /// Whose form this is, as an article has it.
    pub fn entity(&self, form: &str) -> Option<&Entity> {
        self.by_form.get(form).and_then(|n| self.all.get(*n))
    }

    /// All of them, most quoted first.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.all.iter()
    }

    /// Writes the table beside the documents of a commit.
    pub(crate) fn write(&self, folder: &Path, opstamp: u64) -> Result<(), IndexError> {
        let table = Table { version: VERSION, opstamp, entities: self.all.clone() };
        let text = serde_json::to_vec(&table).map_err(|e| IndexError::damaged(folder, e))?;
        replace(&folder.join(NAME), &text)
    }
}

/// The table beside the documents, if it belongs to this commit.
pub(crate) fn read(folder: &Path, opstamp: u64) -> Option<Entities> {
    let text = fs::read(folder.join(NAME)).ok()?;
    let table: Table = serde_json::from_slice(&text).ok()?;
    (table.version == VERSION && table.opstamp == opstamp).then(|| Entities::from_list(table.entities))
}

/// The speaker of these forms. Its name is the form most quotes have, of two equals the longer; a
/// surname alone only where there is nothing else.
fn entity(group: Group) -> Entity {
    let Group { kind, mut forms, named, ambiguous, .. } = group;
    forms.sort_by(most_first);
    let is_bare = |form: &&Form| kind == SpeakerKind::Person && Shape::of(&form.0).is_bare();
    let name = forms.iter().find(|form| !is_bare(form)).or(forms.first());
    let name = name.map(|form| form.0.clone()).unwrap_or_default();
    Entity { name, kind, forms, count: named.count, ambiguous }
}

fn most_first(a: &Form, b: &Form) -> std::cmp::Ordering {
    b.1.cmp(&a.1).then_with(|| b.0.len().cmp(&a.0.len())).then_with(|| a.0.cmp(&b.0))
}

/// A name as it is compared with what is typed: folded words, without "the" in front.
fn plain(name: &str) -> String {
    let words: Vec<String> = crate::schema::tokens(&fold(name));
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// What may be typed for a form.
fn typed_forms(form: &str, kind: SpeakerKind) -> Vec<String> {
    let mut typed = vec![plain(form)];
    if kind == SpeakerKind::Person {
        let shape = Shape::of(form);
        typed.extend([shape.without_initials(), shape.brief()]);
        typed.extend(shape.surnames());
    }
    typed.retain(|t| !t.is_empty());
    typed.sort();
    typed.dedup();
    typed
}
