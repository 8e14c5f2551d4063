//! Every page and its address.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    account::{AgreementPage, ForgotPage, OwedPasswordPage, OwnPage, SetPasswordPage, SignInPage, api::whoami},
    configuration::{
        CallResultsPage, ConfigurationHome, ConfigurationPage, CustomerResponsesPage, HoursPage, SignInSettingsPage,
    },
    document::look,
    error::AppError,
    evaluation,
    forms::{self, FormPage, FormsPage, ImportFormPage},
    help::HelpPage,
    home::HomePage,
    i18n::I18nContextProvider,
    outbox::OutboxPage,
    people::{ImportPage, NewPersonPage, PeoplePage, PersonPage, PlannedPage},
    player,
    recordings::{self, DetailPane, NothingOpen, RecordingsPage},
    review,
    roles::{NewRolePage, RolePage, RolesPage},
    setup::SetupPage,
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
                    <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                    <Route path=path!("/forgot") view=ForgotPage ssr=SsrMode::Async />
                    <Route path=path!("/set-password/:token") view=SetPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/shared") view=SharedPage ssr=SsrMode::Async />
                    <Route path=path!("/shared/:token") view=LinkPage ssr=SsrMode::Async />
                    <Route path=path!("/new-password") view=OwedPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/agreement") view=AgreementPage ssr=SsrMode::Async />
                    <Route path=path!("/account") view=OwnPage ssr=SsrMode::Async />
                    <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("/configuration") view=ConfigurationPage ssr=SsrMode::Async>
                        <Route path=path!("") view=ConfigurationHome />
                        <Route path=path!("people") view=PeoplePage />
                        <Route path=path!("people/new") view=NewPersonPage />
                        <Route path=path!("people/import") view=ImportPage />
                        <Route path=path!("people/import/:id") view=PlannedPage />
                        <Route path=path!("people/:id") view=PersonPage />
                        <Route path=path!("roles") view=RolesPage />
                        <Route path=path!("roles/new") view=NewRolePage />
                        <Route path=path!("roles/:id") view=RolePage />
                        <Route path=path!("sign-in") view=SignInSettingsPage />
                        <Route path=path!("hours") view=HoursPage />
                        <Route path=path!("mail") view=OutboxPage />
                        <Route path=path!("call-results") view=CallResultsPage />
                        <Route path=path!("customer-responses") view=CustomerResponsesPage />
                        <Route path=path!("evaluation-forms") view=FormsPage />
                        <Route path=path!("evaluation-forms/import") view=ImportFormPage />
                        <Route path=path!("evaluation-forms/:id") view=FormPage />
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
