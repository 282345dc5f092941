//! The word lists, one text file a list, and the one reader of them all.

mod abbreviations;
mod bodies;
mod content;
mod cue_classes;
mod cues;
mod forms;
mod known;
mod listed;
mod little;
mod ordinary;
mod people;

pub use abbreviations::{Abbreviation, abbreviation, opens_sentence};
pub use bodies::{any_body, body_kind, body_noun, body_word, heads_joint_body, nation, nation_names};
pub use content::carries_content;
pub use cue_classes::{CueClass, cue_class, cue_classes};
pub use cues::{CueWord, Takes, cue, cues, unlisted_cue};
pub use forms::{family_name, legal_form, name_suffix, nickname, shortens, street};
pub use known::{Known, known};
pub use little::{Use, Uses, uses};
pub use ordinary::{ends_trait, is_date, is_function_word, is_ordinary, particle, points};
pub use people::{
    Family, Gender, Role, Title, begins_title, document, given_name, is_courtesy, modifies_people, rank,
    role, role_of_two, short_role, title,
};

use std::borrow::Cow;

/// The entries of a list: one a line, without comments.
fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether an "of" or "for" right after the word stays inside its name: "Bank of Lund", "Secretary
/// of State".
pub fn heads_name(word: &str) -> bool {
    body_word(word) || title(std::iter::once(word)).is_some() || role(word).is_some()
}

/// A word in lower case, without an allocation where it is already.
pub fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}
