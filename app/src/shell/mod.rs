//! The frame around every page: the house for those inside, a quiet gate for those who are still to come in.

mod account;
mod choices;
mod gate;
mod keys;
mod menu;
mod not_found;
mod top;

pub use account::role_name;
pub use keys::KeySheet;
pub use menu::{Door, doors};
pub use not_found::NotFoundPage;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    i18n::{t, use_i18n},
    player::{Loudspeaker, PlayerRow, player},
    ui,
};
use choices::Choices;

/// The frame. It stays while one moves between pages, and so does the sound in it.
#[component]
pub fn Shell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let gate = Memo::new(move |_| path.with(|path| model::address::is_gate(path)));
    // The list scrolls inside its own frame.
    let fixed = Memo::new(move |_| path.read().starts_with("/recordings"));
    let player = player();
    provide_context(Choices::new());
    greet_pages(path);
    view! {
        <div class=move || if gate.get() { "gate" } else { "shell" } data-fixed=move || fixed.get().then_some("") data-foot=move || player.foot()>
            <Loudspeaker />
            <Show when=move || !gate.get()>
                // Left to the browser, which moves the focus as well.
                <a class="skip" href="#main" rel="external">{t!(i18n, shell.skip)}</a>
            </Show>
            {move || if gate.get() { view! { <gate::Top /> }.into_any() } else { view! { <top::Top /> }.into_any() }}
            {children()}
            <Show when=move || gate.get()><gate::Foot /></Show>
            <Show when=move || !gate.get()>{keys::key_dialog()}</Show>
            <PlayerRow />
        </div>
    }
}

/// Moves the focus to the heading when one comes to another room, as loading a page would: a screen reader then says where
/// one is. Moving within a room, such as from row to row, leaves the focus alone.
fn greet_pages(path: Memo<String>) {
    let room = Memo::new(move |_| path.read().split('/').nth(1).unwrap_or_default().to_owned());
    Effect::new(move |before: Option<String>| {
        let room = room.get();
        if before.is_some_and(|before| before != room) {
            request_animation_frame(|| ui::focus_first(&["main h1"]));
        }
        room
    });
}
