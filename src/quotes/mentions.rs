//! Provisional until the cast's mentions land.
use super::segment::{Segmented, TokenKind};
use crate::text::{Span, Text};

pub(super) struct Mention {
    pub span: Span,
}

pub(super) fn find(text: &Text, segmented: &Segmented) -> Vec<Mention> {
    let t = &segmented.tokens;
    let mut out = Vec::new();
    let mut i = 0;
    while i < t.len() {
        let w = text.slice(t[i].span).to_lowercase();
        let det = matches!(w.as_str(), "the" | "a" | "an" | "his" | "her");
        if matches!(w.as_str(), "he" | "she" | "they" | "we" | "i") {
            out.push(Mention { span: t[i].span });
        } else if t[i].kind == TokenKind::Word
            && t[i].capital
            && !(t[i].initial && crate::lexicon::opens_sentence(&w))
            && !det
        {
            let s = i;
            while i + 1 < t.len()
                && t[i + 1].kind == TokenKind::Word
                && t[i + 1].capital
                && t[i + 1].sentence == t[s].sentence
            {
                i += 1;
            }
            out.push(Mention { span: t[s].span.cover(t[i].span) });
        }
        i += 1;
    }
    out
}
