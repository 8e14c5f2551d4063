//! The keyboard shortcuts, as a sheet behind `?` and on the help page.

use leptos::prelude::*;

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Icon, toggle_popover, typing},
};

/// What a key does, and which keys do it.
type Line = (fn(Locale) -> &'static str, fn(Locale) -> Vec<&'static str>);

const LINES: [Line; 10] = [
    (
        |l| td_string!(l, shell.key_play),
        |l| vec![td_string!(l, shell.space), "K"],
    ),
    (|l| td_string!(l, shell.key_ten), |_| vec!["J", "L"]),
    (|l| td_string!(l, shell.key_five), |_| vec!["←", "→"]),
    (|l| td_string!(l, shell.key_speed), |_| vec!["<", ">"]),
    (|l| td_string!(l, shell.key_part), |_| vec!["0", "9"]),
    (|l| td_string!(l, shell.key_mute), |_| vec!["M"]),
    (|l| td_string!(l, shell.key_row), |_| vec!["↑", "↓"]),
    (|l| td_string!(l, shell.key_open), |l| vec![td_string!(l, shell.enter)]),
    (|l| td_string!(l, shell.key_keys), |_| vec!["?"]),
    (|l| td_string!(l, shell.key_close), |_| vec!["Esc"]),
];

/// The sheet itself.
#[component]
pub fn KeySheet() -> impl IntoView {
    let i18n = use_i18n();
    let line = move |(does, keys): Line| {
        let keys = move || {
            keys(i18n.get_locale())
                .into_iter()
                .map(|key| view! { <kbd>{key}</kbd> })
                .collect_view()
        };
        view! {
            <div>
                <dt>{move || does(i18n.get_locale())}</dt>
                <dd>{keys}</dd>
            </div>
        }
    };
    view! { <dl class="sheet">{LINES.map(line).into_iter().collect_view()}</dl> }
}

/// The sheet behind `?`: a popover, so that its buttons work before the page is awake.
#[component]
pub fn KeyDialog() -> impl IntoView {
    let i18n = use_i18n();
    Effect::new(move || {
        let listener = window_event_listener(leptos::ev::keydown, |event| {
            if event.key() == "?" && !event.default_prevented() && !typing(&event) {
                event.prevent_default();
                toggle_popover("keys");
            }
        });
        on_cleanup(move || listener.remove());
    });
    view! {
        <dialog class="dialog" data-size="l" id="keys" popover="auto" aria-labelledby="keys-title">
            <div>
                <div class="titled">
                    <h2 id="keys-title">{t!(i18n, shell.keys)}</h2>
                    <button
                        class="ib"
                        data-size="s"
                        type="button"
                        popovertarget="keys"
                        popovertargetaction="hide"
                        aria-label=move || t_string!(i18n, shell.close)
                    >
                        <Icon name="x" />
                    </button>
                </div>
                <KeySheet />
            </div>
        </dialog>
    }
}
