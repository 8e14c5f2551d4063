//! Going where an answer says, with a whole new page: nothing that the old one knew stays behind.

use leptos::{
    prelude::*,
    server::ServerActionError,
    server_fn::{ServerFn, error::ServerFnUrlError},
};

use leptos_router::{NavigateOptions, hooks::use_navigate};

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

/// Goes where a function has answered, within the pages that are open: sound goes on.
pub fn travel<F>(action: ServerAction<F>)
where
    F: ServerFn<Output = String, Error = AppError> + Clone + Send + Sync + 'static,
{
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(address)) = action.value().get() {
            navigate(&address, NavigateOptions::default());
        }
    });
}

/// Changes when a function has done what it was asked, and not when it has refused: what was typed then stays.
pub fn done<F, T>(action: ServerAction<F>) -> Memo<usize>
where
    F: ServerFn<Output = T, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&usize>| {
        let version = action.version().get();
        match action.value().get() {
            Some(Ok(_)) => version,
            _ => before.copied().unwrap_or_default(),
        }
    })
}

/// Whether this is made on a page that has woken. What its address said of a form that was sent back was told when it woke.
pub fn is_awake() -> bool {
    cfg!(feature = "hydrate")
        && document()
            .document_element()
            .is_some_and(|html| html.has_attribute("data-hydrated"))
}

/// What went wrong with a function, if anything did.
pub fn problem<F, T>(action: ServerAction<F>) -> Signal<Option<model::problem::Problem>>
where
    F: ServerFn<Output = T, Error = AppError> + Clone + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    let (told, uses) = (is_awake(), action.version());
    Signal::derive(move || {
        let error = action.value().get()?.err()?;
        (!told || uses.get() > 0).then_some(error.0)
    })
}

/// What went wrong with a form that the browser itself has sent, and that was sent back.
pub fn sent_back<F>() -> Signal<Option<model::problem::Problem>>
where
    F: ServerFn<Error = AppError> + 'static,
{
    let told = is_awake();
    let error = use_context::<ServerActionError>().filter(|error| !told && error.path() == F::PATH);
    let problem = error.map(|error| ServerFnUrlError::<AppError>::decode_err(error.err()).0);
    Effect::new(|_| tidy());
    Signal::stored(problem)
}

/// Takes what a form was sent back with out of the address, once it is told: who loads the page again, or keeps its address,
/// has nothing to do with it.
fn tidy() {
    let (location, history) = (window().location(), window().history());
    let place = (location.pathname(), location.search(), location.hash());
    let ((Ok(path), Ok(search), Ok(hash)), Ok(history)) = (place, history) else {
        return;
    };
    let rest = without_fault(&search);
    let state = history.state().unwrap_or_default();
    if rest != search
        && let Err(error) = history.replace_state_with_url(&state, "", Some(&format!("{path}{rest}{hash}")))
    {
        leptos::logging::warn!("the address stays as it is: {error:?}");
    }
}

/// What an address asks for, without what a form was sent back with.
fn without_fault(search: &str) -> String {
    let parts = search.trim_start_matches('?').split('&');
    let is_own = |part: &&str| !part.is_empty() && !part.starts_with("__path=") && !part.starts_with("__err=");
    let own = parts.filter(is_own).collect::<Vec<_>>().join("&");
    if own.is_empty() { own } else { format!("?{own}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_is_its_own() {
        for (search, rest) in [
            ("?__path=%2Ffn%2Fforms%2Fimport&__err=abc", ""),
            ("?part=preview&__path=x&__err=y&open=3", "?part=preview&open=3"),
            ("?part=preview", "?part=preview"),
            ("", ""),
        ] {
            assert_eq!(without_fault(search), rest);
        }
    }
}
