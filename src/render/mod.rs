//! What the reader sees: for people ([`human`]), as JSON ([`json`]), as tables ([`table`]),
//! as annotated text ([`markup`]).
//!
//! Text from archives is untrusted: everything printed for people goes through [`safe`], every
//! cell of a spreadsheet through [`table`]'s defusing.

pub mod cite;
pub mod compared;
mod counted;
pub mod human;
pub mod json;
mod layout;
mod link;
pub mod markup;
pub mod people;
mod rows;
mod safe;
mod shown;
pub mod spread;
pub mod table;
pub mod timeline;
pub mod verified;
pub mod why;

pub use counted::counted;
pub use layout::{Row, cut};
pub use link::{IN_ARCHIVE, LINK, LINK_END, escaped_path};
pub use rows::{ArticleRows, article_rows, hit_rows, text_rows};
pub use safe::{safe, safe_lines};
pub use shown::{Detail, shown};
