//! The element that sounds, and the player's row at the foot of every page, which is there when something is loaded.

use std::sync::Arc;

use leptos::{html::Div, prelude::*};
use leptos_router::hooks::use_location;
use model::address::{SHARED, is_shared};

use super::{
    PlayerFault, Track, bars,
    clock::Clock,
    drawing::{self, Drawing},
    marks::Marks,
    place::Place,
    play::{PlayButton, SkipButton},
    player,
    tuning::{SpeedButton, Tuning},
    volume::{MuteButton, VolumeRange},
    zoom::Window,
};
use crate::{
    format,
    i18n::{t_string, use_i18n},
    ui::{Icon, focus_first},
};

/// What sounds. Stands first in the shell, so that it is there before anything that commands it.
#[component]
pub fn Loudspeaker() -> impl IntoView {
    let player = player();
    view! {
        <audio
            data-player=""
            node_ref=player.audio
            preload="none"
            on:durationchange=move |_| player.on_length()
            on:timeupdate=move |_| player.on_time()
            on:play=move |_| player.on_play()
            on:playing=move |_| player.waiting.set(false)
            on:waiting=move |_| player.waiting.set(true)
            on:pause=move |_| player.on_pause()
            on:ended=move |_| player.on_ended()
            on:error=move |_| player.on_error()
        ></audio>
    }
}

/// The row. Stands last in the shell.
#[component]
pub fn PlayerRow() -> impl IntoView {
    let player = player();
    move || player.track.get().map(|track| view! { <Row track /> })
}

#[component]
fn Row(track: Arc<Track>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let subtitle = {
        let track = track.clone();
        move || track.subtitle(i18n.get_locale())
    };
    // The passage is no more, nor the button that said so.
    let stop_repeating = move |_| {
        focus_first(&[".player [data-kind='play']"]);
        player.mark(id, |_| Marks::default());
    };
    let repeated = move || {
        let (from, to) = player.marks_of(id).passage()?;
        let passage = format!("{}–{}", format::length(from), format::length(to));
        let label = move || t_string!(i18n, player.stop_repeating);
        Some(view! {
            <button class="btn repeats" data-kind="quiet" data-size="s" type="button" title=label on:click=stop_repeating>
                <Icon name="loop" />
                <span class="num">{passage}</span>
                <span class="vh">{label}</span>
            </button>
        })
    };
    // The row goes, and with it the button that has the focus.
    let close = move |_| {
        focus_first(&[".transport [data-kind='play']", "main h1"]);
        player.close();
    };
    // One who has come by a link has no other page of it.
    let path = use_location().pathname;
    let page = move || {
        if is_shared(&path.read()) {
            SHARED.to_owned()
        } else {
            format!("/recordings/{id}")
        }
    };
    view! {
        <section class="player" aria-label=move || t_string!(i18n, player.player)>
            <div class="keys">
                <SkipButton track=track.clone() forward=false spare=true />
                <PlayButton track=track.clone() />
                <SkipButton track=track.clone() forward=true spare=true />
            </div>
            <div class="now">
                <a href=page>{track.person.clone()}</a>
                <small>{subtitle}</small>
            </div>
            <Sound track=track.clone() />
            <div class="tune">
                {repeated}
                <Clock track=track.clone() />
                <MuteButton spare=true />
                <VolumeRange spare=true />
                <SpeedButton name="player" />
                <a
                    class="ib wide"
                    href=format!("/media/{id}/download")
                    download=""
                    aria-label=move || t_string!(i18n, player.download_this)
                >
                    <Icon name="down" />
                </a>
                <button class="ib" type="button" aria-label=move || t_string!(i18n, player.close) on:click=close>
                    <Icon name="x" />
                </button>
                <Tuning name="player" track />
            </div>
        </section>
    }
}

/// The whole wave, or why there is nothing to hear.
#[component]
fn Sound(track: Arc<Track>) -> impl IntoView {
    let player = player();
    let id = track.id;
    let failed = Memo::new(move |_| player.fault_of(id).is_some());
    move || {
        if failed.get() {
            view! { <PlayerFault track=track.clone() /> }.into_any()
        } else {
            view! { <Strip track=track.clone() /> }.into_any()
        }
    }
}

#[component]
fn Strip(track: Arc<Track>) -> impl IntoView {
    let (player, i18n, id) = (player(), use_i18n(), track.id);
    let wave = NodeRef::<Div>::new();
    let place = Memo::new(move |_| player.place(id));
    let fit = drawing::fitting(wave);
    let length = {
        let track = track.clone();
        Memo::new(move |_| player.length(&track))
    };
    let window = Signal::derive(move || Window::whole(length.get()));
    let lanes = {
        let track = track.clone();
        Memo::new(move |_| match &track.overview {
            Some(whole) => bars::lanes(whole, track.sides, 0.0..1.0, fit.get()),
            None => vec![],
        })
    };
    drawing::follow(wave, window, place);
    let label = Signal::derive(move || t_string!(i18n, player.place_playing).to_owned());
    view! {
        <div class="wave" node_ref=wave data-bars=drawing::data_bars(fit)>
            <Drawing name="player" lanes bars=fit />
            <Place track window place label />
        </div>
    }
}
