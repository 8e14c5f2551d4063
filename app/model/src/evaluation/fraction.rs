//! Sums that are exact. Two hundred questions have more different denominators than 128 bits hold.

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

/// A number with one decimal, in tenths: 82.9 is 829.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tenths(pub u32);

impl Tenths {
    /// The number as people write it, always with its decimal: `82,9` with a comma.
    #[must_use]
    pub fn write(self, point: char) -> String {
        format!("{}{point}{}", self.0 / 10, self.0 % 10)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write('.'))
    }
}

/// A fraction, not below 0.
#[derive(Clone, Debug)]
pub struct Fraction {
    over: Natural,
    /// Never 0.
    under: Natural,
}

impl Fraction {
    /// Nothing.
    pub fn zero() -> Self {
        Self::of(0, 1)
    }

    /// So many parts of a whole; none of a whole that has no parts.
    pub fn of(over: u32, under: u32) -> Self {
        Self {
            over: Natural::of(if under == 0 { 0 } else { over }),
            under: Natural::of(under.max(1)),
        }
    }

    /// The sum of both.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            over: self.over.times(&other.under).plus(&other.over.times(&self.under)),
            under: self.under.times(&other.under),
        }
    }

    /// The product of both.
    pub fn times(&self, other: &Self) -> Self {
        Self {
            over: self.over.times(&other.over),
            under: self.under.times(&other.under),
        }
    }

    /// Rounded to tenths, half away from zero.
    pub fn tenths(&self) -> Tenths {
        // What is sought is the largest n for which n - 1/2 <= 10 x, that is (2n - 1) under <= 20 over.
        let twice = self.over.times(&Natural::of(20)).plus(&self.under);
        let under = self.under.times(&Natural::of(2));
        let mut tenths = 0;
        for bit in (0..u32::BITS).rev() {
            let more = tenths | 1 << bit;
            if under.times(&Natural::of(more)) <= twice {
                tenths = more;
            }
        }
        Tenths(tenths)
    }
}

/// A natural number of any size, its lowest 32 bits first and without zeros at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Natural(Vec<u32>);

impl Natural {
    fn of(number: u32) -> Self {
        Self(vec![number]).trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn plus(&self, other: &Self) -> Self {
        let limb = |number: &Self, at| u64::from(number.0.get(at).copied().unwrap_or(0));
        let length = self.0.len().max(other.0.len()) + 1;
        let mut carry = 0;
        let sum = (0..length).map(|at| {
            carry += limb(self, at) + limb(other, at);
            low(&mut carry)
        });
        Self(sum.collect()).trimmed()
    }

    fn times(&self, other: &Self) -> Self {
        let mut product = vec![0_u32; self.0.len() + other.0.len()];
        for (shift, &a) in self.0.iter().enumerate() {
            let mut carry = 0;
            let factors = other.0.iter().copied().chain([0]);
            for (limb, b) in product.iter_mut().skip(shift).zip(factors) {
                // At most (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
                carry += u64::from(a) * u64::from(b) + u64::from(*limb);
                *limb = low(&mut carry);
            }
        }
        Self(product).trimmed()
    }
}

/// The lowest 32 bits, which are taken away.
fn low(carry: &mut u64) -> u32 {
    let low = u32::try_from(*carry & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    *carry >>= u32::BITS;
    low
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn natural(number: u128) -> Natural {
        let limbs = (0..4).map(|at| u32::try_from(number >> (32 * at) & u128::from(u32::MAX)).unwrap());
        Natural(limbs.collect()).trimmed()
    }

    #[test]
    fn halves_go_away_from_zero() {
        let table = [
            ((0, 1), 0),
            ((0, 0), 0),
            ((5, 0), 0),
            ((1, 3), 3),
            ((2, 3), 7),
            ((1, 20), 1),
            ((3, 20), 2),
            ((49, 1000), 0),
            ((829, 10), 829),
            ((u32::MAX, u32::MAX), 10),
        ];
        for ((over, under), tenths) in table {
            assert_eq!(Fraction::of(over, under).tenths(), Tenths(tenths), "{over}/{under}");
        }
    }

    #[test]
    fn tenths_are_written_with_their_decimal() {
        assert_eq!(Tenths(829).write(','), "82,9");
        assert_eq!(Tenths(1000).to_string(), "100.0");
        assert_eq!(Tenths(5).to_string(), "0.5");
    }

    proptest! {
        #[test]
        fn naturals_reckon_like_128_bits(a in 0..u128::from(u64::MAX), b in 0..u128::from(u64::MAX)) {
            prop_assert_eq!(natural(a).plus(&natural(b)), natural(a + b));
            prop_assert_eq!(natural(a).times(&natural(b)), natural(a * b));
            prop_assert_eq!(natural(a).cmp(&natural(b)), a.cmp(&b));
        }

        #[test]
        fn large_numbers_are_shifted_and_split_alike(limbs in prop::collection::vec(any::<u32>(), 0..40), at in 0_usize..40) {
            // (high * 2^(32 at) + low) * 3 is the sum of both parts thrice.
            let whole = Natural(limbs.clone()).trimmed();
            let at = at.min(limbs.len());
            let low = Natural(limbs[..at].to_vec()).trimmed();
            let high = Natural([vec![0; at], limbs[at..].to_vec()].concat()).trimmed();
            let three = Natural::of(3);
            prop_assert_eq!(low.plus(&high), whole.clone());
            prop_assert_eq!(low.times(&three).plus(&high.times(&three)), whole.plus(&whole).plus(&whole));
        }

        #[test]
        fn rounding_is_exact(parts in prop::collection::vec((0_u32..1000, 1_u32..1000), 1..6)) {
            let sum = parts.iter().fold(Fraction::zero(), |sum, (over, under)| sum.plus(&Fraction::of(*over, *under)));
            let under: u128 = parts.iter().map(|(_, under)| u128::from(*under)).product();
            let over: u128 = parts.iter().map(|(over, part)| u128::from(*over) * (under / u128::from(*part))).sum();
            let tenths = (20 * over + under) / (2 * under);
            prop_assert_eq!(u128::from(sum.tenths().0), tenths);
        }
    }
}
