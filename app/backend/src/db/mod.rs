//! The database: how it is opened, how it came to look as it does, and the only raw SQL in the house.

mod beside;
mod connect;
mod migrations;
pub mod search;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
mod unseen;

pub use beside::beside;
pub use connect::{check, connect, learn, settle, writing};
pub use unseen::unseen;
