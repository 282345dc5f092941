//! Why a cue is believed: its odds again, in parts that add up to them.

use super::chain::{CONTENT, Link, NONE, SOURCE, best, sum};
use super::features::{Around, of_cue};
use super::seen::Seen;
use super::sums::{Runs, Sides};
use super::{Cues, needed, runs, window};
use crate::quotes::weights::Weights;
use crate::quotes::why::{Evidence, Part, Reports};
use crate::text::Span;
use std::ops::Range;

/// What each feature of a cue is evidence of, in the order in which they are given out.
const OF_CUE: [Evidence; 31] = {
    use Evidence::{Beside, Grammar, Sentence, Verb};
    [
        Verb, Verb, Verb, Verb, Beside, Beside, Beside, Beside, Beside, Beside, Beside, Beside, Beside,
        Beside, Beside, Grammar, Grammar, Grammar, Sentence, Sentence, Sentence, Sentence, Sentence,
        Sentence, Beside, Beside, Beside, Beside, Beside, Beside, Beside,
    ]
};

/// What spoke for and against the cue at `span` reporting anything; None where it is none that the
/// chain looks at.
pub(in crate::quotes) fn evidence(
    seen: &Seen,
    sentence: &Range<usize>,
    span: Span,
    weights: &Weights,
) -> Option<Reports> {
    let page = seen.page;
    let cues = Cues::find(seen, sentence);
    let at = cues.candidates.iter().position(|c| page.span(&c.cue.tokens) == span)?;
    let look = cues.look(page, sentence, at);
    let around = look.around(seen, sentence);
    let sides = Sides::new(seen, sentence, look.start()..=look.start(), weights);
    let window = window(sentence, &around.cue);
    let mut sums = Runs::new(&around, weights);
    let links = sums.links(&window, &sides);
    let labels = best(&links);

    let mut odds = of_the_cue(&around, weights);
    odds.extend(of_the_chain(&links, &labels));
    let words = |what: Evidence| -> Vec<Span> {
        let of = |label| runs(&labels, label, window.start).iter().map(|run| page.span(run)).collect();
        match what {
            Evidence::Verb => vec![span],
            Evidence::Beside => beside(&around).map(|i| page.span(&(i..i + 1))).collect(),
            Evidence::Source => of(SOURCE),
            Evidence::Reported => of(CONTENT),
            Evidence::Grammar | Evidence::Sentence | Evidence::OtherReadings => Vec::new(),
        }
    };
    let part = |what: Evidence| {
        let of_it = odds.iter().filter(|(of, _)| *of == what).map(|(_, odds)| odds);
        Part { what, odds: of_it.sum(), words: words(what) }
    };
    let mut parts = Evidence::ALL.map(part).to_vec();
    parts.sort_by(|a, b| b.odds.abs().total_cmp(&a.odds.abs()));
    let odds = parts.iter().map(|part| part.odds).sum();
    Some(Reports { odds, needed: needed(seen, &look), parts })
}

/// The tokens right before and after the cue.
fn beside(around: &Around) -> impl Iterator<Item = usize> {
    let before = around.cue.start.checked_sub(1);
    let sentence = around.sentence.clone();
    before.into_iter().chain([around.cue.end]).filter(move |i| sentence.contains(i))
}

/// What each feature of the cue itself adds.
fn of_the_cue(around: &Around, weights: &Weights) -> Vec<(Evidence, f32)> {
    let mut odds = Vec::with_capacity(OF_CUE.len());
    of_cue(around, |feature| odds.push(weights.row(feature)[0]));
    OF_CUE.into_iter().zip(odds).collect()
}

/// What the words with the best labels add, and all other ways to label them.
fn of_the_chain(links: &[Link<i16>], labels: &[u8]) -> Vec<(Evidence, f32)> {
    let mut odds = Vec::with_capacity(links.len() + 1);
    let (mut before, mut path) = (NONE, 0.0);
    for (link, label) in links.iter().zip(labels.iter().map(|l| usize::from(*l))) {
        let here = link.score(before, label);
        path += here;
        before = label;
        odds.push((if label == SOURCE { Evidence::Source } else { Evidence::Reported }, here));
    }
    odds.push((Evidence::OtherReadings, sum(links) - path));
    odds
}

#[cfg(test)]
mod tests {
    use super::{OF_CUE, evidence};
    use crate::quotes::mentions;
    use crate::quotes::page::Page;
    use crate::quotes::sayings::features::of_cue;
    use crate::quotes::sayings::seen::Seen;
    use crate::quotes::sayings::{Cues, promising, read};
    use crate::quotes::segment::segment;
    use crate::quotes::vocabulary::Vocabulary;
    use crate::quotes::weights::Weights;
    use crate::text::Text;

    #[test]
    fn its_parts_add_up_to_the_odds_that_decided() {
        let text = Text::new("Ada Mora, the mayor, said on Monday that the bridge would open.".into());
        let (segmented, weights) = (segment(&text), Weights::shipped());
        let mut vocabulary = Vocabulary::of(&weights);
        let page = Page::new(&text, &segmented, &mut vocabulary);
        let mentions = mentions::find(&page);
        let seen = Seen::new(&page, &mentions);
        let sentence = &segmented.sentences[0].tokens;
        let cues = Cues::find(&seen, sentence);
        let saying = &read(&seen, sentence, &promising(&seen, sentence, &cues, &weights), &weights)[0];
        let cue = page.span(&saying.frame.cue.tokens);
        let told = evidence(&seen, sentence, cue, &weights).unwrap();
        assert!((told.odds - saying.odds).abs() < 1e-3, "{} is not {}", told.odds, saying.odds);
        assert!(told.odds > told.needed);

        let look = cues.look(&page, sentence, 0);
        let mut features = 0;
        of_cue(&look.around(&seen, sentence), |_| features += 1);
        assert_eq!(features, OF_CUE.len());
    }
}
