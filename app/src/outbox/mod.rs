//! Brev: the letters that left, those that wait, and why.

pub mod api;
mod page;

pub use page::OutboxPage;
