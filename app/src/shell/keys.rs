//! The keyboard shortcuts: a sheet behind `?` that lists what works here, and on the help page all of them.

use leptos::{ev::Event, prelude::*};
use leptos_router::hooks::use_location;

use crate::{
    forms::PAGE as FORMS,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    player::player,
    ui::{Icon, is_letter, letters, set_letters, toggle_popover, typing},
    waking::ready_in_turn,
};

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Always,
    /// In the list of recordings.
    List,
    /// Where there is a recording to hear.
    Sound,
    /// Where it is known when nobody speaks.
    Talk,
    /// Where digits lead into the sound, and answer no questions.
    Tenths,
    /// Where the open recording has a neighbour in the list.
    Neighbour,
    /// Where it has one, and questions are answered.
    Before,
    /// Where questions are answered.
    Answering,
    /// Where a form is built, but for its fields.
    Building,
}

/// What a key does, which keys do it, and where. A room adds its keys here, a line each. A key that is held with another is
/// written `Shift+P`, and named in `name`.
type Line = (When, fn(Locale) -> &'static str, &'static [&'static str]);

const LINES: &[Line] = &[
    (When::Answering, |l| td_string!(l, evaluation.key_answer), &["1", "9"]),
    (When::Answering, |l| td_string!(l, evaluation.key_na), &["N", "0"]),
    (When::Answering, |l| td_string!(l, evaluation.key_clear), &["Backspace"]),
    (When::Sound, |l| td_string!(l, shell.key_play), &["Space", "K"]),
    (When::Sound, |l| td_string!(l, shell.key_ten), &["J", "L"]),
    (When::Sound, |l| td_string!(l, shell.key_five), &["←", "→"]),
    (
        When::Talk,
        |l| td_string!(l, shell.key_passage),
        &["Shift+←", "Shift+→"],
    ),
    (When::Tenths, |l| td_string!(l, shell.key_part), &["0", "9"]),
    (When::Sound, |l| td_string!(l, shell.key_speed), &["<", ">"]),
    (When::Talk, |l| td_string!(l, shell.key_silence), &["S"]),
    (When::Sound, |l| td_string!(l, shell.key_mute), &["M"]),
    (When::Sound, |l| td_string!(l, shell.key_marks), &["I", "O"]),
    (When::Sound, |l| td_string!(l, shell.key_marked), &["Shift+P"]),
    (When::Neighbour, |l| td_string!(l, shell.key_neighbour), &["P", "N"]),
    (When::Before, |l| td_string!(l, evaluation.key_before), &["P"]),
    (When::Sound, |l| td_string!(l, shell.key_writing_play), &["Alt+K"]),
    (
        When::Sound,
        |l| td_string!(l, shell.key_writing_five),
        &["Alt+J", "Alt+L"],
    ),
    (When::List, |l| td_string!(l, shell.key_row), &["↑", "↓"]),
    (When::List, |l| td_string!(l, shell.key_open), &["Enter"]),
    (When::List, |l| td_string!(l, shell.key_pick), &["X"]),
    (
        When::List,
        |l| td_string!(l, shell.key_pick_more),
        &["Shift+↑", "Shift+↓"],
    ),
    (When::List, |l| td_string!(l, shell.key_bulk), &["B"]),
    (When::List, |l| td_string!(l, shell.key_search), &["/"]),
    (When::Building, |l| td_string!(l, forms.key_undo), &["Ctrl+Z"]),
    (
        When::Building,
        |l| td_string!(l, forms.key_redo),
        &["Ctrl+Shift+Z", "Ctrl+Y"],
    ),
    (When::Always, |l| td_string!(l, shell.key_keys), &["?"]),
    (When::Always, |l| td_string!(l, shell.key_close), &["Esc"]),
];

/// A key's name as it stands on keyboards of the language.
fn name(locale: Locale, key: &'static str) -> &'static str {
    match key {
        "Space" => td_string!(locale, shell.space),
        "Enter" => td_string!(locale, shell.enter),
        "Shift" => td_string!(locale, shell.shift),
        "Backspace" => td_string!(locale, shell.backspace),
        other => other,
    }
}

/// The keys of a line that work, with letters on or off.
fn working(keys: &'static [&'static str], letters: bool) -> impl Iterator<Item = &'static str> {
    keys.iter().copied().filter(move |key| letters || !is_letter(key))
}

/// The sheet itself, with the switch that turns single letters off.
#[component]
pub fn KeySheet(
    /// Tells one sheet of a page from another.
    name: &'static str,
    /// Whether it lists only what works where one is.
    #[prop(optional)]
    here: bool,
) -> impl IntoView {
    let (i18n, player, letters, path) = (use_i18n(), player(), letters(), use_location().pathname);
    let works = move |when: When| {
        let subject = || player.subject.get().or_else(|| player.track.get());
        match when {
            When::Always => true,
            When::List => is_list(&path.read()) && !player.answering.get(),
            When::Sound => subject().is_some(),
            When::Talk => subject().is_some_and(|track| track.talk.is_some()),
            When::Tenths => subject().is_some() && !player.answering.get(),
            When::Neighbour => {
                let there = player.neighbours.get();
                (there.before || there.after) && !player.answering.get()
            }
            When::Before => player.neighbours.get().before && player.answering.get(),
            When::Answering => player.answering.get(),
            When::Building => is_bench(&path.read()),
        }
    };
    let lines = move || {
        let (locale, letters) = (i18n.get_locale(), letters.get());
        let valid = LINES.iter().filter(|(when, ..)| !here || works(*when));
        let shown = valid.filter(|(.., keys)| working(keys, letters).next().is_some());
        shown
            .map(|(_, does, keys)| line(locale, does(locale), working(keys, letters)))
            .collect_view()
    };
    view! {
        <dl class="sheet">{lines}</dl>
        <LettersSwitch name />
    }
}

fn line(locale: Locale, does: &'static str, keys: impl Iterator<Item = &'static str>) -> impl IntoView {
    let key = |chord: &'static str| {
        let keys = chord.split('+').map(|key| view! { <kbd>{name(locale, key)}</kbd> });
        view! { <span class="chord">{keys.collect_view()}</span> }
    };
    view! {
        <div>
            <dt>{does}</dt>
            <dd>{keys.map(key).collect_view()}</dd>
        </div>
    }
}

