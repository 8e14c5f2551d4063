//! The page's first line: heading, stretches of days, how many and how long.

use leptos::prelude::*;
use model::{list::ListQuery, period::Period};

use super::{page::List, query, words};
use crate::i18n::{t, t_string, use_i18n};

/// The first line.
#[component]
pub fn Head(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let view = move |period: Period| {
        let current = move || (list.query.get().period == period).then_some("page");
        let address = query::list(ListQuery { period, after: None });
        view! { <a href=address aria-current=current>{move || words::period(i18n.get_locale(), period)}</a> }
    };
    view! {
        <div class="head">
            <h1 tabindex="-1">{t!(i18n, recordings.title)}</h1>
            <nav class="views" aria-label=move || t_string!(i18n, recordings.views)>
                {Period::ALL.into_iter().map(view).collect_view()}
            </nav>
            <Transition>
                {move || {
                    let locale = i18n.get_locale();
                    Suspend::new(async move {
                        list.shown.await.ok().map(|shown| view! { <Sum locale total=shown.page.total ms=shown.page.total_ms /> })
                    })
                }}
            </Transition>
        </div>
    }
}

/// `86 inspelningar · 2 tim 41 min`.
#[component]
fn Sum(locale: crate::i18n::Locale, total: u64, ms: i64) -> impl IntoView {
    let (count, word) = words::count(locale, total);
    let part = |(number, unit): (String, &'static str)| view! { " "<b>{number}</b>" "{unit} };
    let length = (total > 0).then(|| view! { " ·"{words::total(locale, ms).into_iter().map(part).collect_view()} });
    view! { <span class="sum"><b>{count}</b>" "{word}{length}</span> }
}
