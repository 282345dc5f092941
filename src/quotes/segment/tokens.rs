use super::{Quoted, Token};
use crate::text::{Span, Text};

/// The tokens of the text, each quoted segment one of them.
pub(super) fn outer(_text: &Text, _quoted: &[Quoted]) -> Vec<Token> {
    Vec::new()
}

/// The tokens of a part of the text, quotation marks being marks like others.
pub(super) fn inner(_text: &Text, _span: Span) -> Vec<Token> {
    Vec::new()
}
