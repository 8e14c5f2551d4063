//! Samtalsinspelningar: the list, and one recording beside it.

mod bulk;
mod columns;
mod criteria;
pub mod deeds_api;
mod detail;
mod download;
mod empty;
mod facts;
mod filter;
mod flag;
mod focus;
mod head;
mod keys;
mod lasting;
mod page;
mod pager;
mod paint;
mod query;
mod rows;
mod scroll;
mod select;
mod standing;
mod table;
mod words;

pub use criteria::flag_name;
pub use detail::{DetailPane, NothingOpen};
pub use facts::Renewed;
pub use flag::FlagIcon;
pub use lasting::lasting;
pub use page::RecordingsPage;
pub use select::provide;
pub use words::direction;
