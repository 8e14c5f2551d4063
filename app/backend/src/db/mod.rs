//! The database: how it is opened, how it came to look as it does, and the only raw SQL in the house.

mod connect;
mod migrations;
pub mod search;
pub mod text;

pub use connect::{check, connect, learn, writing};
