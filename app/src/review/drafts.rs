//! Notes that nobody has saved yet, by their recording: who goes on to another one and comes back finds them as they were typed.

use std::collections::HashMap;

use leptos::prelude::*;
use model::{id::RecordingId, review::Notes};

/// Notes as they stand in the form, and what they were when one began.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub base: Notes,
    pub mine: Notes,
    /// The tags as they are typed: a comma at the end is no tag yet.
    pub typed: String,
}

/// Every draft of this tab.
#[derive(Clone, Copy)]
pub struct Drafts(StoredValue<HashMap<RecordingId, Draft>>);

/// Makes room for them. Once, around all pages.
pub fn provide() {
    provide_context(Drafts(StoredValue::new(HashMap::new())));
}

impl Drafts {
    /// The draft of a recording.
    pub fn of(self, id: RecordingId) -> Option<Draft> {
        self.0.with_value(|drafts| drafts.get(&id).cloned())
    }

    /// Keeps a draft; forgets it where nothing differs from what is kept already.
    pub fn keep(self, id: RecordingId, draft: Draft) {
        self.0.update_value(|drafts| {
            if draft.base == draft.mine {
                drafts.remove(&id);
            } else {
                drafts.insert(id, draft);
            }
        });
    }
}
