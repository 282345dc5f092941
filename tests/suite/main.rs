//! The whole suite in one binary: goldens, sessions, query tables, properties, the law of floors.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, with the place")]

mod floors;
mod ingest;
mod queries;
