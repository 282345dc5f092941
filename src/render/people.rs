//! Speakers for people at a terminal.

use crate::quotes::SpeakerKind;
use crate::render::counted;
use crate::render::human::{DIM, NAME};
use crate::render::layout::{columns, cut, paint};
use crate::search::SpeakerHit;

/// One speaker: who, how often, where and when; his names, where he has several; the outlets.
pub fn speaker_hit(hit: &SpeakerHit, width: usize) -> String {
    let mut facts = vec![counted(hit.count, "quote")];
    if hit.kind != SpeakerKind::Person {
        facts.insert(0, hit.kind.name());
    }
    match (hit.first, hit.last) {
        (Some(first), Some(last)) if first != last => facts.push(format!("{first} to {last}")),
        (Some(date), _) => facts.push(date.to_string()),
        _ => facts.push("no date".to_owned()),
    }
    let facts = facts.join(" · ");
    let room = width.saturating_sub(columns(&facts) + 3);
    let mut out = match room {
        12.. => format!("{} · {facts}\n", paint(&cut(&hit.name, room), NAME)),
        _ => format!("{}\n  {}\n", paint(&cut(&hit.name, width), NAME), cut(&facts, width.saturating_sub(2))),
    };
    if hit.names.iter().any(|(name, _)| *name != hit.name) {
        out.push_str(&line("as", &hit.names, width));
    }
    if !hit.outlets.is_empty() {
        out.push_str(&line("in", &hit.outlets, width));
    }
    out
}

/// As many of them as fit into a line.
fn line(word: &str, counts: &[(String, u64)], width: usize) -> String {
    let line = format!("  {word} {}", with_counts(counts).join(", "));
    paint(&cut(&line, width), DIM) + "\n"
}

/// `Ada Lund (3)`.
pub(super) fn with_counts(counts: &[(String, u64)]) -> Vec<String> {
    counts.iter().map(|(name, count)| format!("{name} ({count})")).collect()
}
