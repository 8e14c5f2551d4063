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
use sheet::Questions;
pub use sheet::Rehearsal;
pub use showing::ShowingForm;

/// Makes room for what is being written. Once, around all pages.
pub fn provide() {
    keeper::provide();
}
