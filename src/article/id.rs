use crate::article::{Article, Meta};
use crate::text::Text;
use xxhash_rust::xxh3::Xxh3;

impl Article {
    /// An article, with its id worked out from what it is.
    pub fn new(meta: Meta, text: Text) -> Article {
        let id = id(&meta, text.as_str());
        Article { id, meta, text }
    }
}

/// Hash of content, title, date, outlet and record id; each part ends with a byte that UTF-8
/// never holds, so that `ab|c` and `a|bc` differ.
fn id(meta: &Meta, body: &str) -> String {
    let mut hash = Xxh3::new();
    let date = meta.date.map(|d| d.to_string());
    let parts = [
        Some(body),
        meta.title.as_deref(),
        date.as_deref(),
        meta.outlet.as_deref(),
        meta.record_id.as_deref(),
    ];
    for part in parts {
        hash.update(part.unwrap_or_default().as_bytes());
        hash.update(&[0xFF]);
    }
    format!("a{:015x}", hash.digest() >> 4)
}
