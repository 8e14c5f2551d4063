//! The part of the form about people and the units they belong to.

use leptos::prelude::*;
use model::{
    filter::Criterion,
    people::{Level, Unit},
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
    recordings::{criteria, page::List},
};

/// Whose (96, 97).
#[component]
pub fn Whose(list: List, choices: ChoicesResource) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.whose)}</legend>
            <div data-criterion=word(Criterion::Who)>
                <Line name="who" list="f-people" value=part(list, |filter| filter.who.join(", ")) label=Signal::derive(move || t_string!(i18n, filter.who_long)) hint=Signal::derive(move || t_string!(i18n, filter.who_hint)) />
                <Transition>
                    {move || Suspend::new(async move {
                        let people = choices.await.unwrap_or_default().people.into_iter();
                        let options = people.map(|known| view! { <option value=known.value>{known.name}</option> });
                        view! { <datalist id="f-people">{options.collect_view()}</datalist> }
                    })}
                </Transition>
            </div>
            <Transition>
                {move || Suspend::new(async move {
                    let units = choices.await.unwrap_or_default().units;
                    let of = |level| units.iter().filter(move |unit| unit.level == level);
                    let levels = Level::ALL.into_iter().filter(|level| of(*level).next().is_some());
                    levels.map(|level| view! { <Units list level units=of(level).cloned().collect() /> }).collect_view()
                })}
            </Transition>
        </fieldset>
    }
}

/// The units of one level, behind a line that says how many are chosen.
#[component]
fn Units(list: List, level: Level, units: Vec<Unit>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = part(list, move |filter| filter.units_of(level).count());
    let ticks = units.into_iter().map(move |unit| {
        let id = unit.id;
        let checked = part(list, move |filter| filter.units.contains(&(level, id)));
        view! { <Ticked name=level.name() value=id.to_string() checked>{unit.name}</Ticked> }
    });
    view! {
        <Several criterion=Criterion::Unit(level) chosen label=Signal::derive(move || criteria::level_name(i18n.get_locale(), level))>
            {ticks.collect_view()}
        </Several>
    }
}
