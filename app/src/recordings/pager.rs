//! From page to page: by the place where one ends, so that every page costs the same.

use leptos::prelude::*;

use model::{
    filter::Filter,
    list::{ListQuery, Total},
};

use super::{
    page::{List, Shown},
    query, words,
};
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
};

/// Which of how many, to the first page, to the one before, to the next.
#[component]
pub fn Pager(list: List, shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let Shown { query, page, .. } = shown;
    let rows = u64::try_from(page.rows.len()).unwrap_or_default();
    let is_first = query.after.is_none();
    // An address may say anything of how many have been passed.
    let passed = query.after.as_ref().map_or(0, |place| place.passed);
    let (from, to) = (passed.saturating_add(1), passed.saturating_add(rows));
    let (filter, found) = (query.filter.clone(), page.total);
    let said = move || {
        let locale = i18n.get_locale();
        let (total, noun) = words::total_count(locale, &found);
        let said = td_string!(
            locale,
            recordings.shown_of,
            from = format::count(locale, from),
            to = format::count(locale, to),
            total = format!("{total} {noun}")
        );
        match limited(locale, &filter, &found) {
            Some(limited) => format!("{said}, {limited}"),
            None => said,
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

/// That the list ends at its limit, where more is found.
pub fn limited(locale: Locale, filter: &Filter, found: &Total) -> Option<String> {
    let limit = u64::from(filter.limit);
    (limit > 0 && found.count > limit)
        .then(|| td_string!(locale, recordings.limited_to, limit = format::count(locale, limit)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_said_where_it_leaves_something_out() {
        let said = |limit, count| {
            let filter = Filter {
                limit,
                ..Filter::default()
            };
            let found = Total {
                count,
                ..Total::default()
            };
            limited(Locale::sv, &filter, &found)
        };
        assert_eq!(said(3, 27).as_deref(), Some("begränsat till 3"));
        assert_eq!((said(27, 27), said(0, 27)), (None, None));
    }
}
