//! Where one is, of how much.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Track, player};
use crate::format;

/// `00:10 / 00:24`.
#[component]
pub fn Clock(track: Arc<Track>) -> impl IntoView {
    let (player, id) = (player(), track.id);
    let place = Memo::new(move |_| format::length(player.place(id)));
    let length = Memo::new(move |_| format::length(player.length(&track)));
    view! { <span class="clock">{place}" "<span>"/ "{length}</span></span> }
}
