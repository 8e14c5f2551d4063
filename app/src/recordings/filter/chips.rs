//! What the list is narrowed to, one chip each: press it to change it, or take it away.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use model::filter::{Criterion, Filter};

use super::{
    super::{
        criteria,
        page::{List, Shown},
        query,
    },
    PANEL,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    ui::Icon,
};

/// The chips of what is shown.
#[component]
pub fn Chips(list: List) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Transition>
            {move || {
                let locale = i18n.get_locale();
                Suspend::new(async move {
                    list.shown.await.ok().map(|shown| view! { <Row locale shown /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Row(locale: Locale, shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let filter = shown.query.filter.clone();
    let mut criteria: Vec<Criterion> = filter
        .criteria()
        .filter(|criterion| *criterion != Criterion::Text)
        .collect();
    // Which days are shown is always said.
    if !criteria.contains(&Criterion::Period) {
        criteria.insert(0, Criterion::Period);
    }
    let chips: Vec<_> = criteria
        .into_iter()
        .map(|criterion| chip(locale, criterion, &filter, &shown))
        .collect();
    view! { <ul class="chips" aria-label=move || t_string!(i18n, filter.chosen)>{chips}</ul> }
}

fn chip(locale: Locale, criterion: Criterion, filter: &Filter, shown: &Shown) -> impl IntoView + use<> {
    let name = criteria::name(locale, criterion);
    let value = criteria::value(locale, criterion, filter, &shown.page.units, &shown.page.now);
    let edit = td_string!(locale, filter.edit, name = name, value = value.clone());
    let remove = filter.has(criterion).then(|| {
        let address = query::filtered(&shown.query, filter.without(criterion));
        let label = td_string!(locale, filter.remove, name = name, value = value.clone());
        view! { <a href=address data-noscroll="" aria-label=label><Icon name="x" size="s" /></a> }
    });
    view! {
        <li class="chip" data-on="">
            <button type="button" popovertarget=PANEL aria-label=edit on:click=move |_| focus_field(criterion)>
                <span class="k">{name}</span>
                <b>{value}</b>
            </button>
            {remove}
        </li>
    }
}

/// The field with which it is changed gets the focus, once the panel is there.
fn focus_field(criterion: Criterion) {
    request_animation_frame(move || {
        let field = document().query_selector(&format!("#{PANEL} [data-criterion='{}'] input", word(criterion)));
        let field = field
            .ok()
            .flatten()
            .and_then(|field| field.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field {
            if let Ok(Some(details)) = field.closest("details")
                && details.set_attribute("open", "").is_err()
            {
                leptos::logging::warn!("a list of choices does not open");
            }
            if let Err(error) = field.focus() {
                leptos::logging::warn!("the focus could not be moved: {error:?}");
            }
        }
    });
}

/// By what a criterion's fields are found in the panel.
pub fn word(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Period => "period",
        Criterion::Hours => "hours",
        Criterion::OfficeHours => "office-hours",
        Criterion::Who => "who",
        Criterion::Unit(level) => level.name(),
        Criterion::Number => "number",
        Criterion::Length => "length",
        Criterion::Direction => "direction",
        Criterion::DirectNumber => "ddi",
        Criterion::Tag => "tag",
        Criterion::Flag => "flag",
        Criterion::Evaluated => "evaluated",
        Criterion::Score => "score",
        Criterion::Text => "q",
        Criterion::Limit => "limit",
    }
}
