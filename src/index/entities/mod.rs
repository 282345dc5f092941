//! Who the speakers are across the archive: the names articles give, joined to [`Entity`]s.
//!
//! `names → groups → bodies → people` makes the table: from the distinct names of the index, where and
//! when they speak, and nothing else; so an index that grew article by article has the same table as
//! one made at once. What the user says in `aliases.txt` is laid over it whenever it is read.

mod alias_line;
mod aliases;
mod bodies;
mod group;
mod join;
mod names;
mod seen;
mod shape;
#[cfg(test)]
mod tests;
mod twins;

pub use aliases::{AliasProblem, Aliases};
pub(crate) use names::values;
pub use twins::Twins;

use crate::index::IndexError;
use crate::index::disk::Disk;
use crate::index::seal::{opened, sealed};
use crate::quotes::SpeakerKind;
use crate::text::fold;
use bodies::ShortNames;
use group::Form;
use names::Named;
use serde::{Deserialize, Serialize};
use shape::Shape;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use tantivy::Searcher;

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
}

/// The table of speakers.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Most quoted first; ties by name.
    all: Vec<Entity>,
    /// By form, as articles have it.
    by_form: HashMap<String, usize>,
}

#[derive(Serialize, Deserialize)]
struct Table {
    version: u32,
    /// The commit it belongs to.
    opstamp: u64,
    entities: Vec<Entity>,
}

const VERSION: u32 = 4;
/// The name of the file.
pub(crate) const NAME: &str = "entities.bin";

impl Entities {
    /// The table of these speakers, as the user's aliases have them.
    pub(crate) fn of(speakers: Vec<Entity>, aliases: &Aliases) -> Entities {
        let mut all = aliases.applied(speakers);
        most_quoted_first(&mut all);
        let forms = |(number, entity): (usize, &Entity)| {
            entity.forms.iter().map(|(form, _)| (form.clone(), number)).collect::<Vec<_>>()
        };
        let by_form = all.iter().enumerate().flat_map(forms).collect();
        Entities { all, by_form }
    }

    /// Everybody known by `typed`: a full name, a surname, any other form; most quoted first.
    pub fn named(&self, typed: &str) -> Vec<&Entity> {
        let exact = self.known_as(&plain(typed));
        if exact.is_empty() { self.known_as(&Shape::of(typed).without_initials()) } else { exact }
    }

    /// Everybody for whose name this folded one may be typed. A question names few, and an archive
    /// many: so forms are read when they are asked for, and only those that hold the last word.
    fn known_as(&self, typed: &str) -> Vec<&Entity> {
        let Some(last) = typed.rsplit(' ').next().filter(|last| !last.is_empty()) else { return Vec::new() };
        let is_known = |entity: &&Entity| {
            let mut forms = entity.forms.iter().filter(|(form, _)| may_hold(form, last));
            forms.any(|(form, _)| typed_forms(form, entity.kind).iter().any(|t| t == typed))
        };
        self.all.iter().filter(is_known).collect()
    }

    /// The canonical name of a form, as an article has it; the form itself where it is not known.
    pub fn canonical<'a>(&'a self, form: &'a str) -> &'a str {
        self.entity(form).map_or(form, |e| e.name.as_str())
    }

    /// Whose form this is, as an article has it.
    pub fn entity(&self, form: &str) -> Option<&Entity> {
        self.by_form.get(form).and_then(|n| self.all.get(*n))
    }

    /// The speaker one of whose names, as articles or aliases have it, is this one but for case and
    /// accents; and the name as it is usually written.
    pub fn bearer(&self, name: &str) -> Option<(&Entity, &str)> {
        let (name, candidates) = (plain(name), self.named(name));
        let form = |entity: &&'_ Entity| entity.forms.iter().position(|(form, _)| plain(form) == name);
        let (entity, form) = candidates.into_iter().find_map(|e| Some((e, form(&e)?)))?;
        Some((entity, &entity.forms[form].0))
    }

    /// Speakers who may be one: for the user to decide. Those whom the aliases part are left out.
    pub fn twins(&self, aliases: &Aliases) -> Vec<Twins<'_>> {
        twins::twins(self, aliases)
    }

    /// All of them, most quoted first.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.all.iter()
    }
}

impl Entity {
    /// Quotes under this name, whatever its case and accents.
    pub fn count_as(&self, name: &str) -> u64 {
        let name = plain(name);
        self.forms.iter().filter(|(form, _)| plain(form) == name).map(|(_, count)| count).sum()
    }

    /// The speaker of these forms. Its name is the form most quotes have, of two equals the longer;
    /// a surname alone only where there is nothing else.
    fn of(kind: SpeakerKind, mut forms: Vec<Form>) -> Entity {
        forms.sort_by(most_first);
        let is_bare = |form: &&Form| kind == SpeakerKind::Person && Shape::of(&form.0).is_bare();
        let name = forms.iter().find(|form| !is_bare(form)).or(forms.first());
        let name = name.map(|form| form.0.clone()).unwrap_or_default();
        let count = forms.iter().map(|form| form.1).sum();
        Entity { name, kind, forms, count }
    }
}

fn most_first(a: &Form, b: &Form) -> std::cmp::Ordering {
    b.1.cmp(&a.1).then_with(|| b.0.len().cmp(&a.0.len())).then_with(|| a.0.cmp(&b.0))
}

fn most_quoted_first(speakers: &mut [Entity]) {
    speakers.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.forms.cmp(&b.forms))
    });
}

/// The speakers of an index, as far as their names tell.
pub(crate) fn speakers(searcher: &Searcher) -> Result<Vec<Entity>, IndexError> {
    Ok(joined(names::names(searcher)?, &values(searcher, "short")?))
}

fn joined(names: BTreeMap<String, Named>, short_names: &ShortNames) -> Vec<Entity> {
    let groups = join::people(bodies::bodies(group::groups(names), short_names));
    let mut all: Vec<Entity> = groups.into_iter().map(|group| Entity::of(group.kind, group.forms)).collect();
    most_quoted_first(&mut all);
    all
}

/// Writes the speakers beside the documents of a commit.
pub(crate) fn write(
    disk: &Disk,
    speakers: Vec<Entity>,
    folder: &Path,
    opstamp: u64,
) -> Result<(), IndexError> {
    let table = Table { version: VERSION, opstamp, entities: speakers };
    let bytes = postcard::to_allocvec(&table).map_err(|e| IndexError::damaged(folder, e))?;
    disk.replace(&folder.join(NAME), &sealed(&bytes))
}

/// The speakers beside the documents, if they belong to this commit.
pub(crate) fn read(folder: &Path, opstamp: u64) -> Option<Vec<Entity>> {
    let file = fs::read(folder.join(NAME)).ok()?;
    let table: Table = postcard::from_bytes(opened(&file)?).ok()?;
    (table.version == VERSION && table.opstamp == opstamp).then_some(table.entities)
}

/// Whether this is a table of speakers of ours.
pub(crate) fn is_table(content: &[u8]) -> bool {
    postcard::from_bytes::<Table>(content).is_ok_and(|table| table.version == VERSION)
}

/// A name as it is compared with what is typed: folded words, without "the" in front.
fn plain(name: &str) -> String {
    let words: Vec<String> = crate::schema::tokens(&fold(name));
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// Whether a folded word may stand in a form: certain only of forms in plain letters.
fn may_hold(form: &str, word: &str) -> bool {
    let (form, word) = (form.as_bytes(), word.as_bytes());
    !form.is_ascii() || form.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
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
