//! The time scale under a wave. Pure.

/// Steps people count in, in milliseconds.
const STEPS: [i64; 14] = [
    1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000,
    7_200_000,
];
/// Between the two ends at most.
const MOST: i64 = 5;

/// A mark of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands, in percent of the width.
    pub percent: f64,
    /// Which moment it is, in milliseconds of the sound.
    pub ms: i64,
}

/// The marks between two moments: both ends, and round times between them that leave the words at the ends their room.
#[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
pub fn ticks(from: i64, to: i64) -> Vec<Tick> {
    let len = (to - from).max(1);
    let step = STEPS
        .into_iter()
        .find(|step| len / step <= MOST)
        .unwrap_or(len / MOST)
        .max(1);
    let at = |ms: i64| Tick {
        percent: tenth((ms - from) as f64 * 100.0 / len as f64),
        ms,
    };
    let room = len / 6;
    let round = (from / step + 1..)
        .map(|place| place * step)
        .take_while(|ms| *ms < to - room)
        .filter(|ms| *ms > from + room);
    std::iter::once(at(from)).chain(round.map(at)).chain([at(to)]).collect()
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(from: i64, to: i64) -> Vec<i64> {
        ticks(from, to).into_iter().map(|tick| tick.ms / 1000).collect()
    }

    #[test]
    fn round_times_stand_between_the_ends() {
        assert_eq!(moments(0, 24_300), [0, 5, 10, 15, 20, 24]);
        assert_eq!(moments(0, 30 * 60_000), [0, 600, 1200, 1800]);
        assert_eq!(moments(6_000, 14_000), [6, 8, 10, 12, 14]);
    }

    #[test]
    fn places_are_shares_of_the_width() {
        let ticks = ticks(10_000, 20_000);
        assert_eq!((ticks[0].percent, ticks[ticks.len() - 1].percent), (0.0, 100.0));
        assert!(ticks.iter().any(|tick| (tick.ms, tick.percent) == (14_000, 40.0)));
    }

    #[test]
    fn the_shortest_and_the_longest_have_a_scale_too() {
        assert_eq!(moments(0, 0).len(), 2);
        assert!(ticks(0, 48 * 3_600_000).len() <= 8);
    }
}
