//! Every page and its address.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    account::{SignInPage, api::whoami},
    document::look,
    error::AppError,
    evaluation, forms,
    help::HelpPage,
    home::HomePage,
    i18n::I18nContextProvider,
    later::{Account, Configuration},
    player,
    recordings::{self, DetailPane, NothingOpen, RecordingsPage},
    review,
    sharing::{self, LinkPage, SharedPage},
    shell::{NotFoundPage, Shell},
    ui::{escaped, provide_letters},
};
use model::account::Me;

/// Who is signed in, for every page that asks.
pub type MeResource = Resource<Result<Option<Me>, AppError>>;

/// The pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let locale = look().locale;
    let language = leptos_i18n::context::UseLocalesOptions::default()
        .ssr_lang_header_getter(move || Some(crate::document::locale_tag(locale).to_owned()));
    view! {
        <I18nContextProvider ssr_lang_header_getter=language>
            <Pages />
        </I18nContextProvider>
    }
}

/// The title in the browser's tab. On the server it is written into the HTML as it is, although people's names stand in
/// titles: there it is escaped here, and read back by the browser.
fn titled(title: String) -> String {
    let title = if cfg!(feature = "ssr") { escaped(&title) } else { title };
    if title.is_empty() {
        "Hark".to_owned()
    } else {
        format!("{title} – Hark")
    }
}

#[component]
fn Pages() -> impl IntoView {
    let me: MeResource = Resource::new(|| (), |()| whoami());
    provide_context(me);
    provide_letters();
    player::provide();
    recordings::provide();
    review::provide();
    sharing::provide();
    evaluation::provide();
    forms::provide();
    view! {
        <Title formatter=titled />
        <Router>
            <Shell>
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                    <Route path=path!("/signin") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/setup") view=Account::SetupPage ssr=SsrMode::Async />
                    <Route path=path!("/forgot") view=Account::ForgotPage ssr=SsrMode::Async />
                    <Route path=path!("/set-password/:token") view=Account::SetPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/shared") view=SharedPage ssr=SsrMode::Async />
                    <Route path=path!("/shared/:token") view=LinkPage ssr=SsrMode::Async />
                    <Route path=path!("/new-password") view=Account::OwedPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/agreement") view=Account::AgreementPage ssr=SsrMode::Async />
                    <Route path=path!("/account") view=Account::OwnPage ssr=SsrMode::Async />
                    <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("/configuration") view=Configuration::ConfigurationPage ssr=SsrMode::Async>
                        <Route path=path!("") view=Configuration::ConfigurationHome />
                        <Route path=path!("people") view=Configuration::PeoplePage />
                        <Route path=path!("people/new") view=Configuration::NewPersonPage />
                        <Route path=path!("people/import") view=Configuration::ImportPage />
                        <Route path=path!("people/import/:id") view=Configuration::PlannedPage />
                        <Route path=path!("people/:id") view=Configuration::PersonPage />
                        <Route path=path!("roles") view=Configuration::RolesPage />
                        <Route path=path!("roles/new") view=Configuration::NewRolePage />
                        <Route path=path!("roles/:id") view=Configuration::RolePage />
                        <Route path=path!("rights") view=Configuration::RightsPage />
                        <Route path=path!("sign-in") view=Configuration::SignInSettingsPage />
                        <Route path=path!("hours") view=Configuration::HoursPage />
                        <Route path=path!("mail") view=Configuration::OutboxPage />
                        <Route path=path!("call-results") view=Configuration::CallResultsPage />
                        <Route path=path!("customer-responses") view=Configuration::CustomerResponsesPage />
                        <Route path=path!("evaluation-forms") view=Configuration::FormsPage />
                        <Route path=path!("evaluation-forms/import") view=Configuration::ImportFormPage />
                        <Route path=path!("evaluation-forms/:id") view=Configuration::FormPage />
                    </ParentRoute>
                    <ParentRoute path=path!("/recordings") view=RecordingsPage ssr=SsrMode::Async>
                        <Route path=path!("") view=NothingOpen />
                        <Route path=path!(":id") view=DetailPane />
                    </ParentRoute>
                </Routes>
            </Shell>
        </Router>
    }
}
