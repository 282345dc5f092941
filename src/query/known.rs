use crate::article::Date;

/// What the parser may ask about the archive, so that `in Paris` is a matter of words and `in The
/// Guardian` of an outlet.
pub trait Known {
    /// Whether this is the name of an outlet of the archive.
    fn outlet(&self, name: &str) -> bool;
    /// Whether somebody of that name is quoted in the archive (full name or surname).
    fn speaker(&self, name: &str) -> bool;
    /// The outlet whose name is nearest to a misspelt one.
    fn nearest_outlet(&self, _name: &str) -> Option<String> {
        None
    }
    /// The text of the query saved under that name.
    fn saved(&self, _name: &str) -> Option<String> {
        None
    }
    /// The names of the saved queries, in order.
    fn saved_names(&self) -> Vec<String> {
        Vec::new()
    }
    /// Today, for `last month`.
    fn today(&self) -> Date;
}
