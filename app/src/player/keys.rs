//! The keys of the player. They act from anywhere on the page, except where one writes and where the browser needs them.

use std::sync::Arc;

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

use super::{Player, Track, marks::Marks, speed};
use crate::ui::{is_letter, letters};

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
    Play,
    Pause,
    Stop,
    /// By so many milliseconds.
    Skip(i64),
    /// To the passage before, which begins where a silence ends.
    PassageBefore,
    PassageAfter,
    Slower,
    Faster,
    /// To so many tenths of the sound.
    Tenth(u8),
    Mute,
    /// Skips silence, or no longer.
    Silence,
    MarkBeginning,
    MarkEnd,
    PlayMarked,
    /// To the recording above in the list.
    Previous,
    Next,
}

impl Deed {
    /// Whether a key that is held does it again and again.
    const fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Skip(_) | Self::PassageBefore | Self::PassageAfter | Self::Slower | Self::Faster
        )
    }
}

/// What a key means that is pressed without Ctrl, Alt or Meta.
pub fn meaning(key: &str, shift: bool) -> Option<Deed> {
    // Capitals may also be on; Shift is what tells two keys apart.
    let deed = match (&*key.to_lowercase(), shift) {
        ("<", _) => Deed::Slower,
        (">", _) => Deed::Faster,
        (" " | "k", false) => Deed::Toggle,
        ("j", false) => Deed::Skip(-10_000),
        ("l", false) => Deed::Skip(10_000),
        ("arrowleft", false) => Deed::Skip(-5_000),
        ("arrowright", false) => Deed::Skip(5_000),
        ("arrowleft", true) => Deed::PassageBefore,
        ("arrowright", true) => Deed::PassageAfter,
        ("m", false) => Deed::Mute,
        ("s", false) => Deed::Silence,
        ("i", false) => Deed::MarkBeginning,
        ("o", false) => Deed::MarkEnd,
        ("p", true) => Deed::PlayMarked,
        ("p", false) => Deed::Previous,
        ("n", false) => Deed::Next,
        (digit, _) => return digit.parse().ok().filter(|tenths| *tenths <= 9).map(Deed::Tenth),
    };
    Some(deed)
}

/// What a key means that is pressed with Alt, also while one writes. By its place on the keyboard: with Alt some keyboards
/// write another sign.
pub fn alt_meaning(code: &str) -> Option<Deed> {
    match code {
        "KeyK" => Some(Deed::Toggle),
        "KeyJ" => Some(Deed::Skip(-5_000)),
        "KeyL" => Some(Deed::Skip(5_000)),
        _ => None,
    }
}

