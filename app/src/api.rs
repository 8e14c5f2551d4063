//! What a browser may ask of the server. Each function says in its first line who may: [`viewer`] or nobody in
//! particular. Names are set by hand, so that logs, limits and the table of who may do what stay readable.

#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "what a browser calls must wait for the answer")
)]

use leptos::prelude::*;
use model::{
    account::Me,
    id::RecordingId,
    list::{ListQuery, Page},
    recording::RecordingDetail,
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, viewer, visit},
    model::problem::{Field, Invalid, Problem},
};

/// Who is signed in; none when nobody is.
#[server(prefix = "/fn", endpoint = "account/me")]
pub async fn whoami() -> Result<Option<Me>, AppError> {
    Ok(match visit()?.visitor {
        backend::account::Visitor::Signed(viewer) => Some(viewer.me()),
        backend::account::Visitor::Nobody => None,
    })
}

/// A page of recordings.
#[server(prefix = "/fn", endpoint = "recordings/list", input = leptos::server_fn::codec::Json)]
pub async fn list_recordings(query: ListQuery) -> Result<Page, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.list(&viewer, query).await?)
}

/// One recording.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker.
#[server(prefix = "/fn", endpoint = "recordings/detail", input = leptos::server_fn::codec::Json)]
pub async fn recording(id: RecordingId) -> Result<RecordingDetail, AppError> {
    let viewer = viewer()?;
    let found = backend()?.recording(&viewer, id).await?;
    found.ok_or_else(|| Problem::NotFound.into())
}

/// Signs in, and sends the browser to where it wanted to go.
#[server(prefix = "/fn", endpoint = "account/sign-in")]
pub async fn sign_in(
    email: String,
    password: String,
    keep: Option<String>,
    next: Option<String>,
) -> Result<(), AppError> {
    crate::visit::keep_typed(&[("email", &email)]);
    for (field, text) in [(Field::Email, &email), (Field::Password, &password)] {
        if text.trim().is_empty() {
            return Err(Problem::Invalid {
                field,
                why: Invalid::Missing,
            }
            .into());
        }
    }
    let visit = visit()?;
    let agent = use_context::<axum::http::request::Parts>().and_then(|parts| {
        parts
            .headers
            .get("user-agent")
            .and_then(|agent| agent.to_str().ok())
            .map(ToOwned::to_owned)
    });
    let asked = backend::account::SignIn {
        email,
        password,
        keep: keep.is_some(),
        agent,
    };
    let entry = backend()?.sign_in(asked).await?;
    crate::visit::set_cookie(&crate::cookie::session(&entry, visit.secure));
    crate::visit::redirect(next.as_deref().unwrap_or("/"));
    Ok(())
}

/// Signs out.
#[server(prefix = "/fn", endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    let (visit, viewer) = (visit()?, viewer()?);
    backend()?.sign_out(&viewer).await?;
    crate::visit::set_cookie(&crate::cookie::no_session(visit.secure));
    crate::visit::redirect("/signin");
    Ok(())
}

/// Claims an unclaimed instance, and signs its first administrator in.
#[server(prefix = "/fn", endpoint = "setup/claim")]
pub async fn claim(code: String, company: String, email: String, password: String) -> Result<(), AppError> {
    crate::visit::keep_typed(&[("code", &code), ("company", &company), ("email", &email)]);
    let visit = visit()?;
    let claim = backend::company::Claim {
        code,
        company,
        email: email.clone(),
        password: password.clone(),
    };
    backend()?.claim(claim).await?;
    let entry = backend()?
        .sign_in(backend::account::SignIn {
            email,
            password,
            keep: false,
            agent: None,
        })
        .await?;
    crate::visit::set_cookie(&crate::cookie::session(&entry, visit.secure));
    crate::visit::redirect("/");
    Ok(())
}

/// Sets what the browser prefers: `locale`, `theme` or `density`. Goes back to the page it was asked from.
#[server(prefix = "/fn", endpoint = "preferences/set")]
pub async fn set_preference(name: String, value: String, back: Option<String>) -> Result<(), AppError> {
    let cookie = crate::cookie::preference(&name, &value, visit()?.secure);
    crate::visit::set_cookie(&cookie.ok_or(Problem::NotFound)?);
    if let Some(back) = back {
        crate::visit::redirect(&back);
    }
    Ok(())
}
