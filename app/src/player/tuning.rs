//! How fast, in a menu that also holds what there is no room for beside it: the volume, each speaker's level, and whether
//! silence is skipped.

use std::sync::Arc;

use leptos::{ev::Event, html::Input, prelude::*};

use super::{
    Track,
    bars::Who,
    drawing::set_number,
    labels::MuteLane,
    lanes::Lanes,
    player, speed,
    volume::{MuteButton, VolumeRange},
};
use crate::i18n::{t, t_string, use_i18n};

/// Shows the speed, and opens the menu.
#[component]
pub fn SpeedButton(
    /// Tells one menu of a page from another.
    name: &'static str,
) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let label = move || {
        t_string!(
            i18n,
            player.speed_is,
            speed = speed::number(i18n.get_locale(), player.speed.get())
        )
    };
    view! {
        <button
            class="btn speed"
            data-kind="quiet"
            data-size="s"
            type="button"
            popovertarget=format!("tuning-{name}")
            aria-label=label
        >
            {move || speed::words(i18n.get_locale(), player.speed.get())}
        </button>
    }
}

/// The menu.
#[component]
pub fn Tuning(
    /// Tells one menu of a page from another.
    name: &'static str,
    track: Arc<Track>,
) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    let speakers = Some(track.speakers()).filter(|speakers| speakers.len() > 1);
    let levels = speakers.map(|speakers| {
        let level = |&(who, channel): &(Who, u8)| view! { <LaneLevel track=track.clone() who channel /> };
        view! {
            <h2>{t!(i18n, player.speakers)}</h2>
            {speakers.iter().map(level).collect_view()}
        }
    });
    let preset = move |preset: u16| {
        view! {
            <label>
                <input
                    type="radio"
                    name=format!("tuning-{name}-speed")
                    value=speed::factor(preset).to_string()
                    prop:checked=move || player.speed.get() == preset
                    on:change=move |_| player.set_speed(preset)
                />
                {move || speed::words(i18n.get_locale(), preset)}
            </label>
        }
    };
    view! {
        <div
            class="float tuning"
            id=format!("tuning-{name}")
            popover="auto"
            data-up=""
            role="group"
            aria-label=move || t_string!(i18n, player.tuning)
        >
            <h2>{t!(i18n, player.speed)}</h2>
            <fieldset class="choices" data-grid="">
                <legend class="vh">{t!(i18n, player.speed)}</legend>
                {speed::PRESETS.into_iter().map(preset).collect_view()}
            </fieldset>
            <FreeSpeed />
            <h2>{t!(i18n, player.volume)}</h2>
            <div class="line">
                <MuteButton />
                <VolumeRange />
                <output>{move || t_string!(i18n, player.percent, number = player.volume.get())}</output>
            </div>
            {levels}
            <SkipSilence name track />
        </div>
    }
}

/// Whether silence is skipped; why it cannot be, where nobody has measured it.
#[component]
fn SkipSilence(name: &'static str, track: Arc<Track>) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    // Of a row of the list nothing is known yet, not even that.
    let unknown = track.overview.is_some() && track.talk.is_none();
    let why = format!("tuning-{name}-why");
    view! {
        <hr />
        <label class="check">
            <input
                class="switch"
                type="checkbox"
                role="switch"
                prop:checked=move || player.skips.get()
                aria-describedby=unknown.then(|| why.clone())
                on:change=move |event| player.skips.set(event_target_checked(&event))
            />
            {t!(i18n, player.skip_silence)}
        </label>
        {unknown.then(|| view! { <p class="hint" id=why>{t!(i18n, player.not_measured)}</p> })}
    }
}

/// How loud one speaker is.
#[component]
fn LaneLevel(track: Arc<Track>, who: Who, channel: u8) -> impl IntoView {
    let (player, i18n, range) = (player(), use_i18n(), NodeRef::<Input>::new());
    let (id, lane) = (track.id, usize::from(channel));
    let level = Memo::new(move |_| player.lanes_of(id).level.get(lane).copied().unwrap_or(100));
    Effect::new(move |_| {
        let (Some(range), level) = (range.get(), level.get()) else {
            return;
        };
        range.set_value(&level.to_string());
        set_number(&range, "--level", f64::from(level) / f64::from(Lanes::LOUDEST));
    });
    let set = move |event: Event| {
        if let Ok(chosen) = event_target_value(&event).parse::<u16>() {
            player.change_lanes(id, |lanes| {
                if let Some(level) = lanes.level.get_mut(lane) {
                    *level = chosen.min(Lanes::LOUDEST);
                }
            });
        }
    };
    let name = {
        let track = track.clone();
        move || track.name_of(who, i18n.get_locale()).unwrap_or_default()
    };
    let label = {
        let name = name.clone();
        move || t_string!(i18n, player.level_of, name = name())
    };
    view! {
        <div class="lane-level">
            <span>{name}</span>
            <div class="line">
                <MuteLane track who channel />
                <input
                    class="range vol"
                    node_ref=range
                    type="range"
                    min="0"
                    max=Lanes::LOUDEST.to_string()
                    step="10"
                    value="100"
                    aria-label=label
                    aria-valuetext=move || t_string!(i18n, player.percent, number = level.get())
                    on:input=set
                />
                <output>{move || t_string!(i18n, player.percent, number = level.get())}</output>
            </div>
        </div>
    }
}

/// Any speed between the slowest and the fastest.
#[component]
fn FreeSpeed() -> impl IntoView {
    let (player, i18n, range) = (player(), use_i18n(), NodeRef::<Input>::new());
    Effect::new(move |_| {
        let (Some(range), chosen) = (range.get(), player.speed.get()) else {
            return;
        };
        range.set_value(&speed::factor(chosen).to_string());
        set_number(
            &range,
            "--level",
            f64::from(chosen - speed::SLOWEST) / f64::from(speed::FASTEST - speed::SLOWEST),
        );
    });
    let set = move |event: Event| {
        if let Some(speed) = speed::parse(&event_target_value(&event)) {
            player.set_speed(speed);
        }
    };
    let words = move || speed::words(i18n.get_locale(), player.speed.get());
    let said = move || {
        t_string!(
            i18n,
            player.times,
            number = speed::number(i18n.get_locale(), player.speed.get())
        )
    };
    view! {
        <div class="line">
            <input
                class="range"
                node_ref=range
                type="range"
                min=speed::factor(speed::SLOWEST).to_string()
                max=speed::factor(speed::FASTEST).to_string()
                step="0.05"
                value="1"
                aria-label=move || t_string!(i18n, player.free_speed)
                aria-valuetext=said
                on:input=set
            />
            <output>{words}</output>
        </div>
    }
}
