//! To come.
use crate::quotes::Quote;
use crate::text::Text;
/// Annotated.
pub fn write(text: &Text, _quotes: &[Quote]) -> String {
    text.as_str().to_owned()
}
