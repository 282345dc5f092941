//! What the user says of who is whom: `aliases.txt` beside the index.

use crate::index::IndexError;
use crate::index::disk::Disk;
use crate::index::entities::alias_line::{Line, line};
use crate::index::entities::{Entity, most_first, plain};
use crate::quotes::SpeakerKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of the file, in the folder of the index.
pub(crate) const NAME: &str = "aliases.txt";

/// What stands at the head of a new file.
const HEAD: &str = "\
# Who is whom in this archive. This file is read at every question: an edit holds at once, and no
# indexing or rebuilding touches it.
#
#   Muriel Okafor = Muriel O'Kafor = Okafor, M.     one speaker, shown under the first name
#   Tobias Marsh != T. Marsh                        not the same speaker
#
# Case and accents do not matter. A name may stand here before anybody of it is quoted.
# Lines that begin with # are left alone. `onrecord alias` adds lines at the end.

";

/// The lines of `aliases.txt` that hold, and those that do not.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    path: PathBuf,
    /// As it stands in the file: what is not understood must not be lost.
    raw: Vec<u8>,
    lines: Vec<Line>,
    problems: Vec<AliasProblem>,
}

/// A line that says nothing, or the opposite of another. It is left out, not taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasProblem {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Aliases {
    /// The aliases of the index in `dir`; none where there is no file.
    pub fn read(dir: &Path) -> Result<Aliases, IndexError> {
        let path = dir.join(NAME);
        match fs::read(&path) {
            Ok(raw) => Ok(Aliases::of(path, raw)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(Aliases { path, ..Aliases::default() }),
            Err(e) => Err(IndexError::io("read", &path)(e)),
        }
    }

    fn of(path: PathBuf, raw: Vec<u8>) -> Aliases {
        let mut checked = Checked::default();
        let mut read = Vec::new();
        for (number, text) in raw.split(|byte| *byte == b'\n').enumerate() {
            match line(number + 1, text) {
                Ok(Some(line)) => read.push(line),
                Ok(None) => {}
                Err(problem) => checked.problems.push(problem),
            }
        }
        // What is apart is known first, wherever it stands: only then can a join be wrong.
        read.iter().for_each(|line| checked.part(line));
        let lines = read.into_iter().filter(|line| checked.join(line)).collect();
        checked.problems.sort_by_key(|p| p.line);
        Aliases { path, raw, lines, problems: checked.problems }
    }

    /// Where the file is, or would be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The lines that hold: each its number, and the names of each speaker it sets apart.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &[Vec<String>])> {
        self.lines.iter().map(|line| (line.number, line.speakers.as_slice()))
    }

    /// The lines that do not hold.
    pub fn problems(&self) -> &[AliasProblem] {
        &self.problems
    }

    /// These and one more line.
    pub fn with(&self, speakers: Vec<Vec<String>>) -> Aliases {
        let mut raw = if self.raw.is_empty() { HEAD.as_bytes().to_vec() } else { self.raw.clone() };
        if !raw.ends_with(b"\n") {
            raw.push(b'\n');
        }
        raw.extend_from_slice(Line { number: 0, speakers }.to_string().as_bytes());
        raw.push(b'\n');
        Aliases::of(self.path.clone(), raw)
    }

    /// These without what is said of `name` and any of `others` together: that they are one speaker
    /// (`joined`), or that they are not. Lines that say nothing of it stay as they are.
    pub fn without(&self, name: &str, others: &[String], joined: bool) -> Aliases {
        let others: BTreeSet<String> = others.iter().map(|other| plain(other)).collect();
        let edited: BTreeMap<usize, Option<Line>> = self
            .lines
            .iter()
            .filter(|line| line.relates(&plain(name), &others, joined))
            .map(|line| (line.number, line.without(&plain(name))))
            .collect();
        let kept = self.raw.split_inclusive(|byte| *byte == b'\n').enumerate();
        let raw = kept.filter_map(|(number, text)| match edited.get(&(number + 1)) {
            None => Some(text.to_vec()),
            Some(line) => line.as_ref().map(|line| format!("{line}\n").into_bytes()),
        });
        Aliases::of(self.path.clone(), raw.flatten().collect())
    }

    /// Whether nothing is said of anybody.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a line says that these are two.
    pub(super) fn part(&self, one: &Entity, other: &Entity) -> bool {
        let names = |e: &Entity| e.forms.iter().map(|(form, _)| plain(form)).collect::<BTreeSet<_>>();
        let apart = || self.lines.iter().filter(|line| line.speakers.len() > 1);
        let (ours, theirs) = match apart().next() {
            Some(_) => (names(one), names(other)),
            None => return false,
        };
        apart().any(|line| ours.iter().any(|name| line.relates(name, &theirs, false)))
    }

    /// Writes the file, whole or not at all.
    pub fn write(&self) -> Result<(), IndexError> {
        Disk::of(self.path.parent().unwrap_or(&self.path)).replace(&self.path, &self.raw)
    }

    /// The speakers as the file has them: first those are parted who are not the same, then those
    /// joined who are.
    pub(super) fn applied(&self, mut all: Vec<Entity>) -> Vec<Entity> {
        if self.is_empty() {
            return all;
        }
        let mut speaker_of: BTreeMap<String, usize> = BTreeMap::new();
        for (number, entity) in all.iter().enumerate() {
            speaker_of.extend(entity.forms.iter().map(|(form, _)| (plain(form), number)));
        }
        for line in &self.lines {
            part(&mut all, &mut speaker_of, &line.folded());
        }
        let joined = || self.lines.iter().flat_map(|line| &line.speakers).filter(|names| names.len() > 1);
        joined().for_each(|names| join(&mut all, &mut speaker_of, names));
        let others: BTreeSet<String> =
            joined().flat_map(|names| &names[1..]).map(|name| plain(name)).collect();
        for first in joined().map(|names| &names[0]).filter(|first| !others.contains(&plain(first))) {
            if let Some(number) = speaker_of.get(&plain(first)) {
                all[*number].name.clone_from(first);
            }
        }
        all.retain(|entity| entity.count > 0);
        all
    }
}

