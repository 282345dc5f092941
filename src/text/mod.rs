//! Places in a text ([`Span`]), the text itself ([`Text`]), folding of words ([`fold`]), words as
//! a shell reads them ([`typed`]), and what was meant by a misspelt one ([`nearest`]).

mod body;
mod fold;
mod letters;
mod nearest;
mod offsets;
mod shell;
mod span;

pub use body::Text;
pub use fold::{fold, fold_into};
pub use letters::letters;
pub use nearest::nearest;
pub use offsets::CharOffsets;
pub use shell::{in_marks, typed};
pub use span::Span;
