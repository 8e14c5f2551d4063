//! Konfiguration: the rooms of those who answer for the house, behind one menu at the side.

pub mod api;
mod frame;
mod hours;
mod outcomes;
pub mod outcomes_api;
mod rights;
mod sign_in;

pub use frame::{ConfigurationHome, ConfigurationPage};
pub use hours::HoursPage;
pub use outcomes::{CallResultsPage, CustomerResponsesPage};
pub use rights::{RIGHTS, RightsPage};
pub use sign_in::SignInSettingsPage;
