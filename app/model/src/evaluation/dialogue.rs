//! What becomes of an evaluation: the evaluator finishes and shows it, the evaluated person acknowledges or disputes it, the
//! evaluator answers or revises it, until it is acknowledged (as Genesys Cloud's sign-off and dispute). Who finds that they
//! were wrong may revise it at any time; the evaluated person is then asked anew.

use serde::{Deserialize, Serialize};

use super::{Flaw, text};

/// Where an evaluation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// It is being written.
    #[default]
    Draft,
    /// It is finished, and only the evaluator's side sees it.
    Done,
    /// The evaluated person sees it and is asked. So many times it was disputed.
    Shown { disputes: u8 },
    /// The evaluated person does not agree; the evaluator is asked.
    Disputed { disputes: u8 },
    /// The evaluated person has taken note of it. Only its evaluator can take it up again, by other answers.
    Acknowledged { disputes: u8 },
}

/// What someone does with it. Whether the answers are complete, which to finish and to revise takes, says
/// [`Score::is_finished`](super::Score::is_finished).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The evaluator is done.
    Finish,
    /// The evaluator, or a rule of the company, shows it to the evaluated person.
    Show,
    /// The evaluator gives other answers. What was shown is then shown anew.
    Revise,
    /// The evaluator lets it stand, and says why.
    Answer(String),
    /// The evaluated person takes note of it.
    Acknowledge,
    /// The evaluated person does not agree, and says why.
    Dispute(String),
}

/// Whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Evaluator,
    Evaluated,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// It is the other one's step.
    NotYours,
    /// It is no step from here.
    NotNow,
    /// It is acknowledged, and there is nothing more to say to it.
    Ended,
    /// It was disputed so many times; now it can only be acknowledged.
    NoMoreRounds { most: u8 },
    /// Something is wrong with what was written.
    Text { flaw: Flaw },
}

impl State {
    /// How many times an evaluation can be disputed (as in Genesys Cloud).
    pub const MOST_DISPUTES: u8 = 5;
    /// The most characters that either of the two writes at once.
    pub const LONGEST_REPLY: usize = text::LONG;

    /// Whether the evaluated person has been shown it.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(
            self,
            Self::Shown { .. } | Self::Disputed { .. } | Self::Acknowledged { .. }
        )
    }
}

impl Step {
    /// Who takes such a step.
    #[must_use]
    pub const fn whose(&self) -> Who {
        match self {
            Self::Finish | Self::Show | Self::Revise | Self::Answer(_) => Who::Evaluator,
            Self::Acknowledge | Self::Dispute(_) => Who::Evaluated,
        }
    }
}

/// Where a step leads.
///
/// # Errors
/// Why it is not taken; the evaluation is then where it was.
pub fn next(state: State, step: &Step, who: Who) -> Result<State, Refusal> {
    if who != step.whose() {
        return Err(Refusal::NotYours);
    }
    let next = match (state, step) {
        // What was changed without being asked is said anew, and can be disputed as often.
        (State::Shown { .. } | State::Acknowledged { .. }, Step::Revise) | (State::Done, Step::Show) => {
            Ok(State::Shown { disputes: 0 })
        }
        (State::Acknowledged { .. }, _) => Err(Refusal::Ended),
        (State::Draft, Step::Finish) | (State::Done, Step::Revise) => Ok(State::Done),
        (State::Shown { disputes }, Step::Acknowledge) => Ok(State::Acknowledged { disputes }),
        (State::Shown { disputes }, Step::Dispute(_)) if disputes >= State::MOST_DISPUTES => {
            Err(Refusal::NoMoreRounds {
                most: State::MOST_DISPUTES,
            })
        }
        (State::Shown { disputes }, Step::Dispute(_)) => Ok(State::Disputed { disputes: disputes + 1 }),
        (State::Disputed { disputes }, Step::Answer(_) | Step::Revise) => Ok(State::Shown { disputes }),
        _ => Err(Refusal::NotNow),
    }?;
    match step {
        Step::Answer(words) | Step::Dispute(words) => {
            written(words).map_or(Ok(next), |flaw| Err(Refusal::Text { flaw }))
        }
        _ => Ok(next),
    }
}

