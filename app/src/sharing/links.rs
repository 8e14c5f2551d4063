//! The links that were sent: to whom, how they stand, what became of them, and what closes one.

use leptos::{form::ActionForm, prelude::*};
use model::{
    letter::LetterFault,
    sharing::{Share, Standing},
};

use super::api::CloseLink;
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Confirm, hide_popover},
};

/// The list, newest first.
#[component]
pub fn Links(links: Vec<Share>, close: ServerAction<CloseLink>) -> impl IntoView {
    let i18n = use_i18n();
    let empty = links.is_empty();
    let list = links.into_iter().map(|share| view! { <One share close /> });
    view! {
        {empty.then(|| view! { <p class="muted small">{t!(i18n, sharing.no_links)}</p> })}
        <ul>{list.collect_view()}</ul>
    }
}

#[component]
fn One(share: Share, close: ServerAction<CloseLink>) -> impl IntoView {
    let i18n = use_i18n();
    let id = share.id;
    let to = StoredValue::new(share.to.clone());
    let button = share.standing.is_open().then(|| {
        let label = move || td_string!(i18n.get_locale(), sharing.close_to, to = to.get_value());
        let about = move || td_string!(i18n.get_locale(), sharing.close_about, to = to.get_value());
        let question = format!("close-{id}");
        // What comes of it is said beside the list, which the question would cover.
        let asked = question.clone();
        view! {
            <Confirm id=question word=move || t_string!(i18n, sharing.close) about icon="x" label=Signal::derive(label)>
                <ActionForm action=close>
                    <input type="hidden" name="id" value=id.to_string() />
                    <button class="btn" data-kind="danger" on:click=move |_| hide_popover(&asked)>
                        {t!(i18n, sharing.close)}
                    </button>
                </ActionForm>
            </Confirm>
        }
    });
    let state = match share.standing {
        Standing::Valid => "ok",
        Standing::Waiting => "warn",
        Standing::Unsent => "danger",
        Standing::Closed | Standing::Expired => "",
    };
    let (standing, fault) = (share.standing, share.fault.clone());
    let stands = move || standing_name(i18n.get_locale(), standing);
    let shown = StoredValue::new(share);
    let about = move || shown.with_value(|share| sent(i18n.get_locale(), share));
    let became = move || shown.with_value(|share| became(i18n.get_locale(), share));
    view! {
        <li>
            <div>
                <b>{to.get_value()}</b>
                <span class="state"><span class="dot" data-state=state></span>{stands}</span>
                {fault.map(|fault| view! { <Why fault /> })}
                <small class="muted">{about}</small>
                <small class="muted">{became}</small>
            </div>
            {button}
        </li>
    }
}

/// Why a letter was not taken: in our words, or in those of whoever refused it.
#[component]
fn Why(fault: LetterFault) -> impl IntoView {
    let i18n = use_i18n();
    match fault {
        LetterFault::Said(words) => view! { <small class="muted" lang="en">{words}</small> }.into_any(),
        LetterFault::Silent => view! { <small class="muted">{t!(i18n, outbox.fault_silent)}</small> }.into_any(),
        LetterFault::Closed => view! { <small class="muted">{t!(i18n, outbox.fault_closed)}</small> }.into_any(),
    }
}

fn standing_name(locale: Locale, standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => td_string!(locale, sharing.waiting),
        Standing::Unsent => td_string!(locale, sharing.unsent),
        Standing::Valid => td_string!(locale, sharing.valid),
        Standing::Closed => td_string!(locale, sharing.closed),
        Standing::Expired => td_string!(locale, sharing.expired),
    }
}

/// By whom, when and for how long; and what the receiver may and needs.
fn sent(locale: Locale, share: &Share) -> String {
    let mut words = td_string!(
        locale,
        sharing.sent_by,
        name = share.by.clone(),
        when = format::short(locale, &share.sent),
        until = format::short(locale, &share.until)
    );
    for (holds, word) in [
        (share.download, td_string!(locale, sharing.may_download)),
        (share.passcode, td_string!(locale, sharing.has_passcode)),
        (share.internal, td_string!(locale, sharing.has_internal)),
    ] {
        if holds {
            words.push_str(", ");
            words.push_str(word);
        }
    }
    words
}

/// How often it was opened, when last, and how much was heard.
fn became(locale: Locale, share: &Share) -> String {
    let when = share.last_opened.as_ref().map(|at| format::short(locale, at));
    let Some(when) = when else {
        return td_string!(locale, sharing.not_opened).to_owned();
    };
    let opened = if share.opened == 1 {
        td_string!(locale, sharing.opened_once, when = when)
    } else {
        let count = format::count(locale, share.opened.into());
        td_string!(locale, sharing.opened_times, count = count, when = when)
    };
    let heard = td_string!(locale, sharing.heard, heard = format::length(share.heard_ms));
    format!("{opened}, {heard}")
}
