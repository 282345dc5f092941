use crate::text::{Span, fold_into, letters};
use std::borrow::Cow;
use std::ops::Range;

/// Tokens longer than this (encoded binaries, mostly) are not indexed; their position is kept.
pub const LONGEST_TOKEN: usize = 255;

/// A token: where it stands, and its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The letters it was made from, a possessive ’s included.
    pub span: Span,
    /// The folded form that is indexed, without the possessive.
    pub folded: Cow<'a, str>,
}

/// The words of a text, in order: what is indexed, what is asked for, what is highlighted.
///
/// A word is a run of letters and digits. An apostrophe between letters belongs to it (`don’t`),
/// a point within an abbreviation (`U.S.`) or between digits does too; a hyphen parts two words.
/// A possessive ’s is dropped, so that `Merkel’s` is found as `merkel`. Characters of scripts
/// without spaces are words of their own.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let word = |run: Run| Word { span: Span::new(run.start, run.end), folded: folded(&text[run.range()]) };
    runs(text).map(word)
}

/// The indexed form of a word: most are written in it.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(without_possessive(word));
    }
    let mut folded = String::with_capacity(word.len());
    fold_word(word, &mut folded);
    Cow::Owned(folded)
}

fn without_possessive(folded: &str) -> &str {
    folded.strip_suffix("'s").filter(|word| !word.is_empty()).unwrap_or(folded)
}

/// Adds the indexed form of a word.
pub(crate) fn fold_word(word: &str, made: &mut String) {
    let from = made.len();
    fold_into(word, made);
    made.truncate(from + without_possessive(&made[from..]).len());
}

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether it is of letters and digits of ASCII alone: in small letters it is its indexed form.
    pub(crate) plain: bool,
}

impl Run {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where the words of a text stand, in order.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let run = next_run(text, at)?;
        at = run.end;
        Some(run)
    })
}

/// The folded words of what was typed, by the same rule as the indexed text.
pub fn tokens(typed: &str) -> Vec<String> {
    words(typed).map(|w| w.folded.into_owned()).filter(|w| w.len() <= LONGEST_TOKEN).collect()
}

/// The next run of word characters at or after byte `from`.
#[inline(always)]
fn next_run(text: &str, from: usize) -> Option<Run> {
    let bytes = text.as_bytes();
    // Most of any text is ASCII: its letters are told by a look.
    let mut start = from;
    while bytes.get(start).is_some_and(|b| matches!(in_a_word(*b), InAWord::Never | InAWord::Perhaps)) {
        start += 1;
    }
    let end = start + letters(&bytes[start..]);
    if end > start && ends_at(bytes, end) {
        return Some(Run { start, end, plain: true });
    }
    any_run(text, start).map(|(start, end)| Run { start, end, plain: false })
}

/// Whether a word surely ends behind letters: with a blank, with a comma and a blank.
#[inline]
fn ends_at(bytes: &[u8], end: usize) -> bool {
    let is = |at: usize, what| bytes.get(at).is_some_and(|byte| in_a_word(*byte) == what);
    is(end, InAWord::Never) || is(end, InAWord::Perhaps) && is(end + 1, InAWord::Never)
}

/// The next run of word characters at or after byte `from`, with whatever may be of a word.
#[inline(never)]
fn any_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut start = from;
    let first = match bytes.get(start)? {
        letter if letter.is_ascii() => char::from(*letter),
        _ => {
            let (skipped, first) = text[start..].char_indices().find(|(_, c)| is_word(*c))?;
            start += skipped;
            first
        }
    };
    let mut end = start + first.len_utf8();
    if stands_alone(first) {
        return Some((start, end));
    }
    let mut last = first;
    // Letters since the last point: one, in an abbreviation.
    let mut run = 1;
    loop {
        let more = letters(&bytes[end..]);
        if more > 0 {
            (run, end) = (run + more, end + more);
            last = char::from(bytes[end - 1]);
        }
        if bytes.get(end).is_none_or(|byte| in_a_word(*byte) == InAWord::Never) {
            break;
        }
        let mut rest = text[end..].chars();
        let Some(c) = rest.next() else { break };
        if is_word(c) && !stands_alone(c) {
            (last, run, end) = (c, run + 1, end + c.len_utf8());
        } else if rest.next().is_some_and(|next| joins(last, run, c, next)) {
            (run, end) = (0, end + c.len_utf8());
        } else {
            break;
        }
    }
    Some((start, end))
}

/// Whether a byte is of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InAWord {
    /// A mark or blank of ASCII.
    Never,
    /// A letter or digit of ASCII.
    Always,
    /// A mark that may stand within a word: what is around it tells.
    Perhaps,
    /// Part of a character that is none of ASCII.
    Beyond,
}

#[inline]
fn in_a_word(byte: u8) -> InAWord {
    BYTES[usize::from(byte)]
}

static BYTES: [InAWord; 256] = {
    let (mut bytes, mut byte) = ([InAWord::Beyond; 256], 0);
    while byte < 0x80 {
        bytes[byte as usize] = match byte {
            b'\'' | b'.' | b',' => InAWord::Perhaps,
            _ if (byte as char).is_ascii_alphanumeric() => InAWord::Always,
            _ => InAWord::Never,
        };
        byte += 1;
    }
    bytes
};

/// Whether `mark`, between `last` (the end of a run of `run` letters) and `next`, is inside a word.
fn joins(last: char, run: usize, mark: char, next: char) -> bool {
    if !is_word(next) || stands_alone(next) {
        return false;
    }
    match mark {
        '\'' | '’' | 'ʼ' | '‘' => last.is_alphabetic() && next.is_alphabetic(),
        '.' => {
            (last.is_numeric() && next.is_numeric())
                || (run == 1 && last.is_alphabetic() && next.is_alphabetic())
        }
        ',' => last.is_numeric() && next.is_numeric(),
        _ => false,
    }
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Han and kana are written without spaces: each character is a word, a query of several a phrase.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::{runs, tokens};

    #[test]
    fn what_is_a_word() {
        let cases: [(&str, &[&str]); 12] = [
            ("Merkel’s “plan”", &["merkel", "plan"]),
            ("don't, don’t", &["don't", "don't"]),
            ("the voters' choice", &["the", "voters", "choice"]),
            ("'fake news'", &["fake", "news"]),
            ("co-operate", &["co", "operate"]),
            ("U.S. officials in the U.S.", &["u.s", "officials", "in", "the", "u.s"]),
            ("the end.Next", &["the", "end", "next"]),
            ("3.5 percent of 1,000", &["3.5", "percent", "of", "1,000"]),
            ("O’Brien and Orbán", &["o'brien", "and", "orban"]),
            ("東京 2020", &["東", "京", "2020"]),
            ("’s — …", &["s"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn plain_words_are_letters_and_figures() {
        let text = "In Orbán’s words, don't: the 1,000 others (all of Aldgrove Northwire) left.";
        let odd = ["Orbán’s", "don't", "1,000", "left"];
        for run in runs(text) {
            // Behind the last point there is nothing to tell by.
            assert_eq!(run.plain, !odd.contains(&&text[run.range()]), "{}", &text[run.range()]);
        }
    }
}
