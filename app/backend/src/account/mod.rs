//! Who comes in, and how: accounts, passwords and sessions.

mod add;
pub(crate) mod entity;
mod list;
mod password;
mod reset_password;
mod set_role;
mod sign_in;
mod sign_out;
mod visitor;

pub use add::NewAccount;
pub(crate) use add::prepare;
pub use list::AccountRow;
pub use password::Hasher;
pub use sign_in::{Entry, SignIn};
pub use visitor::Visitor;

/// The form in which two ways of writing one address are the same.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}
