//! Places in a text ([`Span`]), the text itself ([`Text`]), and folding of words ([`fold`]).

mod body;
mod fold;
mod offsets;
mod span;

pub use body::Text;
pub use fold::{fold, fold_into};
pub use offsets::CharOffsets;
pub use span::Span;
