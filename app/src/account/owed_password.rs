//! A new password before anything else (checklist 22, 24, 27).

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::{password::Policy, problem::Field};

use super::{
    api::{ChangeOwedPassword, password_policy},
    new_password::NewPassword,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{ErrorSummary, Fault, TextField, follow, problem, title},
};

#[component]
pub fn OwedPasswordPage() -> impl IntoView {
    let i18n = use_i18n();
    let policy = Resource::new(|| (), |()| password_policy());
    view! {
        <Title text=title(move || t_string!(i18n, account.owed_title)) />
        <main id="main">
            <Suspense>
                {move || Suspend::new(async move {
                    match policy.await {
                        Ok(policy) => view! { <Change policy /> }.into_any(),
                        Err(error) => {
                            view! { <Fault title=move || t_string!(i18n, errors.title) problem=error.0 /> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Change(policy: Policy) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangeOwedPassword>::new();
    let problem = problem(action);
    follow(action);
    view! {
        <ActionForm action attr:novalidate="">
            <div>
                <h1 tabindex="-1">{t!(i18n, account.owed_title)}</h1>
                <p class="lead">{t!(i18n, account.owed_lead)}</p>
            </div>
            <ErrorSummary title=move || t_string!(i18n, account.link_failed) problem />
            <TextField field=Field::OldPassword autocomplete="current-password" problem />
            <NewPassword policy problem />
            <button class="btn" data-kind="primary" data-wide aria-busy=move || action.pending().get().then_some("true")>
                {t!(i18n, account.owed_submit)}
            </button>
        </ActionForm>
    }
}
