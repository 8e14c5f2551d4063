//! How loud.

use leptos::{ev::Event, html::Input, prelude::*};

use super::{drawing::set_number, player};
use crate::{
    i18n::{t_string, use_i18n},
    ui::Icon,
};

/// Mutes, and unmutes.
#[component]
pub fn MuteButton(
    /// Whether a narrow player may leave it out.
    #[prop(optional)]
    spare: bool,
) -> impl IntoView {
    let (player, i18n) = (player(), use_i18n());
    view! {
        <button
            class=if spare { "ib wide" } else { "ib" }
            type="button"
            aria-label=move || t_string!(i18n, player.mute)
            aria-pressed=move || player.muted.get().to_string()
            on:click=move |_| player.toggle_mute()
        >
            <Icon name=Signal::derive(move || if player.muted.get() { "mute" } else { "vol" }) />
        </button>
    }
}

/// Louder and quieter.
#[component]
pub fn VolumeRange(
    /// Whether a narrow player may leave it out.
    #[prop(optional)]
    spare: bool,
) -> impl IntoView {
    let (player, i18n, range) = (player(), use_i18n(), NodeRef::<Input>::new());
    Effect::new(move |_| {
        let (Some(range), volume) = (range.get(), f64::from(player.volume.get())) else {
            return;
        };
        range.set_value(&volume.to_string());
        set_number(&range, "--level", volume / 100.0);
    });
    let set = move |event: Event| {
        if let Ok(volume) = event_target_value(&event).parse() {
            player.set_volume(volume);
        }
    };
    view! {
        <input
            class=if spare { "range vol wide" } else { "range vol" }
            node_ref=range
            type="range"
            min="0"
            max="100"
            step="5"
            value="100"
            aria-label=move || t_string!(i18n, player.volume)
            aria-valuetext=move || t_string!(i18n, player.percent, number = player.volume.get())
            on:input=set
        />
    }
}
