use crate::text::{Span, fold};
use frostem::{Algorithm, Stemmer};
use std::cell::RefCell;
use std::collections::HashMap;
use tantivy::tokenizer::{PreTokenizedString, Token};

/// Stands before a stem, so that no stem is taken for a word. No token can hold it.
pub const STEM_MARK: char = '\u{1}';
/// The mark that stands at the position of a sentence's first word.
pub const SENTENCE: &str = "\u{2}";
/// The mark that stands at the position of a paragraph's first word.
pub const PARAGRAPH: &str = "\u{3}";

/// Tokens longer than this (encoded binaries, mostly) are not indexed; their position is kept.
pub const LONGEST_TOKEN: usize = 255;

/// A token: where it stands, and its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The letters it was made from, a possessive ’s included.
    pub span: Span,
    /// The folded form that is indexed, without the possessive.
    pub folded: String,
}

/// The words of a text, in order: what is indexed, what is asked for, what is highlighted.
///
/// A word is a run of letters and digits. An apostrophe between letters belongs to it (`don’t`),
/// a point within an abbreviation (`U.S.`) or between digits does too; a hyphen parts two words.
/// A possessive ’s is dropped, so that `Merkel’s` is found as `merkel`. Characters of scripts
/// without spaces are words of their own.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = next_run(text, at)?;
        at = end;
        let folded = fold(text.get(start..end)?);
        let folded = match folded.strip_suffix("'s") {
            Some(owner) if !owner.is_empty() => owner.to_owned(),
            _ => folded,
        };
        Some(Word { span: Span::new(start, end), folded })
    })
}

/// The folded words of what was typed, by the same rule as the indexed text.
pub fn tokens(typed: &str) -> Vec<String> {
    words(typed).map(|w| w.folded).filter(|w| w.len() <= LONGEST_TOKEN).collect()
}

/// The indexed form of a folded word's English stem: finds all its inflections.
pub fn stem_term(folded: &str) -> String {
    thread_local! {
        static STEMS: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(folded) {
            return stem.clone();
        }
        let stem = format!("{STEM_MARK}{}", Stemmer::new(Algorithm::English).stem(folded));
        if stems.len() >= STEMS_KEPT {
            stems.clear();
        }
        stems.insert(folded.to_owned(), stem.clone());
        stem
    })
}

/// A news archive's common words are far fewer; past this, memory is worth more than time.
const STEMS_KEPT: usize = 100_000;

/// Tokens of the pieces of `text`, with stems where `stem` says the language is English, and with
/// marks at the first word of each sentence and paragraph.
///
/// All spans are of `text`; `sentences` and `paragraphs` are in order. Positions run on from piece
/// to piece, so that a phrase may bridge a split quotation.
pub fn analyze(
    text: &str,
    pieces: &[Span],
    stem: bool,
    sentences: &[Span],
    paragraphs: &[Span],
) -> PreTokenizedString {
    let mut tokens = Vec::new();
    let mut sentences = Starts::of(sentences);
    let mut paragraphs = Starts::of(paragraphs);
    let mut position = 0;
    for piece in pieces {
        let base = piece.start as usize;
        for word in words(text.get(piece.range()).unwrap_or_default()) {
            let start = base + word.span.start as usize;
            let mut put = |text: String| {
                tokens.push(Token {
                    offset_from: start,
                    offset_to: base + word.span.end as usize,
                    position,
                    text,
                    position_length: 1,
                });
            };
            if paragraphs.passed(start) {
                put(PARAGRAPH.to_owned());
            }
            if sentences.passed(start) {
                put(SENTENCE.to_owned());
            }
            if word.folded.len() <= LONGEST_TOKEN {
                if stem {
                    put(stem_term(&word.folded));
                }
                put(word.folded);
            }
            position += 1;
        }
    }
    // The words themselves are stored elsewhere, once.
    PreTokenizedString { text: String::new(), tokens }
}

/// Walks along the beginnings of sentences or paragraphs as words go by.
struct Starts<'a> {
    ahead: &'a [Span],
}

impl<'a> Starts<'a> {
    fn of(spans: &'a [Span]) -> Starts<'a> {
        Starts { ahead: spans }
    }

    /// Whether a beginning lies at or before byte `at`, not passed until now.
    fn passed(&mut self, at: usize) -> bool {
        let passed = self.ahead.iter().take_while(|s| s.start as usize <= at).count();
        self.ahead = &self.ahead[passed..];
        passed > 0
    }
}

/// The next run of word characters at or after byte `from`.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut chars = text.get(from..)?.char_indices().map(|(i, c)| (from + i, c));
    let (start, first) = chars.find(|(_, c)| is_word(*c))?;
    let mut end = start + first.len_utf8();
    if stands_alone(first) {
        return Some((start, end));
    }
    let mut last = first;
    let mut rest = text[end..].chars().peekable();
    // Letters since the last point: one, in an abbreviation.
    let mut run = 1;
    while let Some(c) = rest.next() {
        if is_word(c) && !stands_alone(c) {
            end += c.len_utf8();
            run += 1;
            last = c;
            continue;
        }
        match rest.peek() {
            Some(next) if joins(last, run, c, *next) => {
                end += c.len_utf8();
                run = 0;
            }
            _ => break,
        }
    }
    Some((start, end))
}

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
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Han and kana are written without spaces: each character is a word, a query of several a phrase.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::{PARAGRAPH, SENTENCE, analyze, stem_term, tokens};
    use crate::text::{Span, Text};

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
    fn a_stem_finds_all_inflections_and_is_no_word() {
        assert_eq!(stem_term("interference"), stem_term("interfered"));
        assert_ne!(stem_term("interf"), "interf");
    }

    #[test]
    fn marks_stand_where_the_first_word_stands() {
        let text = Text::new("“One two.” Three.\n\nFour.".to_owned());
        let sentences: Vec<Span> = ["“One two.”", "Three.", "Four."]
            .iter()
            .map(|s| {
                let at = text.as_str().find(s).unwrap();
                Span::new(at, at + s.len())
            })
            .collect();
        let whole = [Span::new(0, text.as_str().len())];
        let made = analyze(text.as_str(), &whole, false, &sentences, text.paragraphs());
        let seen: Vec<(usize, &str)> = made.tokens.iter().map(|t| (t.position, t.text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (0, PARAGRAPH),
                (0, SENTENCE),
                (0, "one"),
                (1, "two"),
                (2, SENTENCE),
                (2, "three"),
                (3, PARAGRAPH),
                (3, SENTENCE),
                (3, "four")
            ]
        );
    }

    #[test]
    fn a_token_too_long_keeps_its_place() {
        let long = format!("a {} b", "x".repeat(300));
        let made = analyze(&long, &[Span::new(0, long.len())], true, &[], &[]);
        let seen: Vec<(usize, &str)> = made.tokens.iter().map(|t| (t.position, t.text.as_str())).collect();
        assert_eq!(seen, [(0, "\u{1}a"), (0, "a"), (2, "\u{1}b"), (2, "b")]);
        assert_eq!(tokens(&long), ["a", "b"]);
    }
}
