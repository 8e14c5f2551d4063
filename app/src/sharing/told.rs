//! What a sending has come to: that it is on its way, and the passcode, which is shown this once.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use model::sharing::Sent;

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    player,
    ui::{Icon, Notice},
};

/// Where it stands.
pub const TOLD: &str = "#sent";
/// So long it is said that it is copied.
const SAID: Duration = Duration::from_secs(4);

/// That it is on its way; and the passcode.
#[component]
pub fn Told(sent: Sent) -> impl IntoView {
    let i18n = use_i18n();
    let Sent { receivers, passcode } = sent;
    let title = move || {
        if receivers == 1 {
            t_string!(i18n, sharing.sent_once).to_owned()
        } else {
            td_string!(i18n.get_locale(), sharing.sent_times, count = receivers)
        }
    };
    let code = passcode.map(|code| {
        view! {
            " "
            {t!(i18n, sharing.passcode_is)}
            " "
            <code class="passcode">{code.clone()}</code>
            " "
            <Copy code />
            " "
            {t!(i18n, sharing.passcode_now)}
        }
    });
    view! {
        <div id=TOLD.trim_start_matches('#') tabindex="-1" role="group" aria-label=title>
            <Notice state="ok" title>{t!(i18n, sharing.sent_why)} {code}</Notice>
        </div>
    }
}

/// Copies the passcode, and says whether it is copied. Where a browser does not let a page copy, one press on the code
/// chooses all of it.
#[component]
fn Copy(code: String) -> impl IntoView {
    let i18n = use_i18n();
    let copied = RwSignal::new(None);
    let copy = move |_| {
        let code = code.clone();
        spawn_local(async move {
            // What is said again is heard again.
            copied.try_set(None);
            let is_copied = player::copy(&code).await;
            copied.try_set(Some(is_copied));
            if is_copied {
                let fade = move || {
                    copied.try_update(|now| now.take_if(|is_copied| *is_copied));
                };
                set_timeout(fade, SAID);
            }
        });
    };
    let said = move || {
        copied.get().map(|is_copied| {
            if is_copied {
                t_string!(i18n, sharing.passcode_copied)
            } else {
                t_string!(i18n, sharing.passcode_not_copied)
            }
        })
    };
    let icon = Signal::derive(move || if copied.get() == Some(true) { "check" } else { "link" });
    view! {
        <span class="live">
            <button class="btn" data-kind="quiet" data-size="s" type="button" on:click=copy>
                <Icon name=icon />
                {t!(i18n, sharing.copy_passcode)}
            </button>
            " "
            <span role="status">{said}</span>
        </span>
    }
}
