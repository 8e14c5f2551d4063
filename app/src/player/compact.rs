//! The least of a player: what stays in sight of one who writes below, where the page is too narrow for more.

use std::sync::Arc;

use leptos::prelude::*;
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
    view! {
        <div
            class="compact"
            role="group"
            aria-label=move || t_string!(i18n, evaluation.player_here)
            data-held=move || player.holds(id).then_some("")
        >
            <PlayButton track=track.clone() />
            <Clock track />
            // The clock says the same.
            <progress aria-hidden="true" max=move || length.get().to_string() value=move || place.get().to_string()></progress>
        </div>
    }
}
