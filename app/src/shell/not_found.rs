//! The page of an address that leads nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Silence, title},
};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    #[cfg(feature = "ssr")]
    crate::visit::set_status(axum::http::StatusCode::NOT_FOUND);
    view! {
        <Title text=title(move || t_string!(i18n, errors.not_found_title)) />
        <main class="fault" id="main">
            <Silence />
            <h1 tabindex="-1">{t!(i18n, errors.not_found_title)}</h1>
            <p>{t!(i18n, errors.not_found)}</p>
            <p class="code">{move || td_string!(i18n.get_locale(), errors.code, code = 404)}</p>
            <div class="row-end">
                <a class="btn" data-kind="primary" href="/recordings">{t!(i18n, errors.to_recordings)}</a>
                <a class="btn" data-kind="quiet" href="/help">{t!(i18n, errors.to_help)}</a>
            </div>
        </main>
    }
}
