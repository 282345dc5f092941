//! `onrecord train`: annotated articles in, weights out.

use crate::cli::Outcome;
use crate::cli::args::Train;
use crate::cli::screen::Screen;
use crate::quotes::{self, Annotated, Marked};
use crate::text::{Span, Text};
use anyhow::Context;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

pub(super) fn run(args: &Train, _screen: &Screen) -> anyhow::Result<Outcome> {
    let articles = read(&args.folder)?;
    let kept: Vec<&Annotated> = articles
        .iter()
        .enumerate()
        .filter(|(n, _)| args.leave.is_none_or(|k| n % 5 != usize::from(k)))
        .map(|(_, a)| a)
        .collect();
    fs::write(&args.out, quotes::learn(&kept, "head"))?;
    Ok(Outcome::Done)
}

/// The articles of a folder in the form of PolNeAR: `text/ID.txt` and `attributions/ID_*.ann`.
fn read(folder: &Path) -> anyhow::Result<Vec<Annotated>> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder.join("attributions")).with_context(|| folder.display().to_string())? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let mut articles = Vec::new();
    let mut last = String::new();
    for name in names {
        let Some(stem) = name.strip_suffix(".ann") else { continue };
        let id = stem.rsplit_once('_').filter(|(_, a)| a.len() == 4).map_or(stem, |(id, _)| id);
        if id == last {
            continue;
        }
        last = id.to_owned();
        let text = fs::read_to_string(folder.join("text").join(format!("{id}.txt")))?;
        let standoff = fs::read_to_string(folder.join("attributions").join(&name))?;
        let sayings = sayings(&text, &standoff);
        let tags = fs::read_to_string(folder.join("tags").join(format!("{id}.tsv")))
            .map(|t| tags(&text, &t))
            .unwrap_or_default();
        articles.push(Annotated { text: Text::new(text), sayings, tags });
    }
    Ok(articles)
}

/// The events of a standoff file: `T1\tSource 3 9;12 15\t…` and `E1\tAttribution:T1 Source:T2 …`.
fn sayings(text: &str, standoff: &str) -> Vec<Marked> {
    let bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let mut bound: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut sayings = Vec::new();
    for line in standoff.lines() {
        let Some((id, rest)) = line.split_once('\t') else { continue };
        if id.starts_with('T') {
            let places = rest.split('\t').next().unwrap_or("").split_once(' ').map_or("", |p| p.1);
            let spans = places.split(';').filter_map(|p| {
                let (start, end) = p.split_once(' ')?;
                let byte = |n: &str| bytes.get(n.parse::<usize>().ok()?).copied();
                Some(Span { start: byte(start)?, end: byte(end)? })
            });
            bound.insert(id, spans.collect());
        } else if id.starts_with('E') {
            let mut marked = Marked { source: vec![], cue: vec![], content: vec![] };
            for part in rest.split(' ') {
                let Some((role, of)) = part.split_once(':') else { continue };
                let into = match role.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().as_str() {
                    "source" => &mut marked.source,
                    "cue" => &mut marked.cue,
                    "content" => &mut marked.content,
                    _ => continue,
                };
                into.extend(bound.get(of).into_iter().flatten());
            }
            sayings.push(marked);
        }
    }
    sayings
}

fn tags(text: &str, lines: &str) -> Vec<(Span, String)> {
    let bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    lines
        .lines()
        .filter_map(|l| {
            let mut p = l.split('\t');
            let byte = |n: &str| bytes.get(n.parse::<usize>().ok()?).copied();
            let span = Span { start: byte(p.next()?)?, end: byte(p.next()?)? };
            Some((span, p.next()?.to_owned()))
        })
        .collect()
}