/// Turns keys of a single sign off, and on again.
#[component]
fn LettersSwitch(name: &'static str) -> impl IntoView {
    let (i18n, letters, set) = (use_i18n(), letters(), set_letters());
    let hint = format!("letters-{name}");
    view! {
        <div class="letters live">
            <label class="check">
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    prop:checked=move || letters.get()
                    aria-describedby=hint.clone()
                    on:change=move |event: Event| set(event_target_checked(&event))
                />
                {t!(i18n, shell.letters)}
            </label>
            <p class="hint" id=hint>{t!(i18n, shell.letters_hint)}</p>
        </div>
    }
}

/// The sheet behind `?`: a popover, so that its buttons work before the page is awake. What plays, or is answered, nobody knows
/// before.
pub fn key_dialog() -> AnyView {
    let (i18n, path) = (use_i18n(), use_location().pathname);
    let all_that_counts = move || {
        let path = path.read_untracked();
        ("keys", i18n.get_locale_untracked(), is_list(&path), is_bench(&path))
    };
    ready_in_turn(0, all_that_counts, || view! { <KeyDialog /> })
}

/// Whether a path is of the list, or of a recording beside it.
fn is_list(path: &str) -> bool {
    path.starts_with("/recordings")
}

/// Whether a path is of a form that is being built.
fn is_bench(path: &str) -> bool {
    path.strip_prefix(FORMS).is_some_and(|form| form.starts_with('/'))
}

#[component]
fn KeyDialog() -> impl IntoView {
    let (i18n, letters) = (use_i18n(), letters());
    Effect::new(move || {
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "?" && letters.get_untracked() && !event.default_prevented() && !typing(&event) {
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
                <KeySheet name="here" here=true />
            </div>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_letters_what_needs_none_stays() {
        let left: Vec<&str> = LINES.iter().flat_map(|(.., keys)| working(keys, false)).collect();
        assert_eq!(
            left,
            [
                "Backspace",
                "Space",
                "←",
                "→",
                "Shift+←",
                "Shift+→",
                "Alt+K",
                "Alt+J",
                "Alt+L",
                "↑",
                "↓",
                "Enter",
                "Shift+↑",
                "Shift+↓",
                "Ctrl+Z",
                "Ctrl+Shift+Z",
                "Ctrl+Y",
                "Esc"
            ]
        );
        assert_eq!(working(&["Space", "K"], true).collect::<Vec<_>>(), ["Space", "K"]);
    }

    #[test]
    fn no_key_does_two_things_in_one_place() {
        for answering in [false, true] {
            let works = |when: When| match when {
                When::Answering | When::Before => answering,
                When::Tenths | When::Neighbour | When::List => !answering,
                When::Always | When::Sound | When::Talk | When::Building => true,
            };
            let lines = LINES.iter().filter(|(when, ..)| works(*when));
            let mut keys: Vec<&str> = lines.flat_map(|(.., keys)| *keys).copied().collect();
            let all = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), all, "{answering}");
        }
    }
}
