use super::tickers::ticker_len;
use super::{Quoted, Token, TokenKind};
use crate::lexicon;
use crate::text::{Span, Text, letters};

/// The tokens of the text, each quoted segment one of them.
pub(super) fn outer(text: &Text, quoted: &[Quoted]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.as_str().len() / 5);
    let mut next = 0;
    for &paragraph in text.paragraphs() {
        let mut at = paragraph.start;
        while let Some(segment) = quoted.get(next).filter(|q| q.span.start < paragraph.end) {
            scan(text, Span { start: at, end: segment.span.start }, &mut tokens);
            let kind = TokenKind::Quoted(next as u32);
            let capital = text.slice(segment.inner).chars().find(|c| c.is_alphanumeric());
            tokens.push(Token {
                capital: capital.is_some_and(char::is_uppercase),
                ..token(segment.span, kind)
            });
            at = segment.span.end + u32::from(segment.ends_with_comma(text));
            next += 1;
        }
        scan(text, Span { start: at, end: paragraph.end }, &mut tokens);
    }
    tokens
}

fn token(span: Span, kind: TokenKind) -> Token {
    Token { span, kind, capital: false, initial: false, sentence: 0 }
}

fn scan(text: &Text, span: Span, tokens: &mut Vec<Token>) {
    let body = text.slice(span);
    let mut at = 0;
    while let Some(byte) = body.as_bytes().get(at) {
        // Most of a text is blanks and words in small letters.
        if *byte == b' ' {
            at += 1;
            continue;
        }
        let rest = &body[at..];
        if byte.is_ascii_lowercase() {
            let start = span.start as usize + at;
            let len = word_len(rest);
            tokens.push(token(Span::new(start, start + len), TokenKind::Word));
            at += len;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if let Some(len) = ticker_len(rest) {
            at += len;
            continue;
        }
        let (kind, len) = if is_clitic(rest, at > 0 && body[..at].ends_with(char::is_alphanumeric)) {
            (TokenKind::Clitic, clitic_len(rest))
        } else if c.is_numeric() || (is_currency(c) && rest[c.len_utf8()..].starts_with(char::is_numeric)) {
            (TokenKind::Number, number_len(rest))
        } else if c.is_alphabetic() {
            (TokenKind::Word, word_len(rest))
        } else {
            (TokenKind::Punct, run_len(rest, c))
        };
        let start = span.start as usize + at;
        let capital = kind == TokenKind::Word && c.is_uppercase();
        tokens.push(Token { capital, ..token(Span::new(start, start + len), kind) });
        at += len;
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '#')
}

/// `'s` after a word, or a bare apostrophe right after one.
fn is_clitic(rest: &str, after_word: bool) -> bool {
    after_word && rest.starts_with(is_apostrophe)
}

fn clitic_len(rest: &str) -> usize {
    let apostrophe = rest.chars().next().map_or(0, char::len_utf8);
    let mut after = rest[apostrophe..].chars();
    let s = matches!(after.next(), Some('s' | 'S')) && !after.next().is_some_and(char::is_alphanumeric);
    apostrophe + usize::from(s)
}

fn run_len(rest: &str, c: char) -> usize {
    rest.chars().take_while(|d| *d == c).map(char::len_utf8).sum()
}

fn number_len(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',' | ':' | '-' | '/')
            && chars
                .peek()
                .is_some_and(|(_, next)| if c == '-' { next.is_alphanumeric() } else { next.is_numeric() });
        if !(c.is_alphanumeric() || c == '%' || joins || is_currency(c)) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Length of a word: letters and digits, joined by inner apostrophes, hyphens, dots and
/// ampersands, with the dot of an abbreviation; a possessive `'s` is left to the next token.
fn word_len(rest: &str) -> usize {
    // Most words are of these letters alone.
    let mut at = letters(rest.as_bytes());
    if matches!(rest.as_bytes().get(at), Some(b' ' | b',' | b'\n')) {
        return at;
    }
    let mut end = at;
    while let Some(c) = rest[at..].chars().next() {
        let after = &rest[at + c.len_utf8()..];
        let next_is_letter = after.starts_with(char::is_alphanumeric);
        let part = c.is_alphanumeric()
            || is_mark(c)
            || (matches!(c, '-' | '‑' | '&' | '_' | '@') && next_is_letter)
            || (c == '.' && next_is_letter && joins_dots(&rest[..at], after))
            || (is_apostrophe(c) && next_is_letter && clitic_len(&rest[at..]) == c.len_utf8());
        if !part {
            break;
        }
        at += c.len_utf8();
        end = at;
    }
    if rest[end..].starts_with('.') && !rest[end..].starts_with("..") && abbreviates(&rest[..end]) {
        end += 1;
    }
    end
}

/// Combining marks and soft hyphens belong to their word.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200D}')
}

/// Whether the dot between the two stays inside the word: U.S, p.m, example.com; not "end.Next".
fn joins_dots(before: &str, after: &str) -> bool {
    let last = before.rsplit('.').next().unwrap_or(before);
    let single = last.chars().count() == 1;
    single || after.starts_with(char::is_lowercase)
}

/// Whether a dot after the word belongs to it: an initial, dotted letters, an abbreviation.
fn abbreviates(word: &str) -> bool {
    let mut chars = word.chars();
    let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && word != "I";
    let dotted =
        word.len() <= 12 && word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    initial || dotted || lexicon::abbreviation(word).is_some()
}
