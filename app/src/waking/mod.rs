//! A page wakes piece by piece (ADR 12), so that what one presses meanwhile is not kept waiting: the frame first, then what was
//! named with [`in_turn`], in the order of the page, then what follows from it.

#[cfg(feature = "hydrate")]
mod asleep;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod queue;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub use browser::{prepare, wake};

/// A piece of a page that wakes in its own turn: one element, in which nothing makes resources. So many boundaries
/// (`Transition`, `Fetched`) are made with it: they and resources are numbered in the order of the page, and told from others by
/// their numbers.
pub fn in_turn<V: IntoView + 'static>(boundaries: usize, make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    turn(Some(boundaries), make)
}

/// A piece that makes what it likes, and wakes before the others: nothing of the page comes after it that makes resources or
/// boundaries.
pub fn last_in_turn<V: IntoView + 'static>(make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    turn(None, make)
}

fn turn<V: IntoView + 'static>(boundaries: Option<usize>, make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    #[cfg(feature = "hydrate")]
    if queue::takes_over() {
        return asleep::Asleep::new(boundaries, move || make().into_any()).into_any();
    }
    let _ = boundaries;
    make().into_any()
}
