//! What the list is narrowed to: a field to search in, a chip for each criterion, and one form that says them all.
//!
//! The form is a plain one: it works by its button before the page is awake. Once it is, the list follows what is chosen, and
//! the address with it.

mod chips;
mod fields;
mod live;
mod panel;

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use leptos_router::hooks::use_query_map;
use model::filter::{Criterion, Wrong};

use super::{criteria, page::List, query};
use crate::{
    i18n::{t, t_string, use_i18n},
    player::is_free,
    ui::{Icon, focus_first, letters},
};
use chips::Chips;
pub use live::Live;
pub use panel::FilterPanel;

/// The panel's name on the page.
pub const PANEL: &str = "filter";
/// What of the panel is wrong, for the fields that it is about.
const MISREAD: &str = "f-misread";

/// The line above the list.
#[component]
pub fn FilterBar(list: List, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(list);
    let any = Memo::new(move |_| list.query.read().filter.criteria().next().is_some());
    let params = use_query_map();
    let wrong = Memo::new(move |_| query::wrong(&params.read()));
    view! {
        <div class="filters">
            <Search list live />
            <Chips list />
            <span class="chip" data-add="">
                <button type="button" popovertarget=PANEL>
                    <Icon name="plus" size="s" />
                    {t!(i18n, filter.add)}
                </button>
            </span>
            <span class="end">
                <Show when=move || any.get()>
                    <a
                        class="btn"
                        data-kind="quiet"
                        data-size="s"
                        href="/recordings"
                    >
                        {t!(i18n, filter.reset)}
                    </a>
                </Show>
                {children()}
            </span>
            <Misread wrong id=None />
            <FilterPanel list live />
        </div>
    }
}

/// What of a filter nobody understands: it does not count, and that is said.
#[component]
fn Misread(#[prop(into)] wrong: Signal<Vec<Wrong>>, id: Option<&'static str>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="misread" role="status" id=id>
            {move || {
                let line = |wrong: &Wrong| {
                    view! { <p class="wrong"><Icon name="alert" />{criteria::wrong(i18n.get_locale(), wrong)}</p> }
                };
                wrong.read().iter().map(line).collect_view()
            }}
        </div>
    }
}

/// Words that are looked for everywhere. Everything else that the list is narrowed to goes along.
#[component]
fn Search(list: List, live: Live) -> impl IntoView {
    let i18n = use_i18n();
    let hidden = move || {
        let query = list.query.get();
        let rest = query.with(query.filter.without(Criterion::Text));
        rest.words()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    };
    let text = Memo::new(move |_| list.query.read().filter.text.clone().unwrap_or_default());
    let letters = letters();
    Effect::new(move |_| {
        let slash = window_event_listener(ev::keydown, move |event| {
            if event.key() == "/" && letters.get_untracked() && is_free(&event) {
                event.prevent_default();
                focus_first(&["#q"]);
            }
        });
        on_cleanup(move || slash.remove());
    });
    let leave = move |event: KeyboardEvent| {
        // The browser empties the field, and this is the first it says of it.
        if event.key() == "Escape" && !text.read_untracked().is_empty() {
            event.stop_propagation();
            live.search(String::new());
        }
    };
    view! {
        <form class="search" role="search" method="get" action="/recordings" on:submit=move |event| event.prevent_default()>
            {hidden}
            <label class="vh" for="q">{t!(i18n, filter.search)}</label>
            <span class="affix">
                <Icon name="search" />
                <fields::Typed
                    id="q"
                    name="q"
                    kind="search"
                    value=text
                    placeholder=Signal::derive(move || t_string!(i18n, filter.search_hint))
                    on:input=move |event| live.search(event_target_value(&event))
                    on:keydown=leave
                />
            </span>
        </form>
    }
}
