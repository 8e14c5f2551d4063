//! The 16-bit arithmetic of ETSI EN 300 961, part 5.1.

/// Sum that stays within 16 bits.
#[inline]
pub const fn add(a: i16, b: i16) -> i16 {
    a.saturating_add(b)
}

/// Difference that stays within 16 bits.
#[inline]
pub const fn sub(a: i16, b: i16) -> i16 {
    a.saturating_sub(b)
}

/// Product of two fractions, rounded.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the one product that does not fit is taken out before"
)]
pub const fn mult_r(a: i16, b: i16) -> i16 {
    if a == i16::MIN && b == i16::MIN {
        return i16::MAX;
    }
    ((a as i32 * b as i32 + 16_384) >> 15) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners() {
        assert_eq!((add(i16::MAX, 1), sub(i16::MIN, 1)), (i16::MAX, i16::MIN));
        assert_eq!(
            (mult_r(i16::MIN, i16::MIN), mult_r(i16::MIN, i16::MAX)),
            (i16::MAX, -32_767)
        );
        assert_eq!((mult_r(1, 16_384), mult_r(-1, 16_384), mult_r(1, 16_383)), (1, 0, 0));
    }
}
