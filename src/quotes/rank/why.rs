//! What puts one candidate before another, in the words of a reader.

use super::{SEEN, Seen, weights};
use crate::quotes::weights::Weights;
use crate::quotes::why::{Lead, Trait};

/// What each place of [`Seen`] is about, and what is to be told of a mention of which it holds.
const TOLD: [(Trait, Option<&str>); SEEN] = {
    use Trait::{Part, Place, SpokeBefore, Words};
    [
        (Place, Some("in its sentence, before it")),
        (Place, Some("in its sentence, after it")),
        (Place, Some("in the sentence before")),
        (Place, Some("earlier in the paragraph")),
        (Place, Some("in a paragraph before")),
        (Place, Some("in the next sentence")),
        (Place, Some("in the next paragraph")),
        (Part, Some("a subject")),
        (Part, None),
        (Part, None),
        (Words, Some("the name of a person")),
        (Words, Some("in full")),
        (Words, Some("the name of a body")),
        (Words, Some("the name of a nation")),
        (Words, Some("a role")),
        (Words, Some("a noun for a body")),
        (Words, Some("something written")),
        (Words, Some("a pronoun")),
        (Words, Some("a pronoun for several")),
        (Words, Some("a pronoun that seldom speaks")),
        (SpokeBefore, Some("the last to speak")),
        (SpokeBefore, None),
        (SpokeBefore, None),
        (SpokeBefore, Some("named as the last to speak")),
        (Part, None),
        (Part, None),
        (Place, None),
        (Part, Some("“’s” behind it")),
        (Part, Some("behind a preposition")),
        (Part, Some("the first named in its sentence")),
        (Part, None),
        (Place, Some("before a colon")),
        (Place, Some("right before the words")),
        (Place, Some("right behind the words")),
        (Place, None),
        (Words, Some("several")),
        (Part, None),
        (Part, Some("told as a place")),
        (Part, Some("before a reporting verb")),
    ]
};

/// What puts a candidate before another, the weightiest first.
pub(in crate::quotes) fn leads(chosen: &Seen, other: &Seen, table: &Weights) -> Vec<Lead> {
    let weights = weights(table);
    let lead = |what: Trait| {
        let of_it = || TOLD.iter().enumerate().filter(move |(_, (of, _))| *of == what);
        let told = |seen: &Seen| -> Vec<&'static str> {
            of_it().filter(|(n, _)| seen[*n] != 0.0).filter_map(|(_, (_, told))| *told).collect()
        };
        Lead {
            what,
            odds: of_it().map(|(n, _)| weights[n] * (chosen[n] - other[n])).sum(),
            chosen: told(chosen),
            other: told(other),
        }
    };
    let mut leads = Trait::ALL.map(lead).to_vec();
    leads.sort_by(|a, b| b.odds.abs().total_cmp(&a.odds.abs()));
    leads
}
