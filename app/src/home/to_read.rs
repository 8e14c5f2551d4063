//! Evaluations of one's own calls that wait to be read.

use leptos::prelude::*;
use model::evaluation::ToRead;

use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::Fault,
};

/// Nobody, where one is nobody who can be judged.
pub type ToReadResource = Resource<Result<Option<Vec<ToRead>>, AppError>>;

#[component]
pub fn ToReadCard(waiting: ToReadResource) -> impl IntoView {
    let i18n = use_i18n();
    let retry = Callback::new(move |()| waiting.refetch());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match waiting.await {
                    Ok(None) => ().into_any(),
                    Ok(Some(waiting)) => view! { <Card waiting /> }.into_any(),
                    Err(error) => view! { <Fault title=move || t_string!(i18n, evaluation.to_read_failed) problem=error.0 retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Card(waiting: Vec<ToRead>) -> impl IntoView {
    let i18n = use_i18n();
    let inside = if waiting.is_empty() {
        view! { <p class="muted">{t!(i18n, evaluation.to_read_none)}</p> }.into_any()
    } else {
        let lines = waiting.into_iter().map(|entry| view! { <Line entry /> });
        view! { <ul class="to-read">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="block" aria-labelledby="to-read">
            <header><h2 id="to-read">{t!(i18n, evaluation.to_read)}</h2></header>
            {inside}
        </section>
    }
}

/// Which call, who has judged it, and when.
#[component]
fn Line(entry: ToRead) -> impl IntoView {
    let i18n = use_i18n();
    let ToRead {
        recording,
        evaluator,
        call,
        done,
    } = entry;
    let which = move || {
        let locale = i18n.get_locale();
        td_string!(locale, evaluation.to_read_call, when = format::short(locale, &call))
    };
    let by = move || {
        let locale = i18n.get_locale();
        let when = format::short(locale, &done);
        td_string!(locale, evaluation.to_read_by, who = evaluator.clone(), when = when)
    };
    view! {
        <li>
            <a href=format!("/recordings/{recording}?period=all&part=evaluate")>{which}</a>
            " "
            <span class="muted small">{by}</span>
        </li>
    }
}
