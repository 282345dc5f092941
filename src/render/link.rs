//! Words that lead somewhere, on a terminal that can follow (OSC 8).
//!
//! As with styles, what is written holds links; the stream it goes to completes them, or takes them out.

use crate::article::Article;

/// What a link begins with; its address follows.
pub const LINK: &str = "\u{1b}]8;;";
/// What ends an address.
pub const LINK_END: &str = "\u{1b}\\";
/// What the address of a file begins with. Its path is from a folder of the archive: which one that is, only the
/// stream can tell, for it may look.
pub const IN_ARCHIVE: &str = "onrecord-file:";

/// Longer addresses are none that a terminal follows.
const LONGEST: usize = 2000;

/// The words of a title, which lead to the article on the web where that is known.
pub(super) fn to_web(article: &Article, words: &str) -> String {
    let url = article.meta.url.as_deref().map(str::trim);
    let web = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    web.map_or_else(|| words.to_owned(), |url| link(&escaped(url, "!#$%&'()*+,/:;=?@[]-._~"), words))
}

/// The words of a path, which lead to the file; of a member of an archive, to the archive.
pub(super) fn to_file(article: &Article, words: &str) -> String {
    let path = &article.meta.path;
    let file = path.split_once("!/").map_or(path.as_str(), |(archive, _)| archive);
    link(&format!("{IN_ARCHIVE}{}", escaped_path(file)), words)
}

fn link(address: &str, words: &str) -> String {
    if address.len() > LONGEST {
        return words.to_owned();
    }
    format!("{LINK}{address}{LINK_END}{words}{LINK}{LINK_END}")
}

/// A path as it stands in an address.
pub fn escaped_path(path: &str) -> String {
    escaped(path, "/-._~")
}

/// Letters, digits and `plain` marks as they are, every other byte by its code: nothing ends the address.
fn escaped(text: &str, plain: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.as_bytes().contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{to_file, to_web};
    use crate::article::{Article, Meta};
    use crate::text::Text;

    #[test]
    fn no_address_ends_early() {
        let article = |url: &str, path: &str| {
            let meta = Meta { url: Some(url.to_owned()), path: path.to_owned(), ..Meta::default() };
            Article { id: String::new(), meta, text: Text::new(String::new()) }
        };
        let web = |url: &str| to_web(&article(url, ""), "title");
        assert_eq!(
            web("https://e.example/a?b=c&d\u{1b}\\e\u{7}f ü"),
            "\u{1b}]8;;https://e.example/a?b=c&d%1B%5Ce%07f%20%C3%BC\u{1b}\\title\u{1b}]8;;\u{1b}\\"
        );
        for url in ["javascript:alert(1)", "file:///etc/passwd", "ssh://e.example", "//e.example", ""] {
            assert_eq!(web(url), "title");
        }
        assert_eq!(
            to_file(&article("", "a b/c.zip!/d.html"), "path"),
            "\u{1b}]8;;onrecord-file:a%20b/c.zip\u{1b}\\path\u{1b}]8;;\u{1b}\\"
        );
    }
}
