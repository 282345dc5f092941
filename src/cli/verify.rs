//! `onrecord verify`: whether a quotation is real.

use crate::cli::args::Verify;
use crate::cli::screen::Screen;
use crate::cli::{Outcome, question};
use crate::render::{json, verified};
use crate::search::{self, Verdict};
use anyhow::{Context, bail};
use std::io::{self, Read};
use std::path::Path;

pub(super) fn run(args: &Verify, index: Option<&Path>, screen: &Screen) -> anyhow::Result<Outcome> {
    let json = question::as_object(args.format, "verify")?;
    let mut behind = None;
    let quotation = match args.words.as_slice() {
        [dash] if dash == "-" => typed_in()?,
        // The shell took the marks off the words, not off `by NAME` behind them.
        [words, by, name @ ..] if args.by.is_none() && by == "by" && spaced(words) && !name.is_empty() => {
            behind = Some(name.join(" "));
            words.clone()
        }
        words => words.join(" "),
    };
    let by = args.by.as_deref().or(behind.as_deref());
    let quotation = quotation.trim();
    if !quotation.contains(char::is_alphanumeric) {
        bail!("there are no words to look for; give the quotation, or - to read it from standard input");
    }
    let reader = question::open(index, args.folder.as_deref(), screen)?;
    let found = search::verify(&reader, quotation, by, args.limit)?;
    screen.done(|| "compared the quotation with the quotes that hold its words".to_owned());
    if outside_of_marks(quotation) {
        screen.note(
            "note: what stands outside of the marks is looked for, too; give the words alone, and whose they are with --by NAME",
        );
    }
    screen.notes(&found.notes);
    screen.print(|out| {
        if json {
            return writeln!(out, "{}", json::pretty(&verified::object(&found, quotation, by))?);
        }
        out.write_all(verified::human(&found, by, screen.width).as_bytes())
    })?;
    Ok(match found.verdict {
        Verdict::Verbatim | Verdict::Differs => Outcome::Done,
        _ => Outcome::Nothing,
    })
}

fn spaced(words: &str) -> bool {
    words.trim().contains(char::is_whitespace)
}

/// Whether words in double marks have others before or behind them: `Putin: "Never."`
fn outside_of_marks(quotation: &str) -> bool {
    let parts: Vec<&str> = quotation.split(['"', '“', '”', '„']).collect();
    let outside = |part: &&str| part.contains(char::is_alphanumeric);
    parts.len() == 3 && outside(&parts[1]) && (outside(&parts[0]) || outside(&parts[2]))
}

/// No quotation is longer.
const LONGEST: u64 = 64 << 10;

fn typed_in() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes);
    read.context("standard input could not be read")?;
    if bytes.len() as u64 > LONGEST {
        bail!("standard input is longer than a quotation");
    }
    String::from_utf8(bytes).context("standard input is not UTF-8")
}
