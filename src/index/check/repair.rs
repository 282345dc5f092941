use crate::index::about::{self, About};
use crate::index::build::{BuildOptions, LOST, Progress, Summary, update_on};
use crate::index::check::{Damage, Level, check};
use crate::index::disk::Disk;
use crate::index::lock::lock;
use crate::index::{IndexError, copies, entities};
use crate::ingest::{Options, Problem};
use std::path::{Path, PathBuf};

/// What a repair did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repaired {
    /// What was damaged.
    pub damaged: Vec<Damage>,
    /// Whether everything was read again from the sources; otherwise what was damaged could be
    /// made from the rest of the index.
    pub rebuilt: bool,
    /// Whether it is known which articles the index held. Where it is not, nobody can say what was
    /// lost with files that are gone.
    pub was_known: bool,
    /// What the run did, where something was damaged.
    pub summary: Option<Summary>,
}

impl Repaired {
    /// Files that are gone, each with its articles that could not be made again.
    pub fn lost(&self) -> impl Iterator<Item = &Problem> {
        self.summary.iter().flat_map(|summary| &summary.notes).filter(|note| note.code == LOST)
    }
}

/// Makes whole what is damaged in `dir`: from what the index holds twice, where that is enough, else
/// from the sources, into a new generation that takes the place of the old one at the end. `roots`
/// are read where the index no longer knows its own.
pub fn repair(
    dir: &Path,
    level: Level,
    roots: &[PathBuf],
    progress: &dyn Fn(Progress),
) -> Result<Repaired, IndexError> {
    // Somebody at work would be found half-way.
    let locked = lock(dir)?;
    let found = check(dir, level.max(Level::Checksums))?;
    drop(locked);
    if found.is_sound() {
        return Ok(Repaired { was_known: true, ..Repaired::default() });
    }
    let disk = Disk::of(dir);
    let known = About::read(dir).ok().flatten().or_else(|| About::salvaged(dir));
    let rebuilt = !found.damaged.iter().all(|damage| is_held_twice(&damage.path)) || known.is_none();
    if let Some(about) = &known {
        about.write(&disk, dir)?;
    }
    let roots = if known.is_some() { &[] } else { roots };
    let build = BuildOptions { rebuild: rebuilt, ..BuildOptions::default() };
    let summary = update_on(&disk, dir, roots, &Options::default(), &build, progress)?;
    let is_manifest = |damage: &Damage| {
        let name = damage.path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("journal-") || damage.path.extension().is_none()
    };
    let was_known = !rebuilt || known.is_some() && !found.damaged.iter().any(is_manifest);
    Ok(Repaired { damaged: found.damaged, rebuilt, was_known, summary: Some(summary) })
}

/// Whether a file can be made from others of the index.
fn is_held_twice(path: &Path) -> bool {
    let twice = [about::NAME, entities::NAME, copies::NAME];
    path.file_name().is_some_and(|name| twice.iter().any(|known| name == *known))
}
