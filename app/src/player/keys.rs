//! The keys of the player. They act from anywhere on the page, except where one writes and where the browser needs them.

use std::sync::Arc;

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::Element,
};

use super::{Player, Track, speed};

/// Where a key is written.
const FIELDS: &str = "input:not([type='range'], [type='radio'], [type='checkbox']), textarea, select, \
                      [contenteditable]:not([contenteditable='false'])";
/// What arrows move; the wave's own range is ours.
const MOVED: &str = "input[type='range']:not(.wave-range), input[type='radio']";
/// What the space bar presses; a link is followed by Enter alone.
const PRESSED: &str = "button, summary, [role='button'], audio, input[type='radio'], input[type='checkbox']";

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Toggle,
    /// By so many milliseconds.
    Skip(i64),
    Slower,
    Faster,
    /// To so many tenths of the sound.
    Tenth(u8),
    Mute,
}

/// What a key means that is pressed without Ctrl, Alt or Meta. Shift is part of some signs; letters and arrows with it
/// are left to others.
pub fn meaning(key: &str, shift: bool) -> Option<Deed> {
    let deed = match key {
        "<" => return Some(Deed::Slower),
        ">" => return Some(Deed::Faster),
        " " | "k" | "K" => Deed::Toggle,
        "j" | "J" => Deed::Skip(-10_000),
        "l" | "L" => Deed::Skip(10_000),
        "ArrowLeft" => Deed::Skip(-5_000),
        "ArrowRight" => Deed::Skip(5_000),
        "m" | "M" => Deed::Mute,
        digit => return digit.parse().ok().filter(|tenths| *tenths <= 9).map(Deed::Tenth),
    };
    (!shift).then_some(deed)
}

/// Listens as long as the page lives.
pub fn listen(player: Player) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if let Some(track) = player.subject() {
            press(player, &track, &event);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Does what a key means, to this recording.
pub fn press(player: Player, track: &Arc<Track>, event: &KeyboardEvent) {
    let Some(deed) = meaning(&event.key(), event.shift_key()).filter(|deed| !is_others(event, *deed)) else {
        return;
    };
    event.prevent_default();
    match deed {
        Deed::Toggle | Deed::Mute if event.repeat() => {}
        Deed::Toggle => player.toggle(track),
        Deed::Skip(by) => player.skip(track, by),
        Deed::Slower => player.set_speed(speed::slower(player.speed.get_untracked())),
        Deed::Faster => player.set_speed(speed::faster(player.speed.get_untracked())),
        Deed::Tenth(tenths) => player.seek(track, untrack(|| player.length(track)) * i64::from(tenths) / 10),
        Deed::Mute => player.toggle_mute(),
    }
}

/// Whether the key belongs to someone else: a field, the button or slider that has the focus, or a dialog on top.
fn is_others(event: &KeyboardEvent, deed: Deed) -> bool {
    !is_free(event)
        || (deed == Deed::Toggle && event.key() == " " && is_within(event, PRESSED))
        || (event.key().starts_with("Arrow") && is_within(event, MOVED))
}

/// Whether nobody writes, nothing lies on top of the page, and no key that changes others is held.
pub fn is_free(event: &KeyboardEvent) -> bool {
    let held = event.ctrl_key() || event.alt_key() || event.meta_key();
    let on_top = document().query_selector("dialog[open], :popover-open");
    !(event.default_prevented()
        || held
        || event.is_composing()
        || is_within(event, FIELDS)
        || on_top.is_ok_and(|found| {
            found.is_some_and(|top| top.matches("dialog").is_ok_and(|dialog| dialog) || event.key() == "Escape")
        }))
}

fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_its_meaning_with_capitals_on_too() {
        for key in [" ", "k", "K"] {
            assert_eq!(meaning(key, false), Some(Deed::Toggle), "{key}");
        }
        assert_eq!(
            (meaning("j", false), meaning("L", false)),
            (Some(Deed::Skip(-10_000)), Some(Deed::Skip(10_000)))
        );
        assert_eq!(
            (meaning("ArrowLeft", false), meaning("ArrowRight", false)),
            (Some(Deed::Skip(-5_000)), Some(Deed::Skip(5_000)))
        );
        assert_eq!(
            (meaning("0", false), meaning("9", true)),
            (Some(Deed::Tenth(0)), Some(Deed::Tenth(9)))
        );
    }

    #[test]
    fn shift_is_part_of_signs_and_reserved_with_letters() {
        assert_eq!(
            (meaning(">", true), meaning("<", true), meaning("<", false)),
            (Some(Deed::Faster), Some(Deed::Slower), Some(Deed::Slower))
        );
        assert_eq!(
            (meaning("ArrowLeft", true), meaning("K", true), meaning("M", true)),
            (None, None, None)
        );
    }

    #[test]
    fn other_keys_are_left_alone() {
        for key in ["Enter", "Tab", "a", "F5", "10", "-1", "ArrowUp", ""] {
            assert_eq!(meaning(key, false), None, "{key}");
        }
    }
}
