//! The form that says everything a list can be narrowed to (checklist 91–105).

use leptos::{ev::SubmitEvent, html::Form, prelude::*};
use model::{
    facts::Direction,
    filter::{Criterion, Filter, Hours},
    id::UnitId,
    list::Known,
    people::{Level, Unit},
    period::Period,
    recording::Flag,
};

use super::{
    super::{criteria, page::List, words},
    Live, PANEL,
    chips::word,
    fields::{Ticked, Typed},
};
use crate::{
    api,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Icon, hide_popover},
};

/// The panel: opened by its button and by every chip.
#[component]
pub fn FilterPanel(list: List, live: Live) -> impl IntoView {
    let i18n = use_i18n();
    let form = NodeRef::<Form>::new();
    let choices = Resource::new(|| (), |()| api::filter_choices());
    let change = move |_| {
        if let Some(form) = form.get_untracked() {
            live.form(form);
        }
    };
    // The list has followed already.
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        hide_popover(PANEL);
    };
    let sort = move || {
        let mut sorted = list.query.get();
        // What is searched for has its own field, and goes along.
        let text = sorted.filter.text.take();
        sorted.filter = Filter {
            text,
            ..Filter::default()
        };
        sorted
            .first()
            .words()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    };
    view! {
        <div class="float filter" id=PANEL popover="auto" role="dialog" aria-label=move || t_string!(i18n, filter.title)>
            <form method="get" action="/recordings" node_ref=form on:input=change on:submit=send>
                {sort}
                <When list />
                <Transition>
                    {move || Suspend::new(async move {
                        // Without the choices one can still say everything in words.
                        let choices = choices.await.unwrap_or_default();
                        let (units, numbers) = (choices.units.clone(), choices.direct_numbers.clone());
                        // What holds, and is none of the choices, goes along.
                        let others = move || {
                            let filter = list.query.read().filter.clone();
                            let there = |unit: &UnitId| units.iter().any(|known| known.id == *unit);
                            let units = filter.units.into_iter().filter(|(_, unit)| !there(unit));
                            let units = units.map(|(level, unit)| (level.name(), unit.to_string()));
                            let rung = filter.direct_numbers.into_iter();
                            let rung = rung.filter(|number| !numbers.iter().any(|known| known.value == *number));
                            units
                                .chain(rung.map(|number| ("ddi", number)))
                                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                                .collect_view()
                        };
                        view! {
                            {others}
                            <Whose list units=choices.units.clone() people=choices.people.clone() />
                            <Calls list numbers=choices.direct_numbers.clone() />
                            <Review list tags=choices.tags />
                        }
                    })}
                </Transition>
                <div class="row-end full">
                    <a class="btn" href="/recordings">
                        {t!(i18n, filter.reset)}
                    </a>
                    <button class="btn" data-kind="primary">{t!(i18n, filter.apply)}</button>
                </div>
            </form>
        </div>
    }
}

/// What of the filter a field shows.
fn part<T: Send + Sync + 'static>(list: List, part: impl Fn(&Filter) -> T + Send + Sync + 'static) -> Signal<T> {
    Signal::derive(move || part(&list.query.read().filter))
}

/// Which days and hours (92–94).
#[component]
fn When(list: List) -> impl IntoView {
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
    let periods = Period::RELATIVE.into_iter().filter_map(move |period| {
        let name = period.name()?;
        let checked = part(list, move |filter| filter.period == period);
        Some(view! { <Ticked name="period" value=name checked round=true>{move || relative(i18n.get_locale(), period)}</Ticked> })
    });
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.when)}</legend>
            <div class="ticks" data-criterion=word(Criterion::Period) role="group" aria-label=move || t_string!(i18n, filter.period)>
                {periods.collect_view()}
                <Ticked name="period" value="own" checked=own round=true>{t!(i18n, filter.own)}</Ticked>
            </div>
            <div class="grid2">
                <Line id="f-from" label=Signal::derive(move || t_string!(i18n, filter.from))>
                    <Typed id="f-from" name="from" kind="date" value=day(true) on:input=choose_own />
                </Line>
                <Line id="f-to" label=Signal::derive(move || t_string!(i18n, filter.to))>
                    <Typed id="f-to" name="to" kind="date" value=day(false) on:input=choose_own />
                </Line>
            </div>
            <div class="grid2" data-criterion=word(Criterion::Hours)>
                <Line id="f-time-from" label=Signal::derive(move || t_string!(i18n, filter.hours_from))>
                    <Typed id="f-time-from" name="time-from" kind="time" value=hour(true) />
                </Line>
                <Line id="f-time-to" label=Signal::derive(move || t_string!(i18n, filter.hours_to))>
                    <Typed id="f-time-to" name="time-to" kind="time" value=hour(false) />
                </Line>
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

