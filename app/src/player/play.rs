//! Buttons that command a recording: play and pause, stop, back and forward.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Track, player};
use crate::{
    i18n::{t_string, use_i18n},
    ui::Icon,
};

/// So far back or forward in one step, in milliseconds.
const STEP: i64 = 10_000;

/// Plays, and pauses what plays.
#[component]
pub fn PlayButton(track: Arc<Track>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let plays = Memo::new(move |_| player.plays(id));
    let waits = move || (player.waiting.get() && plays.get()).then_some("true");
    let label = move || {
        if plays.get() {
            t_string!(i18n, player.pause)
        } else {
            t_string!(i18n, player.play)
        }
    };
    view! {
        <button class="ib" data-kind="play" type="button" aria-label=label aria-busy=waits on:click=move |_| player.toggle(&track)>
            <Icon name=Signal::derive(move || if plays.get() { "pause" } else { "play" }) />
        </button>
    }
}

/// Stops, back at the beginning.
#[component]
pub fn StopButton(track: Arc<Track>) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    view! {
        <button class="ib" type="button" aria-label=move || t_string!(i18n, player.stop) on:click=move |_| player.stop(&track)>
            <Icon name="stop" />
        </button>
    }
}

/// Goes ten seconds back, or forward.
#[component]
pub fn SkipButton(
    track: Arc<Track>,
    forward: bool,
    /// Whether a narrow player may leave it out.
    #[prop(optional)]
    spare: bool,
) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let label = move || {
        if forward {
            t_string!(i18n, player.forward)
        } else {
            t_string!(i18n, player.back)
        }
    };
    let by = if forward { STEP } else { -STEP };
    view! {
        <button class="ib" type="button" data-skip=spare.then_some("") aria-label=label on:click=move |_| player.skip(&track, by)>
            <Icon name=if forward { "fwd" } else { "back" } size="l" />
        </button>
    }
}
