//! From page to page: by the place where one ends, so that every page costs the same.

use leptos::prelude::*;
use model::list::ListQuery;

use super::{page::Shown, query};
use crate::{
    format,
    i18n::{t, t_string, use_i18n},
};

/// How many of how many, to the first page, to the next.
#[component]
pub fn Pager(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let Shown { query, page, .. } = shown;
    let rows = u64::try_from(page.rows.len()).unwrap_or_default();
    let words = move || {
        let locale = i18n.get_locale();
        let (rows, total) = (format::count(locale, rows), format::count(locale, page.total));
        if query.after.is_none() {
            t_string!(i18n, recordings.first_of, rows = rows, total = total)
        } else {
            t_string!(i18n, recordings.some_of, rows = rows, total = total)
        }
    };
    let step = |address: Option<String>| {
        (
            address.is_none().then_some("true"),
            address.is_none().then_some("link"),
            address,
        )
    };
    let (no_first, first_role, first) = step(query.after.map(|_| query::list(ListQuery { after: None, ..query })));
    let (no_next, next_role, next) = step(page.next.map(|place| {
        query::list(ListQuery {
            after: Some(place),
            ..query
        })
    }));
    let steps = (first.is_some() || next.is_some()).then(|| {
        view! {
            <span class="end">
                <a class="btn" data-size="s" href=first role=first_role aria-disabled=no_first>{t!(i18n, recordings.first_page)}</a>
                <a class="btn" data-size="s" href=next role=next_role aria-disabled=no_next>{t!(i18n, recordings.next_page)}</a>
            </span>
        }
    });
    view! {
        <nav class="pager" aria-label=move || t_string!(i18n, recordings.pages)>
            <span>{words}</span>
            {steps}
        </nav>
    }
}
