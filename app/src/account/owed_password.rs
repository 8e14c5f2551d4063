//! A new password before anything else (checklist 22, 24, 27).

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::problem::Field;

use super::{
    api::{ChangeOwedPassword, Owed, read_owed},
    new_password::NewPassword,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{ErrorSummary, Fault, Submit, TextField, follow, problem, title},
};

#[component]
pub fn OwedPasswordPage() -> impl IntoView {
    let i18n = use_i18n();
    let owed = Resource::new(|| (), |()| read_owed());
    view! {
        <Title text=title(move || t_string!(i18n, account.owed_title)) />
        <main id="main">
            <Suspense>
                {move || Suspend::new(async move {
                    match owed.await {
                        Ok(owed) => view! { <Change owed /> }.into_any(),
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
fn Change(owed: Owed) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<ChangeOwedPassword>::new();
    let problem = problem(action);
    follow(action);
    view! {
        <ActionForm action attr:novalidate="">
            <div>
                <h1 tabindex="-1">{t!(i18n, account.owed_title)}</h1>
                <p class="lead">
                    {move || if owed.given { t_string!(i18n, account.owed_lead) } else { t_string!(i18n, account.owed_expired) }}
                </p>
            </div>
            <ErrorSummary title=move || t_string!(i18n, account.link_failed) problem />
            <TextField field=Field::OldPassword autocomplete="current-password" problem />
            <NewPassword policy=owed.policy problem />
            <Submit action wide=true>
                {t!(i18n, account.owed_submit)}
            </Submit>
        </ActionForm>
    }
}
