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

use crate::i18n::{Locale, td_string};

/// A status, as people call it.
pub fn status_name(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Invited => td_string!(locale, roles.status_invited),
        Status::Active => td_string!(locale, roles.status_active),
        Status::Off => td_string!(locale, roles.status_off),
    }
}
