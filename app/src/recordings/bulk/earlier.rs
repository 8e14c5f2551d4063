//! What was done to many before, each with its way back: also out of order, and after the page has been left.

use leptos::prelude::*;
use model::bulk::Done;

use super::{
    said::said,
    work::{Bulk, Work},
};
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Icon, hide_popover},
};

/// The panel's name on the page.
const PANEL: &str = "bulk-earlier";

/// To what was done before, where there is any.
#[component]
pub fn EarlierButton(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let there = Memo::new(move |_| !bulk.earlier().is_empty());
    let (busy, free) = (
        move || bulk.busy.get().then_some("true"),
        move || (!bulk.busy.get()).then_some(PANEL),
    );
    view! {
        <Show when=move || there.get()>
            <button class="btn" data-kind="quiet" data-size="s" type="button" popovertarget=free aria-disabled=busy>
                {t!(i18n, list.earlier_deeds)}
                <Icon name="chev" />
            </button>
        </Show>
    }
}

/// What was done before, newest first.
#[component]
pub fn Earlier(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let lines = move || {
        bulk.earlier()
            .into_iter()
            .map(|done| view! { <One bulk done /> })
            .collect_view()
    };
    view! {
        <div
            class="float earlier"
            id=PANEL
            popover="auto"
            data-up=""
            role="dialog"
            aria-label=move || t_string!(i18n, list.earlier_deeds)
        >
            <ul>{lines}</ul>
        </div>
    }
}

/// One of them.
#[component]
fn One(bulk: Bulk, done: Done) -> impl IntoView {
    let i18n = use_i18n();
    let Done {
        deed,
        at,
        undoing,
        progress,
    } = done;
    let about = format!("bulk-done-{}", progress.id);
    let work = Work {
        deed,
        progress,
        undoing,
        // Nothing goes on with it but who says so.
        stopped: true,
    };
    let told = {
        let work = work.clone();
        move || said(i18n.get_locale(), &work)
    };
    let undo = move |_| {
        hide_popover(PANEL);
        bulk.undo(work.clone());
    };
    let when = move || format::short(i18n.get_locale(), &at);
    view! {
        <li>
            <span id=about.clone()>{told} " " <span class="muted small nowrap">{when}</span></span>
            <button class="btn" data-size="s" type="button" aria-describedby=about on:click=undo>
                {move || td_string!(i18n.get_locale(), list.undo)}
            </button>
        </li>
    }
}
