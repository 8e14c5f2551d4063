//! The button that sends a form.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::error::AppError;

/// Sends the form of a function, and says so while the answer is on its way.
#[component]
pub fn Submit<F>(
    action: ServerAction<F>,
    /// Whether it is as wide as the form.
    #[prop(optional)]
    wide: bool,
    /// Whether there is nothing to send.
    #[prop(optional)]
    disabled: bool,
    children: Children,
) -> impl IntoView
where
    F: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    view! {
        <button
            class="btn"
            data-kind="primary"
            data-wide=wide.then_some("")
            disabled=disabled
            aria-busy=move || action.pending().get().then_some("true")
            on:click=move |event| {
                // What is on its way is not sent again.
                if action.pending().get_untracked() {
                    event.prevent_default();
                }
            }
        >
            {children()}
        </button>
    }
}
