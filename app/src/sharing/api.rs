//! What a browser may ask and say of links. Each function says in its first line who may: those who may send them, the guest
//! who has opened one, or nobody in particular.

#![expect(
    clippy::too_many_arguments,
    reason = "a form has its fields, and each is an argument; on `send_links` alone the macro lays it on its struct too, \
              where nothing meets it"
)]

use leptos::prelude::*;
use model::{
    id::{RecordingId, ShareId},
    sharing::{Beginning, Closed, Opened, Sent, Share},
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        cookie,
        i18n::Locale,
        visit::{backend, guest, is_plain_form, keep_typed, set_cookie, viewer, visit},
    },
    axum::http::request::Parts,
    backend::{account::Visitor, sharing::Sending},
    model::problem::{Field, Invalid, Problem},
    std::str::FromStr,
};

/// What the form begins with.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may send nothing of it.
#[server(prefix = "/fn", endpoint = "sharing/begin", input = leptos::server_fn::codec::Json)]
pub async fn begin_sending(id: RecordingId) -> Result<Beginning, AppError> {
    let viewer = viewer()?;
    let parts = use_context::<Parts>();
    let sent = parts.and_then(|parts| cookie::read_told(&parts.headers, id));
    if sent.is_some() {
        set_cookie(&cookie::no_told(visit()?.secure));
    }
    let beginning = backend()?.begin_sending(&viewer, id).await?;
    Ok(Beginning { sent, ..beginning })
}

/// Sends links.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may send nothing of it.
#[server(prefix = "/fn", endpoint = "sharing/send")]
pub async fn send_links(
    id: RecordingId,
    receivers: String,
    subject: String,
    message: String,
    language: String,
    download: Option<String>,
    passcode: Option<String>,
    internal: Option<String>,
) -> Result<Sent, AppError> {
    let viewer = viewer()?;
    let tick = |ticked: &Option<String>| if ticked.is_some() { "on" } else { "" };
    keep_typed(&[
        (Field::Receivers.name(), &receivers),
        (Field::Subject.name(), &subject),
        (Field::Language.name(), &language),
        ("download", tick(&download)),
        (Field::Passcode.name(), tick(&passcode)),
        ("internal", tick(&internal)),
        (Field::Message.name(), &message),
    ]);
    if Locale::from_str(&language).is_err() {
        return Err(Problem::invalid(Field::Language, Invalid::Unknown).into());
    }
    let sending = Sending {
        receivers,
        subject,
        message,
        locale: language,
        download: download.is_some(),
        passcode: passcode.is_some(),
        internal: internal.is_some(),
    };
    let sent = backend()?.send_links(&viewer, id, &sending).await?;
    // Where nothing wakes, the page that comes next says it.
    if is_plain_form() {
        set_cookie(&cookie::told(id, &sent, visit()?.secure));
    }
    Ok(sent)
}

/// The links that the asker has sent; all of the recording's for those who answer for the company.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may send nothing of it.
#[server(prefix = "/fn", endpoint = "sharing/links", input = leptos::server_fn::codec::Json)]
pub async fn read_links(id: RecordingId) -> Result<Vec<Share>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.links(&viewer, id).await?)
}

/// Closes a link.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where it is not there for the asker.
#[server(prefix = "/fn", endpoint = "sharing/close")]
pub async fn close_link(id: ShareId) -> Result<(), AppError> {
    let viewer = viewer()?;
    Ok(backend()?.close_link(&viewer, id).await?)
}

/// Looks at a link without opening it: nothing of the call is told.
///
/// # Errors
/// [`Problem::LinkDead`](model::problem::Problem::LinkDead).
#[server(prefix = "/fn", endpoint = "sharing/look")]
pub async fn look_at_share(token: String) -> Result<Closed, AppError> {
    Ok(backend()?.look_at_share(&token).await?)
}

/// The recording, for one who has opened a link to it.
///
/// # Errors
/// [`Problem::LinkDead`](model::problem::Problem::LinkDead).
#[server(prefix = "/fn", endpoint = "sharing/opened", input = leptos::server_fn::codec::Json)]
pub async fn shared_call() -> Result<Opened, AppError> {
    let guest = guest()?;
    Ok(backend()?.shared(&guest).await?)
}

/// Adds what has been heard of a recording on the page of a link, in milliseconds of the sound. Someone who is signed in
/// beside it and may hear the recording anyway is heard as themselves, as the sound is: it is one listening and not two.
///
/// # Errors
/// [`Problem::LinkDead`](model::problem::Problem::LinkDead);
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the browser has opened a link to another recording since.
#[server(prefix = "/fn", endpoint = "sharing/heard", input = leptos::server_fn::codec::Json)]
pub async fn heard_by_link(id: RecordingId, ms: i64) -> Result<(), AppError> {
    let guest = guest()?;
    let backend = backend()?;
    if let Visitor::Signed(viewer) = visit()?.visitor {
        match backend.add_heard(&viewer, id, ms).await {
            Err(backend::Error::Problem(Problem::NotFound)) => {}
            other => return Ok(other?),
        }
    }
    Ok(backend.add_heard_by_guest(&guest, id, ms).await?)
}
