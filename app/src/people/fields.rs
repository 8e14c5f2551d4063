//! A person's fields, for one who is to be and for one who is changed.

use leptos::prelude::*;
use model::{
    people::{Level, PersonForm, Unit},
    problem::{Field, Problem},
};

use crate::{
    i18n::{t, use_i18n},
    ui::TextField,
};

/// The fields. A unit is chosen from those there are, or made by writing its name.
#[component]
pub fn PersonFields(form: PersonForm, units: Vec<Unit>, problem: Signal<Option<Problem>>) -> impl IntoView {
    let i18n = use_i18n();
    let text = Option::unwrap_or_default;
    let level = move |field, level, value: Option<String>| {
        let id = match level {
            Level::District => "districts",
            Level::Department => "departments-known",
            Level::CostCenter => "cost-centers",
            Level::Office => "offices",
        };
        let known = units
            .iter()
            .filter(|unit| unit.level == level)
            .map(|unit| view! { <option value=unit.name.clone()></option> });
        view! {
            <TextField field problem value=text(value) optional=true list=id />
            <datalist id=id>{known.collect_view()}</datalist>
        }
    };
    view! {
        <fieldset class="grid2">
            <legend class="vh">{t!(i18n, people.who)}</legend>
            <TextField field=Field::FirstName problem value=form.first_name optional=true />
            <TextField field=Field::LastName problem value=form.last_name optional=true />
            <TextField field=Field::Email problem value=text(form.email) optional=true>{t!(i18n, people.email_hint)}</TextField>
            <TextField field=Field::Title problem value=text(form.title) optional=true />
        </fieldset>
        <fieldset class="grid2">
            <legend>{t!(i18n, people.telephone)}</legend>
            <TextField field=Field::Extension problem value=text(form.extension) optional=true>
                {t!(i18n, people.extension_hint)}
            </TextField>
            <TextField field=Field::Numbers problem value=form.numbers.join(", ") optional=true>
                {t!(i18n, people.numbers_hint)}
            </TextField>
            <label class="check full">
                <input type="checkbox" name="recording_active" checked=form.recording_active />
                <span>
                    {t!(i18n, people.recording_active)}
                    <span class="hint block-hint">{t!(i18n, people.recording_active_hint)}</span>
                </span>
            </label>
            <label class="check full">
                <input type="checkbox" name="dashboard_active" checked=form.dashboard_active />
                <span>
                    {t!(i18n, people.dashboard_active)}
                    <span class="hint block-hint">{t!(i18n, people.dashboard_active_hint)}</span>
                </span>
            </label>
        </fieldset>
        <fieldset class="grid2">
            <legend>{t!(i18n, people.place)}</legend>
            {level(Field::Department, Level::Department, form.department)}
            {level(Field::District, Level::District, form.district)}
            {level(Field::CostCenter, Level::CostCenter, form.cost_center)}
            {level(Field::Office, Level::Office, form.office)}
            <p class="hint full">{t!(i18n, people.place_hint)}</p>
        </fieldset>
    }
}
