//! Kontorstid: when the company is at work, for each weekday, with holidays and days of its own (checklist 94).

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::{
    filter::Hours,
    hours::{Holiday, OfficeHours},
    period::Day,
    problem::Field,
};

use super::api::{HoursSettings, SetHours, read_hours};
use crate::{
    error::AppError,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fetched, Icon, Saved, Submit, TextArea, done, fault, problem, title, travel},
};

#[component]
pub fn HoursPage() -> impl IntoView {
    let i18n = use_i18n();
    let action = ServerAction::<SetHours>::new();
    travel(action);
    let saved = done(action);
    let settings: Resource<Result<HoursSettings, AppError>> = Resource::new(move || saved.get(), |_| read_hours());
    view! {
        <Title text=title(move || t_string!(i18n, hours.title)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, hours.title)}</h1>
                <p class="lead">{t!(i18n, hours.lead)}</p>
            </div>
        </div>
        <Fetched
            from=settings
            not=|l| td_string!(l, configuration.not_fetched)
            show=move |settings| view! { <HoursForm action settings /> }.into_any()
        />
    }
}

#[component]
fn HoursForm(action: ServerAction<SetHours>, settings: HoursSettings) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(action);
    let HoursSettings { hours, year, holidays } = settings;
    let OfficeHours {
        week,
        holidays: free,
        days,
    } = hours;
    let wrong = fault(problem, Field::Hours);
    let lines = days.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let weekdays = (1_i8..)
        .zip(week)
        .map(|(weekday, hours)| view! { <Weekday weekday hours /> });
    let known = !holidays.is_empty();
    let list = known.then(|| view! { <Holidays year holidays /> });
    view! {
        <Saved what="hours" />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <ActionForm action attr:class="form">
            <fieldset class="options week" id=Field::Hours.name() tabindex="-1">
                <legend>{t!(i18n, hours.week)}</legend>
                <p class="hint">{t!(i18n, hours.week_hint)}</p>
                {move || wrong.get().map(|words| view! { <span class="wrong"><Icon name="alert" />{words}</span> })}
                {weekdays.collect_view()}
            </fieldset>
            <fieldset class="options">
                <legend>{t!(i18n, hours.holidays)}</legend>
                <label class="check">
                    <input type="checkbox" name="holidays" checked=free disabled=!known />
                    <span>
                        {t!(i18n, hours.holidays_free)}
                        <span class="hint block-hint">
                            {move || if known { t_string!(i18n, hours.holidays_why) } else { t_string!(i18n, hours.holidays_unknown) }}
                        </span>
                    </span>
                </label>
                {list}
            </fieldset>
            <TextArea field=Field::OwnDays problem value=lines>{t!(i18n, hours.own_days_hint)}</TextArea>
            <div class="row-start"><Submit action>{t!(i18n, configuration.save)}</Submit></div>
        </ActionForm>
    }
}

/// From when and to when; nothing in either where nobody is at work.
#[component]
fn Weekday(weekday: i8, hours: Option<Hours>) -> impl IntoView {
    let i18n = use_i18n();
    let place = weekday - 1;
    let name = move || format::weekday(i18n.get_locale(), weekday);
    let word = |minute: Option<u16>| minute.map(Hours::word).unwrap_or_default();
    view! {
        <div class="weekday">
            <span class="label">{name}</span>
            <input
                class="input"
                name=format!("from[{place}]")
                value=word(hours.map(|hours| hours.from))
                inputmode="numeric"
                autocomplete="off"
                aria-label=move || t_string!(i18n, hours.from_of, day = name())
            />
            <span aria-hidden="true">"–"</span>
            <input
                class="input"
                name=format!("to[{place}]")
                value=word(hours.map(|hours| hours.to))
                inputmode="numeric"
                autocomplete="off"
                aria-label=move || t_string!(i18n, hours.to_of, day = name())
            />
        </div>
    }
}

/// This year's, so that one sees which are meant.
#[component]
fn Holidays(year: i16, holidays: Vec<(Holiday, Day)>) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |(holiday, day): (Holiday, Day)| {
        view! {
            <li>
                <time datetime=day.to_string()>{move || format::date(i18n.get_locale(), day)}</time>
                " "
                {move || holiday_name(i18n.get_locale(), holiday)}
            </li>
        }
    };
    view! {
        <details>
            <summary>{move || t_string!(i18n, hours.holidays_of, year = year)}</summary>
            <ul class="checks">{holidays.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}

fn holiday_name(locale: Locale, holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYear => td_string!(locale, hours.new_year),
        Holiday::Epiphany => td_string!(locale, hours.epiphany),
        Holiday::GoodFriday => td_string!(locale, hours.good_friday),
        Holiday::EasterSunday => td_string!(locale, hours.easter_sunday),
        Holiday::EasterMonday => td_string!(locale, hours.easter_monday),
        Holiday::FirstOfMay => td_string!(locale, hours.first_of_may),
        Holiday::Ascension => td_string!(locale, hours.ascension),
        Holiday::Pentecost => td_string!(locale, hours.pentecost),
        Holiday::National => td_string!(locale, hours.national),
        Holiday::MidsummerEve => td_string!(locale, hours.midsummer_eve),
        Holiday::Midsummer => td_string!(locale, hours.midsummer),
        Holiday::AllSaints => td_string!(locale, hours.all_saints),
        Holiday::ChristmasEve => td_string!(locale, hours.christmas_eve),
        Holiday::Christmas => td_string!(locale, hours.christmas),
        Holiday::BoxingDay => td_string!(locale, hours.boxing_day),
        Holiday::NewYearsEve => td_string!(locale, hours.new_years_eve),
    }
}
