//! Coming in, and one's own account: signing in, choosing a password, accepting the agreement, seeing where one is signed in.

mod agreement;
pub mod api;
mod forgot;
mod new_password;
mod owed_password;
mod own;
mod set_password;
mod sign_in;

pub use agreement::AgreementPage;
pub use forgot::ForgotPage;
pub use owed_password::OwedPasswordPage;
pub use own::OwnPage;
pub use set_password::SetPasswordPage;
pub use sign_in::SignInPage;
