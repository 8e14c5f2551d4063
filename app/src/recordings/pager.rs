//! From page to page: by the place where one ends, so that every page costs the same.

use leptos::prelude::*;

use model::list::ListQuery;

use super::{
    page::{List, Shown},
    query, words,
};
use crate::{
    format,
    i18n::{t, t_string, use_i18n},
};

/// How many of how many, to the first page, to the one before, to the next.
#[component]
pub fn Pager(list: List, shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let Shown { query, page, .. } = shown;
    let rows = u64::try_from(page.rows.len()).unwrap_or_default();
    let is_first = query.after.is_none();
    let said = move || {
        let locale = i18n.get_locale();
        let (total, noun) = words::total_count(locale, &page.total);
        let (rows, total) = (format::count(locale, rows), format!("{total} {noun}"));
        if is_first {
            t_string!(i18n, recordings.first_of, rows = rows, total = total)
        } else {
            t_string!(i18n, recordings.some_of, rows = rows, total = total)
        }
    };
    let first = (!is_first).then(|| query::list(&query.first()));
    let back = {
        let query = query.clone();
        Signal::derive(move || {
            let after = list.before(&query)?.after;
            Some(query::list(&ListQuery { after, ..query.clone() }))
        })
    };
    let next = page.next.map(|place| {
        query::list(&ListQuery {
            after: Some(place),
            ..query
        })
    });
    let steps = (first.is_some() || next.is_some()).then(|| {
        view! {
            <span class="end">
                <Step to=first>{t!(i18n, recordings.first_page)}</Step>
                <span class="live"><Step to=back>{t!(i18n, recordings.page_before)}</Step></span>
                <Step to=next>{t!(i18n, recordings.next_page)}</Step>
            </span>
        }
    });
    view! {
        <nav class="pager" aria-label=move || t_string!(i18n, recordings.pages)>
            <span>{said}</span>
            {steps}
        </nav>
    }
}

/// To another page. Where there is none it still can have the focus, which would otherwise be lost with the last step.
#[component]
fn Step(#[prop(into)] to: Signal<Option<String>>, children: Children) -> impl IntoView {
    let none = move || to.read().is_none();
    view! {
        <a
            class="btn"
            data-size="s"
            href=move || to.get()
            role=move || none().then_some("link")
            tabindex=move || none().then_some("0")
            aria-disabled=move || none().then_some("true")
        >
            {children()}
        </a>
    }
}
