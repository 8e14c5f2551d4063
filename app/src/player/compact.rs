//! The least of a player: what stays in sight of one who writes below, where the page is too narrow for more. Not beside the whole
//! of it: where that is still in sight, this is not.

use std::sync::Arc;

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use model::id::RecordingId;

use super::{Track, clock::Clock, play::PlayButton, player};
use crate::i18n::{t_string, use_i18n};

/// Play, the time, and a line that says where one is. There once the page is awake.
#[component]
pub fn Compact(id: RecordingId) -> impl IntoView {
    let player = player();
    let track = RwSignal::new(None::<Arc<Track>>);
    // What is open is known a little longer than this is there.
    Effect::new(move |_| {
        track.try_set(player.open.get().filter(|track| track.id == id));
    });
    move || track.try_get().flatten().map(|track| view! { <Line track /> })
}

#[component]
fn Line(track: Arc<Track>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let place = Memo::new(move |_| player.place(id));
    let length = {
        let track = track.clone();
        Memo::new(move |_| player.length(&track))
    };
    let away = RwSignal::new(false);
    Effect::new(move |_| {
        let look = move || {
            let now = is_away();
            if away.try_get_untracked().is_some_and(|before| before != now) {
                away.set(now);
            }
        };
        look();
        let scrolled = window_event_listener(ev::scroll, move |_| look());
        let resized = window_event_listener(ev::resize, move |_| look());
        on_cleanup(move || {
            scrolled.remove();
            resized.remove();
        });
    });
    view! {
        <div
            class="compact"
            role="group"
            aria-label=move || t_string!(i18n, evaluation.player_here)
            data-held=move || player.holds(id).then_some("")
            data-away=move || away.get().then_some("")
        >
            <PlayButton track=track.clone() />
            <Clock track />
            // The clock says the same.
            <progress aria-hidden="true" max=move || length.get().to_string() value=move || place.get().to_string()></progress>
        </div>
    }
}

/// Whether the whole of the player has left the page, under its header.
fn is_away() -> bool {
    let there = |selector| document().query_selector(selector).ok().flatten();
    let (Some(sound), Some(header)) = (there(".detail > .sound"), there("header.top")) else {
        return true;
    };
    let (Ok(sound), Ok(header)) = (sound.dyn_into::<HtmlElement>(), header.dyn_into::<HtmlElement>()) else {
        return true;
    };
    let seen_from = window().scroll_y().unwrap_or_default() + f64::from(header.offset_height());
    f64::from(top(&sound) + sound.offset_height()) <= seen_from
}

/// How far down the page it begins.
fn top(element: &HtmlElement) -> i32 {
    let around = element
        .offset_parent()
        .and_then(|around| around.dyn_into::<HtmlElement>().ok());
    element.offset_top() + around.as_ref().map_or(0, top)
}
