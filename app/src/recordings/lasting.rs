//! Views that live as long as they are shown.

use leptos::{prelude::*, tachys::reactive_graph::OwnedView};

/// Makes a view whose signals last until the next view takes its place. Without this they would end when the next page
/// is asked for, while the old one is still shown and can still be clicked. What it reads as it is made does not make it anew.
pub fn lasting(parent: &Owner, view: impl FnOnce() -> AnyView) -> OwnedView<AnyView> {
    let owner = parent.child();
    OwnedView::new_with_owner(owner.with(|| untrack(view)), owner)
}

/// The owner of the component that asks.
pub fn here() -> Owner {
    Owner::current().unwrap_or_default()
}
