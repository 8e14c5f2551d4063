//! The native range on top of a wave: clicked, dragged, moved by keys; its thumb is the playhead.

use std::sync::Arc;

use leptos::{
    ev::{Event, KeyboardEvent, PointerEvent},
    html::Input,
    prelude::*,
};

use super::{Track, player, track::moment, zoom::Window};
use crate::{format, i18n::use_i18n};

/// Where one is in a recording.
#[component]
pub fn Place(
    track: Arc<Track>,
    /// What the wave below shows.
    window: Signal<Window>,
    place: Memo<i64>,
    /// What a screen reader calls it.
    label: Signal<String>,
) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let (id, range) = (track.id, NodeRef::<Input>::new());
    let whole = Window::whole(window.get_untracked().total);
    let length = {
        let track = track.clone();
        Memo::new(move |_| player.length(&track))
    };
    // In this order: a range keeps its value between its ends.
    Effect::new(move |_| {
        let (Some(range), window) = (range.get(), window.get()) else {
            return;
        };
        range.set_min(&seconds(window.from));
        range.set_max(&seconds(window.to));
        range.set_value(&seconds(place.get()));
    });
    let second = Memo::new(move |_| place.get() / 1000 * 1000);
    let said = move || moment(i18n.get_locale(), second.get(), length.get());
    let dead = Memo::new(move |_| player.fault_of(id).is_some());
    let seek = {
        let track = track.clone();
        move |event: Event| {
            // Not `disabled`, which would take the focus away.
            if dead.get_untracked() {
                if let Some(range) = range.get_untracked() {
                    range.set_value(&seconds(place.get_untracked()));
                }
            } else if let Some(ms) = milliseconds(&event_target_value(&event)) {
                player.seek(&track, ms);
            }
        }
    };
    let press = move |event: KeyboardEvent| player.press(&track, &event);
    let hint = RwSignal::new(None);
    let hover = move |event: PointerEvent| {
        if let Some(range) = range.get_untracked() {
            let ms = under(window.get_untracked(), event.offset_x(), range.client_width());
            hint.set(Some(format::length(ms)));
        }
    };
    view! {
        <input
            class="wave-range live"
            node_ref=range
            type="range"
            min="0"
            max=seconds(whole.to)
            step="0.1"
            value="0"
            aria-label=label
            aria-valuetext=said
            title=move || hint.get()
            aria-disabled=move || dead.get().then_some("true")
            on:input=seek
            on:keydown=press
            on:pointermove=hover
            on:pointerleave=move |_| hint.set(None)
        />
    }
}

/// As a range holds it.
#[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
pub fn seconds(ms: i64) -> String {
    format!("{:.1}", ms as f64 / 1000.0)
}

/// From what a range holds.
#[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
pub fn milliseconds(seconds: &str) -> Option<i64> {
    seconds
        .parse::<f64>()
        .ok()
        .map(|seconds| (seconds * 1000.0).round() as i64)
}

/// The moment under the pointer.
fn under(window: Window, x: i32, width: i32) -> i64 {
    window.from + window.len() * i64::from(x.clamp(0, width)) / i64::from(width.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_speaks_of_seconds() {
        assert_eq!(
            (seconds(24_340), milliseconds("9.6"), milliseconds("")),
            ("24.3".into(), Some(9_600), None)
        );
    }

    #[test]
    fn the_pointer_stands_on_a_moment() {
        let window = Window {
            from: 10_000,
            to: 20_000,
            total: 60_000,
        };
        assert_eq!(
            [-3, 0, 50, 100, 130].map(|x| under(window, x, 100)),
            [10_000, 10_000, 15_000, 20_000, 20_000]
        );
        assert_eq!(under(window, 5, 0), 10_000);
    }
}
