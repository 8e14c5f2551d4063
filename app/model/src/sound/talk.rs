//! Who speaks in a sound and when nobody does, as it was measured when the sound arrived.

use serde::{Deserialize, Serialize};

/// Who speaks how much. All times are milliseconds of the sound.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// For how long there is speech in each channel.
    pub speech_ms: Vec<u32>,
    /// For how long there is speech in none.
    pub silent_ms: u32,
    /// How often the speaker of each channel began while another spoke, and went on. Empty where all are in one channel.
    pub interruptions: Vec<u32>,
    /// The longer stretches in which nobody speaks, in order: where each begins and ends.
    pub silences: Vec<(u32, u32)>,
}

impl Talk {
    /// So many silences are kept of one sound, the longest.
    pub const MOST: usize = 2_000;

    /// The silence at a moment.
    #[must_use]
    pub fn silence_at(&self, ms: i64) -> Option<(i64, i64)> {
        let after = self.silences.partition_point(|(_, end)| i64::from(*end) <= ms);
        let (start, end) = self.silences.get(after).copied()?;
        (i64::from(start) <= ms).then_some((start.into(), end.into()))
    }

    /// Where the passage begins that comes next after a moment; none when it was the last.
    #[must_use]
    pub fn passage_after(&self, ms: i64, length: i64) -> Option<i64> {
        self.beginnings().find(|begin| *begin > ms && *begin < length)
    }

    /// Where the passage at a moment begins; the one before it, when the moment is less than `near` after that.
    #[must_use]
    pub fn passage_before(&self, ms: i64, near: i64) -> i64 {
        let before = self.beginnings().take_while(|begin| *begin + near < ms);
        before.last().unwrap_or_default()
    }

    /// Where one begins to speak again: at the end of every silence, and at the beginning.
    fn beginnings(&self) -> impl Iterator<Item = i64> {
        std::iter::once(0).chain(self.silences.iter().map(|(_, end)| i64::from(*end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk() -> Talk {
        Talk {
            silences: vec![(1_000, 3_000), (7_000, 9_000)],
            ..Talk::default()
        }
    }

    #[test]
    fn a_moment_is_in_a_silence_or_not() {
        let at = |ms| talk().silence_at(ms);
        assert_eq!((at(999), at(3_000), at(99_000)), (None, None, None));
        assert_eq!((at(1_000), at(8_999)), (Some((1_000, 3_000)), Some((7_000, 9_000))));
    }

    #[test]
    fn passages_are_what_lies_between_silences() {
        let after = |ms| talk().passage_after(ms, 10_000);
        assert_eq!((after(0), after(3_000), after(9_000)), (Some(3_000), Some(9_000), None));
        assert_eq!(talk().passage_after(0, 2_000), None);
        let before = |ms| talk().passage_before(ms, 1_000);
        assert_eq!(
            (before(500), before(3_500), before(5_000), before(9_900), before(10_500)),
            (0, 0, 3_000, 3_000, 9_000)
        );
    }
}
