use crate::index::IndexError;
use crate::index::about::About;
use crate::index::roots::{absolute, roots_and_index, within};
use crate::ingest::{Choices, Options, Problem, Source, walk};
use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Where choices are kept, in the folder of the index.
pub(crate) const NAME: &str = "config.toml";

/// What the index in `dir` keeps for the folders of its archive.
pub(crate) fn choices(dir: &Path) -> Result<Choices, IndexError> {
    let file = dir.join(NAME);
    let misread = |line, what| IndexError::Choices { file: file.clone(), line, what };
    match fs::read(&file) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes).map_err(|e| {
                let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
                let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                misread(line, "this is not UTF-8; save the file as UTF-8".to_owned())
            })?;
            Choices::read(&text).map_err(|told| misread(told.line, told.message))
        }
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Choices::default())
        }
        Err(e) => Err(IndexError::io("read", &file)(e)),
    }
}

/// How one file is read.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) options: Arc<Options>,
    pub(crate) hash: u64,
    /// The folder something was chosen for.
    pub(crate) folder: Option<String>,
}

/// How the files of one root are read: as stated, and where nothing is, as kept for their folders.
pub(crate) struct Ways<'a> {
    choices: &'a Choices,
    stated: &'a Options,
    base: PathBuf,
    known: HashMap<Option<&'a str>, Way>,
}

impl<'a> Ways<'a> {
    /// Paths are from the folder that holds the index; those of a root elsewhere, from that root.
    pub(crate) fn new(choices: &'a Choices, dir: &Path, root: &Path, stated: &'a Options) -> Ways<'a> {
        // An index that is yet to be made lies beside what is there.
        let made = absolute(dir).ok().and_then(|dir| dir.parent().map(Path::to_path_buf));
        let beside = made.or_else(|| std::path::absolute(dir).ok()?.parent()?.canonicalize().ok());
        let base = beside.filter(|beside| root.starts_with(beside)).unwrap_or_else(|| root.to_path_buf());
        Ways { choices, stated, base, known: HashMap::new() }
    }

    /// How the file at an absolute path is read.
    pub(crate) fn of(&mut self, file: &Path) -> &Way {
        let chosen = if self.choices.is_empty() { None } else { self.choices.of(&self.below(file)) };
        let stated = self.stated;
        self.known.entry(chosen.map(|(folder, _)| folder)).or_insert_with(|| {
            let options = chosen.map_or_else(|| stated.clone(), |(_, chosen)| stated.or(chosen));
            let hash = xxh3_64(&serde_json::to_vec(&options).unwrap_or_default());
            Way { options: Arc::new(options), hash, folder: chosen.map(|(folder, _)| folder.to_owned()) }
        })
    }

    /// A path as `[sources]` names it.
    fn below(&self, file: &Path) -> String {
        let below = file.strip_prefix(&self.base).unwrap_or(file);
        let parts = below.components().filter(|part| matches!(part, Component::Normal(_)));
        parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

/// A file that would be read, and how.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub source: Source,
    /// How it is read.
    pub options: Arc<Options>,
    /// What was chosen, and where; nothing, where all is guessed.
    pub chosen: String,
}

/// What a run of [`update`](crate::index::update) would read and how, without one: files of `roots`, or
/// of the folders recorded in the index in `dir`, or of the current folder. Gives the
/// table that would keep the options stated, and nothing where none are.
pub fn look(
    dir: &Path,
    roots: &[PathBuf],
    options: &Options,
    each: &mut dyn FnMut(Result<Found, Problem>),
) -> Result<String, IndexError> {
    let choices = choices(dir)?;
    let about = About::read(dir)?;
    let known = match &about {
        Some(about) => roots_and_index(about, dir)?,
        None => absolute(dir).into_iter().collect(),
    };
    let roots = match (roots, &about) {
        ([], Some(about)) => about.root_paths(dir),
        ([], None) => vec![PathBuf::from(".")],
        _ => roots.to_vec(),
    };
    let mut kept = String::new();
    for root in roots {
        let real = fs::canonicalize(&root).map_err(|_| IndexError::NoSuchRoot(root.clone()))?;
        let before = known.iter().position(|known| real.starts_with(known));
        let before = before.zip(about.as_ref());
        let before = before.and_then(|(number, about)| Some(&about.roots.get(number)?.options));
        let stated = before.map_or_else(|| options.clone(), |before| options.or(before));
        let mut ways = Ways::new(&choices, dir, &real, &stated);
        let told =
            |chosen: &[&str]| chosen.iter().map(|name| format!("--{name}")).collect::<Vec<_>>().join(", ");
        let (now, mut recorded) = (options.stated(), stated.stated());
        recorded.retain(|name| !now.contains(name));
        let file = |source: &Source| fs::canonicalize(&source.path).unwrap_or_else(|_| source.path.clone());
        let within: Vec<&PathBuf> = within(&real, &known).collect();
        let is_others = |source: &Source| {
            !within.is_empty() && within.iter().any(|other| file(source).starts_with(other))
        };
        for found in walk(std::slice::from_ref(&root)).filter(|found| !found.as_ref().is_ok_and(is_others)) {
            each(found.map(|source| {
                let file = file(&source);
                let way = ways.of(&file);
                let mut chosen = Vec::new();
                chosen.push(told(&now));
                if !recorded.is_empty() {
                    chosen.push(format!("{}, as recorded in the index", told(&recorded)));
                }
                if let Some(folder) = &way.folder {
                    chosen.push(of_folder(&choices, folder, &stated, &dir.join(NAME)));
                }
                chosen.retain(|words| !words.is_empty());
                Found { source, options: way.options.clone(), chosen: chosen.join("; ") }
            }));
        }
        if *options != Options::default() {
            kept.push_str(&options.kept(&ways.below(&real)));
        }
    }
    Ok(kept)
}

/// `outlet, map of [sources."wire/2019"] in .onrecord/config.toml`, without what was stated otherwise.
fn of_folder(choices: &Choices, folder: &str, stated: &Options, file: &Path) -> String {
    let Some((folder, options)) = choices.of(folder) else { return String::new() };
    let over = stated.stated();
    let names: Vec<&str> =
        options.stated().into_iter().filter(|name| *name == "map" || !over.contains(name)).collect();
    let folder = if folder.is_empty() { "." } else { folder };
    match names.is_empty() {
        true => String::new(),
        false => format!("{} of [sources.\"{folder}\"] in {}", names.join(", "), file.display()),
    }
}
