//! What an account may reach: the role, and the departments of a Restricted user (checklist 10–12, 116).

use leptos::prelude::*;
use model::{
    account::Role,
    people::{AccountRow, Level, Unit},
    problem::{Field, Problem},
};

use crate::{
    configuration::RIGHTS,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    shell::role_name,
    ui::CheckList,
};

/// Role and departments.
#[component]
pub fn RoleFields(
    units: Vec<Unit>,
    /// What it is now.
    #[prop(default = None)]
    chosen: Option<AccountRow>,
    /// Whether it may be none at all.
    #[prop(optional)]
    none: bool,
    #[prop(into)] problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let now = chosen.as_ref().map(|account| account.role);
    let role = RwSignal::new(now.or((!none).then_some(Role::MyConsole)));
    let choice = move |value: Option<Role>| {
        let name = value.map_or("none", Role::name);
        let checked = role.get_untracked() == value;
        view! {
            <label class="check">
                <input type="radio" name="role" value=name checked=checked on:change=move |_| role.set(value) />
                <span>
                    {move || value.map_or_else(|| t_string!(i18n, people.no_role), |role| role_name(i18n.get_locale(), role))}
                    <span class="hint block-hint">{move || about(i18n.get_locale(), value)}</span>
                </span>
            </label>
        }
    };
    let hears: Vec<_> = chosen.map(|account| account.departments).unwrap_or_default();
    let items = units
        .into_iter()
        .filter(|unit| unit.level == Level::Department)
        .map(|unit| {
            let hears = hears.iter().any(|known| known.id == unit.id);
            (unit.id.to_string(), unit.name, hears)
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class="options" id="role-choice">
            <legend>{t!(i18n, roles.user_type)}</legend>
            {none.then(|| choice(None))}
            {Role::ALL.into_iter().map(|role| choice(Some(role))).collect_view()}
        </fieldset>
        <p class="hint"><a href=RIGHTS>{t!(i18n, roles.rights)}</a></p>
        // Before the page is awake it stands there for whoever needs it.
        <div class="supervisor" data-needed=move || (role.get() == Some(Role::Restricted)).then_some("")>
            <p class="label">{t!(i18n, roles.supervisor)}</p>
            <p>{t!(i18n, roles.supervisor_department)}</p>
            <CheckList
                field=Field::Departments
                problem
                items
                none=Signal::derive(move || t_string!(i18n, roles.no_departments).to_owned())
            />
        </div>
    }
}

fn about(locale: Locale, role: Option<Role>) -> &'static str {
    match role {
        None => td_string!(locale, roles.none_about),
        Some(Role::MyConsole) => td_string!(locale, roles.my_console_about),
        Some(Role::Restricted) => td_string!(locale, roles.restricted_about),
        Some(Role::Super) => td_string!(locale, roles.super_about),
    }
}
