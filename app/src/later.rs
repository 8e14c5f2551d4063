//! Pages whose code browsers fetch when they are first gone to. Whoever only listens never carries them.

use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;

/// The code of a page could not be fetched: the line is down, or the server has other pages by now.
#[derive(Debug)]
pub struct NotFetched;

impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// The pages of a piece, the function that the piece begins with, and the one that fetches it beforehand.
macro_rules! piece {
    ($(#[$about:meta])* $Piece:ident, $open:ident, $fetch:ident: $($Page:ident from $room:ident),+ $(,)?) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        pub enum $Piece {
            $($Page,)+
        }

        #[leptos::wasm_split::wasm_split(
            $open,
            wasm_split_path = ::leptos::wasm_split,
            fallible,
            preload($fetch)
        )]
        fn $open(page: $Piece) -> Result<AnyView, NotFetched> {
            Ok(match page {
                $($Piece::$Page => view! { <crate::$room::$Page /> }.into_any(),)+
            })
        }

        impl ChooseView for $Piece {
            async fn choose(self) -> AnyView {
                $open(self).await.unwrap_or_else(|NotFetched| from_server())
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

/// The page as the server makes it, in place of one whose code has not come: a link is a link.
fn from_server() -> AnyView {
    #[cfg(feature = "hydrate")]
    {
        // Where it is, it is asked for again.
        let _ = window().location().reload();
    }
    ().into_any()
}

/// Fetches what the page at this address begins with, so that it can be taken over at once.
///
/// # Errors
/// When it could not be fetched.
#[cfg(feature = "hydrate")]
pub async fn fetch_for(path: &str) -> Result<(), NotFetched> {
    const ACCOUNT: [&str; 6] = [
        "setup",
        "forgot",
        "set-password",
        "new-password",
        "agreement",
        "account",
    ];
    let room = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if room == "configuration" {
        fetch_configuration().await?;
    } else if ACCOUNT.contains(&room) {
        fetch_account().await?;
    }
    Ok(())
}
