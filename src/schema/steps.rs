//! How far a quote stands behind its article, in five bits: small numbers of one size are found sooner, and pack well.

/// Steps that are kept as they are.
const FEW: u64 = 1 << FEW_BITS;
const FEW_BITS: u32 = 4;

/// Quotes behind one another are led back by at most so many bits' worth of steps at a time.
const MOST_BITS: u32 = 19;

/// How many steps back the article of the quote with this number stands, as they are kept: all of them where they are
/// few, else the largest power of two among them, and the quote there knows the rest.
pub(crate) fn kept_steps(nth: u64) -> u64 {
    match nth.checked_ilog2() {
        Some(bits @ FEW_BITS..) => FEW + u64::from(bits.min(MOST_BITS) - FEW_BITS),
        _ => nth,
    }
}

/// So many steps are meant, and whether that is all of them.
#[inline]
pub fn steps(kept: u64) -> (u32, bool) {
    match kept {
        few @ 0..FEW => (few as u32, true),
        more => (1 << (more - FEW + u64::from(FEW_BITS)).min(MOST_BITS.into()), false),
    }
}

#[cfg(test)]
mod tests {
    use super::{kept_steps, steps};

    #[test]
    fn however_far_on_a_quote_is_led_back_in_few_steps() {
        for nth in (0..5000).chain([1 << 16, (1 << 19) - 1, 1 << 19, (1 << 20) - 1, (1 << 21) + 77]) {
            let (mut left, mut looks) = (nth, 0);
            loop {
                let kept = kept_steps(left);
                assert!(kept < 32);
                let (back, all) = steps(kept);
                (left, looks) = (left - u64::from(back), looks + 1);
                if all {
                    break;
                }
            }
            assert_eq!(left, 0);
            assert!(looks <= 20, "{nth}: {looks}");
        }
        assert!((0..100).all(|damaged| steps(u64::MAX - damaged).0 <= 1 << 19));
    }
}
