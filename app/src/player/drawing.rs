//! The drawing of a wave: what is heard strong, what is left half. The same in the first answer and in the browser.

use leptos::{ev, html::Div, prelude::*, web_sys::HtmlElement};

use super::{
    bars::{self, HEIGHT, Lane},
    zoom::Window,
};

/// The lanes, drawn twice: the heard part and the rest, which the style sheet cuts at `--at`.
#[component]
pub fn Drawing(
    /// Tells one drawing of a page from another.
    name: &'static str,
    lanes: Memo<Vec<Lane>>,
    bars: ReadSignal<u16>,
) -> impl IntoView {
    view! {
        <svg class="wave-svg" viewBox=move || view_box(bars.get()) preserveAspectRatio="none" aria-hidden="true">
            <g class="heard">
                <g id=format!("w-{name}")>{move || lanes.get().into_iter().map(lane).collect_view()}</g>
            </g>
            <g class="rest">
                <use href=format!("#w-{name}")></use>
            </g>
        </svg>
    }
}

/// The room of so many bars.
pub fn view_box(bars: u16) -> String {
    format!("0 0 {bars} {HEIGHT}")
}

/// One lane.
pub fn lane(lane: Lane) -> impl IntoView {
    view! {
        <g class="lane" data-who=lane.who.name()>
            <path class="peak" d=lane.peak></path>
            <path class="rms" d=lane.rms></path>
        </g>
    }
}

/// How many bars there is room for: as in the first answer at first, then as wide as the wave is.
pub fn fitting(wave: NodeRef<Div>) -> ReadSignal<u16> {
    let (bars, set_bars) = signal(bars::FIRST);
    let measure = move || {
        let width = wave
            .try_get_untracked()
            .flatten()
            .map(|wave| wave.client_width())
            .filter(|width| *width > 0);
        if let Some(fit) = width.map(bars::suiting)
            && fit != bars.get_untracked()
        {
            set_bars.set(fit);
        }
    };
    Effect::new(move |_| {
        wave.track();
        // With the next picture, for which the page is laid out anyway: asked for at once it would be laid out twice.
        request_animation_frame(measure);
        let listener = window_event_listener(ev::resize, move |_| measure());
        on_cleanup(move || listener.remove());
    });
    bars
}

/// The style sheet knows these three drawings; 200 bars are the plain one.
pub fn data_bars(bars: ReadSignal<u16>) -> impl Fn() -> Option<String> + Copy + Send + Sync + 'static {
    move || {
        Some(bars.get())
            .filter(|bars| *bars != bars::FIRST)
            .map(|bars| bars.to_string())
    }
}

/// Keeps `--at` and `--span` of a wave at where the playhead stands and at how much is in view.
pub fn follow(wave: NodeRef<Div>, window: Signal<Window>, place: Memo<i64>) {
    Effect::new(move |_| {
        let Some(wave) = wave.get() else { return };
        let (window, place) = (window.get(), place.get());
        let part = window.part();
        set_number(&wave, "--at", window.place(place));
        set_number(&wave, "--span", part.end - part.start);
    });
}

/// Sets a number that the style sheet reads. Not an attribute: the page's policy lets no style stand in the HTML.
pub fn set_number(element: &HtmlElement, name: &str, number: f64) {
    if element.style().set_property(name, &format!("{number:.5}")).is_err() {
        leptos::logging::warn!("{name} could not be set");
    }
}
