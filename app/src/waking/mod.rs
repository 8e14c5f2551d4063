//! A page wakes piece by piece (ADR 12), so that what one presses meanwhile is not kept waiting: the frame first, then what was
//! named with [`last_in_turn`], then what was named with [`in_turn`], then what follows from it all.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod piece;
#[cfg(feature = "hydrate")]
mod queue;
#[cfg(feature = "ssr")]
mod ready;

use std::fmt::Debug;

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub use browser::{prepare, wake};

/// A piece of a page that wakes in its own turn: one element, in which nothing makes resources. So many boundaries
/// (`Transition`, `Fetched`) are made with it, those of pieces within it too, which then say 0: boundaries and resources are
/// numbered as the page is made, and a resource is found again by its number.
pub fn in_turn<V: IntoView + 'static>(boundaries: usize, make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    turn(Some(boundaries), make)
}

/// A piece that wakes in its turn, and that the server has ready once it has made one like it (ADR 13). `all_that_counts` names
/// the piece and everything that it reads, its language too; a build for working makes it each time, and sees that nothing was
/// left out. It waits for nothing outside its own boundaries, which, if any, are counted by a piece around it as well.
pub fn ready_in_turn<V: IntoView + 'static, D: Debug>(
    boundaries: usize,
    all_that_counts: impl FnOnce() -> D,
    make: impl FnOnce() -> V + Send + 'static,
) -> AnyView {
    #[cfg(feature = "ssr")]
    return ready::Ready::new(boundaries, format!("{:?}", all_that_counts()), move || {
        make().into_any()
    })
    .into_any();
    #[cfg(not(feature = "ssr"))]
    {
        let _ = (boundaries, all_that_counts);
        in_turn(0, make)
    }
}

/// A piece that makes what it likes, and wakes before the others: nothing of the page comes after it that makes resources.
pub fn last_in_turn<V: IntoView + 'static>(make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    turn(None, make)
}

#[cfg(feature = "hydrate")]
fn turn<V: IntoView + 'static>(boundaries: Option<usize>, make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    piece::Piece::new(boundaries, move || make().into_any()).into_any()
}

#[cfg(not(feature = "hydrate"))]
fn turn<V: IntoView + 'static>(_: Option<usize>, make: impl FnOnce() -> V + Send + 'static) -> AnyView {
    make().into_any()
}
