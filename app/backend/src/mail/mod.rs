//! The letters that leave the house. A letter is written in the transaction that is its cause, and leaves later: nothing is
//! lost while the mail server is down, and nobody waits for it.

mod deliver;
mod entity;
mod message;
mod outbox;
mod post;
mod way;

pub use deliver::{Addressed, Post, Stationery, Written};
pub use lettre::message::Mailbox;
pub(crate) use post::{faults, left, post, post_to};
pub use way::{Way, WayFault};
