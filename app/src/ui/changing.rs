//! What is made anew when what it reads changes.

use leptos::prelude::*;

/// A part of a page that comes anew with what it reads, and makes resources or costs much. The server makes it once: what waits
/// is walked through several times there, a closure would make it again each time, and the page that wakes up would be given
/// other answers than those it was made of.
#[cfg(feature = "ssr")]
pub fn changing<V: IntoView>(make: impl Fn() -> V) -> impl IntoView {
    untrack(make)
}

/// A part of a page that comes anew with what it reads.
#[cfg(not(feature = "ssr"))]
pub fn changing<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> impl IntoView {
    make
}
