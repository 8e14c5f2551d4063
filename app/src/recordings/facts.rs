//! What is known of a call. What is not known has no line. What is done beside the player changes what is known: it is asked for anew
//! while the player stays as it is.

use leptos::{prelude::*, task::spawn_local};
use model::{id::RecordingId, recording::RecordingDetail};

use super::words;
use crate::{
    api, format,
    i18n::{Locale, td_string},
    player::{Who, interruptions},
};

/// What is known of the open recording since something was done to it; none while that is what came with it.
#[derive(Clone, Copy, Default)]
pub struct Renewed {
    known: RwSignal<Option<RecordingDetail>>,
    /// How often it was asked for: of two answers the later one holds, whichever comes first.
    asked: RwSignal<u32>,
}

impl Renewed {
    /// Asks anew of what is open. Where no answer comes, what is there stays.
    pub fn ask(self, open: Option<RecordingId>) {
        let Some(id) = open else { return };
        self.asked.update(|asked| *asked += 1);
        let mine = self.asked.get_untracked();
        spawn_local(async move {
            if let Ok(detail) = api::recording(id).await
                && self.asked.try_get_untracked() == Some(mine)
            {
                self.known.try_set(Some(detail));
            }
        });
    }

    /// Another recording is open.
    pub fn forget(self) {
        self.asked.update(|asked| *asked += 1);
        self.known.set(None);
    }

    /// Follows what is known.
    pub fn track(self) {
        self.known.track();
    }

    /// What is known of this one by now, where it has been asked for.
    pub fn of(self, id: RecordingId) -> Option<RecordingDetail> {
        self.known.get().filter(|detail| detail.row.id == id)
    }
}

/// The facts of a recording.
#[component]
pub fn Facts(locale: Locale, detail: RecordingDetail, renewed: Renewed) -> impl IntoView {
    move || facts(locale, renewed.of(detail.row.id).unwrap_or_else(|| detail.clone()))
}

fn facts(locale: Locale, detail: RecordingDetail) -> impl IntoView + use<> {
    let interrupted = interruptions(&detail).map(|counts| interrupted(locale, &detail, counts));
    let RecordingDetail {
        row,
        department,
        group,
        consent,
        rule,
        audio_ms,
        ..
    } = detail;
    let rung = row.number_rung.as_ref().map(|number| number.shown.clone());
    let other = words::other(locale, &row);
    // The two differ when the switch began or ended the sound elsewhere than the call (checklist 80); the clock shows
    // whole seconds, so less than one is no difference.
    let audio = (format::length(audio_ms) != format::length(row.call_ms)).then(|| format::length(audio_ms));
    let evaluated = row.verdict.map(|verdict| words::verdict(locale, &verdict));
    let consent = consent.map(|consent| words::consent(locale, consent));
    view! {
        <dl class="facts">
            {short(td_string!(locale, recordings.extension), Some(row.extension.clone()))}
            {short(td_string!(locale, recordings.department), department)}
            {short(td_string!(locale, recordings.user), row.person.clone())}
            {short(td_string!(locale, recordings.call_length), Some(format::length(row.call_ms)))}
            {short(td_string!(locale, recordings.audio_length), audio)}
            {short(td_string!(locale, recordings.group), group)}
            {short(td_string!(locale, recordings.consent), consent)}
            {short(td_string!(locale, recordings.evaluation), evaluated)}
            {long(td_string!(locale, recordings.number), Some(other))}
            {long(td_string!(locale, recordings.direct_number), rung)}
            {long(td_string!(locale, recordings.interrupted), interrupted)}
            {long(td_string!(locale, recordings.recorded_by), Some(words::rule(locale, &rule)))}
        </dl>
    }
}

/// Who began while the other spoke, in words.
fn interrupted(locale: Locale, detail: &RecordingDetail, counts: [(Who, u32); 2]) -> String {
    let words = counts.into_iter().filter(|(_, count)| *count > 0).map(|(who, count)| {
        let name = match who {
            Who::Customer => words::other(locale, &detail.row),
            Who::Agent | Who::Both => words::person(&detail.row),
        };
        if count == 1 {
            td_string!(locale, recordings.interrupted_once, name = name)
        } else {
            td_string!(locale, recordings.interrupted_times, name = name, number = count)
        }
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        td_string!(locale, recordings.interrupted_nobody).to_owned()
    } else {
        words.join(", ")
    }
}

/// A fact that shares its line with another.
fn short(name: &'static str, value: Option<impl IntoView + 'static>) -> impl IntoView {
    value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })
}

/// A fact with a line of its own.
fn long(name: &'static str, value: Option<String>) -> impl IntoView {
    value.map(|value| view! { <dt>{name}</dt><dd class="full">{value}</dd> })
}
