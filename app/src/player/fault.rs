//! Why a sound cannot be played, in words, with a way out.

use std::sync::Arc;

use leptos::{ev::MouseEvent, prelude::*, web_sys::Element};
use model::id::RecordingId;

use super::{Track, browser, player};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Icon, focus_first},
};

/// Why a sound cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server does not answer.
    Unreachable,
    /// Nobody is signed in any longer.
    SignedOut,
    /// The recording is removed, or out of reach.
    Gone,
    /// The link by which one came is dead.
    Ended,
    /// The server answers, but cannot get at the sound.
    Storage,
    /// The sound is there, and the browser cannot play it.
    Broken,
    /// The browser wants a click first.
    Gesture,
}

impl Fault {
    /// From what the server answers to a question for the sound alone; none is no answer.
    const fn of_status(status: Option<u16>) -> Self {
        match status {
            None => Self::Unreachable,
            Some(200..=299) => Self::Broken,
            Some(401) => Self::SignedOut,
            Some(403 | 404 | 410) => Self::Gone,
            Some(_) => Self::Storage,
        }
    }
}

/// Finds out why a sound did not play: the element only says that it did not.
pub async fn diagnose(id: RecordingId) -> Fault {
    if crate::sharing::is_here() {
        return match Fault::of_status(browser::status(&format!("/media/{id}")).await) {
            Fault::Gone | Fault::SignedOut => Fault::Ended,
            other => other,
        };
    }
    match crate::account::api::whoami().await {
        Err(_) => Fault::Unreachable,
        Ok(None) => Fault::SignedOut,
        Ok(Some(_)) => Fault::of_status(browser::status(&format!("/media/{id}")).await),
    }
}

/// Says why this recording cannot be played; nothing when it can.
#[component]
pub fn PlayerFault(track: Arc<Track>) -> impl IntoView {
    let player = player();
    let id = track.id;
    let fault = Memo::new(move |_| player.fault_of(id));
    move || fault.get().map(|fault| view! { <Why fault track=track.clone() /> })
}

#[component]
fn Why(fault: Fault, track: Arc<Track>) -> impl IntoView {
    let i18n = use_i18n();
    let why = move || match fault {
        Fault::Unreachable => t_string!(i18n, player.unreachable),
        Fault::SignedOut => t_string!(i18n, player.signed_out),
        Fault::Gone => t_string!(i18n, player.gone),
        Fault::Ended => t_string!(i18n, player.link_ended),
        Fault::Storage => t_string!(i18n, player.storage),
        Fault::Broken => t_string!(i18n, player.broken),
        Fault::Gesture => t_string!(i18n, player.gesture),
    };
    let way_out = match fault {
        Fault::SignedOut => {
            let door = format!("/signin?next=/recordings/{}", track.id);
            view! { <a class="btn" data-size="s" href=door rel="external">{t!(i18n, errors.to_sign_in)}</a> }.into_any()
        }
        Fault::Gone => {
            view! { <a class="btn" data-size="s" href="/recordings">{t!(i18n, errors.to_recordings)}</a> }.into_any()
        }
        // Only whoever sent it has another.
        Fault::Ended => ().into_any(),
        _ => {
            let player = player();
            // The fault goes, and with it the button that has the focus; what it does is then done by the one beside it.
            let again = move |event: MouseEvent| {
                let row = event_target::<Element>(&event).closest(".player").ok().flatten();
                let beside = row.map_or(".transport [data-kind='play']", |_| ".player [data-kind='play']");
                focus_first(&[beside]);
                player.start(&track);
            };
            view! {
                <button class="btn" data-size="s" type="button" on:click=again>
                    <Icon name="retry" />
                    {t!(i18n, errors.retry)}
                </button>
            }
            .into_any()
        }
    };
    view! {
        <div class="player-error" role="alert">
            <Icon name="alert" />
            <p><b>{t!(i18n, player.cannot)}</b>" "{why}</p>
            {way_out}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_its_reason() {
        let reasons = [None, Some(206), Some(401), Some(404), Some(500), Some(503)].map(Fault::of_status);
        assert_eq!(
            reasons,
            [
                Fault::Unreachable,
                Fault::Broken,
                Fault::SignedOut,
                Fault::Gone,
                Fault::Storage,
                Fault::Storage
            ]
        );
    }
}
