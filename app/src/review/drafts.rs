//! Notes that nobody has saved yet: who goes on to another recording and comes back finds them as they were typed.

use model::{id::RecordingId, review::Notes};

use crate::ui::Drafts;

/// Notes as they stand in the form, and what they were when one began.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub base: Notes,
    pub mine: Notes,
    /// The tags as they are typed: a comma at the end is no tag yet.
    pub typed: String,
}

/// Every draft of this tab.
pub type NoteDrafts = Drafts<RecordingId, Draft>;

/// Makes room for them. Once, around all pages.
pub fn provide() {
    NoteDrafts::provide();
}

impl NoteDrafts {
    /// Keeps a draft; forgets it where nothing differs from what is kept already.
    pub fn note(self, id: RecordingId, draft: Draft) {
        if draft.base == draft.mine {
            self.forget(&id);
        } else {
            self.keep(id, draft);
        }
    }
}
