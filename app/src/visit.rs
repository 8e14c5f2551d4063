//! What the server knows of a request while a page is made or a function runs: who asks, and with what preferences.

use std::net::IpAddr;

use axum::http::{HeaderValue, Method, StatusCode, header, request::Parts};
use backend::{
    Backend, Viewer,
    account::{Newcomer, Visitor},
    company::Company,
    sharing::Guest,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::{
    account::{Role, Step},
    problem::Problem,
};

use crate::error::AppError;

/// What a browser prefers; kept in cookies, so that the first answer is right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// `sv` or `en`; the company's language when none.
    pub locale: Option<String>,
    /// `light` or `dark`; the system's when none.
    pub theme: Option<String>,
    /// `normal` or `airy`; tight when none.
    pub density: Option<String>,
}

/// One request, as the outer layers have understood it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Who asks.
    pub visitor: Visitor,
    /// Who has opened a link to a recording in this browser, on its page and in what that page calls. They may be signed in
    /// beside it: neither takes anything from the other.
    pub guest: Option<Guest>,
    /// The company.
    pub company: Company,
    /// What the browser prefers.
    pub preferences: Preferences,
    /// Whether cookies are to travel over HTTPS only.
    pub secure: bool,
    /// Where on the net the asker is.
    pub from: Option<IpAddr>,
}

/// The request that is being answered; none while the pages are only being counted, at the start.
pub fn present() -> Option<Visit> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visit>().cloned())
}

/// The request that is being answered, for what cannot be done without one.
pub fn visit() -> Result<Visit, AppError> {
    present().ok_or_else(|| {
        tracing::error!("a page was asked for outside the layer that knows its visitor");
        AppError(Problem::Internal { id: log_id() })
    })
}

/// Who asks, when they are signed in. The first line of every function that is not for strangers.
pub fn viewer() -> Result<Viewer, AppError> {
    match visit()?.visitor {
        Visitor::Signed(viewer) => Ok(*viewer),
        Visitor::Newcomer(newcomer) => Err(Problem::Owes(newcomer.step()).into()),
        Visitor::Nobody => Err(Problem::SignedOut.into()),
    }
}

/// Who asks, when they have opened a link that lives. The first line of the functions of its page.
pub fn guest() -> Result<Guest, AppError> {
    Ok(visit()?.guest.ok_or(Problem::LinkDead)?)
}

/// The role of who asks; none where nobody is signed in, or while the pages are only being counted.
pub fn viewer_role() -> Option<Role> {
    match present()?.visitor {
        Visitor::Signed(viewer) => Some(viewer.me().role),
        Visitor::Newcomer(_) | Visitor::Nobody => None,
    }
}

/// Who asks, when they are signed in and owe that step. The first line of the functions with which it is done.
pub fn newcomer(step: Step) -> Result<Newcomer, AppError> {
    match visit()?.visitor {
        Visitor::Newcomer(newcomer) if newcomer.step() == step => Ok(*newcomer),
        Visitor::Newcomer(newcomer) => Err(Problem::Owes(newcomer.step()).into()),
        Visitor::Signed(_) => Err(Problem::NotFound.into()),
        Visitor::Nobody => Err(Problem::SignedOut.into()),
    }
}

/// What the request says of the browser that made it.
pub fn header(name: header::HeaderName) -> Option<String> {
    let parts = use_context::<Parts>()?;
    Some(parts.headers.get(name)?.to_str().ok()?.to_owned())
}

/// The house behind the wall.
pub fn backend() -> Result<Backend, AppError> {
    use_context().ok_or_else(|| {
        tracing::error!("a page was asked for without a backend");
        AppError(Problem::Internal { id: log_id() })
    })
}

/// Sets the status of the answer.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// Whether a plain form was sent, by a browser that waits for a page.
fn is_form(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    parts.method == Method::POST && accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

/// Whether the request is a plain form of a page that has not woken.
pub fn is_plain_form() -> bool {
    use_context::<Parts>().as_ref().is_some_and(is_form)
}

/// Keeps what was typed into a plain form that may be sent back, so that nobody types it twice.
pub fn keep_typed(fields: &[(&str, &str)]) {
    if use_context::<Parts>().as_ref().is_some_and(is_form) {
        set_cookie(&crate::cookie::typed(
            fields,
            present().is_some_and(|visit| visit.secure),
        ));
    }
}

/// What was typed into that field of a form that has been sent back.
pub fn typed(name: &str) -> Option<String> {
    let parts = use_context::<Parts>().filter(is_of_sent_back)?;
    crate::cookie::read_typed(&parts.headers, name)
}

/// Whether the page comes with a form that was sent back.
pub fn is_sent_back() -> bool {
    use_context::<Parts>().as_ref().is_some_and(is_of_sent_back)
}

fn is_of_sent_back(parts: &Parts) -> bool {
    parts.uri.query().is_some_and(|query| query.contains("__err="))
}

/// Gives the answer the status of a problem. A plain form is sent back to its page instead, with the problem in the
/// address: that answer keeps the status that makes a browser go there.
pub fn answer_with(problem: &Problem) {
    if use_context::<Parts>().as_ref().is_some_and(is_form) {
        return;
    }
    if let (Problem::Busy { retry_s } | Problem::Throttled { retry_s }, Some(response)) =
        (problem, use_context::<ResponseOptions>())
    {
        response.insert_header(header::RETRY_AFTER, HeaderValue::from(*retry_s));
    }
    set_status(match problem {
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::SignedOut | Problem::WrongCredentials => StatusCode::UNAUTHORIZED,
        Problem::Forbidden | Problem::Owes(_) => StatusCode::FORBIDDEN,
        Problem::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Problem::Throttled { .. } | Problem::Locked => StatusCode::TOO_MANY_REQUESTS,
        Problem::Invalid(_) | Problem::Form(_) | Problem::WrongSetupCode => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::AlreadyClaimed | Problem::LastSuper | Problem::Changed | Problem::BeingChanged => StatusCode::CONFLICT,
        Problem::LinkDead => StatusCode::GONE,
        Problem::Malformed => StatusCode::BAD_REQUEST,
        Problem::Unreachable | Problem::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    });
}

/// Adds a header to the answer.
pub fn set_header(name: &'static str, value: &'static str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// Adds a cookie to the answer.
pub fn set_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// Sends the browser to an address of our own; anything else becomes the start page. Text that cannot stand in a header
/// never reaches the framework, which would panic on it.
pub fn redirect(path: &str) {
    leptos_axum::redirect(model::address::inside(path));
}

/// Where the browser is to go with a whole new page: a plain form is sent there, a page that is awake goes by itself.
pub fn go(path: &str) -> String {
    let path = model::address::inside(path);
    if use_context::<Parts>().as_ref().is_some_and(is_form) {
        redirect(path);
    }
    path.to_owned()
}

/// A short name for a fault, under which the log holds its cause.
#[must_use]
pub fn log_id() -> String {
    let mut random = [0; 8];
    match backend::Chance::fill(&backend::SystemChance, &mut random) {
        Ok(()) => format!("{:010x}", u64::from_be_bytes(random) >> 24),
        Err(_) => "-".to_owned(),
    }
}
