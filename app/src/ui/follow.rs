//! Going where an answer says, with a whole new page: nothing that the old one knew stays behind.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::error::AppError;

/// Goes to the address with which a function has answered.
pub fn follow<F>(action: ServerAction<F>)
where
    F: ServerFn<Output = String, Error = AppError> + Clone + Send + Sync + 'static,
{
    Effect::new(move || {
        if let Some(Ok(address)) = action.value().get()
            && let Err(error) = window().location().assign(&address)
        {
            leptos::logging::warn!("{address} cannot be gone to: {error:?}");
        }
    });
}

/// What went wrong with a function, if anything did.
pub fn problem<F, T>(action: ServerAction<F>) -> Signal<Option<model::problem::Problem>>
where
    F: ServerFn<Output = T, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.value().get()?.err().map(|error| error.0))
}
