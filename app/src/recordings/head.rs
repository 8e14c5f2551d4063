//! The page's first line: heading, stretches of days, how many and how long.

use leptos::{prelude::*, task::spawn_local};
use model::{
    filter::Filter,
    list::{ListQuery, Total},
    period::Period,
};

use super::{columns::ColumnsButton, download::Downloads, page::List, pager::limited, query, words};
use crate::{
    api,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    views::ViewLinks,
};

/// The stretches of days that are one step away; the others are in the filter.
const QUICK: [Period; 4] = [Period::Today, Period::Yesterday, Period::Last7, Period::All];

fn quick(locale: Locale, period: Period) -> &'static str {
    match period {
        Period::Today => td_string!(locale, recordings.today),
        Period::Yesterday => td_string!(locale, recordings.yesterday),
        Period::Last7 => td_string!(locale, recordings.last_7),
        _ => td_string!(locale, recordings.all),
    }
}

/// The first line.
#[component]
pub fn Head(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let view = move |period: Period| {
        let current = move || {
            let query = list.query.read();
            (query.view.is_none() && query.filter.period == period).then_some("page")
        };
        let address = query::filtered(
            &ListQuery::default(),
            Filter {
                period,
                ..Filter::default()
            },
        );
        view! { <a href=address aria-current=current>{move || quick(i18n.get_locale(), period)}</a> }
    };
    view! {
        <div class="head">
            <h1 tabindex="-1">{t!(i18n, recordings.title)}</h1>
            <nav class="views" aria-label=move || t_string!(i18n, recordings.views)>
                {QUICK.into_iter().map(view).collect_view()}
                <ViewLinks views=list.views query=list.query columns=list.columns />
            </nav>
            <Transition>
                {move || {
                    let locale = i18n.get_locale();
                    Suspend::new(async move {
                        let shown = list.shown.await.ok()?;
                        Some(view! { <Sum list locale filter=shown.query.filter total=shown.page.total /> })
                    })
                }}
            </Transition>
            <div class="end">
                <ColumnsButton list />
                <Downloads list name="all" meant=Signal::derive(move || list.query.get().first().words()) />
            </div>
        </div>
    }
}

/// `86 inspelningar · 2 tim 41 min`, and where the list ends before that. Where not all have been counted, they are counted now, while one reads.
#[component]
fn Sum(list: List, locale: Locale, filter: Filter, total: Total) -> impl IntoView {
    let exact = RwSignal::new(total);
    let narrowed = filter.clone();
    Effect::new(move |_| {
        if total.more {
            let filter = filter.clone();
            spawn_local(async move {
                if let Ok(total) = api::total_recordings(filter.clone()).await {
                    exact.try_set(total);
                    list.later.try_update(|later| later.exact = Some((filter, total)));
                }
            });
        }
    });
    move || {
        let total = exact.get();
        let (count, word) = words::total_count(locale, &total);
        let part = |(number, unit): (String, &'static str)| view! { " "<b>{number}</b>" "{unit} };
        let length = (total.count > 0 && !total.more)
            .then(|| view! { " ·"{words::total(locale, total.ms).into_iter().map(part).collect_view()} });
        let limited = limited(locale, &narrowed, &total).map(|limited| format!(" · {limited}"));
        view! { <span class="sum" role="status"><b>{count}</b>" "{word}{length}{limited}</span> }
    }
}
