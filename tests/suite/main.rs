//! The whole suite in one binary: goldens, sessions, query tables, properties, the law of floors.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, with the place")]
#![allow(clippy::disallowed_methods, reason = "tests set up their own surroundings")]

mod annotated;
mod changing;
mod check;
mod compare;
mod containers;
mod copies;
mod cues;
mod exports;
mod floors;
mod formats;
mod goldens;
mod hostile;
mod hostile_files;
mod hostile_queries;
mod index;
mod ingest;
mod kill;
mod messages;
mod output;
mod packing;
#[cfg(unix)]
mod paging;
mod printed;
mod properties;
mod queries;
mod saying;
mod schema;
mod search;
mod sessions;
mod speakers;
#[cfg(unix)]
mod terminal;
mod twin;
mod untrusted;
mod variants;
mod why;
mod widths;
