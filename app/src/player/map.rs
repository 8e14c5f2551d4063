//! The whole sound in a strip below the wave: of a long call always, of a short one while one looks closer.

use leptos::{ev::Event, html::Input, prelude::*};

use super::{
    bars::{self, Lane},
    drawing::{self, view_box},
    place::{milliseconds, seconds},
    zoom::Window,
};
use crate::{
    format,
    i18n::{t_string, use_i18n},
};

/// A call that is longer has its strip always, in milliseconds.
const LONG: i64 = 10 * 60_000;

/// Whether the strip stands below a wave.
pub const fn has_map(window: Window) -> bool {
    !window.is_whole() || window.total >= LONG
}

/// The whole sound in a strip, with the stretch that is in view.
#[component]
pub fn Map(
    /// Of the whole sound, in as many bars as the first answer has.
    lanes: Vec<Lane>,
    window: RwSignal<Window>,
) -> impl IntoView {
    let (i18n, range) = (use_i18n(), NodeRef::<Input>::new());
    Effect::new(move |_| {
        let (Some(range), window) = (range.get(), window.get()) else {
            return;
        };
        range.set_max(&seconds(window.total - window.len()));
        range.set_value(&seconds(window.from));
    });
    let words = move || {
        let Window { from, to, .. } = window.get();
        t_string!(
            i18n,
            player.from_to,
            from = format::length(from),
            to = format::length(to)
        )
    };
    let scroll = move |event: Event| {
        if let Some(from) = milliseconds(&event_target_value(&event)) {
            window.update(|window| *window = window.moved(from));
        }
    };
    view! {
        <div class="wave-map">
            <svg class="wave-svg" viewBox=view_box(bars::FIRST) preserveAspectRatio="none" aria-hidden="true">
                {lanes.into_iter().map(drawing::lane).collect_view()}
            </svg>
            <input
                class="wave-scroll live"
                node_ref=range
                type="range"
                min="0"
                step="0.1"
                aria-label=move || t_string!(i18n, player.in_view)
                aria-valuetext=words
                on:input=scroll
            />
        </div>
    }
}
