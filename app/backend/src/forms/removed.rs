//! What was removed from a form by a page that has not woken, so that it can be brought back. Only as long as the process
//! runs and nothing else is changed; a page that is awake keeps it itself.

use std::time::Duration;

use model::{forms::Removed, id::FormId};
use moka::sync::Cache;

/// What was removed from each form, and after which revision.
pub(crate) struct RemovedPieces(Cache<FormId, (i64, Vec<Removed>)>);

impl Default for RemovedPieces {
    fn default() -> Self {
        let an_hour = Duration::from_hours(1);
        Self(Cache::builder().max_capacity(100).time_to_live(an_hour).build())
    }
}

impl RemovedPieces {
    /// What was removed from a form that is still at that revision, the latest last.
    pub fn of(&self, id: FormId, revision: i64) -> Vec<Removed> {
        let kept = self.0.get(&id).filter(|(of, _)| *of == revision);
        kept.map(|(_, removed)| removed).unwrap_or_default()
    }

    /// Keeps what there is of a form whose revision has changed, and nothing that is asked of it.
    pub fn follow(&self, id: FormId, from: i64, to: i64) {
        let removed = self.of(id, from);
        if !removed.is_empty() {
            self.keep(id, to, removed);
        }
    }

    /// Keeps it.
    pub fn keep(&self, id: FormId, revision: i64, removed: Vec<Removed>) {
        self.0.insert(id, (revision, removed));
    }
}