/// Takes each name after the first speaker's out of the speaker that also bears a name of another.
fn part(all: &mut Vec<Entity>, speaker_of: &mut BTreeMap<String, usize>, speakers: &[Vec<String>]) {
    for (side, names) in speakers.iter().enumerate().skip(1) {
        for name in names {
            let Some(&from) = speaker_of.get(name) else { continue };
            let elsewhere = speakers.iter().enumerate().filter(|(other, _)| *other != side);
            if !elsewhere.flat_map(|(_, names)| names).any(|other| speaker_of.get(other) == Some(&from)) {
                continue;
            }
            let (taken, left) = all[from].forms.drain(..).partition(|(form, _)| plain(form) == *name);
            let kind = all[from].kind;
            all[from] = Entity::of(kind, left);
            speaker_of.insert(name.clone(), all.len());
            all.push(Entity::of(kind, taken));
        }
    }
}

/// Makes one speaker of all who bear these names.
fn join(all: &mut Vec<Entity>, speaker_of: &mut BTreeMap<String, usize>, names: &[String]) {
    let [first, others @ ..] = names else { return };
    let target = bearer(all, speaker_of, first);
    for other in others {
        let from = bearer(all, speaker_of, other);
        if from == target {
            continue;
        }
        let forms = std::mem::take(&mut all[from].forms);
        let (count, kind) = (std::mem::take(&mut all[from].count), all[from].kind);
        speaker_of.extend(forms.iter().map(|(form, _)| (plain(form), target)));
        let joined = &mut all[target];
        if count > joined.count {
            joined.kind = kind;
        }
        joined.count += count;
        joined.forms.extend(forms);
    }
    all[target].forms.sort_by(most_first);
}

/// The speaker who bears the name; a new one, not quoted yet, where nobody does.
fn bearer(all: &mut Vec<Entity>, speaker_of: &mut BTreeMap<String, usize>, name: &str) -> usize {
    *speaker_of.entry(plain(name)).or_insert_with(|| {
        all.push(Entity::of(SpeakerKind::Person, vec![(name.to_owned(), 0)]));
        all.len() - 1
    })
}

/// Finds the lines that contradict another.
#[derive(Default)]
struct Checked {
    /// Pairs of names that are not one speaker's, with the line that says so.
    apart: BTreeMap<(String, String), usize>,
    /// Of each name that stands for another: which, and by which line.
    stands_for: BTreeMap<String, (String, usize)>,
    problems: Vec<AliasProblem>,
}

