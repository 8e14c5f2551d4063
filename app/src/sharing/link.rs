//! The page behind a link, before it is opened. It says nothing of the call, and coming here opens nothing: mail programs come
//! before people do. Its button is a plain form, which needs no script.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    address::{SHARED, encode},
    problem::{Field, Invalid, Problem},
    sharing::Closed,
};

use super::api::look_at_share;
use crate::{
    document::company,
    error::AppError,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fault, Notice, TextField, title},
};

#[component]
pub fn LinkPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let link: Resource<Result<Closed, AppError>> = Resource::new(token, look_at_share);
    view! {
        <Title text=title(move || t_string!(i18n, sharing.page_title)) />
        <main id="main">
            <Suspense>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(closed) => view! { <Closing closed token=untrack(token) /> }.into_any(),
                        Err(AppError(Problem::LinkDead)) => view! { <Dead /> }.into_any(),
                        Err(AppError(problem)) => view! { <Unknown problem /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

/// The button, and the field for the passcode where one is asked for.
#[component]
fn Closing(closed: Closed, token: String) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let problem = Signal::derive(move || {
        let wrong = |why| Some(Problem::invalid(Field::Passcode, why));
        match query.read().get_str("passcode")? {
            "missing" => wrong(Invalid::Missing),
            "wrong" => wrong(Invalid::Wrong),
            "busy" => Some(Problem::Busy { retry_s: 2 }),
            _ => None,
        }
    });
    let field = closed.tries_left.map(|left| {
        view! {
            <TextField field=Field::Passcode problem>
                {move || td_string!(i18n.get_locale(), sharing.passcode_hint, left = left)}
            </TextField>
        }
    });
    let from = company();
    view! {
        <form method="post" action=format!("{SHARED}/{}", encode(&token)) novalidate>
            <div>
                <h1 tabindex="-1">{t!(i18n, sharing.page_title)}</h1>
                <p class="lead">{move || td_string!(i18n.get_locale(), sharing.someone, company = from.clone())}</p>
            </div>
            <ErrorSummary title=move || t_string!(i18n, sharing.not_open) problem />
            {field}
            <button class="btn" data-kind="primary" data-wide>{t!(i18n, sharing.open)}</button>
        </form>
    }
}

/// The same for every reason.
#[component]
pub fn Dead() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="gate-text">
            <h1 tabindex="-1">{t!(i18n, sharing.page_title)}</h1>
            <Notice state="warn" title=move || t_string!(i18n, sharing.dead)>{t!(i18n, sharing.dead_why)}</Notice>
        </div>
    }
}

#[component]
pub fn Unknown(problem: Problem) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="gate-text">
            <h1 tabindex="-1">{t!(i18n, sharing.page_title)}</h1>
            <Fault title=move || t_string!(i18n, errors.title) problem />
        </div>
    }
}
