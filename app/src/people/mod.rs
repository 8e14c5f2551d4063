//! Medarbetare: who is recorded, where they belong, and what they may reach.

pub mod api;
mod fields;
mod import;
mod list;
mod person;

pub use import::{ImportPage, PlannedPage};
pub use list::PeoplePage;
pub use person::{NewPersonPage, PersonPage};
