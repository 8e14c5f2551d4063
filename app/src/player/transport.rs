//! What one commands a recording with on its own page. Where nothing wakes it, the browser's own player stands there.

use std::sync::Arc;

use leptos::prelude::*;

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

/// The controls under a wave. Until they are awake, the page's first script plays and pauses the one sound there is
/// (`frontend/bundle/src/start.js`), and our player goes on with it as it is.
#[component]
pub fn Transport(
    track: Arc<Track>,
    /// Where the address asks to begin, in milliseconds.
    at: Option<i64>,
) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let fragment = at.map(|at| format!("#t={}", moment::word(at))).unwrap_or_default();
    let sound = format!("/media/{id}{fragment}");
    {
        let track = track.clone();
        Effect::new(move |_| player.go_on_with(&track));
    }
    // Once the page is awake nobody needs it.
    let browsers_own = (!is_awake()).then(|| browsers_own(&sound));
    view! {
        <div
            class="playback"
            data-sound=sound
            data-play=move || t_string!(i18n, player.play)
            data-pause=move || t_string!(i18n, player.pause)
        >
            {browsers_own}
            <fieldset class="transport">
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

/// No element of its own where there are scripts: it would be made, laid out, and never seen.
#[expect(
    clippy::disallowed_methods,
    reason = "an address is made of a number and a moment, and holds nothing of people's"
)]
fn browsers_own(sound: &str) -> impl IntoView + use<> {
    let audio = format!(r#"<audio class="fallback" controls preload="none" src="{sound}"></audio>"#);
    view! { <noscript inner_html=audio></noscript> }
}
