//! The fuzzer of all that reads what others wrote: `tests/fuzz.sh` builds and runs it. The property
//! named in `$PROPERTY` is to hold of every input.

#![no_main]

#[path = "../../suite/properties.rs"]
mod properties;

use std::sync::LazyLock;

static HOLDS: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("PROPERTY").unwrap_or_default();
    let known = properties::PROPERTIES.iter().find(|(property, _)| *property == name);
    known.unwrap_or_else(|| panic!("there is no property `{name}`")).1
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| HOLDS(bytes));
