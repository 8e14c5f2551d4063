//! What is known of a call. What is not known has no line. What is done beside the player changes what the list shows of it: that
//! is asked for anew, and not the sound, while the player stays as it is.

use leptos::{prelude::*, task::spawn_local};
use model::{
    facts::Consent,
    id::RecordingId,
    recording::{RecordingDetail, RecordingRow},
};

use super::words;
use crate::{
    api, format,
    i18n::{Locale, td_string},
    player::{Who, interruptions},
};

/// What the list shows of the open recording since something was done to it; none while that is what came with it.
#[derive(Clone, Copy, Default)]
pub struct Renewed {
    known: RwSignal<Option<RecordingRow>>,
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
            if let Ok(row) = api::read_row(id).await
                && self.asked.try_get_untracked() == Some(mine)
            {
                self.known.try_set(Some(row));
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
    pub fn of(self, id: RecordingId) -> Option<RecordingRow> {
        self.known.get().filter(|row| row.id == id)
    }
}

/// The facts of a recording.
#[component]
pub fn Facts(locale: Locale, detail: RecordingDetail, renewed: Renewed) -> impl IntoView {
    let interruptions = interruptions(&detail);
    let RecordingDetail {
        row,
        department,
        group,
        consent,
        rule,
        audio_ms,
        ..
    } = detail;
    let lasting = Lasting {
        department,
        group,
        consent,
        rule,
        audio_ms,
        interruptions,
    };
    move || {
        let row = renewed.of(row.id).unwrap_or_else(|| row.clone());
        facts(locale, &row, lasting.clone())
    }
}

/// What stays as it was, whatever is done to it.
#[derive(Clone)]
struct Lasting {
    department: Option<String>,
    group: Option<String>,
    consent: Option<Consent>,
    rule: String,
    audio_ms: i64,
    interruptions: Option<[(Who, u32); 2]>,
}

fn facts(locale: Locale, row: &RecordingRow, lasting: Lasting) -> impl IntoView + use<> {
    let Lasting {
        department,
        group,
        consent,
        rule,
        audio_ms,
        interruptions,
    } = lasting;
    let interrupted = interruptions.map(|counts| interrupted(locale, row, counts));
    let rung = row.number_rung.as_ref().map(|number| number.shown.clone());
    let other = words::other(locale, row);
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
fn interrupted(locale: Locale, row: &RecordingRow, counts: [(Who, u32); 2]) -> String {
    let words = counts.into_iter().filter(|(_, count)| *count > 0).map(|(who, count)| {
        let name = match who {
            Who::Customer => words::other(locale, row),
            Who::Agent | Who::Both => words::person(row),
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
