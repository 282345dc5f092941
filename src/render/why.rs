//! Why a quote is whose: what decided, what was passed over and the steps to the name, for people
//! and as JSON.

mod object;
mod rows;

use crate::article::Article;
use crate::quotes::Quote;
use crate::quotes::Reading;
use crate::quotes::why::{Why, why};
pub use object::object;
pub(super) use rows::rows;

/// Quotes of an article read again; None of those of which only the marks are read, and of those that
/// are found otherwise now.
pub fn again(article: &Article, quotes: &[&Quote]) -> Vec<Option<Why>> {
    match Reading::of(&article.meta) {
        Reading::English => why(&article.text, quotes),
        Reading::MarksOnly => vec![None; quotes.len()],
    }
}

/// A confidence in words.
fn sure(confidence: f32) -> &'static str {
    match confidence {
        0.9.. => "sure",
        0.75.. => "fairly sure",
        0.6.. => "likely",
        _ => "unsure",
    }
}
