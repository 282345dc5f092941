//! Full names that stand only in what was said: “Jo Rask is here,” for the Rask of the narration.

use super::cast::{Cast, Member};
use crate::lexicon;
use crate::quotes::SpeakerKind;
use crate::text::fold;

/// Completes the names of the speakers known by one word, where the quotations hold one full name
/// that ends in it.
pub(super) fn complete(cast: &mut Cast, speaking: &[bool]) {
    let speakers = (0..cast.mentions.len()).filter(|&at| speaking[at]).filter_map(|at| cast.who[at]);
    let mut lone: Vec<usize> = speakers.filter(|&m| is_lone(&cast.members[m])).collect();
    lone.sort_unstable();
    lone.dedup();
    if lone.is_empty() {
        return;
    }
    let names = full_names(cast);
    for member in lone {
        let known = &mut cast.members[member];
        let fits = |name: &&(&str, String)| {
            name.1 == known.words[0] && lexicon::given_name(name.0).is_some_and(|g| g.agrees(known.gender))
        };
        let mut found = names.iter().filter(fits);
        if let (Some(one), None) = (found.next(), found.next()) {
            known.given = Some(one.0);
        }
    }
}

fn is_lone(member: &Member) -> bool {
    member.kind == SpeakerKind::Person && member.words.len() == 1 && !member.plural
}

/// Each given name in the quotations and the folded word behind it, once.
fn full_names<'a>(cast: &Cast<'a>) -> Vec<(&'a str, String)> {
    let mut names = Vec::new();
    for quoted in &cast.page.segmented.quoted {
        let mut words = cast.page.text.slice(quoted.inner).split_whitespace().peekable();
        while let (Some(word), Some(next)) = (words.next(), words.peek()) {
            let given = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            if given.starts_with(char::is_uppercase) && lexicon::given_name(given).is_some() {
                let surname = next.split(|c: char| !c.is_alphanumeric() && c != '-').next();
                let name = (given, fold(surname.unwrap_or_default()));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    names
}
