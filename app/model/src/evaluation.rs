//! Judging a call: forms, the answers to one, what they come to, and what the judged person says to it (checklist 85, 119).
//! Pure, so that a page can tell the score while one answers, and the server tells the same.
//!
//! How answers become a percentage. The numbers are the field's (weights, N/A and automatic fail as in Genesys Cloud and
//! Amazon Connect); each rule says why.
//!
//! 1. *A question's score is its points of the most one can get for it*, 0 to 1. Questions of different kinds can then be
//!    weighed against each other. A right yes or no is 1 of 1; a scale's answer *n* is *n* of its steps, as one would add it
//!    up on paper; a choice has the points that the form gives it; a number has the points of its band, and none outside all.
//! 2. *A section's score is the mean of its questions' scores, each as often as its weight.* So a weight is what a question
//!    is worth in points: a section's points of its possible ones are its percentage.
//! 3. *Only what was asked and answered counts*: a running score says how it has gone so far, and an unanswered question is
//!    not a wrong one. It is the same function that tells the final score.
//! 4. *What does not apply leaves the denominator*: nobody gains or loses by what could not happen in the call.
//! 5. *The whole is the mean of the sections' scores, each as often as its weight.* A section in which nothing counts leaves
//!    the denominator, for the reason of 4.
//! 6. *A hidden question neither counts nor keeps its answer.* Its condition is not met, so nobody can see what it holds. A
//!    question that hangs on a hidden one is hidden, too.
//! 7. *A critical question that is answered wrongly makes the whole 0 %*: that is what critical means. What fails it: the
//!    wrong one of yes and no, the lowest step of a scale, a choice that says so, a number without points. The sections keep
//!    their scores, so that one sees what was good.
//! 8. *A critical question that does not apply fails nothing; one without an answer makes the evaluation unfinished, not
//!    failed*: nobody has said yet that it went wrong.
//! 9. *Where nothing counts there is no percentage*: 0 % would say that it went badly.
//! 10. *Texts, numbers without bands and what weighs 0 never count*; a critical question of weight 0 can still fail.
//! 11. *All is exact until the end, and then rounded once, to one decimal, half away from zero*: a mean of rounded means
//!     depends on the order, and two who add up the same get the same.

mod answer;
mod check;
mod condition;
mod decimal;
mod dialogue;
mod exchange;
mod fault;
mod form;
mod fraction;
mod key;
mod mark;
mod meaning;
mod question;
mod ranges;
mod score;
mod seen;
mod showing;
mod shown;
mod text;
mod typed;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod starters;

pub use answer::{Answer, Answers, Value};
pub use condition::{Condition, When};
pub use decimal::Decimal;
pub use dialogue::{Refusal, State, Step, Who, next};
pub use exchange::{Envelope, Head, ImportFault, import};
pub use fault::{AnswerFault, AnswerPart, Fault, Flaw, Part, Place};
pub use form::{Form, Section};
pub use fraction::Tenths;
pub use key::Key;
pub use question::{Band, Choice, Kind, Question};
pub use ranges::Range;
pub use score::{Score, SectionScore, score};
pub use seen::{
    By, Evaluation, Evaluations, Move, Offered, Sent, Sheet, ToAnswer, ToFinish, ToRead, Turn, Verdict, Waiting,
};
pub use showing::Showing;
pub use shown::Asked;
pub use typed::{NoAnswer, Typed};

/// A form to begin with, in Swedish, as [`import`] reads it.
pub const STARTER_SV: &str = include_str!("evaluation/starter-sv.json");

/// The same form in English.
pub const STARTER_EN: &str = include_str!("evaluation/starter-en.json");
