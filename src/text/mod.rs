//! Places in a text ([`Span`]), the text itself ([`Text`]), folding of words ([`fold`]), and
//! words as a shell reads them ([`typed`]).

mod body;
mod fold;
mod letters;
mod offsets;
mod shell;
mod span;

pub use body::Text;
pub use fold::{fold, fold_into};
pub use letters::letters;
pub use offsets::CharOffsets;
pub use shell::{in_marks, typed};
pub use span::Span;
