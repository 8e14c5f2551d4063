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

/// Plays, and pauses what plays. What cannot be played is tried anew.
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
    let (player, i18n, dead) = (player(), use_i18n(), dead(&track));
    let stop = move |_| {
        if !dead.get_untracked() {
            player.stop(&track);
        }
    };
    view! {
        <button class="ib" type="button" aria-label=move || t_string!(i18n, player.stop) aria-disabled=said(dead) on:click=stop>
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
    let (player, i18n, dead) = (player(), use_i18n(), dead(&track));
    let label = move || {
        if forward {
            t_string!(i18n, player.forward)
        } else {
            t_string!(i18n, player.back)
        }
    };
    let by = if forward { STEP } else { -STEP };
    let skip = move |_| {
        if !dead.get_untracked() {
            player.skip(&track, by);
        }
    };
    view! {
        <button
            class="ib"
            type="button"
            data-skip=spare.then_some("")
            aria-label=label
            aria-disabled=said(dead)
            on:click=skip
        >
            <Icon name=if forward { "fwd" } else { "back" } size="l" />
        </button>
    }
}

/// Whether there is nothing to command, since the sound cannot be played.
fn dead(track: &Track) -> Memo<bool> {
    let (player, id) = (player(), track.id);
    Memo::new(move |_| player.fault_of(id).is_some())
}

/// Says so, and leaves the button where the focus may be: one that is `disabled` would lose it.
fn said(dead: Memo<bool>) -> impl Fn() -> Option<&'static str> {
    move || dead.get().then_some("true")
}
