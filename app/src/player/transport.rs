//! What one commands a recording with on its own page. Until the page is awake, the browser's own player stands there.

use std::sync::Arc;

use leptos::{html::Audio, prelude::*};

use super::{
    Track,
    clock::Clock,
    moment,
    play::{PlayButton, SkipButton, StopButton},
    player,
    tuning::{SpeedButton, Tuning},
    volume::{MuteButton, VolumeRange},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Icon, is_awake},
};

/// The controls under a wave.
#[component]
pub fn Transport(
    track: Arc<Track>,
    /// Where the address asks to begin, in milliseconds; the browser's own player goes there too.
    at: Option<i64>,
) -> impl IntoView {
    let (i18n, id) = (use_i18n(), track.id);
    let fragment = at.map(|at| format!("#t={}", moment::word(at))).unwrap_or_default();
    let fallback = NodeRef::<Audio>::new();
    take_over(&track, fallback);
    // Not once the page is awake: made again it would ask for the sound, and someone would be told to have opened it.
    let browsers_own = (!is_awake()).then(|| {
        view! { <audio class="fallback" node_ref=fallback controls preload="none" src=format!("/media/{id}{fragment}")></audio> }
    });
    view! {
        <div class="playback">
            {browsers_own}
            <fieldset class="transport live">
                <legend class="vh">{t!(i18n, player.transport)}</legend>
                <PlayButton track=track.clone() />
                <StopButton track=track.clone() />
                <SkipButton track=track.clone() forward=false />
                <SkipButton track=track.clone() forward=true />
                <Clock track=track.clone() />
                <span class="end">
                    <MuteButton />
                    <VolumeRange />
                    <SpeedButton name="detail" />
                    <a class="ib" href=format!("/media/{id}/download") download="" aria-label=move || t_string!(i18n, player.download)>
                        <Icon name="down" />
                    </a>
                </span>
                <Tuning name="detail" track />
            </fieldset>
        </div>
    }
}

/// Should one have begun to listen before the page was awake, our player goes on where the browser's own was.
#[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
fn take_over(track: &Arc<Track>, fallback: NodeRef<Audio>) {
    let (player, track) = (player(), track.clone());
    Effect::new(move |_| {
        let Some(fallback) = fallback.get().filter(|fallback| !fallback.paused()) else {
            return;
        };
        if fallback.pause().is_ok() {
            player.seek(&track, (fallback.current_time() * 1000.0) as i64);
            player.start(&track);
        }
    });
}
