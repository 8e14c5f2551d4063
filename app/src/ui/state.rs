//! What stands where nothing else can: nothing there, not yet there, not to be had. Each says what, why, and what to do.

use leptos::{ev::MouseEvent, prelude::*, text_prop::TextProp};
use leptos_router::hooks::use_location;
use model::problem::Problem;

use super::{Icon, asset};
use crate::{
    error::sentence,
    i18n::{Locale, t, td_string, use_i18n},
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
/// something the way to it, and from what is not there the way to the page above.
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
    let (icon, word): (_, fn(Locale) -> &'static str) = match &problem {
        Problem::SignedOut => ("user", |l| td_string!(l, errors.to_sign_in)),
        Problem::Owes(_) => ("next", |l| td_string!(l, errors.to_step)),
        Problem::NotFound => ("prev", |l| td_string!(l, errors.back)),
        _ => (RETRY, |l| td_string!(l, errors.retry)),
    };
    let address = {
        let (problem, path) = (problem.clone(), location.pathname);
        move || match &problem {
            Problem::SignedOut => format!("/signin?next={}", path.get()),
            Problem::Owes(step) => format!("{}?next={}", step.address(), path.get()),
            Problem::NotFound => above(&path.read()).to_owned(),
            _ => String::new(),
        }
    };
    let again = move |event: MouseEvent| {
        if let Some(retry) = retry.filter(|_| icon == RETRY) {
            event.prevent_default();
            retry.run(());
        }
    };
    view! {
        <div class="empty" data-state="error" role="alert">
            <Silence />
            <h2>{move || title.get()}</h2>
            <p>{move || sentence(&problem)}</p>
            <div class="row-end">
                <a class="btn" href=address rel="external" on:click=again>
                    <Icon name=icon />
                    {move || word(i18n.get_locale())}
                </a>
            </div>
        </div>
    }
}

const RETRY: &str = "retry";

/// The page that an address stands under.
fn above(path: &str) -> &str {
    let above = path
        .trim_end_matches('/')
        .rsplit_once('/')
        .map_or("", |(above, _)| above);
    if above.is_empty() { "/" } else { above }
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
