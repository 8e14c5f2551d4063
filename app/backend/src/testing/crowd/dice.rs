//! Chance that repeats itself.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is drawn is small, and nobody counts its last digit"
)]

/// `SplitMix64` (Steele, Lea and Flood, 2014): the same draws from the same seed, everywhere.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        drawn ^ (drawn >> 31)
    }

    /// From 0 on, and below 1.
    pub fn share(&mut self) -> f64 {
        (self.draw() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something happens that happens so often in a hundred.
    pub fn percent(&mut self, often: f64) -> bool {
        self.share() * 100.0 < often
    }

    /// One of so many, each as often.
    pub fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }

    /// One of so many, the first ones more often: the more, the steeper.
    pub fn skewed(&mut self, count: usize, steep: f64) -> usize {
        (self.share().powf(steep) * count as f64) as usize
    }

    /// One of these.
    pub fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// So many digits, the first of them not 0.
    pub fn digits(&mut self, count: u32) -> u64 {
        let first = 10_u64.pow(count - 1);
        first + self.draw() % (9 * first)
    }

    /// The length of a call in milliseconds: some hang up at once, and the others talk as people do (log-normal, two
    /// minutes and a half in the middle).
    pub fn length_ms(&mut self) -> i64 {
        if self.percent(9.0) {
            return 300 + (self.share() * 4_700.0) as i64;
        }
        // The sum of twelve is as good as a normal distribution.
        let bell: f64 = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        (165_000.0 * (1.05 * bell).exp()) as i64
    }
}

/// How many of all are drawn by when so much of the whole has passed.
#[must_use]
pub fn by_then(all: usize, passed: f64, whole: f64) -> usize {
    (all as f64 * passed / whole).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_as_long_as_calls_are() {
        let mut dice = Dice::new(7);
        let mut lengths: Vec<i64> = (0..20_000).map(|_| dice.length_ms()).collect();
        lengths.sort_unstable();
        assert!((120_000..180_000).contains(&lengths[10_000]), "{}", lengths[10_000]);
        assert!(lengths.iter().filter(|ms| **ms < 5_000).count() > 1_000);
        assert!((5..200).contains(&lengths.iter().filter(|ms| **ms > 3_600_000).count()));
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let (mut one, mut other) = (Dice::new(3), Dice::new(3));
        assert!((0..100).all(|_| one.draw() == other.draw()));
    }
}
