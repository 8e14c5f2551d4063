//! Utvärdera: judging a call by a form, and what the judged person says to it (checklist 85).

mod api;
mod desk;
mod ending;
mod evaluate;
mod filling;
mod finished;
mod guide;
mod keeper;
mod keys;
mod number;
mod outside;
mod question;
mod sheet;
mod showing;
mod thrown;
mod turns;
mod why;

use api::{ChooseForm, Discard, MoveOn, SendForm};
pub use api::{read_to_answer, read_to_finish, read_to_read, read_waiting};
use desk::Desk;
pub use evaluate::Evaluate;
use leptos::server::ServerAction;
use model::id::EvaluationId;
use number::Unread;
pub use outside::ranges;
use sheet::Questions;
pub use sheet::Rehearsal;
pub use showing::ShowingForm;
pub use turns::is_same;

use crate::ui::Drafts;

/// What is being answered to a finished evaluation, and is not sent.
type Replies = Drafts<EvaluationId, String>;

/// What one does with the evaluations of a recording.
#[derive(Clone, Copy)]
struct Deeds {
    send: ServerAction<SendForm>,
    choose: ServerAction<ChooseForm>,
    discard: ServerAction<Discard>,
    step: ServerAction<MoveOn>,
}

/// Makes room for what is being written. Once, around all pages.
pub fn provide() {
    keeper::provide();
    Replies::provide();
    Unread::provide();
}
