//! Samtalsinspelningar: the list, and one recording beside it.

mod criteria;
pub mod deeds_api;
mod detail;
mod empty;
mod facts;
mod head;
mod lasting;
mod page;
mod pager;
mod query;
mod row;
mod table;
mod words;

pub use detail::{DetailPane, NothingOpen};
pub use page::RecordingsPage;