/// What is wrong with words that must be there.
fn written(words: &str) -> Option<Flaw> {
    if words.trim().is_empty() {
        Some(Flaw::Missing)
    } else {
        text::lines(words, text::LONG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [State; 8] = [
        State::Draft,
        State::Done,
        State::Shown { disputes: 0 },
        State::Shown { disputes: 4 },
        State::Shown { disputes: 5 },
        State::Disputed { disputes: 1 },
        State::Disputed { disputes: 5 },
        State::Acknowledged { disputes: 3 },
    ];

    fn steps() -> [Step; 6] {
        let words = || "Jag frågade visst.".to_owned();
        [
            Step::Finish,
            Step::Show,
            Step::Revise,
            Step::Answer(words()),
            Step::Acknowledge,
            Step::Dispute(words()),
        ]
    }

    #[test]
    fn every_step_from_every_state() {
        let shown = |disputes| Ok(State::Shown { disputes });
        let disputed = |disputes| Ok(State::Disputed { disputes });
        let known = |disputes| Ok(State::Acknowledged { disputes });
        let (done, no, ended) = (Ok(State::Done), Err(Refusal::NotNow), Err(Refusal::Ended));
        let full = Err(Refusal::NoMoreRounds { most: 5 });
        let table = [
            // Finish, show, revise, answer, acknowledge, dispute.
            [done, no, no, no, no, no],
            [no, shown(0), done, no, no, no],
            [no, no, shown(0), no, known(0), disputed(1)],
            [no, no, shown(0), no, known(4), disputed(5)],
            [no, no, shown(0), no, known(5), full],
            [no, no, shown(1), shown(1), no, no],
            [no, no, shown(5), shown(5), no, no],
            [ended, ended, shown(0), ended, ended, ended],
        ];
        for (state, row) in STATES.into_iter().zip(table) {
            for (step, wanted) in steps().iter().zip(row) {
                assert_eq!(next(state, step, step.whose()), wanted, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn nobody_takes_the_others_step() {
        for state in STATES {
            for step in steps() {
                let other = match step.whose() {
                    Who::Evaluator => Who::Evaluated,
                    Who::Evaluated => Who::Evaluator,
                };
                assert_eq!(next(state, &step, other), Err(Refusal::NotYours), "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn a_dispute_and_its_answer_say_something() {
        let table = [
            (String::new(), Flaw::Missing),
            (" \n".into(), Flaw::Missing),
            ("x".repeat(4_001), Flaw::TooLong { most: 4_000 }),
            ("a\u{202e}b".into(), Flaw::Characters),
        ];
        for (words, flaw) in table {
            let refused = Err(Refusal::Text { flaw });
            let dispute = Step::Dispute(words.clone());
            assert_eq!(next(State::Shown { disputes: 0 }, &dispute, Who::Evaluated), refused);
            let answer = Step::Answer(words.clone());
            assert_eq!(next(State::Disputed { disputes: 1 }, &answer, Who::Evaluator), refused);
            assert_eq!(
                next(State::Draft, &answer, Who::Evaluator),
                Err(Refusal::NotNow),
                "the step comes first"
            );
        }
    }

    #[test]
    fn it_ends_after_five_rounds_at_the_latest() {
        let (mut state, mut steps) = (State::Shown { disputes: 0 }, 0);
        let dispute = Step::Dispute("Nej.".into());
        while let Ok(disputed) = next(state, &dispute, Who::Evaluated) {
            state = next(disputed, &Step::Revise, Who::Evaluator).unwrap();
            steps += 1;
        }
        assert_eq!((state, steps), (State::Shown { disputes: 5 }, 5));
        assert_eq!(
            next(state, &Step::Acknowledge, Who::Evaluated),
            Ok(State::Acknowledged { disputes: 5 })
        );
    }

    #[test]
    fn what_is_revised_unasked_is_acknowledged_anew_and_can_be_disputed_again() {
        let full = State::Shown {
            disputes: State::MOST_DISPUTES,
        };
        let known = next(full, &Step::Acknowledge, Who::Evaluated).unwrap();
        let anew = next(known, &Step::Revise, Who::Evaluator).unwrap();
        assert!(anew.is_shown());
        let disputed = next(anew, &Step::Dispute("Nej.".into()), Who::Evaluated).unwrap();
        // In answer to a dispute it goes on counting: else it would never end.
        let answered = next(disputed, &Step::Revise, Who::Evaluator);
        assert_eq!(answered, Ok(State::Shown { disputes: 1 }));
    }

    #[test]
    fn the_evaluated_person_sees_it_from_the_moment_it_is_shown() {
        assert_eq!(
            STATES.map(State::is_shown),
            [false, false, true, true, true, true, true, true]
        );
    }

    #[test]
    fn a_stored_state_is_read_again() {
        for state in STATES {
            let stored = serde_json::to_string(&state).unwrap();
            assert_eq!(serde_json::from_str::<State>(&stored).unwrap(), state);
        }
        assert_eq!(
            serde_json::to_string(&State::Shown { disputes: 2 }).unwrap(),
            r#"{"state":"shown","disputes":2}"#
        );
    }
}
