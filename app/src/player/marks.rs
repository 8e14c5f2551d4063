//! The marks of a passage that is played over and over, and the leaps a sound makes by itself. Pure.

use model::sound::Talk;

/// Before one speaks again so much of the silence is left, in milliseconds, and after one has spoken: nothing begins or ends
/// abruptly.
const AIR: i64 = 250;
/// A leap that is shorter is not worth it.
const WORTH: i64 = 300;

/// Where a passage begins and ends, as far as that is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub from: Option<i64>,
    pub to: Option<i64>,
}

impl Marks {
    /// With its beginning here. An end that lay before is none any longer.
    #[must_use]
    pub fn beginning(self, at: i64) -> Self {
        Self {
            from: Some(at),
            to: self.to.filter(|to| *to > at),
        }
    }

    /// With its end here. A beginning that lay behind is none any longer.
    #[must_use]
    pub fn ending(self, at: i64) -> Self {
        Self {
            from: self.from.filter(|from| *from < at),
            to: Some(at),
        }
    }

    /// The passage, once it has an end; without a beginning it begins where the sound does.
    pub fn passage(self) -> Option<(i64, i64)> {
        let (from, to) = (self.from.unwrap_or_default(), self.to?);
        (from < to).then_some((from, to))
    }
}

/// Where a sound that has come from one moment to another leaps to by itself: over a silence, and from the end of a passage
/// back to its beginning. None where it goes on.
pub fn leap(before: i64, now: i64, passage: Option<(i64, i64)>, skipped: Option<&Talk>) -> Option<i64> {
    let inside = passage.filter(|(from, to)| (*from..*to).contains(&before));
    let over = skipped
        .and_then(|talk| talk.silence_at(now))
        // A passage that holds nothing but silence is heard as it is, not run through.
        .filter(|(start, end)| inside.is_none_or(|(from, to)| *start + AIR > from || *end < to))
        .filter(|(start, end)| now >= start + AIR && end - AIR >= now + WORTH)
        .map(|(_, end)| end - AIR);
    match inside {
        Some((from, to)) if over.unwrap_or(now) >= to => Some(from),
        _ => over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk() -> Talk {
        Talk {
            silences: vec![(5_000, 10_000)],
            ..Talk::default()
        }
    }

    #[test]
    fn marks_make_a_passage_and_a_mark_on_the_wrong_side_takes_the_other_away() {
        let none = Marks::default();
        assert_eq!((none.passage(), none.beginning(5).passage()), (None, None));
        assert_eq!(none.ending(5).passage(), Some((0, 5)));
        assert_eq!(none.beginning(3).ending(5).passage(), Some((3, 5)));
        assert_eq!(none.beginning(3).ending(5).beginning(9), none.beginning(9));
        assert_eq!(none.beginning(3).ending(5).ending(2), none.ending(2));
    }

    #[test]
    fn a_silence_is_leapt_over_when_that_is_asked_for() {
        let talk = talk();
        let leap = |now| leap(now - 20, now, None, Some(&talk));
        assert_eq!((leap(4_000), leap(5_100), leap(5_250)), (None, None, Some(9_750)));
        assert_eq!((leap(9_400), leap(9_500), leap(9_900)), (Some(9_750), None, None));
        assert_eq!(super::leap(5_980, 6_000, None, None), None);
    }

    #[test]
    fn a_passage_begins_anew_at_its_end_and_only_from_within() {
        let passage = Some((1_000, 3_000));
        assert_eq!(leap(2_990, 3_010, passage, None), Some(1_000));
        assert_eq!(leap(2_000, 2_020, passage, None), None);
        assert_eq!(leap(3_500, 3_520, passage, None), None, "one has gone elsewhere");
        assert_eq!(leap(500, 520, passage, None), None);
    }

    #[test]
    fn a_leap_over_silence_does_not_leave_the_passage_and_silence_alone_is_heard() {
        let talk = talk();
        assert_eq!(leap(5_240, 5_260, Some((4_000, 8_000)), Some(&talk)), Some(4_000));
        assert_eq!(leap(6_980, 7_000, Some((6_000, 8_000)), Some(&talk)), None);
        assert_eq!(leap(7_990, 8_010, Some((6_000, 8_000)), Some(&talk)), Some(6_000));
    }
}
