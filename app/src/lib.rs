//! The pages of Hark: what people see, and the functions with which their browsers ask for it.
//!
//! One folder a room. Every page is made on the server first and works as it comes; a browser that runs WASM then takes
//! it over, so that sound goes on while one moves between pages.

// Views are long chains of types; the default is soon reached.
#![recursion_limit = "256"]

/// The words of the locale files as code; made by `build.rs`.
#[expect(
    unused_imports,
    dead_code,
    clippy::pedantic,
    clippy::expect_used,
    clippy::wrong_self_convention,
    reason = "generated"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
use generated::i18n;

mod account;
mod api;
mod configuration;
#[cfg(feature = "ssr")]
mod cookie;
mod document;
mod error;
mod evaluation;
mod format;
mod forms;
mod help;
mod home;
#[cfg(feature = "hydrate")]
pub mod language;
mod later;
#[cfg(feature = "ssr")]
mod letters;
mod outbox;
mod people;
mod player;
mod recordings;
mod review;
mod roles;
mod routes;
#[cfg(test)]
mod samples;
mod setup;
mod sharing;
mod shell;
mod ui;
mod views;
#[cfg(feature = "ssr")]
mod visit;
pub mod waking;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use cookie::{guest as guest_cookie, guest_token, read_preferences, session_token};
pub use document::{Assets, document};
pub use error::AppError;
#[cfg(feature = "hydrate")]
pub use later::fetch_for;
#[cfg(feature = "ssr")]
pub use letters::Paper;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use visit::{Preferences, Visit, log_id};
