//! What a page is made of once it is there.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::{Fault, Loading};
use crate::{
    error::AppError,
    i18n::{Locale, use_i18n},
};

/// What is fetched; until it is there something in its place, and where it does not come why, with a way to try again.
#[component]
pub fn Fetched<T, S>(
    from: Resource<Result<T, AppError>>,
    /// What is said where it does not come.
    not: fn(Locale) -> &'static str,
    /// How many rows stand in its place; none for what is seldom there at all.
    #[prop(default = 5)]
    rows: usize,
    show: S,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    S: Fn(T) -> AnyView + Copy + Send + Sync + 'static,
{
    let i18n = use_i18n();
    view! {
        <Transition fallback=move || (rows > 0).then(|| view! { <Loading rows /> })>
            {move || Suspend::new(async move {
                match from.await {
                    Ok(fetched) => show(fetched),
                    Err(AppError(problem)) => {
                        let title = move || not(i18n.get_locale());
                        let retry = Callback::new(move |()| from.refetch());
                        view! { <Fault title problem retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}