/// A relative period, without the week's number, which only the list knows.
fn relative(locale: Locale, period: Period) -> &'static str {
    match period {
        Period::Today => td_string!(locale, recordings.today),
        Period::Yesterday => td_string!(locale, recordings.yesterday),
        Period::ThisWeek => td_string!(locale, filter.this_week),
        Period::Last7 => td_string!(locale, recordings.last_7),
        Period::ThisMonth => td_string!(locale, recordings.this_month),
        Period::LastMonth => td_string!(locale, recordings.last_month),
        Period::Last30 => td_string!(locale, recordings.last_30),
        Period::All | Period::Days { .. } => td_string!(locale, recordings.all),
    }
}

/// Whose (96, 97).
#[component]
fn Whose(list: List, units: Vec<Unit>, people: Vec<Known>) -> impl IntoView {
    let i18n = use_i18n();
    let levels = Level::ALL.into_iter().filter_map(move |level| {
        let units: Vec<Unit> = units.iter().filter(|unit| unit.level == level).cloned().collect();
        (!units.is_empty()).then(|| view! { <Units list level units /> })
    });
    let options = people
        .into_iter()
        .map(|known| view! { <option value=known.value>{known.name}</option> });
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.whose)}</legend>
            <div data-criterion=word(Criterion::Who)>
                <Line
                    id="f-who"
                    label=Signal::derive(move || t_string!(i18n, filter.who_long))
                    hint=Signal::derive(move || t_string!(i18n, filter.who_hint))
                >
                    <Typed
                        id="f-who"
                        name="who"
                        list="f-people"
                        described="f-who-hint"
                        value=part(list, |filter| filter.who.join(", "))
                    />
                </Line>
                <datalist id="f-people">{options.collect_view()}</datalist>
            </div>
            {levels.collect_view()}
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

/// Several choices behind a line that says how many hold.
#[component]
fn Several(
    criterion: Criterion,
    #[prop(into)] label: Signal<&'static str>,
    chosen: Signal<usize>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let said = move || match chosen.get() {
        0 => t_string!(i18n, filter.every).to_owned(),
        count => t_string!(i18n, filter.some, count = count),
    };
    view! {
        <details class="several" data-criterion=word(criterion)>
            <summary>
                <span class="label">{move || label.get()}</span>
                <span class="muted">{said}</span>
                <Icon name="chev" />
            </summary>
            <div class="ticks">{children()}</div>
        </details>
    }
}

/// Which calls (98–101).
#[component]
fn Calls(list: List, numbers: Vec<Known>) -> impl IntoView {
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
    let chosen = part(list, |filter| filter.direct_numbers.len());
    let rung = (!numbers.is_empty()).then(|| {
        let ticks = numbers.into_iter().map(move |known| {
            let value = known.value.clone();
            let checked = part(list, move |filter| filter.direct_numbers.contains(&value));
            view! { <Ticked name="ddi" value=known.value checked>{known.name}</Ticked> }
        });
        let label = Signal::derive(move || t_string!(i18n, filter.direct_numbers));
        view! { <Several criterion=Criterion::DirectNumber label chosen>{ticks.collect_view()}</Several> }
    });
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.call)}</legend>
            <div data-criterion=word(Criterion::Number)>
                <Line
                    id="f-number"
                    label=Signal::derive(move || t_string!(i18n, recordings.number))
                    hint=Signal::derive(move || t_string!(i18n, filter.number_hint))
                >
                    <Typed
                        id="f-number"
                        name="number"
                        described="f-number-hint"
                        value=part(list, |filter| filter.numbers.join(", "))
                    />
                </Line>
            </div>
            <div data-criterion=word(Criterion::Length) role="group" aria-labelledby="f-length">
                <span class="label" id="f-length">{t!(i18n, recordings.call_length)}</span>
                <span class="hint" id="f-length-hint">{t!(i18n, filter.length_hint)}</span>
                <div class="grid2">
                    <Line id="f-length-min" label=Signal::derive(move || t_string!(i18n, filter.length_min))>
                        <Typed id="f-length-min" name="length-min" described="f-length-hint" value=length(|filter| filter.shortest_s) />
                    </Line>
                    <Line id="f-length-max" label=Signal::derive(move || t_string!(i18n, filter.length_max))>
                        <Typed id="f-length-max" name="length-max" described="f-length-hint" value=length(|filter| filter.longest_s) />
                    </Line>
                </div>
            </div>
            <div role="group" aria-labelledby="f-direction" data-criterion=word(Criterion::Direction)>
                <span class="label" id="f-direction">{t!(i18n, recordings.direction)}</span>
                <div class="ticks">{directions.collect_view()}</div>
            </div>
            {rung}
        </fieldset>
    }
}

