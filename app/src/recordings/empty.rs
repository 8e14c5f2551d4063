//! When there is nothing to list: why, and where to go.

use leptos::prelude::*;
use model::{list::ListQuery, period::Period};

use super::{page::Shown, query, words};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Empty,
};

/// Nothing in these days: the nearest days with something, or how recordings come in.
#[component]
pub fn Nothing(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let period = shown.query.period;
    let title = move || words::nothing(i18n.get_locale(), period);
    if let Some(there) = shown.elsewhere {
        let address = query::list(ListQuery {
            period: there.period,
            after: None,
        });
        let why = move || {
            let locale = i18n.get_locale();
            t_string!(i18n, recordings.newest, day = words::day(locale, &there.newest))
        };
        view! {
            <Empty title why>
                <a class="btn" href=address>{move || words::show(i18n.get_locale(), there.period)}</a>
            </Empty>
        }
        .into_any()
    } else {
        let settles = shown.settles;
        let why = move || {
            if settles {
                t_string!(i18n, recordings.how_they_come)
            } else {
                t_string!(i18n, recordings.none_yet)
            }
        };
        view! {
            <Empty title=move || words::nothing(i18n.get_locale(), Period::All) why>
                <a class="btn" href="/help">{t!(i18n, recordings.to_help)}</a>
            </Empty>
        }
        .into_any()
    }
}

/// The list ends before this place.
#[component]
pub fn Past(query: ListQuery) -> impl IntoView {
    let i18n = use_i18n();
    let first = query::list(ListQuery { after: None, ..query });
    view! {
        <Empty title=move || t_string!(i18n, recordings.past_title) why=move || t_string!(i18n, recordings.past_why)>
            <a class="btn" href=first>{t!(i18n, recordings.first_page)}</a>
        </Empty>
    }
}
