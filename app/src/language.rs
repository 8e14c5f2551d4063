//! The language of a page that wakes.

use any_spawner::Executor;
use leptos::prelude::*;
use leptos_i18n::{I18nContext, context::init_i18n_context};

use crate::{i18n::Locale, waking};

/// Settles the language before the page is taken over. What keeps the words says it once more as it starts, and all that follows
/// it, every word and the whole list, would be made twice: it does so while nobody listens.
pub async fn settled() -> I18nContext<Locale> {
    waking::prepare();
    let owner = Owner::new();
    let language = owner.with(init_i18n_context::<Locale>);
    // It lasts as long as the page.
    std::mem::forget(owner);
    Executor::tick().await;
    language
}
