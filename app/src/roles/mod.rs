//! Skapa/redigera inloggningsroll: who may come in, and as what (checklist 115–118).

pub mod api;
mod edit;
mod fields;
mod list;
mod state;

pub use edit::{NewRolePage, RolePage};
pub use fields::RoleFields;
pub use list::RolesPage;
use model::account::Status;
pub use state::AccountState;

use leptos::prelude::*;

use crate::i18n::{Locale, td_string, use_i18n};

/// A status as it stands in a list: a dot, and its name.
#[component]
pub fn StatusMark(status: Status) -> impl IntoView {
    let i18n = use_i18n();
    let state = match status {
        Status::Active => "ok",
        Status::Invited => "warn",
        Status::Off => "off",
    };
    view! {
        <span class="state">
            <span class="dot" data-state=state></span>
            {move || status_name(i18n.get_locale(), status)}
        </span>
    }
}

/// A status, as people call it.
pub fn status_name(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Invited => td_string!(locale, roles.status_invited),
        Status::Active => td_string!(locale, roles.status_active),
        Status::Off => td_string!(locale, roles.status_off),
    }
}
