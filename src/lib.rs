//! onrecord: full-text search over news archives that knows *who said what*.
//!
//! This page is the map. The rooms of the house are declared below from the ground up, in
//! the order in which an article passes through them:
//!
//! ```text
//! files ─ ingest ─▶ Article ─ quotes ─▶ Quotes ─ schema ─▶ documents ─ index ─▶ folder on disk
//!                                                                                  │
//! query text ─ query ─▶ Query ───────────── search ◀───────────────────────────────┘
//!                                             └─▶ hits ─ render ─▶ what the reader sees
//! ```
//!
//! # The law of floors
//!
//! **A room names only rooms declared above it in this file.** A test reads this file and every
//! `crate::…` path and enforces it, so the list below *is* the architecture. Nothing is
//! re-exported here, and no room says `super::` out of itself.
//!
//! # What never happens
//!
//! - The four verbs of [`quotes`] (segment, extract, attribute, resolve) never fail, never touch
//!   a file and know nothing of tantivy.
//! - Spans travel, not strings: what was said is a [`text::Span`] of the article's text, until
//!   it is printed.
//! - A problem with one file never stops a run: it travels beside the articles as an
//!   [`ingest::Problem`].
//! - Nobody but [`cli`] reads the clock, the environment or the terminal.
//! - Nobody but [`ingest`], [`index`] and [`cli`] touches the file system.
//! - Nothing iterates over a hash map into output: same index, same query, same bytes.
//! - No rule, list or weight names a particular person of the news: renaming a speaker
//!   throughout an article changes nothing but the name.

/// Places in a text, the text itself with its paragraphs, and folding of words.
pub mod text;

/// The word lists: cue verbs, titles, roles, nations, given names, abbreviations.
pub mod lexicon;

/// An article: its text and what is known about it (title, byline, outlet, date …).
pub mod article;

/// What was asked: from the words typed to a checked [`query::Query`], or an error with carets.
pub mod query;

/// From files and folders to articles, with the problems met on the way.
pub mod ingest;

/// The heart: who said what. `segment → extract → attribute → resolve`.
pub mod quotes;

/// The declared index: `index-schema/fields.toml`, and articles and quotes as documents.
pub mod schema;

/// The index on disk: building, the manifest of what was read, the table of speakers, opening.
pub mod index;

/// Answering: a query becomes a plan, a plan becomes hits, facets and highlights.
pub mod search;

/// What the reader sees: for people, as JSON, as tables, as annotated text.
pub mod render;

/// The commands, one file each.
pub mod cli;
