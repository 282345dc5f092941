use crate::article::Meta;
use crate::quotes::{Basis, Kind, Reading, SpeakerKind};
use serde::Serialize;

impl Kind {
    /// `direct`, `mixed`, `indirect`.
    pub fn name(self) -> String {
        serialised(self)
    }
}

impl SpeakerKind {
    /// `person`, `group`, `org`, `document`, `anonymous`.
    pub fn name(self) -> String {
        serialised(self)
    }
}

impl Basis {
    /// As it stands in the JSON: `subject-before`.
    pub fn name(self) -> String {
        serialised(self)
    }
}

impl Reading {
    /// How an article of that language is read; one of no known language as English.
    pub fn of(meta: &Meta) -> Reading {
        if meta.is_english() { Reading::English } else { Reading::MarksOnly }
    }
}

/// The name a value has in the JSON: spelled there, and nowhere twice.
fn serialised(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
