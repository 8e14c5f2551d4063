//! When there is nothing to list: why, and where to go.

use leptos::prelude::*;
use model::{
    filter::{Criterion, Filter},
    list::{Instead, ListQuery},
};

use super::{criteria, page::Shown, query, words};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::Empty,
};

/// Nothing is found: what to let go of and how many there would then be, or how recordings come in.
#[component]
pub fn Nothing(locale: Locale, shown: Shown) -> impl IntoView {
    let Shown { query, page, settles } = shown;
    if page.instead.is_empty() {
        let why = if settles {
            td_string!(locale, recordings.how_they_come)
        } else {
            td_string!(locale, recordings.none_yet)
        };
        return view! {
            <Empty title=td_string!(locale, recordings.nothing_at_all) why>
                <a class="btn" href="/help">{td_string!(locale, recordings.to_help)}</a>
            </Empty>
        }
        .into_any();
    }
    let only_period = query.filter.criteria().all(|criterion| criterion == Criterion::Period);
    let title = if only_period {
        td_string!(locale, recordings.nothing_then)
    } else {
        td_string!(locale, recordings.nothing_found)
    };
    let ways: Vec<_> = page
        .instead
        .into_iter()
        .map(|other| {
            let words = way(locale, &other, &query.filter, &page.units, &page.now);
            let (count, noun) = words::total_count(locale, &other.total);
            let address = query::filtered(&query, other.filter);
            view! {
                <li>
                    <a class="btn" href=address>{words} <span class="muted">{format!("{count} {noun}")}</span></a>
                </li>
            }
        })
        .collect();
    view! {
        <Empty title why=td_string!(locale, recordings.nothing_why)>
            <ul class="ways">{ways}</ul>
        </Empty>
    }
    .into_any()
}

/// What one does to find that: `Utan Längd minst 5 s`, `Senaste 7 dagarna i stället`.
fn way(
    locale: Locale,
    other: &Instead,
    filter: &Filter,
    units: &[model::people::Unit],
    now: &model::instant::Stamp,
) -> String {
    match other.criterion {
        Some(Criterion::Period) => {
            td_string!(
                locale,
                recordings.instead_period,
                period = words::period(locale, other.filter.period, Some(now))
            )
        }
        Some(criterion) => td_string!(
            locale,
            recordings.instead_without,
            name = criteria::name(locale, criterion),
            value = short(&criteria::value(locale, criterion, filter, units, now))
        ),
        None => td_string!(locale, recordings.instead_reset).to_owned(),
    }
}

/// So much of a value as tells it from others.
fn short(value: &str) -> String {
    const ENOUGH: usize = 60;
    match value.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default().trim_end()),
        None => value.to_owned(),
    }
}

/// The list ends before this place.
#[component]
pub fn Past(query: ListQuery) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty title=move || t_string!(i18n, recordings.past_title) why=move || t_string!(i18n, recordings.past_why)>
            <a class="btn" href=query::list(&query.first())>{t!(i18n, recordings.first_page)}</a>
        </Empty>
    }
}
