//! What has come of a form, where the address says so: each in its own words, since not everything that is saved holds at once.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{Locale, td_string, use_i18n},
    ui::Notice,
};

/// What was saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Published,
    Draft,
    Audience,
}

impl Saved {
    /// The word behind `saved=`.
    const fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Audience => "audience",
        }
    }

    fn words(self, locale: Locale) -> (&'static str, &'static str) {
        match self {
            Self::Published => (
                td_string!(locale, forms.published_now),
                td_string!(locale, forms.published_about),
            ),
            Self::Draft => (
                td_string!(locale, forms.draft_kept),
                td_string!(locale, forms.draft_kept_about),
            ),
            Self::Audience => (
                td_string!(locale, forms.audience_kept),
                td_string!(locale, forms.audience_kept_about),
            ),
        }
    }
}

/// Shown where the address says that this was saved.
#[component]
pub fn SavedNotice(what: Saved) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let saved = Memo::new(move |_| query.read().get("saved").is_some_and(|saved| saved == what.name()));
    view! {
        <Show when=move || saved.get()>
            <Notice state="ok" title=move || what.words(i18n.get_locale()).0>
                {move || what.words(i18n.get_locale()).1}
            </Notice>
        </Show>
    }
}