impl Player {
    /// Listens to keys as long as the page lives.
    pub(super) fn listen_to_keys(self) {
        let letters = letters();
        let listener = window_event_listener(ev::keydown, move |event| {
            if let Some(track) = self.subject()
                && (letters.get_untracked() || event.alt_key() || !is_letter(&event.key()))
            {
                self.press(&track, &event);
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Does what a key means, to this recording.
    pub(super) fn press(self, track: &Arc<Track>, event: &KeyboardEvent) {
        let alone = |deed: &Deed| !is_others(event, *deed);
        let deed = if event.alt_key() {
            alt_meaning(&event.code()).filter(|_| is_with_alt(event))
        } else {
            meaning(&event.key(), event.shift_key()).filter(alone)
        };
        let Some(deed) = deed.filter(|deed| self.can(track, *deed)) else {
            return;
        };
        event.prevent_default();
        if deed.may_repeat() || !event.repeat() {
            self.act(track, deed);
        }
    }

    /// Whether there is something to be done of that kind: a key that does nothing is left to others.
    fn can(self, track: &Track, deed: Deed) -> bool {
        let steps = self.neighbours.get_untracked();
        match deed {
            Deed::PassageBefore | Deed::PassageAfter | Deed::Silence => track.talk.is_some(),
            Deed::PlayMarked => untrack(|| self.marks_of(track.id)) != Marks::default(),
            Deed::Previous => steps.before,
            Deed::Next => steps.after && !self.answering.get_untracked(),
            Deed::Tenth(_) => !self.answering.get_untracked(),
            _ => true,
        }
    }

    /// Does it, to this recording.
    pub(super) fn act(self, track: &Arc<Track>, deed: Deed) {
        let place = || untrack(|| self.place(track.id));
        match deed {
            Deed::Toggle => self.toggle(track),
            Deed::Play => self.start(track),
            Deed::Pause => self.pause(),
            Deed::Stop => self.stop(track),
            Deed::Skip(by) => self.skip(track, by),
            Deed::PassageBefore => self.passage_before(track),
            Deed::PassageAfter => self.passage_after(track),
            Deed::Slower => self.set_speed(speed::slower(self.speed.get_untracked())),
            Deed::Faster => self.set_speed(speed::faster(self.speed.get_untracked())),
            Deed::Tenth(tenths) => self.seek(track, untrack(|| self.length(track)) * i64::from(tenths) / 10),
            Deed::Mute => self.toggle_mute(),
            Deed::Silence => self.skips.update(|skips| *skips = !*skips),
            Deed::MarkBeginning => self.mark(track.id, |marks| marks.beginning(place())),
            Deed::MarkEnd => self.mark_end(track),
            Deed::PlayMarked => self.play_marked(track),
            Deed::Previous => self.step("prev"),
            Deed::Next => self.step("next"),
        }
    }

    /// To a neighbour, by the link that the page has for it; what played goes on there.
    fn step(self, to: &str) {
        let link = document().query_selector(&format!("a[data-step='{to}'][href]"));
        let link = link.ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok());
        if let Some(link) = link {
            let loaded = self.track.with_untracked(|track| track.as_ref().map(|track| track.id));
            self.goes_on.set_value(loaded.is_some_and(|id| self.is_bidden(id)));
            link.click();
        }
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
    !(event.default_prevented()
        || held
        || event.is_composing()
        || is_within(event, FIELDS)
        || on_top(event.key() == "Escape"))
}

/// Whether Alt alone is held, and no dialog lies on top. With Ctrl it is the key that writes a third sign.
fn is_with_alt(event: &KeyboardEvent) -> bool {
    let others = event.ctrl_key() || event.meta_key() || event.shift_key();
    !(event.default_prevented() || others || event.is_composing() || on_top(false))
}

/// Whether a dialog lies on top of the page, or, where they count, a menu.
fn on_top(menus: bool) -> bool {
    let on_top = document().query_selector("dialog[open], :popover-open").ok().flatten();
    on_top.is_some_and(|top| menus || top.matches("dialog").is_ok_and(|dialog| dialog))
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
        assert_eq!(
            (meaning("I", false), meaning("o", false)),
            (Some(Deed::MarkBeginning), Some(Deed::MarkEnd))
        );
    }

    #[test]
    fn shift_is_part_of_signs_and_tells_keys_apart() {
        assert_eq!(
            (meaning(">", true), meaning("<", true), meaning("<", false)),
            (Some(Deed::Faster), Some(Deed::Slower), Some(Deed::Slower))
        );
        assert_eq!(
            (meaning("ArrowLeft", true), meaning("ArrowRight", true)),
            (Some(Deed::PassageBefore), Some(Deed::PassageAfter))
        );
        assert_eq!(
            (meaning("P", true), meaning("p", false)),
            (Some(Deed::PlayMarked), Some(Deed::Previous))
        );
        assert_eq!((meaning("K", true), meaning("M", true)), (None, None));
    }

    #[test]
    fn with_alt_the_place_of_the_key_counts() {
        assert_eq!(
            (alt_meaning("KeyK"), alt_meaning("KeyJ"), alt_meaning("KeyL")),
            (Some(Deed::Toggle), Some(Deed::Skip(-5_000)), Some(Deed::Skip(5_000)))
        );
        assert_eq!((alt_meaning("KeyT"), alt_meaning("ArrowLeft")), (None, None));
    }

    #[test]
    fn other_keys_are_left_alone() {
        for key in ["Enter", "Tab", "a", "F5", "10", "-1", "ArrowUp", ""] {
            assert_eq!(meaning(key, false), None, "{key}");
        }
    }
}
