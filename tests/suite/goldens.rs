//! Annotated prose: strip the marks, find the quotes, write the marks again, compare.
//!
//! `tests/golden/*.md`, one theme a file: a heading, a sentence that says why, and an indented or
//! fenced block of markup. A case headed `(broken)` is known to fail, and must say so when it
//! passes.

use onrecord::quotes::{Reading, find};
use onrecord::render::markup;
use onrecord::text::Text;
use std::fs;
use std::path::Path;

struct Case {
    heading: String,
    block: String,
    place: String,
}

#[test]
fn prose_is_marked_as_annotated() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 150, "only {} golden cases were read", cases.len());
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

/// The block with its marks stripped and written again from what is found.
fn again(block: &str) -> String {
    let text = Text::new(markup::read(block).text);
    markup::write(&text, &find(&text, Reading::English).quotes)
}

fn diff(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines()).filter(|(e, f)| e != f);
    pairs.map(|(e, f)| format!("  expected  {e}\n  found     {f}")).collect::<Vec<_>>().join("\n")
}

fn cases() -> Vec<Case> {
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
