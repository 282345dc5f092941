//! Acts of saying as people marked them → the weights of the chain.

use super::adapt::{Features, Learning, shuffle};
use super::{Annotated, cover, touch};
use crate::quotes::sayings::chain::{CONTENT, LABELS, Link, NONE, SOURCE, sums};
use crate::quotes::sayings::features::{
    Around, Way, beside, of_class, of_cue, of_run, of_step, of_token, step_beside, step_of_run,
};
use crate::quotes::sayings::seen::Seen;
use crate::quotes::sayings::{Cues, window};
use crate::quotes::weights::{Feature, Learned, Row};
use std::ops::Range;

/// How often the examples are gone through.
const ROUNDS: usize = 20;

/// From which round on the weights count.
const REMEMBERED: usize = 9;

/// A candidate with all that is seen of it, and its right labels; None where it reports nothing.
pub(super) struct Example {
    cue: Vec<Feature>,
    tokens: Vec<Option<Tokens<Feature>>>,
    labels: Option<Vec<u8>>,
}

/// What is seen of one token that is not of the cue.
struct Tokens<F> {
    plain: Vec<F>,
    /// What holds after one label only.
    steps: Vec<F>,
}

/// The candidates of an article, each with what people marked.
pub(super) fn examples(article: &Annotated, seen: &Seen) -> Vec<Example> {
    let mut examples = Vec::new();
    for sentence in &seen.page.segmented.sentences {
        let sentence = &sentence.tokens;
        let cues = Cues::find(seen, sentence);
        for (at, labels) in labelled(article, seen, sentence, &cues) {
            let look = cues.look(seen.page, sentence, at);
            let around = look.around(seen, sentence);
            let mut cue = Vec::new();
            of_cue(&around, |feature| cue.push(feature));
            let tokens = window(sentence, &around.cue).map(|i| token(&around, i)).collect();
            examples.push(Example { cue, tokens, labels });
        }
    }
    examples
}

fn token(around: &Around, i: usize) -> Option<Tokens<Feature>> {
    if around.cue.contains(&i) {
        return None;
    }
    let way = Way::new(around, i);
    let mut seen = Tokens { plain: Vec::new(), steps: Vec::new() };
    let side = u32::from(i > around.cue.start);
    beside(around.seen, around.sentence, i, side, |f| seen.plain.push(f));
    of_class(around, around.seen.at(i).class, way.side, |f| seen.plain.push(f));
    of_token(around, i, &way, |f| seen.plain.push(f));
    of_run(around, &way, |f| seen.plain.push(f));
    let mut step = |f| seen.steps.push(f);
    step_beside(around.seen, around.sentence, i, side, &mut step);
    of_step(around, i, &way, &mut step);
    step_of_run(&way, step);
    Some(seen)
}

/// The candidates of a sentence that teach something, with their right labels. A mark belongs to one
/// candidate: the first that the rules know a frame of, else the first. Marks without a source, and
/// those whose words lie elsewhere, teach nothing.
fn labelled(
    article: &Annotated,
    seen: &Seen,
    sentence: &Range<usize>,
    cues: &Cues,
) -> Vec<(usize, Option<Vec<u8>>)> {
    let mark_of = |at: usize| {
        let span = seen.page.span(&cues.candidates[at].cue.tokens);
        article.sayings.iter().position(|mark| touch(&mark.cue, span))
    };
    let marks: Vec<Option<usize>> = (0..cues.candidates.len()).map(mark_of).collect();
    let mut found = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        let Some(mark) = *mark else {
            found.push((at, None));
            continue;
        };
        let same = || (0..marks.len()).filter(|c| marks[*c] == Some(mark));
        let head = same().find(|c| cues.candidates[*c].frame.is_some()).or_else(|| same().next());
        let mark = &article.sayings[mark];
        let cue = &cues.candidates[at].cue.tokens;
        let label = |i: usize| {
            let span = seen.page.segmented.tokens[i].span;
            let label = match () {
                () if cue.contains(&i) => NONE,
                () if cover(&mark.source, span) => SOURCE,
                () if cover(&mark.content, span) => CONTENT,
                () => NONE,
            };
            label as u8
        };
        let labels: Vec<u8> = window(sentence, cue).map(label).collect();
        if head == Some(at) && !mark.source.is_empty() && labels.contains(&(CONTENT as u8)) {
            found.push((at, Some(labels)));
        }
    }
    found
}

