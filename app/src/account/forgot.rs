//! Asking for a new password (checklist 29). What is answered does not say whether there is such an account.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::problem::Field;

use super::api::Forgot;
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{ErrorSummary, Notice, Submit, TextField, follow, problem, title},
};

#[component]
pub fn ForgotPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let sent = move || query.read().get("sent").is_some();
    view! {
        <Title text=title(move || t_string!(i18n, account.forgot_title)) />
        <main id="main">
            {move || if sent() { view! { <Sent /> }.into_any() } else { view! { <Ask /> }.into_any() }}
        </main>
    }
}

#[component]
fn Ask() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<Forgot>::new();
    let problem = problem(action);
    follow(action);
    view! {
        <ActionForm action attr:novalidate="">
            <div>
                <h1 tabindex="-1">{t!(i18n, account.forgot_title)}</h1>
                <p class="lead">{t!(i18n, account.forgot_lead)}</p>
            </div>
            <ErrorSummary title=move || t_string!(i18n, account.forgot_failed) problem />
            <TextField field=Field::Email autocomplete="username" problem />
            <Submit action wide=true>
                {t!(i18n, account.forgot_submit)}
            </Submit>
            <a class="aside" href="/signin">{t!(i18n, account.to_sign_in)}</a>
        </ActionForm>
    }
}

#[component]
fn Sent() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="gate-text">
            <h1 tabindex="-1">{t!(i18n, account.forgot_title)}</h1>
            <Notice state="ok" title=move || t_string!(i18n, account.forgot_sent)>
                {move || t_string!(i18n, account.forgot_sent_why)}
            </Notice>
            <a class="aside" href="/signin">{t!(i18n, account.to_sign_in)}</a>
        </div>
    }
}
