//! Who the speakers are across the archive: the names articles give, joined to [`Entity`]s.
//!
//! `names → groups → bodies → people` makes the table: from the distinct names of the index, where and
//! when they speak, and nothing else; so an index that grew article by article has the same table as
//! one made at once. What the user says in `aliases.txt` is laid over it whenever it is read.

mod alias_line;
mod aliases;
mod bearers;
mod bodies;
mod group;
mod join;
mod names;
mod seen;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod twins;

pub(crate) use aliases::NAME as ALIASES;
pub use aliases::{AliasProblem, Aliases};
pub(crate) use bearers::Bearer;
pub(crate) use names::values;
pub use twins::Twins;

use crate::index::IndexError;
use crate::index::disk::Disk;
use crate::index::seal::{opened, sealed};
use crate::quotes::SpeakerKind;
use crate::schema::{LONGEST_TOKEN, words};
use crate::text::fold;
use bearers::Known;
use bodies::ShortNames;
use group::Form;
use names::Named;
use serde::{Deserialize, Serialize};
use shape::Shape;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use table::Table;
use tantivy::Searcher;

/// Somebody, or some body, quoted in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Who the speakers are. Each is taken out of the table when first asked for.
#[derive(Debug, Default)]
pub struct Entities {
    /// Most quoted first; ties by name.
    table: Table,
    taken: Vec<OnceLock<Box<Entity>>>,
    /// All forms in small letters, once somebody is asked for by name.
    small: OnceLock<String>,
    /// Whose the names of segments are.
    known: Known,
}

/// The table as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    /// The commit it belongs to.
    opstamp: u64,
    table: Table,
}

impl Written {
    fn is_ours(&self) -> bool {
        self.version == VERSION && self.table.is_sound()
    }
}

const VERSION: u32 = 5;
/// The name of the file.
pub(crate) const NAME: &str = "entities.bin";

impl Entities {
    /// The speakers of a table that is beside the documents, as the user's aliases have them.
    pub(crate) fn read(folder: &Path, opstamp: u64, aliases: &Aliases) -> Option<Entities> {
        let table = read(folder, opstamp)?;
        if aliases.is_empty() {
            return Some(Entities::from(table));
        }
        Some(Entities::of((0..table.len()).map(|number| table.speaker(number)).collect(), aliases))
    }

    /// These speakers, as the user's aliases have them.
    pub(crate) fn of(speakers: Vec<Entity>, aliases: &Aliases) -> Entities {
        let mut all = aliases.applied(speakers);
        most_quoted_first(&mut all);
        Entities::from(Table::of(&all))
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
        let table = &self.table;
        let is_known = |number: &usize| {
            let mut forms = table.forms(*number).map(|form| table.form(form));
            forms.any(|form| typed_forms(form, table.kind(*number)).iter().any(|t| t == typed))
        };
        let small = self.small.get_or_init(|| table.small());
        table.may_hold(last, small).into_iter().filter(is_known).map(|number| self.take(number)).collect()
    }

    /// A speaker by number.
    fn take(&self, number: usize) -> &Entity {
        self.taken[number].get_or_init(|| Box::new(self.table.speaker(number)))
    }

    /// The canonical name of a form, as an article has it; the form itself where it is not known.
    pub fn canonical<'a>(&'a self, form: &'a str) -> &'a str {
        self.table.bearer(form).map_or(form, |number| self.table.name(number))
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

    /// How many there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether nobody is quoted.
    pub fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    /// All of them, most quoted first.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        (0..self.table.len()).map(|number| self.take(number))
    }
}

impl From<Table> for Entities {
    fn from(table: Table) -> Entities {
        let taken = (0..table.len()).map(|_| OnceLock::new()).collect();
        Entities { table, taken, small: OnceLock::new(), known: Known::default() }
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
        let name = match &forms[..] {
            [only] => Some(only),
            _ => forms.iter().find(|form| !is_bare(form)).or(forms.first()),
        };
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

fn joined(names: Vec<(String, Named)>, short_names: &ShortNames) -> Vec<Entity> {
    let groups = join::people(bodies::bodies(group::groups(names), short_names));
    let mut all: Vec<Entity> = groups.into_iter().map(|group| Entity::of(group.kind, group.forms)).collect();
    most_quoted_first(&mut all);
    all
}

/// Writes the speakers beside the documents of a commit.
pub(crate) fn write(disk: &Disk, speakers: &[Entity], folder: &Path, opstamp: u64) -> Result<(), IndexError> {
    let written = Written { version: VERSION, opstamp, table: Table::of(speakers) };
    let bytes = postcard::to_allocvec(&written).map_err(|e| IndexError::damaged(folder, e))?;
    disk.replace(&folder.join(NAME), &sealed(&bytes))
}

/// The table beside the documents, if it belongs to this commit.
fn read(folder: &Path, opstamp: u64) -> Option<Table> {
    let file = fs::read(folder.join(NAME)).ok()?;
    let written: Written = postcard::from_bytes(opened(&file)?).ok()?;
    (written.is_ours() && written.opstamp == opstamp).then_some(written.table)
}

/// Whether there is a table of this commit.
pub(crate) fn is_there(folder: &Path, opstamp: u64) -> bool {
    read(folder, opstamp).is_some()
}

/// Whether this is a table of speakers of ours.
pub(crate) fn is_table(content: &[u8]) -> bool {
    postcard::from_bytes::<Written>(content).is_ok_and(|written| written.is_ours())
}

/// A name as it is compared with what is typed: folded words, without "the" in front.
fn plain(name: &str) -> String {
    let folded = fold(name);
    let mut plain = String::with_capacity(folded.len());
    for word in words(&folded).map(|word| word.folded).filter(|word| word.len() <= LONGEST_TOKEN) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(&word);
    }
    match plain.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => plain,
    }
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