impl Checked {
    fn part(&mut self, line: &Line) {
        let speakers = line.folded();
        for (side, names) in speakers.iter().enumerate() {
            for other in speakers.iter().skip(side + 1).flatten() {
                for name in names {
                    self.apart.insert((name.clone(), other.clone()), line.number);
                    self.apart.insert((other.clone(), name.clone()), line.number);
                }
            }
        }
    }

    /// Whether all names the line joins may be joined; if not, none of them is.
    fn join(&mut self, line: &Line) -> bool {
        let mut added: Vec<String> = Vec::new();
        for (names, folded) in line.speakers.iter().zip(line.folded()) {
            for (other, shown) in folded.iter().zip(names).skip(1) {
                let is_new = !self.stands_for.contains_key(other);
                if let Err((message, hint)) = self.stands(other, shown, &folded[0], &names[0], line.number) {
                    self.problems.push(AliasProblem { line: line.number, message, hint });
                    added.iter().for_each(|name| drop(self.stands_for.remove(name)));
                    return false;
                }
                added.extend(is_new.then(|| other.clone()));
            }
        }
        true
    }

    fn stands(
        &mut self,
        other: &str,
        shown: &str,
        first: &str,
        shown_first: &str,
        number: usize,
    ) -> Result<(), (String, String)> {
        let foremost = self.foremost(first);
        if foremost == other {
            let message = format!("“{shown}” and “{shown_first}” would each stand for the other");
            return Err((message, "keep the line that has the name to be shown first".into()));
        }
        if let Some((known, line)) = self.stands_for.get(other) {
            if *known == first {
                return Ok(());
            }
            let message = format!("“{shown}” already stands for somebody else in line {line}");
            return Err((message, "leave it in one of the two lines, or put all names into one".into()));
        }
        if let Some(line) = self.parting(&foremost, other) {
            let message = format!("“{shown}” would be “{shown_first}”, and line {line} says they are two");
            return Err((message, "take out one of the two lines".into()));
        }
        self.stands_for.insert(other.to_owned(), (first.to_owned(), number));
        Ok(())
    }

    /// The first line that says of a name shown as one of these, and one shown as the other, that they are two.
    fn parting(&self, one: &str, other: &str) -> Option<usize> {
        if self.apart.is_empty() {
            return None;
        }
        let names = |foremost: &str| {
            let mut all: BTreeSet<String> =
                self.stands_for.keys().filter(|name| self.foremost(name) == foremost).cloned().collect();
            all.insert(foremost.to_owned());
            all
        };
        let (ours, theirs) = (names(one), names(other));
        let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a.clone(), b.clone())));
        pairs.filter_map(|pair| self.apart.get(&pair)).min().copied()
    }

    /// The name under which a name is shown in the end.
    fn foremost(&self, name: &str) -> String {
        let mut at = name;
        // No name ever came to stand for itself, so this ends.
        while let Some((next, _)) = self.stands_for.get(at) {
            at = next;
        }
        at.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Aliases;

    #[test]
    fn an_edit_leaves_all_other_lines_as_they_are() {
        let raw = b"# ours\r\n  A  =  B = C\nD\xff = \nE != F != G\nA != H".to_vec();
        let aliases = Aliases::of("aliases.txt".into(), raw.clone());
        assert_eq!(aliases.lines().count(), 3);
        assert_eq!(aliases.problems().iter().map(|p| p.line).collect::<Vec<_>>(), [3]);
        let others = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let cases: [(Aliases, &[u8]); 6] = [
            (aliases.without("b", &others(&["a"]), true), b"# ours\r\nA = C\nD\xff = \nE != F != G\nA != H"),
            (aliases.without("B", &others(&["E"]), true), &raw),
            (
                aliases.without("G", &others(&["F"]), false),
                b"# ours\r\n  A  =  B = C\nD\xff = \nE != F\nA != H",
            ),
            (
                aliases.without("H", &others(&["A"]), false),
                b"# ours\r\n  A  =  B = C\nD\xff = \nE != F != G\n",
            ),
            (aliases.without("A", &others(&["B"]), false), &raw),
            (
                aliases.with(vec![vec!["X".into(), "Y".into()], vec!["Z".into()]]),
                b"# ours\r\n  A  =  B = C\nD\xff = \nE != F != G\nA != H\nX = Y != Z\n",
            ),
        ];
        for (edited, expected) in cases {
            assert_eq!(String::from_utf8_lossy(&edited.raw), String::from_utf8_lossy(expected));
        }
    }
}
