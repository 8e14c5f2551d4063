//! What was done with a form by a page that has not woken, so that it can be taken back and done again. Only as long as the
//! process runs and nothing else is changed; a page that is awake keeps it itself.

use std::time::Duration;

use model::{
    forms::{Bench, Done},
    id::FormId,
};
use moka::sync::Cache;

/// What was done with each form, and after which revision.
pub(crate) struct Past(Cache<FormId, Kept>);

/// What can be taken back, and what can be done again.
#[derive(Clone, Default)]
pub(super) struct Kept {
    revision: i64,
    pub past: Vec<Done>,
    pub future: Vec<Done>,
}

/// The most that is kept of all forms together, in bytes of JSON.
const MOST_BYTES: u64 = 32 << 20;

impl Default for Past {
    fn default() -> Self {
        let size = |_: &FormId, kept: &Kept| {
            let size = serde_json::to_vec(&(&kept.past, &kept.future)).map_or(usize::MAX, |json| json.len());
            u32::try_from(size).unwrap_or(u32::MAX)
        };
        let an_hour = Duration::from_hours(1);
        let cache = Cache::builder()
            .weigher(size)
            .max_capacity(MOST_BYTES)
            .time_to_live(an_hour);
        Self(cache.build())
    }
}

impl Past {
    /// What was done with a form that is still at that revision.
    pub(super) fn of(&self, id: FormId, revision: i64) -> Kept {
        self.0
            .get(&id)
            .filter(|kept| kept.revision == revision)
            .unwrap_or_default()
    }

    /// Keeps what there is of a form whose revision has changed, and nothing that is asked of it.
    pub fn follow(&self, id: FormId, from: i64, to: i64) {
        let kept = self.of(id, from);
        if !(kept.past.is_empty() && kept.future.is_empty()) {
            self.0.insert(id, Kept { revision: to, ..kept });
        }
    }

    /// Keeps it.
    pub fn keep(&self, id: FormId, revision: i64, bench: Bench) {
        let Bench { past, future, .. } = bench;
        self.0.insert(id, Kept { revision, past, future });
    }
}
