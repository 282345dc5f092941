use super::{Quoted, Sentence, Token, TokenKind};
use crate::lexicon;
use crate::lexicon::Abbreviation;
use crate::text::{Span, Text};

/// Cuts the tokens into sentences, and marks each token's sentence and the first words.
pub(super) fn split(text: &Text, quoted: &[Quoted], mut tokens: Vec<Token>) -> (Vec<Token>, Vec<Sentence>) {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (paragraph, span) in text.paragraphs().iter().enumerate() {
        let to = from + tokens[from..].partition_point(|t| t.span.start < span.end);
        let mut start = from;
        for at in from..to {
            let last = at + 1 == to || at + 1 - start == LONGEST_SENTENCE;
            if last || ends_sentence(text, quoted, &tokens[..to], at) {
                sentences.push(sentence(&mut tokens, start, at + 1, paragraph, sentences.len() as u32));
                start = at + 1;
            }
        }
        from = to;
    }
    (tokens, sentences)
}

/// Nobody writes a sentence of more tokens: it is cut, so that no text can make us slow.
const LONGEST_SENTENCE: usize = 300;

fn sentence(tokens: &mut [Token], from: usize, to: usize, paragraph: usize, number: u32) -> Sentence {
    let mut initial = true;
    for token in &mut tokens[from..to] {
        token.sentence = number;
        if token.kind != TokenKind::Punct {
            token.initial = initial;
            initial = false;
        }
    }
    let span = Span { start: tokens[from].span.start, end: tokens[to - 1].span.end };
    Sentence { tokens: from..to, span, paragraph }
}

/// Whether the sentence ends after token `at`, which is not the last of its paragraph.
fn ends_sentence(text: &Text, quoted: &[Quoted], tokens: &[Token], at: usize) -> bool {
    let (token, next) = (&tokens[at], &tokens[at + 1]);
    // Most tokens are words without a dot.
    if token.kind == TokenKind::Word && text.as_str().as_bytes()[token.span.end as usize - 1] != b'.' {
        return false;
    }
    let word = text.slice(token.span);
    match token.kind {
        TokenKind::Quoted(index) => ends_inside(text, quoted, index) && starts_after_quote(text, tokens, at),
        TokenKind::Punct if closes(word) => {
            at > 0
                && tokens[at - 1].span.end == token.span.start
                && stops(text, &tokens[at - 1])
                && starts(text, next)
        }
        TokenKind::Punct if next.kind == TokenKind::Number && is_numero(text, tokens, at) => false,
        TokenKind::Punct => stops(text, token) && !closes(text.slice(next.span)) && starts(text, next),
        TokenKind::Word => match lexicon::abbreviation(&word[..word.len() - 1]) {
            Some(Abbreviation::BeforeName) => false,
            _ if word.chars().count() == 2 => false,
            _ => next.capital && lexicon::opens_sentence(text.slice(next.span)),
        },
        _ => false,
    }
}

/// The dot of "No. 2".
fn is_numero(text: &Text, tokens: &[Token], dot: usize) -> bool {
    dot > 0 && matches!(text.slice(tokens[dot - 1].span), "No" | "Nos")
}

/// A full stop or its like.
fn stops(text: &Text, token: &Token) -> bool {
    let word = text.slice(token.span);
    token.kind == TokenKind::Punct && (word.starts_with(['.', '!', '?']) || word == "…")
}

fn closes(word: &str) -> bool {
    word.starts_with([')', ']'])
}

/// Whether a sentence may start with this token.
fn starts(text: &Text, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => token.capital,
        TokenKind::Number | TokenKind::Quoted(_) => true,
        TokenKind::Clitic => false,
        TokenKind::Punct => {
            text.slice(token.span).starts_with(['(', '[', '—', '–', '-', '•', '*', '@', '‘', '\''])
        }
    }
}

/// Whether the words inside the marks end with the end of a sentence.
fn ends_inside(text: &Text, quoted: &[Quoted], index: u32) -> bool {
    quoted.get(index as usize).is_some_and(|q| {
        let words = text.slice(q.inner).trim_end();
        let words = words.trim_end_matches(['\'', '’', '"', '”', ')']);
        words.ends_with(['.', '!', '?', '…']) || !q.closed
    })
}

/// Whether what follows a quoted segment is a new sentence rather than “Why?” Smith asked.
fn starts_after_quote(text: &Text, tokens: &[Token], at: usize) -> bool {
    if !starts(text, &tokens[at + 1]) {
        return false;
    }
    let stop = text.slice(tokens[at].span).trim_end_matches(['"', '”', '\'', '’', '»', '“']).ends_with('.');
    if stop {
        return true;
    }
    let following = &tokens[at + 1..tokens.len().min(at + 6)];
    !following.iter().any(|t| t.kind == TokenKind::Word && lexicon::cue(text.slice(t.span)).is_some())
}
