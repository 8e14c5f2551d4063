//! What stands where nothing else can: nothing there, not yet there, not to be had. Each says what, why, and what to do.

use leptos::{ev::MouseEvent, prelude::*, text_prop::TextProp};
use leptos_router::hooks::use_location;
use model::problem::Problem;

use super::{Icon, asset};
use crate::{
    error::sentence,
    i18n::{t, t_string, use_i18n},
};

/// The line of a sound in which nobody speaks.
#[component]
pub fn Silence() -> impl IntoView {
    let waves = asset("hark-waves");
    view! { <svg class="silence" aria-hidden="true"><use href=format!("{waves}#silence")></use></svg> }
}

/// Nothing is there. The children are what one can do about it: links that look like buttons.
#[component]
pub fn Empty(
    /// What is not there.
    #[prop(into)]
    title: TextProp,
    /// Why.
    #[prop(into)]
    why: TextProp,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Silence />
            <h2>{move || title.get()}</h2>
            <p>{move || why.get()}</p>
            <div class="row-end">{children()}</div>
        </div>
    }
}

/// Something could not be had. Offers to try again: with the callback where there is one, else by loading the page anew,
/// which also works before the page is awake. To one who is no longer signed in it offers the door, to one who owes
/// something the way to it.
#[component]
pub fn Fault(
    /// What could not be had.
    #[prop(into)]
    title: TextProp,
    /// Why.
    problem: Problem,
    /// What fetches it again.
    #[prop(optional)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let elsewhere = match &problem {
        Problem::SignedOut => Some(("/signin", "user")),
        Problem::Owes(step) => Some((step.address(), "next")),
        _ => None,
    };
    let address = move || {
        elsewhere.map_or_else(String::new, |(address, _)| {
            format!("{address}?next={}", location.pathname.get())
        })
    };
    let again = move |event: MouseEvent| {
        if let Some(retry) = retry.filter(|_| elsewhere.is_none()) {
            event.prevent_default();
            retry.run(());
        }
    };
    let word = move || match elsewhere {
        Some(("/signin", _)) => t_string!(i18n, errors.to_sign_in),
        Some(_) => t_string!(i18n, errors.to_step),
        None => t_string!(i18n, errors.retry),
    };
    view! {
        <div class="empty" data-state="error" role="alert">
            <Silence />
            <h2>{move || title.get()}</h2>
            <p>{move || sentence(&problem)}</p>
            <div class="row-end">
                <a class="btn" href=address rel="external" on:click=again>
                    <Icon name=elsewhere.map_or("retry", |(_, icon)| icon) />
                    {word}
                </a>
            </div>
        </div>
    }
}

/// Grey bars where words will come, and a word for those who do not see them.
#[component]
pub fn Loading(
    /// How many rows are on their way.
    #[prop(default = 5)]
    rows: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = || {
        view! {
            <div class="skel-row" aria-hidden="true">
                <i class="skel"></i>
                <i class="skel"></i>
                <i class="skel"></i>
                <i class="skel"></i>
                <i class="skel"></i>
            </div>
        }
    };
    view! {
        <div class="skels" role="status">
            <span class="vh">{t!(i18n, shell.loading)}</span>
            {std::iter::repeat_with(row).take(rows).collect_view()}
        </div>
    }
}