/// The same with the numbers of its features.
struct Numbered {
    cue: Vec<u32>,
    tokens: Vec<Option<Tokens<u32>>>,
    labels: Option<Vec<u8>>,
}

/// All features, numbered.
#[derive(Default)]
struct Numbers {
    plain: Features,
    steps: Features,
}

/// Their weights.
struct Weighing {
    plain: Learning<1>,
    steps: Learning<LABELS>,
}

/// The weights that make the marks likely.
pub(super) fn learn(examples: Vec<Example>) -> Learned {
    let mut features = Numbers::default();
    let examples: Vec<Numbered> = examples.into_iter().map(|e| numbered(e, &mut features)).collect();
    let mut weights = Weighing { plain: features.plain.weights(), steps: features.steps.weights() };
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let mut seed = 1;
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut seed);
        for at in &order {
            step(&examples[*at as usize], &mut weights);
        }
        if round >= REMEMBERED {
            weights.plain.remember();
            weights.steps.remember();
        }
    }
    let rows = features.plain.learned(&weights.plain).into_iter().map(|(feature, [row])| (feature, row));
    Learned { rows: rows.collect(), steps: features.steps.learned(&weights.steps) }
}

/// How many words the cue counts for: it is one of many in its sentence, and tells most.
const CUE_COUNTS: u32 = 3;

fn numbered(example: Example, features: &mut Numbers) -> Numbered {
    let Numbers { plain, steps } = features;
    let cue = example.cue.into_iter().map(|feature| plain.number(feature, CUE_COUNTS)).collect();
    let tokens = example.tokens.into_iter().map(|token| {
        token.map(|t| Tokens {
            plain: t.plain.into_iter().map(|feature| plain.number(feature, 1)).collect(),
            steps: t.steps.into_iter().map(|feature| steps.number(feature, 1)).collect(),
        })
    });
    Numbered { tokens: tokens.collect(), cue, labels: example.labels }
}

fn link(token: Option<&Tokens<u32>>, weights: &Weighing) -> Link<f32> {
    let Some(token) = token else { return Link::<f32>::closed() };
    let add = |sum: Row, number: &u32| {
        let [row] = weights.plain.rows(*number);
        [sum[0] + row[0], sum[1] + row[1]]
    };
    let mut link = Link::of(token.plain.iter().fold([0.0; 2], add));
    for number in &token.steps {
        for (label, row) in weights.steps.rows(*number).iter().enumerate() {
            link.add_after(label, *row);
        }
    }
    link
}

/// One step towards making an example's labels likelier than all others, and than none.
fn step(example: &Numbered, weights: &mut Weighing) {
    let of_cue = |label: usize| {
        let row = |number: &u32| weights.plain.rows(*number)[0][label];
        example.cue.iter().map(row).sum::<f32>()
    };
    let [cue, promise] = [0, 1].map(of_cue);
    let links: Vec<Link<f32>> = example.tokens.iter().map(|t| link(t.as_ref(), weights)).collect();
    let (all, likely) = sums(&links);
    let reports = 1.0 / (1.0 + (-(cue + all)).exp());
    let marked = f32::from(example.labels.is_some());
    for number in &example.cue {
        weights.plain.nudge(*number, 0, 0, marked - reports);
        weights.plain.nudge(*number, 0, 1, marked - 1.0 / (1.0 + (-promise).exp()));
    }
    let mut before = NONE;
    for (at, token) in example.tokens.iter().enumerate() {
        let right = example.labels.as_ref().map_or(NONE, |labels| usize::from(labels[at]));
        for label in [SOURCE, CONTENT] {
            let Some(token) = token else { continue };
            let is = |p: usize| f32::from(example.labels.is_some() && right == label && before == p);
            let slopes = [0, 1, 2].map(|p: usize| is(p) - reports * likely[at][p][label]);
            for number in &token.plain {
                weights.plain.nudge(*number, 0, label - 1, slopes.iter().sum());
            }
            for number in &token.steps {
                for (row, slope) in slopes.into_iter().enumerate() {
                    weights.steps.nudge(*number, row, label - 1, slope);
                }
            }
        }
        before = right;
    }
}
