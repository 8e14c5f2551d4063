//! Saying that something was saved, and that it holds at once.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Notice;
use crate::i18n::{t_string, use_i18n};

/// Shown where the address says that this was saved.
#[component]
pub fn Saved(
    /// The word behind `saved=`.
    what: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let saved = Memo::new(move |_| query.read().get("saved").is_some_and(|saved| saved == what));
    view! {
        <Show when=move || saved.get()>
            <Notice state="ok" title=move || t_string!(i18n, configuration.saved)>
                {move || t_string!(i18n, configuration.saved_at_once)}
            </Notice>
        </Show>
    }
}
