//! Who comes in, and how: accounts, passwords, links and sessions.

mod add;
mod agree;
mod ask_reset;
mod change_password;
mod device;
pub(crate) mod entity;
mod invite;
mod limits;
mod list;
mod new_password;
mod password;
mod reach;
mod redeem;
mod remove;
mod reset_password;
mod sessions;
mod set_active;
mod set_columns;
mod set_locale;
mod set_role;
mod sign_in;
mod sign_out;
pub(crate) mod ticket;
mod visitor;
mod warn;

#[cfg(any(test, feature = "testing"))]
pub(crate) use add::replace_departments;
pub use add::{FirstPassword, NewAccount};
pub(crate) use add::{GIVEN_LASTS_MS, check_email, prepare, role as role_named};
pub(crate) use agree::agreed;
pub use change_password::ChangePassword;
pub(crate) use invite::invite;
pub(crate) use limits::Subject;
pub use list::AccountFilter;
pub(crate) use list::shown as show_accounts;
pub(crate) use new_password::end_sessions;
pub use password::Hasher;
pub(crate) use reach::Reach;
pub use redeem::{Redeem, Welcome};
pub(crate) use remove::go;
pub use set_role::NewRole;
pub(crate) use set_role::not_the_last_super;
pub use sign_in::{Entry, SignIn};
pub use visitor::{Newcomer, Visitor};

use model::{account::Status, id::AccountId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use unicode_normalization::UnicodeNormalization;

use crate::Error;
use entity::account;

/// The form in which two ways of writing one address are the same.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().nfkc().collect::<String>().to_lowercase()
}

impl account::Model {
    /// Whether the account opens anything.
    pub(crate) const fn status(&self) -> Status {
        match (self.active, self.has_own_password()) {
            (false, _) => Status::Off,
            (true, false) => Status::Invited,
            (true, true) => Status::Active,
        }
    }

    /// Whether its owner has chosen a password.
    pub(crate) const fn has_own_password(&self) -> bool {
        self.password.is_some() && self.given_until.is_none()
    }
}

/// The accounts whose owners can get in: [`Status::Active`] in a select.
pub(crate) fn usable() -> Condition {
    Condition::all()
        .add(account::COLUMN.active.eq(true))
        .add(account::COLUMN.password.is_not_null())
        .add(account::COLUMN.given_until.is_null())
}

pub(crate) async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find()
        .filter(account::COLUMN.email_key.eq(email_key(email)))
        .one(db)
        .await?)
}

pub(crate) async fn by_id(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}
