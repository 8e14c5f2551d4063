//! The part of the form about the calls themselves.

use leptos::prelude::*;
use model::{
    facts::Direction,
    filter::{Criterion, Filter},
    list::Known,
};

use super::{
    super::{
        chips::word,
        fields::{Line, Several, Ticked},
    },
    ChoicesResource, part,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    recordings::{page::List, words},
};

/// Which calls (98–101).
#[component]
pub fn Calls(list: List, choices: ChoicesResource) -> impl IntoView {
    let i18n = use_i18n();
    let directions = Direction::ALL.into_iter().map(move |direction| {
        let checked = part(list, move |filter| filter.directions.contains(&direction));
        view! {
            <Ticked name="direction" value=direction.name() checked>
                {move || words::direction(i18n.get_locale(), direction).1}
            </Ticked>
        }
    });
    let length = move |of: fn(&Filter) -> Option<u32>| {
        part(list, move |filter| of(filter).map(length_words).unwrap_or_default())
    };
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.call)}</legend>
            <div data-criterion=word(Criterion::Number)>
                <Line name="number" value=part(list, |filter| filter.numbers.join(", ")) label=Signal::derive(move || t_string!(i18n, recordings.number)) hint=Signal::derive(move || t_string!(i18n, filter.number_hint)) />
            </div>
            <div data-criterion=word(Criterion::Length) role="group" aria-labelledby="f-length">
                <span class="label" id="f-length">{t!(i18n, recordings.call_length)}</span>
                <span class="hint" id="f-length-hint">{t!(i18n, filter.length_hint)}</span>
                <div class="grid2">
                    <Line name="length-min" described="f-length-hint" value=length(|filter| filter.shortest_s) label=Signal::derive(move || t_string!(i18n, filter.length_min)) />
                    <Line name="length-max" described="f-length-hint" value=length(|filter| filter.longest_s) label=Signal::derive(move || t_string!(i18n, filter.length_max)) />
                </div>
            </div>
            <div role="group" aria-labelledby="f-direction" data-criterion=word(Criterion::Direction)>
                <span class="label" id="f-direction">{t!(i18n, recordings.direction)}</span>
                <div class="ticks">{directions.collect_view()}</div>
            </div>
            <Transition>
                {move || Suspend::new(async move {
                    let numbers = choices.await.unwrap_or_default().direct_numbers;
                    (!numbers.is_empty()).then(|| view! { <Rung list numbers /> })
                })}
            </Transition>
        </fieldset>
    }
}

/// The direct numbers that were rung.
#[component]
fn Rung(list: List, numbers: Vec<Known>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = part(list, |filter| filter.direct_numbers.len());
    let ticks = numbers.into_iter().map(move |known| {
        let value = known.value.clone();
        let checked = part(list, move |filter| filter.direct_numbers.contains(&value));
        view! { <Ticked name="ddi" value=known.value checked>{known.name}</Ticked> }
    });
    let label = Signal::derive(move || t_string!(i18n, filter.direct_numbers));
    view! { <Several criterion=Criterion::DirectNumber label chosen>{ticks.collect_view()}</Several> }
}

/// Seconds as people write them: `45`, `1:30`.
fn length_words(seconds: u32) -> String {
    if seconds < 60 {
        return seconds.to_string();
    }
    let words = crate::format::length(i64::from(seconds) * 1_000);
    words.trim_start_matches('0').to_owned()
}
