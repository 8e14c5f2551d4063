//! A recording's moment: when its call began, and among those that began in the same millisecond, which one. One number that
//! no other recording has, in the order of time; lists are read along it.

use std::ops::Range;

use model::instant::Instant;

/// So many recordings can begin in one millisecond. With this room for ties, moments reach to the year 2248.
pub const TIES: i64 = 1 << 20;

/// The moment of a recording.
#[must_use]
pub const fn moment(started_at: Instant, id: i64) -> i64 {
    first(started_at).saturating_add(id.rem_euclid(TIES))
}

/// The moments of all that began from one instant on and before another.
#[must_use]
pub const fn between(from: Instant, to: Instant) -> Range<i64> {
    first(from)..first(to)
}

const fn first(at: Instant) -> i64 {
    at.0.saturating_mul(TIES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_the_order_of_time() {
        let (early, late) = (Instant(1_584_352_011_000), Instant(1_584_352_011_001));
        assert!(moment(early, i64::from(u32::MAX)) < moment(late, 0));
        let range = between(early, late);
        assert!(range.contains(&moment(early, 77)) && !range.contains(&moment(late, 77)));
        assert_eq!(between(Instant(i64::MIN), Instant(i64::MAX)), i64::MIN..i64::MAX);
    }
}
