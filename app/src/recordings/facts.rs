//! What is known of a call. What is not known has no line.

use leptos::prelude::*;
use model::recording::RecordingDetail;

use super::{row::FlagIcon, words};
use crate::{
    format,
    i18n::{Locale, td_string},
};

/// The facts of a recording.
#[component]
pub fn Facts(locale: Locale, detail: RecordingDetail) -> impl IntoView {
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
    // The icon has its name for those who do not see it; here the name is also seen.
    let flag = row.flag.map(|flag| {
        view! { <span class="state"><FlagIcon flag /><span aria-hidden="true">{words::flag(locale, flag)}</span></span> }
    });
    let evaluated = row.evaluated.then(|| td_string!(locale, recordings.evaluated));
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
            {short(td_string!(locale, recordings.flag), flag)}
            {short(td_string!(locale, recordings.evaluation), evaluated)}
            {long(td_string!(locale, recordings.number), Some(other))}
            {long(td_string!(locale, recordings.direct_number), rung)}
            {long(td_string!(locale, recordings.tag), row.tag.clone())}
            {long(td_string!(locale, recordings.recorded_by), Some(words::rule(locale, &rule)))}
        </dl>
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
