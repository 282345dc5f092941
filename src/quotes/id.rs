use crate::quotes::Quote;
use xxhash_rust::xxh3::Xxh3;

impl Quote {
    /// `q` and 15 hexadecimal digits: a hash of its article's id and its place there, so that it
    /// does not depend on where the archive lies or on who is thought to have said it.
    pub fn id(&self, article: &str) -> String {
        let mut hash = Xxh3::new();
        hash.update(article.as_bytes());
        hash.update(&[0xFF]);
        for piece in &self.pieces {
            hash.update(&piece.start.to_le_bytes());
            hash.update(&piece.end.to_le_bytes());
        }
        let digits = format!("{:016x}", hash.digest());
        format!("q{}", &digits[..15])
    }
}
