//! The letters that leave the house. A letter is written in the transaction that is its cause, and leaves later: nothing is
//! lost while the mail server is down, and nobody waits for it.

mod deliver;
mod entity;
mod outbox;
mod post;
mod way;

pub use deliver::{Addressed, Post, Stationery, Written};
pub use lettre::message::Mailbox;
pub(crate) use post::{faults, left, post, post_to};
pub use way::{Way, WayFault};

/// Every letter there is, for tests.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn written(db: &impl sea_orm::ConnectionTrait) -> String {
    use sea_orm::EntityTrait;
    #[expect(clippy::unwrap_used, reason = "a test has nothing better to do than to stop")]
    let letters = entity::Entity::find().all(db).await.unwrap();
    format!("{letters:?}")
}
