//! The declared index: `index-schema/fields.toml` makes the tantivy schema, articles and quotes
//! become documents of it, and documents become articles and quotes again.

mod analysis;
mod days;
mod declared;
mod document;
mod documents;
mod fields;
mod names;
mod reported;
mod sayings;
mod shingles;
mod short_names;
mod sources;
mod stems;
mod steps;
mod words;

pub use analysis::{Analyzed, PARAGRAPH, SENTENCE, analyzed};
pub use days::date_between;
pub use declared::{Declared, Of, Sort, TEXT_TOKENIZER, declared, facet, schema, schema_hash};
pub use document::{Document, Given, Values, thousandths};
pub use documents::{Damaged, article_from, documents};
pub use fields::{Fields, fields};
pub use names::{register, whole_term};
pub use reported::{KeptQuote, Pieces, all_quotes, begun_within, count, holding, within, words_of};
pub(crate) use reported::{how_many_within, in_sets, piece};
pub use sayings::{LONG, is_long, saying};
pub use shingles::{Shingles, sample};
pub use sources::{article_id, key, keys};
pub use stems::{beginning, stem};
pub use steps::steps;
pub use words::{LONGEST_TOKEN, Word, tokens, words};
pub(crate) use words::{folded, runs};
