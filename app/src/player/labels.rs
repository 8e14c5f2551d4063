//! Who is who in a wave, how much each speaks, and a button that silences one.

use std::sync::Arc;

use leptos::prelude::*;
use model::{facts::Sides, recording::RecordingDetail, sound::Talk};

use super::{
    Track,
    bars::{Who, speakers},
    player,
};
use crate::{
    i18n::{Locale, t_string, td_string, use_i18n},
    ui::Icon,
};

/// Who is who, in words beside the colours.
pub fn labels(track: &Arc<Track>, locale: Locale) -> impl IntoView + use<> {
    let talk = track.talk.as_ref();
    let speakers = track.speakers();
    let label = |&(who, channel): &(Who, u8)| {
        let words = match track.name_of(who, locale) {
            Some(name) => view! { <b>{name}</b> }.into_any(),
            None => view! {
                <b>{td_string!(locale, player.both)}</b>
                " "
                {td_string!(locale, player.in_one)}
            }
            .into_any(),
        };
        let speech = talk.and_then(|talk| talk.speech_ms.get(usize::from(channel)).copied());
        let mute = (speakers.len() > 1).then(|| view! { <MuteLane track=track.clone() who channel /> });
        view! {
            <span>
                <i class="sw" data-who=who.name()></i>
                {words}
                " "
                {speech.map(|ms| share(track, ms, locale, Some(td_string!(locale, player.of_time))))}
                {mute}
            </span>
        }
        .into_any()
    };
    let silence = talk.map(|talk| {
        view! { <span>{td_string!(locale, player.silence)} " " {share(track, talk.silent_ms, locale, None)}</span> }
    });
    (speakers.iter().map(label).collect_view(), silence)
}

/// A share of the whole sound.
fn share(track: &Track, ms: u32, locale: Locale, of: Option<&'static str>) -> impl IntoView + use<> {
    let percent = percent(ms, track.audio_ms);
    view! {
        <span class="num">{td_string!(locale, player.percent, number = percent)}</span>
        " "
        {of.map(|of| view! { <span class="vh">{of}</span> })}
    }
}

/// Rounded to whole hundredths.
fn percent(ms: u32, whole: i64) -> i64 {
    let whole = whole.max(1);
    ((i64::from(ms) * 100 + whole / 2) / whole).min(100)
}

/// Silences one speaker, and lets them be heard again.
#[component]
pub fn MuteLane(track: Arc<Track>, who: Who, channel: u8) -> impl IntoView {
    let (player, i18n, id, channel) = (player(), use_i18n(), track.id, usize::from(channel));
    let muted = Memo::new(move |_| player.lanes_of(id).muted.get(channel).copied().unwrap_or_default());
    let label = move || {
        let name = track.name_of(who, i18n.get_locale()).unwrap_or_default();
        t_string!(i18n, player.mute_lane, name = name)
    };
    let toggle = move |_| {
        player.change_lanes(id, |lanes| {
            if let Some(muted) = lanes.muted.get_mut(channel) {
                *muted = !*muted;
            }
        });
    };
    view! {
        <button
            class="ib live"
            data-size="s"
            type="button"
            aria-label=label
            aria-pressed=move || muted.get().to_string()
            on:click=toggle
        >
            <Icon name=Signal::derive(move || if muted.get() { "mute" } else { "vol" }) />
        </button>
    }
}

/// How often each speaker interrupted the other; none where that is not known.
#[must_use]
pub fn interruptions(detail: &RecordingDetail) -> Option<[(Who, u32); 2]> {
    counted(detail.talk.as_ref()?, detail.sides)
}

fn counted(talk: &Talk, sides: Sides) -> Option<[(Who, u32); 2]> {
    let channels = u8::try_from(talk.interruptions.len()).ok()?;
    let of = |(who, channel): (Who, u8)| Some((who, *talk.interruptions.get(usize::from(channel))?));
    match *speakers(sides, channels) {
        [one, two] => Some([of(one)?, of(two)?]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_whole_sound() {
        assert_eq!((percent(4_700, 10_000), percent(996, 100_000)), (47, 1));
        assert_eq!((percent(0, 0), percent(5, 0)), (0, 100));
    }

    #[test]
    fn interruptions_are_told_of_those_who_can_be_told_apart() {
        let talk = |interruptions| Talk {
            interruptions,
            ..Talk::default()
        };
        assert_eq!(
            counted(&talk(vec![3, 1]), Sides::OtherRecorded),
            Some([(Who::Agent, 1), (Who::Customer, 3)])
        );
        assert_eq!(counted(&talk(vec![]), Sides::RecordedOther), None);
        assert_eq!(counted(&talk(vec![3, 1]), Sides::Mixed), None);
    }
}
