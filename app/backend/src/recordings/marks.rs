//! What a recording's own row says of its evaluations, since lists are narrowed and sorted by it: what the newest came to, for
//! those who are told all and for the evaluated person, and whose step it is. One number says it, so that one index knows it.

use model::evaluation::{State, Tenths, Verdict, Who};

/// In the place of tenths of a per cent, from the worst on: nobody has evaluated it; nothing counts in what was said of it; a
/// critical question failed it.
pub(crate) const UNJUDGED: i16 = -3;
pub(crate) const UNCOUNTED: i16 = -2;
pub(crate) const FAILED: i16 = -1;

/// Whose step it is: nobody's, the evaluated person's, the evaluator's.
pub(crate) const NOBODYS: i16 = 0;
pub(crate) const TO_READ: i16 = 1;
pub(crate) const TO_ANSWER: i16 = 2;

/// What stands in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    /// What the newest evaluation came to.
    pub score: i16,
    /// What the newest one came to that the evaluated person was shown.
    pub shown_score: i16,
    pub waits: i16,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            score: UNJUDGED,
            shown_score: UNJUDGED,
            waits: NOBODYS,
        }
    }
}

impl Marks {
    /// The same once one more is finished that is in this state and came to this. Of two that wait the evaluator's step is
    /// told.
    #[must_use]
    pub fn with(self, state: State, percent: Option<Tenths>, failed: bool) -> Self {
        let score = match percent {
            _ if failed => FAILED,
            None => UNCOUNTED,
            Some(Tenths(tenths)) => i16::try_from(tenths).unwrap_or(i16::MAX),
        };
        let waits = match state {
            State::Shown { .. } => TO_READ,
            State::Disputed { .. } => TO_ANSWER,
            State::Draft | State::Done | State::Acknowledged { .. } => NOBODYS,
        };
        Self {
            score,
            shown_score: if state.is_shown() { score } else { self.shown_score },
            waits: self.waits.max(waits),
        }
    }
}

/// What such numbers say; nothing where nobody has evaluated it.
pub(super) fn verdict(score: i16, waits: i16) -> Option<Verdict> {
    (score > UNJUDGED).then(|| Verdict {
        percent: match score {
            FAILED => Some(Tenths(0)),
            tenths => u32::try_from(tenths).ok().map(Tenths),
        },
        failed: score == FAILED,
        waits: match waits {
            TO_READ => Some(Who::Evaluated),
            TO_ANSWER => Some(Who::Evaluator),
            _ => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_holds_and_of_what_is_shown_the_newest_that_is() {
        let known = State::Acknowledged { disputes: 0 };
        let first = Marks::default().with(known, Some(Tenths(829)), false);
        assert_eq!((first.score, first.shown_score, first.waits), (829, 829, NOBODYS));
        let second = first.with(State::Done, Some(Tenths(0)), true);
        assert_eq!((second.score, second.shown_score, second.waits), (FAILED, 829, NOBODYS));
        let third = second.with(State::Disputed { disputes: 1 }, None, false);
        let fourth = third.with(State::Shown { disputes: 0 }, Some(Tenths(0)), false);
        assert_eq!((third.score, third.waits), (UNCOUNTED, TO_ANSWER));
        assert_eq!((fourth.score, fourth.waits), (0, TO_ANSWER));
    }

    #[test]
    fn what_is_kept_says_what_it_was() {
        let told = |percent, failed| {
            let marks = Marks::default().with(State::Shown { disputes: 0 }, percent, failed);
            verdict(marks.score, marks.waits)
        };
        for percent in [None, Some(Tenths(0)), Some(Tenths(5)), Some(Tenths(1000))] {
            let waits = Some(Who::Evaluated);
            let said = Verdict {
                percent,
                failed: false,
                waits,
            };
            assert_eq!(told(percent, false), Some(said));
        }
        assert!(told(Some(Tenths(0)), true).is_some_and(|told| told.failed && told.percent == Some(Tenths(0))));
        assert_eq!(verdict(UNJUDGED, NOBODYS), None);
        assert!([UNJUDGED, UNCOUNTED, FAILED, 0].is_sorted());
    }
}
