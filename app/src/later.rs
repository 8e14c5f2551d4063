//! What browsers fetch when it is first gone to. Whoever only looks through the list never carries it.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;
#[cfg(feature = "hydrate")]
use leptos_router::hooks::use_url;
use model::{id::RecordingId, problem::Problem};

use crate::{error::AppError, recordings::lasting, review::Parts};

/// The line is down, or the server has other pages by now.
impl From<SplitLoaderError> for AppError {
    fn from(_: SplitLoaderError) -> Self {
        Self(Problem::Unreachable)
    }
}

/// A function whose code is a piece of its own, and the one that fetches that beforehand.
macro_rules! split {
    ($open:ident($($name:ident: $Type:ty),*), $fetch:ident => $made:expr) => {
        #[leptos::wasm_split::wasm_split($open, wasm_split_path = ::leptos::wasm_split, fallible, preload($fetch))]
        fn $open($($name: $Type),*) -> Result<AnyView, AppError> {
            Ok($made)
        }
    };
}

/// Pages that are a piece together.
macro_rules! piece {
    ($(#[$about:meta])* $Piece:ident, $open:ident, $fetch:ident: $($Page:ident from $room:ident),+ $(,)?) => {
        $(#[$about])*
        #[expect(clippy::enum_variant_names, reason = "they are called as the pages are")]
        #[derive(Clone, Copy, Debug)]
        pub enum $Piece {
            $($Page,)+
        }

        split!($open(page: $Piece), $fetch => match page {
            $($Piece::$Page => view! { <crate::$room::$Page /> }.into_any(),)+
        });

        impl ChooseView for $Piece {
            async fn choose(self) -> AnyView {
                $open(self).await.unwrap_or_else(|AppError(_)| from_server())
            }

            async fn preload(&self) {
                // Whether it has come, `choose` finds out.
                let _ = $fetch().await;
            }
        }
    };
}

piece!(
    /// Konfiguration and its rooms.
    Configuration, configuration, fetch_configuration:
    ConfigurationPage from configuration,
    ConfigurationHome from configuration,
    PeoplePage from people,
    NewPersonPage from people,
    ImportPage from people,
    PlannedPage from people,
    PersonPage from people,
    RolesPage from roles,
    NewRolePage from roles,
    RolePage from roles,
    SignInSettingsPage from configuration,
    RightsPage from configuration,
    HoursPage from configuration,
    OutboxPage from outbox,
    CallResultsPage from configuration,
    CustomerResponsesPage from configuration,
    FormsPage from forms,
    ImportFormPage from forms,
    FormPage from forms,
);

piece!(
    /// What one does with one's own account, and seldom.
    Account, account, fetch_account:
    SetupPage from setup,
    ForgotPage from account,
    SetPasswordPage from account,
    OwedPasswordPage from account,
    AgreementPage from account,
    OwnPage from account,
);

split!(review(id: RecordingId, changed: Callback<()>), fetch_review => view! { <Parts id changed /> }.into_any());

/// The parts under a recording's player, made at once when their code is here, as everything that makes resources.
///
/// # Errors
/// [`Problem::Unreachable`].
pub async fn parts(owner: Owner, id: RecordingId, changed: Callback<()>) -> Result<impl IntoView, AppError> {
    fetch_review().await?;
    let mut fault = None;
    let made = lasting(&owner, || match at_once(review(id, changed)) {
        Some(Ok(parts)) => parts,
        other => {
            fault = Some(other.and_then(Result::err).unwrap_or(AppError(Problem::Unreachable)));
            ().into_any()
        }
    });
    fault.map_or(Ok(made), Err)
}

/// What is here already.
fn at_once<T>(coming: impl Future<Output = T>) -> Option<T> {
    match pin!(coming).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(come) => Some(come),
        Poll::Pending => None,
    }
}

/// The page as the server makes it, in place of one whose code has not come: a link is a link. Asked for by the address that is
/// gone to, which the browser does not show yet.
fn from_server() -> AnyView {
    #[cfg(feature = "hydrate")]
    {
        let url = use_url().get_untracked();
        let address = format!("{}?{}", url.path(), url.search());
        if let Err(error) = window().location().assign(address.trim_end_matches('?')) {
            leptos::logging::warn!("the page could not be gone to: {error:?}");
        }
    }
    ().into_any()
}

/// Fetches what the page at this address begins with, so that it can be taken over at once.
///
/// # Errors
/// [`Problem::Unreachable`].
#[cfg(feature = "hydrate")]
pub async fn fetch_for(path: &str) -> Result<(), AppError> {
    let mut words = path.split('/').skip(1);
    match (words.next().unwrap_or_default(), words.next()) {
        ("configuration", _) => fetch_configuration().await,
        ("setup" | "forgot" | "set-password" | "new-password" | "agreement" | "account", _) => fetch_account().await,
        ("recordings", Some(_)) => fetch_review().await,
        _ => return Ok(()),
    }?;
    Ok(())
}
