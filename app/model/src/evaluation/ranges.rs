//! Which numbers have a band, and which lie between bands.

use super::{Band, Decimal, Kind, Question, Value};

/// Numbers from one to another, both of them within.
pub type Range = (Decimal, Decimal);

impl Kind {
    /// The numbers that lie in a band, from the lowest on. Bands between which no number fits are one range; what runs
    /// backwards holds none.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range> {
        let Self::Number { bands, .. } = self else {
            return vec![];
        };
        let mut sound: Vec<Range> = bands
            .iter()
            .filter(|band| band.from <= band.to)
            .map(|&Band { from, to, .. }| (from, to))
            .collect();
        sound.sort_unstable();
        let mut ranges: Vec<Range> = vec![];
        for (from, to) in sound {
            match ranges.last_mut() {
                Some(last) if from.0 <= last.1.0.saturating_add(1) => last.1 = last.1.max(to),
                _ => ranges.push((from, to)),
            }
        }
        ranges
    }

    /// The numbers that lie between bands and in none; none are told as long as a band runs backwards.
    #[must_use]
    pub fn gaps(&self) -> Vec<Range> {
        if matches!(self, Self::Number { bands, .. } if bands.iter().any(|band| band.from > band.to)) {
            return vec![];
        }
        let ranges = self.ranges();
        let between = ranges.iter().zip(ranges.iter().skip(1));
        between
            .map(|((_, before), (after, _))| (Decimal(before.0 + 1), Decimal(after.0 - 1)))
            .collect()
    }
}

impl Question {
    /// Whether an answer is a number outside every band, where there are some. It is taken, and gives no points.
    #[must_use]
    pub fn is_outside(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Number { bands, .. }, Value::Number(number)) => {
                !bands.is_empty() && !bands.iter().any(|band| band.has(*number))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    fn number_of(bands: &[(i64, i64)]) -> Kind {
        let band = |&(from, to): &(i64, i64)| Band {
            from: Decimal(from),
            to: Decimal(to),
            points: 1,
        };
        Kind::Number {
            unit: String::new(),
            bands: bands.iter().map(band).collect(),
        }
    }

    fn plain(ranges: Vec<Range>) -> Vec<(i64, i64)> {
        ranges.into_iter().map(|(from, to)| (from.0, to.0)).collect()
    }

    #[test]
    fn what_follows_on_each_other_is_one_range() {
        let kind = number_of(&[(3_001, 6_000), (0, 3_000), (9_000, 9_000)]);
        assert_eq!(plain(kind.ranges()), [(0, 6_000), (9_000, 9_000)]);
        assert_eq!(plain(kind.gaps()), [(6_001, 8_999)]);
        let within = number_of(&[(0, 6_000), (100, 200), (6_000, 7_000)]);
        assert_eq!((plain(within.ranges()), within.gaps()), (vec![(0, 7_000)], vec![]));
        assert_eq!((number_of(&[]).ranges(), Kind::Text.ranges()), (vec![], vec![]));
    }

    #[test]
    fn whole_numbers_leave_their_decimals_out() {
        assert_eq!(plain(number_of(&[(0, 3_000), (3_100, 6_000)]).gaps()), [(3_001, 3_099)]);
        let backwards = number_of(&[(0, 100), (300, 200), (900, 1_000)]);
        assert_eq!(plain(backwards.ranges()), [(0, 100), (900, 1_000)]);
        assert_eq!(backwards.gaps(), [], "it is being typed");
        let ends = number_of(&[(i64::MIN, i64::MIN), (i64::MAX, i64::MAX)]);
        assert_eq!(plain(ends.gaps()), [(i64::MIN + 1, i64::MAX - 1)]);
    }

    #[test]
    fn only_a_number_can_be_outside() {
        let form = samples::every_kind();
        let number = form.questions().nth(3).unwrap();
        for (hundredths, outside) in [(-1, true), (0, false), (6_000, false), (6_001, true)] {
            let value = Value::Number(Decimal(hundredths));
            assert_eq!(number.is_outside(&value), outside, "{hundredths}");
            assert_eq!(number.points(&value) == Some(0), outside, "{hundredths}");
        }
        assert!(!number.is_outside(&Value::NotApplicable));
        assert!(!form.questions().next().unwrap().is_outside(&Value::Number(Decimal(0))));
        let noted = Question {
            kind: number_of(&[]),
            ..number.clone()
        };
        assert!(!noted.is_outside(&Value::Number(Decimal(5))), "it is only noted");
    }
}
