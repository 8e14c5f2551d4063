//! Links to a recording: sending and closing them, the page behind one, and the recording as its receiver sees it (checklist
//! 107–114).

pub mod api;
mod drafts;
mod facts;
mod form;
mod link;
mod links;
mod part;
mod shared;
mod told;

pub use drafts::provide;
#[cfg(feature = "ssr")]
pub use facts::facts;
pub use link::LinkPage;
pub use part::{SharePart, may_share};
pub use shared::SharedPage;

use leptos::prelude::*;
use model::address::SHARED;

/// Whether this is the page of one who has opened a link. Only in a browser.
pub fn is_here() -> bool {
    window().location().pathname().is_ok_and(|path| path == SHARED)
}
