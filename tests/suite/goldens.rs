//! Annotated prose: strip the marks, find the quotes, write the marks again, compare.
//!
//! `tests/golden/*.md`, one theme a file: a heading, a sentence that says why, and an indented or
//! fenced block of markup. A case headed `(broken)` is known to fail, and must say so when it
//! passes.

use onrecord::quotes::{Basis, Reading, find};
use onrecord::render::markup;
use onrecord::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// One case of a golden file.
pub(crate) struct Case {
    heading: String,
    /// The prose with its marks.
    pub(crate) block: String,
    /// Its file and line.
    place: String,
}

impl Case {
    /// `01-direct: Verb before the name`, whether it is broken or not.
    pub(crate) fn name(&self) -> String {
        let file = self.place.split(".md").next().unwrap_or_default();
        format!("{file}: {}", self.heading.trim_end_matches(" (broken)"))
    }
}

#[test]
fn prose_is_marked_as_annotated() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 150, "only {} golden cases were read", cases.len());
    let names: BTreeSet<String> = cases.iter().map(Case::name).collect();
    assert_eq!(names.len(), cases.len(), "two cases of one file have one heading");
    for case in &cases {
        let found = again(&case.block);
        let broken = case.heading.ends_with("(broken)");
        match (found == case.block, broken) {
            (true, true) => {
                wrong.push(format!("{} {}: passes now; take (broken) out", case.place, case.heading))
            }
            (false, false) => {
                wrong.push(format!("{} {}\n{}", case.place, case.heading, diff(&case.block, &found)));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

#[test]
fn every_rule_of_attribution_decides_in_some_cases() {
    let mut decided: BTreeMap<Basis, usize> = BTreeMap::new();
    for case in cases().iter().filter(|case| !case.heading.ends_with("(broken)")) {
        let quotes = find(&Text::new(markup::read(&case.block).text), Reading::English).quotes;
        let rules: BTreeSet<Basis> = quotes.iter().map(|q| q.attribution.basis).collect();
        rules.into_iter().for_each(|rule| *decided.entry(rule).or_default() += 1);
    }
    let few = every_basis().filter(|basis| decided.get(basis).copied().unwrap_or(0) < FEWEST_CASES);
    assert_eq!(few.collect::<Vec<_>>(), [], "{decided:?}");
}

/// The fewest sound cases in which each rule is to decide.
const FEWEST_CASES: usize = 3;

/// Every [`Basis`], in order: each names the next, so that a new one cannot be left out.
fn every_basis() -> impl Iterator<Item = Basis> {
    std::iter::successors(Some(Basis::SubjectBefore), |basis| match basis {
        Basis::SubjectBefore => Some(Basis::SubjectAfter),
        Basis::SubjectAfter => Some(Basis::Relative),
        Basis::Relative => Some(Basis::AccordingTo),
        Basis::AccordingTo => Some(Basis::ImpliedSubject),
        Basis::ImpliedSubject => Some(Basis::Label),
        Basis::Label => Some(Basis::Signed),
        Basis::Signed => Some(Basis::Introduced),
        Basis::Introduced => Some(Basis::SameParagraph),
        Basis::SameParagraph => Some(Basis::ParagraphBefore),
        Basis::ParagraphBefore => Some(Basis::NextSentence),
        Basis::NextSentence => Some(Basis::Nearest),
        Basis::Nearest => Some(Basis::None),
        Basis::None => None,
    })
}

/// The block with its marks stripped and written again from what is found.
fn again(block: &str) -> String {
    let text = Text::new(markup::read(block).text);
    markup::write(&text, &find(&text, Reading::English).quotes)
}

fn diff(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines()).filter(|(e, f)| e != f);
    pairs.map(|(e, f)| format!("  expected  {e}\n  found     {f}")).collect::<Vec<_>>().join("\n")
}

/// Every case of every golden file, in order.
pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md") && !f.ends_with("README.md"));
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Case> {
    let source = fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy();
    let mut cases: Vec<Case> = Vec::new();
    let mut fenced = false;
    for (number, line) in source.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let inside = if fenced { Some(line) } else { line.strip_prefix("    ") };
        if let Some(heading) = line.strip_prefix("## ").filter(|_| !fenced) {
            let place = format!("{name}:{}", number + 1);
            cases.push(Case { heading: heading.to_owned(), block: String::new(), place });
        } else if let Some(case) = cases.last_mut() {
            match inside {
                Some(words) => case.block += &format!("{words}\n"),
                None if line.is_empty() && !case.block.is_empty() => case.block.push('\n'),
                None => {}
            }
        }
    }
    for case in &mut cases {
        case.block.truncate(case.block.trim_end().len());
        assert!(!case.block.is_empty(), "{} {}: no prose", case.place, case.heading);
    }
    cases
}
