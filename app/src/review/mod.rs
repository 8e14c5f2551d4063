//! What is said of a recording and what has happened to it: the parts under its player (checklist 82–87).

pub mod api;
mod comments;
mod drafts;
mod history;
mod notes;
mod outcome;
mod parts;

pub use drafts::provide;
pub use outcome::called;
pub use parts::Parts;
