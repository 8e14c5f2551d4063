//! How fast, in a menu that also holds the volume, for where there is no room beside it.

use leptos::{ev::Event, html::Input, prelude::*};

use super::{
    drawing::set_number,
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
) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
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
