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
    let is_first = query.after.is_none();
    let words = move || {
        let locale = i18n.get_locale();
        let (rows, total) = (format::count(locale, rows), format::count(locale, page.total.count));
        if is_first {
            t_string!(i18n, recordings.first_of, rows = rows, total = total)
        } else {
            t_string!(i18n, recordings.some_of, rows = rows, total = total)
        }
    };
    let first = (!is_first).then(|| query::list(&query.first()));
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
                <Step to=next>{t!(i18n, recordings.next_page)}</Step>
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

/// To another page. Where there is none it still can have the focus, which would otherwise be lost with the last step.
#[component]
fn Step(to: Option<String>, children: Children) -> impl IntoView {
    let none = to.is_none();
    view! {
        <a
            class="btn"
            data-size="s"
            href=to
            role=none.then_some("link")
            tabindex=none.then_some("0")
            aria-disabled=none.then_some("true")
        >
            {children()}
        </a>
    }
}
