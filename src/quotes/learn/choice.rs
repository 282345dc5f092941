//! Choices people made among candidates → the weights under which they are made again.

/// One choice: what is seen of each candidate, and whether it is a right one.
pub(in crate::quotes) type Lesson<const N: usize> = Vec<([f32; N], bool)>;

/// How often all lessons are gone through, how far each step goes, and how dear a weight is.
const ROUNDS: usize = 400;
const STEP: f32 = 0.5;
const PRICE: f32 = 0.001;

/// The weights that make the right candidates most likely.
pub(super) fn learn<const N: usize>(lessons: &[Lesson<N>]) -> [f32; N] {
    let mut weights = [0.0; N];
    for _ in 0..ROUNDS {
        let mut slope = weights.map(|w| -PRICE * w);
        for lesson in lessons {
            climb(lesson, &weights, &mut slope, 1.0 / lessons.len() as f32);
        }
        weights.iter_mut().zip(slope).for_each(|(w, s)| *w += STEP * s);
    }
    weights
}

/// Adds to the slope what one lesson says: how the share of the right candidates grows.
fn climb<const N: usize>(lesson: &Lesson<N>, weights: &[f32; N], slope: &mut [f32; N], share: f32) {
    let score = |seen: &[f32; N]| seen.iter().zip(weights).map(|(s, w)| s * w).sum();
    let scores: Vec<f32> = lesson.iter().map(|(seen, _)| score(seen)).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let heavy: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let all: f32 = heavy.iter().sum();
    let right: f32 = heavy.iter().zip(lesson).filter(|(_, (_, meant))| *meant).map(|(h, _)| h).sum();
    for (heavy, (seen, meant)) in heavy.iter().zip(lesson) {
        let pull = if *meant { heavy / right.max(f32::MIN_POSITIVE) } else { 0.0 } - heavy / all;
        slope.iter_mut().zip(seen).for_each(|(s, f)| *s += share * pull * f);
    }
}

#[cfg(test)]
mod tests {
    use super::learn;

    #[test]
    fn what_tells_right_from_wrong_weighs_most() {
        let lessons: Vec<super::Lesson<2>> =
            (0..20).map(|n| vec![([1.0, (n % 2) as f32], true), ([0.0, (n % 2) as f32], false)]).collect();
        let [telling, idle] = learn(&lessons);
        assert!(telling > 2.0 && idle.abs() < 0.1, "{telling} {idle}");
    }
}
