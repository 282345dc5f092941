use crate::quotes::Quote;
use xxhash_rust::xxh3::xxh3_64;

impl Quote {
    /// `q` and 15 hexadecimal digits: a hash of its article's id and its place there, so that it
    /// does not depend on where the archive lies or on who is thought to have said it.
    pub fn id(&self, article: &str) -> String {
        format!("q{:015x}", self.key(article))
    }

    /// The digits of its id as a number.
    pub fn key(&self, article: &str) -> u64 {
        let mut place = article.as_bytes().to_vec();
        place.push(0xFF);
        place
            .extend(self.pieces.iter().flat_map(|piece| [piece.start, piece.end]).flat_map(u32::to_le_bytes));
        xxh3_64(&place) >> 4
    }
}
