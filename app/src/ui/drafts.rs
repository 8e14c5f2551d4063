//! What has been typed and not sent, kept for as long as the tab lives: who looks elsewhere and comes back finds it as it was.

use std::{collections::HashMap, hash::Hash};

use leptos::prelude::*;

/// Drafts by what they are about.
pub struct Drafts<K: 'static, V: 'static>(StoredValue<HashMap<K, V>>);

impl<K, V> Clone for Drafts<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Drafts<K, V> {}

impl<K, V> Drafts<K, V>
where
    K: Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Makes room for them. Once, around all pages.
    pub fn provide() {
        provide_context(Self(StoredValue::new(HashMap::new())));
    }

    /// Those of this tab.
    pub fn here() -> Self {
        expect_context()
    }

    /// What was kept.
    pub fn of(self, about: &K) -> Option<V> {
        self.0.with_value(|drafts| drafts.get(about).cloned())
    }

    /// Keeps a draft in the place of the one before.
    pub fn keep(self, about: K, draft: V) {
        self.0.update_value(|drafts| {
            drafts.insert(about, draft);
        });
    }

    /// Forgets it: it was sent, or is not wanted.
    pub fn forget(self, about: &K) {
        self.0.update_value(|drafts| {
            drafts.remove(about);
        });
    }
}
