//! What is kept, what was done last, and one step back and on; always in sight.

use leptos::prelude::*;
use model::problem::Problem;

use super::{
    api::PAGE,
    desk::{Desk, State, Told},
    words,
};
use crate::{
    error::in_words,
    i18n::{t, td_string, use_i18n},
    ui::writing,
};

/// The bar.
#[component]
pub fn Bar(desk: Desk, anew: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = move || {
        let locale = i18n.get_locale();
        match desk.state.get() {
            State::Untouched => String::new(),
            State::Waiting => td_string!(locale, forms.waiting).to_owned(),
            State::Kept(at) => {
                let (hour, minute, _) = at.time;
                td_string!(locale, forms.draft_saved, time = format!("{hour:02}:{minute:02}"))
            }
            State::Failed(Problem::Changed) => td_string!(locale, forms.draft_changed).to_owned(),
            State::Failed(Problem::SignedOut) => td_string!(locale, forms.draft_signed_out).to_owned(),
            State::Failed(problem) => {
                let why = in_words(locale, &problem);
                if problem.may_pass() {
                    td_string!(locale, forms.draft_not_saved_again, why = why)
                } else {
                    td_string!(locale, forms.draft_not_saved, why = why)
                }
            }
        }
    };
    let failed = move || matches!(&*desk.state.read(), State::Failed(_)).then_some("");
    let changed = move || *desk.state.read() == State::Failed(Problem::Changed);
    // In another tab: what is here waits, and is kept as soon as one is back.
    let door = move || {
        let locale = i18n.get_locale();
        let (address, words) = match &*desk.state.read() {
            State::Failed(Problem::SignedOut) => ("/signin", td_string!(locale, errors.to_sign_in)),
            State::Failed(Problem::Owes(step)) => (step.address(), td_string!(locale, errors.to_step)),
            _ => return None,
        };
        let address = format!("{address}?next={PAGE}");
        Some(view! { <a class="btn" data-size="s" href=address target="_blank" rel="noopener external">{words}</a> })
    };
    let take_theirs = move |_| {
        desk.discard();
        anew.run(());
    };
    view! {
        <div class="bench-bar">
            <div role="status" class="removed"><Deed desk /></div>
            <span class="told" role="status" data-failed=failed>{state}</span>
            {door}
            <Steps desk />
            <Show when=changed>
                <button class="btn" data-size="s" type="button" on:click=take_theirs>{t!(i18n, forms.take_theirs)}</button>
                <button class="btn" data-size="s" type="button" on:click=move |_| desk.save_over()>{t!(i18n, forms.save_over)}</button>
            </Show>
            <span class="asleep">
                <button class="btn" data-size="s" name="do" value="preview">{t!(i18n, forms.preview)}</button>
            </span>
            <button class="btn asleep" data-kind="primary" data-size="s" name="do" value="save">{t!(i18n, forms.save_draft)}</button>
        </div>
    }
}

/// What was done last, or what was just taken back or done again.
#[component]
fn Deed(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let locale = i18n.get_locale();
        let (is_done, words) = match desk.told.read().as_ref()? {
            Told::Done(what) => (true, words::deed(locale, what)),
            Told::Undone(what) => (
                false,
                td_string!(locale, forms.undone, what = words::deed(locale, what)),
            ),
            Told::Redone(what) => (
                false,
                td_string!(locale, forms.redone, what = words::deed(locale, what)),
            ),
        };
        Some(view! { <span class:muted=!is_done>{words}</span> })
    }
}

/// One step back and one step on; each says what it is about. They stand where they stand, also while a deed is told: the
/// first of them then takes back this and nothing else. Keys do the same, but where one writes: there they are the browser's
/// own.
#[component]
fn Steps(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    Effect::new(move |_| {
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
            let step = match &*event.key().to_lowercase() {
                "z" if event.shift_key() => Desk::redo,
                "z" => |desk: Desk| desk.undo(false),
                "y" if !event.shift_key() => Desk::redo,
                _ => return,
            };
            if held && !event.default_prevented() && !writing(&event) {
                event.prevent_default();
                step(desk);
            }
        });
        on_cleanup(move || keys.remove());
    });
    let back = Memo::new(move |_| desk.last(|bench| &bench.past));
    let on = Memo::new(move |_| desk.last(|bench| &bench.future));
    let undo_what = move || {
        let locale = i18n.get_locale();
        let what = back.read().as_ref().map(|what| words::deed(locale, what))?;
        Some(td_string!(locale, forms.undo_what, what = what))
    };
    let redo_what = move || {
        let locale = i18n.get_locale();
        let what = on.read().as_ref().map(|what| words::deed(locale, what))?;
        Some(td_string!(locale, forms.redo_what, what = what))
    };
    let tells = Memo::new(move |_| matches!(&*desk.told.read(), Some(Told::Done(_))));
    // Who takes back what they were just told goes on where that was.
    let undo = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        desk.undo(tells.get_untracked());
    };
    let redo = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        desk.redo();
    };
    view! {
        <span class="steps">
            <button
                class="btn"
                data-size="s"
                id=move || if tells.get() { "undo" } else { "undo-last" }
                name="do"
                value="undo"
                title=undo_what
                aria-label=undo_what
                aria-keyshortcuts="Control+Z"
                disabled=move || back.read().is_none()
                on:click=undo
            >
                {t!(i18n, forms.undo)}
            </button>
            <button
                class="btn"
                data-size="s"
                id="redo"
                name="do"
                value="redo"
                title=redo_what
                aria-label=redo_what
                aria-keyshortcuts="Control+Shift+Z Control+Y"
                disabled=move || on.read().is_none()
                on:click=redo
            >
                {t!(i18n, forms.redo)}
            </button>
        </span>
    }
}
