//! The part of the form about time.

use leptos::prelude::*;
use model::{
    filter::{Criterion, Hours},
    period::Period,
};

use super::{
    super::{
        PANEL,
        chips::word,
        fields::{Line, Ticked},
    },
    part,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    recordings::{page::List, words},
};

/// Which days and hours (92–94).
#[component]
pub fn When(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let own = part(list, |filter| matches!(filter.period, Period::Days { .. }));
    let day = move |from: bool| {
        part(list, move |filter| match filter.period {
            Period::Days { from: Some(day), .. } if from => day.to_string(),
            Period::Days { to: Some(day), .. } if !from => day.to_string(),
            _ => String::new(),
        })
    };
    // A day of the end is as good as none: then the field is empty.
    let hour = move |from: bool| {
        part(list, move |filter| match filter.hours {
            Some(hours) if from => Hours::word(hours.from),
            Some(hours) if hours.to < Hours::DAY => Hours::word(hours.to),
            _ => String::new(),
        })
    };
    // Which week it is the list knows.
    let name_of = move |period| {
        let seen = list.seen.read();
        words::period(i18n.get_locale(), period, seen.as_ref().map(|seen| &seen.page.now))
    };
    let periods = Period::RELATIVE.into_iter().filter_map(move |period| {
        let name = period.name()?;
        let checked = part(list, move |filter| filter.period == period);
        Some(view! { <Ticked name="period" value=name checked round=true>{move || name_of(period)}</Ticked> })
    });
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.when)}</legend>
            <div class="ticks" data-criterion=word(Criterion::Period) role="group" aria-label=move || t_string!(i18n, filter.period)>
                {periods.collect_view()}
                <Ticked name="period" value="own" checked=own round=true>{t!(i18n, filter.own)}</Ticked>
            </div>
            <div class="grid2">
                <Line name="from" kind="date" value=day(true) on:input=choose_own label=Signal::derive(move || t_string!(i18n, filter.from)) />
                <Line name="to" kind="date" value=day(false) on:input=choose_own label=Signal::derive(move || t_string!(i18n, filter.to)) />
            </div>
            <div class="grid2" data-criterion=word(Criterion::Hours)>
                <Line name="time-from" kind="time" value=hour(true) label=Signal::derive(move || t_string!(i18n, filter.hours_from)) />
                <Line name="time-to" kind="time" value=hour(false) label=Signal::derive(move || t_string!(i18n, filter.hours_to)) />
            </div>
            <div data-criterion=word(Criterion::OfficeHours)>
                <Ticked name="office-hours" value="yes" checked=part(list, |filter| filter.office_hours)>
                    {t!(i18n, filter.office_hours)}
                    <span class="hint block-hint">{t!(i18n, filter.office_hours_why)}</span>
                </Ticked>
            </div>
        </fieldset>
    }
}

/// Who says a day means a period of one's own.
fn choose_own(_: leptos::ev::Event) {
    use leptos::{wasm_bindgen::JsCast, web_sys::HtmlInputElement};
    let own = document().query_selector(&format!("#{PANEL} [name='period'][value='own']"));
    if let Some(own) = own
        .ok()
        .flatten()
        .and_then(|own| own.dyn_into::<HtmlInputElement>().ok())
    {
        own.set_checked(true);
    }
}
