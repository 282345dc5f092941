//! `onrecord train`: annotated articles in, weights out. Hidden: it is for those who work on the
//! program.

use crate::cli::Outcome;
use crate::cli::args::{LearnedPart, Train};
use crate::cli::screen::Screen;
use crate::quotes::{self, Annotated, Marked, Part};
use crate::render::safe;
use crate::text::{Span, Text};
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Every how many articles one is left out with `--leave`.
const FOLDS: usize = 5;

pub(super) fn run(args: &Train, screen: &Screen) -> anyhow::Result<Outcome> {
    let articles = read(&args.folder)?;
    if articles.is_empty() {
        bail!(
            "no annotated article in {}: text/ID.txt and attributions/ID_*.ann are looked for",
            shown(&args.folder)
        );
    }
    let left = |number: usize| args.leave.is_some_and(|leave| number % FOLDS == usize::from(leave));
    let kept = articles.iter().enumerate().filter(|(number, _)| !left(*number));
    let kept: Vec<&Annotated> = kept.map(|(_, (_, article))| article).collect();
    fs::write(&args.out, quotes::learn(&kept, &head(kept.len(), &args.folder), args.without.map(part)))
        .with_context(|| shown(&args.out))?;
    screen.print(|out| {
        let ids = articles.iter().enumerate().filter(|(number, _)| left(*number));
        ids.map(|(_, (id, _))| id).try_for_each(|id| writeln!(out, "{}", safe(id)))
    })?;
    Ok(Outcome::Done)
}

fn part(named: LearnedPart) -> Part {
    match named {
        LearnedPart::Tags => Part::Tags,
        LearnedPart::Chain => Part::Chain,
        LearnedPart::Ranking => Part::Ranking,
        LearnedPart::Salience => Part::Salience,
    }
}

/// Where the weights come from.
fn head(articles: usize, folder: &Path) -> String {
    let names: Vec<_> = folder.iter().rev().take(2).map(|name| name.to_string_lossy().into_owned()).collect();
    let folder = names.into_iter().rev().collect::<Vec<_>>().join("/");
    format!(
        "onrecord: learned weights (docs/method.md tells how, and how good they are)\n\
         from: {articles} annotated articles of {folder}; none of their text is in here\n\
         by: onrecord train {folder} -o src/quotes/weights.bin\n"
    )
}

fn shown(path: &Path) -> String {
    safe(&path.display().to_string()).into_owned()
}

/// The articles of a folder in the form of PolNeAR, by id: `text/ID.txt`, `attributions/ID_*.ann` (of
/// several annotators the first) and, if they are there, `tags/ID.tsv`.
fn read(folder: &Path) -> anyhow::Result<Vec<(String, Annotated)>> {
    let marks = folder.join("attributions");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&marks).with_context(|| shown(&marks))? {
        names.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        if let Some(stem) = name.strip_suffix(".ann") {
            let id = stem.rsplit_once('_').filter(|(_, annotator)| annotator.len() == 4);
            files.entry(id.map_or(stem, |(id, _)| id).to_owned()).or_insert(name.clone());
        }
    }
    let article = |(id, name): (String, String)| {
        let path = folder.join("text").join(format!("{id}.txt"));
        let text = fs::read_to_string(&path).with_context(|| shown(&path))?;
        let standoff = fs::read_to_string(marks.join(&name)).with_context(|| safe(&name).into_owned())?;
        let tags = fs::read_to_string(folder.join("tags").join(format!("{id}.tsv"))).unwrap_or_default();
        Ok((id, annotated(text, &standoff, &tags)))
    };
    files.into_iter().map(article).collect()
}

/// Where each character begins, in bytes, and where the text ends.
struct Bytes(Vec<u32>);

impl Bytes {
    /// The span of two offsets in characters, as they are written; None if they are none.
    fn span(&self, start: &str, end: &str) -> Option<Span> {
        let byte = |offset: &str| self.0.get(offset.parse::<usize>().ok()?).copied();
        Some(Span { start: byte(start)?, end: byte(end)? })
    }
}

fn annotated(text: String, standoff: &str, tags: &str) -> Annotated {
    let bytes = Bytes(text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect());
    let (sayings, tags) = (sayings(&bytes, standoff), words(&bytes, tags));
    Annotated { text: Text::new(text), sayings, tags }
}

/// The events of a standoff file: `T1⇥Source 3 9;12 15⇥…` and `E1⇥Attribution:T1 Source:T2 …`.
fn sayings(bytes: &Bytes, standoff: &str) -> Vec<Marked> {
    let mut bound: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut sayings = Vec::new();
    for line in standoff.lines() {
        let Some((id, rest)) = line.split_once('\t') else { continue };
        if id.starts_with('T') {
            let places =
                rest.split('\t').next().and_then(|r| r.split_once(' ')).map_or("", |(_, places)| places);
            let span = |place: &str| place.split_once(' ').and_then(|(start, end)| bytes.span(start, end));
            bound.insert(id, places.split(';').filter_map(span).collect());
        } else if id.starts_with('E') {
            sayings.push(saying(rest, &bound));
        }
    }
    sayings
}

fn saying(event: &str, bound: &BTreeMap<&str, Vec<Span>>) -> Marked {
    let mut marked = Marked::default();
    for (role, of) in event.split(' ').filter_map(|part| part.split_once(':')) {
        let into = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Source" => &mut marked.source,
            "Cue" => &mut marked.cue,
            "Content" => &mut marked.content,
            _ => continue,
        };
        into.extend(bound.get(of).into_iter().flatten());
    }
    marked
}

/// The words of a tag file: `start⇥end⇥tag⇥…` a line.
fn words(bytes: &Bytes, tags: &str) -> Vec<(Span, String)> {
    let word = |line: &str| {
        let mut cells = line.split('\t');
        let span = bytes.span(cells.next()?, cells.next()?)?;
        Some((span, cells.next()?.to_owned()))
    };
    tags.lines().filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::annotated;
    use crate::quotes::learn;

    #[test]
    fn the_same_articles_give_the_same_bytes() {
        let text = "“It rained,” Zoë Mora said.";
        let standoff = "T1\tSource 13 21\tZoë Mora\nT2\tCue 22 26\tsaid\nT3\tContent 0 12\t“It rained,”\n\
                        E1\tCue:T2 Source:T1 Content:T3\n";
        let article = annotated(text.into(), standoff, "22\t26\tVBD\tO\t0\troot\n");
        let [saying] = &article.sayings[..] else { panic!("one act of saying") };
        assert_eq!(article.text.slice(saying.source[0]), "Zoë Mora");
        assert_eq!(article.text.slice(saying.content[0]), "“It rained,”");
        assert_eq!(article.text.slice(article.tags[0].0), "said");
        let articles = vec![&article; 4];
        assert_eq!(learn(&articles, "four", None), learn(&articles, "four", None));
    }
}
