//! The page behind a one-time link: the first password, or one in place of a forgotten one. Opening it uses nothing up.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::problem::Problem;

use super::{
    api::{Link, Redeem, look_at_link},
    new_password::NewPassword,
};
use crate::{
    error::AppError,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fault, Notice, Submit, follow, problem, title},
};

type LinkResource = Resource<Result<Link, AppError>>;

#[component]
pub fn SetPasswordPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let link: LinkResource = Resource::new(token, look_at_link);
    view! {
        <Title text=title(move || t_string!(i18n, account.link_title)) />
        <main id="main">
            <Suspense>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(link) => view! { <Choose link token=untrack(token) /> }.into_any(),
                        Err(AppError(Problem::LinkDead)) => view! { <Dead /> }.into_any(),
                        Err(error) => view! { <Unknown problem=error.0 /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Choose(link: Link, token: String) -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<Redeem>::new();
    let problem = problem(action);
    follow(action);
    let email = link.email.clone();
    view! {
        <ActionForm action attr:novalidate="">
            <div>
                <h1 tabindex="-1">{t!(i18n, account.link_title)}</h1>
                <p class="lead">
                    {move || if link.first { t_string!(i18n, account.link_first) } else { t_string!(i18n, account.link_reset) }}
                </p>
                <p class="muted">{move || td_string!(i18n.get_locale(), account.link_for, email = email.clone())}</p>
            </div>
            <ErrorSummary title=move || t_string!(i18n, account.link_failed) problem />
            <input type="hidden" name="token" value=token />
            // For password keepers, which otherwise would not know whose it is.
            <input class="vh" type="email" value=link.email autocomplete="username" readonly tabindex="-1" aria-hidden="true" />
            <NewPassword policy=link.policy problem />
            <Submit action wide=true>
                {t!(i18n, account.link_submit)}
            </Submit>
        </ActionForm>
    }
}

#[component]
fn Dead() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="gate-text">
            <h1 tabindex="-1">{t!(i18n, account.link_title)}</h1>
            <Notice state="warn" title=move || t_string!(i18n, account.link_dead)>
                {move || t_string!(i18n, account.link_dead_why)}
            </Notice>
            <a class="btn" data-wide href="/forgot">{t!(i18n, account.link_new)}</a>
            <a class="aside" href="/signin">{t!(i18n, account.to_sign_in)}</a>
        </div>
    }
}

#[component]
fn Unknown(problem: Problem) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="gate-text">
            <h1 tabindex="-1">{t!(i18n, account.link_title)}</h1>
            <Fault title=move || t_string!(i18n, errors.title) problem />
        </div>
    }
}
