//! Utvärdera: judging a call by a form, and what the judged person says to it (checklist 85).

mod api;
mod desk;
mod evaluate;
mod finished;
mod keeper;
mod keys;
mod question;
mod sheet;
mod showing;
mod why;

use desk::Desk;
pub use evaluate::Evaluate;
use model::id::EvaluationId;
use sheet::Questions;
pub use sheet::Rehearsal;
pub use showing::ShowingForm;

use crate::ui::Drafts;

/// What is being answered to a finished evaluation, and is not sent.
type Replies = Drafts<EvaluationId, String>;

/// Makes room for what is being written. Once, around all pages.
pub fn provide() {
    keeper::provide();
    Replies::provide();
}