/// Seconds as people write them: `45`, `1:30`.
fn length_words(seconds: u32) -> String {
    if seconds < 60 {
        return seconds.to_string();
    }
    let words = crate::format::length(i64::from(seconds) * 1_000);
    words.trim_start_matches('0').to_owned()
}

/// What listeners have said of it, and how many at most (95, 102–104).
#[component]
fn Review(list: List, tags: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let flags = [None].into_iter().chain(Flag::ALL.map(Some)).map(move |flag| {
        let checked = part(list, move |filter| filter.flags.contains(&flag));
        view! {
            <Ticked name="flag" value=flag.map_or("none", Flag::name) checked>
                {flag.map(|flag| view! { <super::super::row::FlagIcon flag /> })}
                {move || criteria::flag_name(i18n.get_locale(), flag)}
            </Ticked>
        }
    });
    let evaluated = [("", None), ("yes", Some(true)), ("no", Some(false))].map(move |(value, whether)| {
        let checked = part(list, move |filter| filter.evaluated == whether);
        let words = move || match whether {
            None => t_string!(i18n, filter.any),
            Some(true) => t_string!(i18n, filter.evaluated),
            Some(false) => t_string!(i18n, filter.not_evaluated),
        };
        view! { <Ticked name="evaluated" value=value checked round=true>{words}</Ticked> }
    });
    let options = tags.into_iter().map(|tag| view! { <option value=tag></option> });
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.review)}</legend>
            <div data-criterion=word(Criterion::Tag)>
                <Line
                    id="f-tag"
                    label=Signal::derive(move || t_string!(i18n, recordings.call_tag))
                    hint=Signal::derive(move || t_string!(i18n, filter.tag_hint))
                >
                    <Typed
                        id="f-tag"
                        name="tag"
                        list="f-tags"
                        described="f-tag-hint"
                        value=part(list, |filter| filter.tag.clone().unwrap_or_default())
                    />
                </Line>
                <datalist id="f-tags">{options.collect_view()}</datalist>
            </div>
            <div role="group" aria-labelledby="f-flag" data-criterion=word(Criterion::Flag)>
                <span class="label" id="f-flag">{t!(i18n, recordings.flag)}</span>
                <div class="ticks">{flags.collect_view()}</div>
            </div>
            <div role="group" aria-labelledby="f-evaluated" data-criterion=word(Criterion::Evaluated)>
                <span class="label" id="f-evaluated">{t!(i18n, recordings.evaluation)}</span>
                <div class="ticks">{evaluated.collect_view()}</div>
            </div>
            <div data-criterion=word(Criterion::Limit)>
                <Line
                    id="f-limit"
                    label=Signal::derive(move || t_string!(i18n, filter.limit_long))
                    hint=Signal::derive(move || t_string!(i18n, filter.limit_hint))
                >
                    <Typed
                        id="f-limit"
                        name="limit"
                        mode="numeric"
                        described="f-limit-hint"
                        value=part(list, |filter| filter.limit.to_string())
                    />
                </Line>
            </div>
        </fieldset>
    }
}

/// A field with its label and its hint.
#[component]
fn Line(
    id: &'static str,
    #[prop(into)] label: Signal<&'static str>,
    #[prop(optional, into)] hint: Option<Signal<&'static str>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{move || label.get()}</label>
            {children()}
            {hint.map(|hint| view! { <span class="hint" id=format!("{id}-hint")>{move || hint.get()}</span> })}
        </div>
    }
}
