use super::Quoted;
use crate::text::Text;

/// Pairs the quotation marks of every paragraph.
pub(super) fn pair(_text: &Text) -> Vec<Quoted> {
    Vec::new()
}
