//! What a Super-user may ask and set of how everyone signs in.

#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "what a browser calls must wait for the answer")
)]

use leptos::prelude::*;
use model::{account::RestrictedRights, password::Profile};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, go, viewer, visit},
    backend::{ManageSettings, May},
    model::problem::{Field, Invalid, Problem},
};

/// What the company asks of everyone who signs in, and what it lets them do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInSettings {
    pub password: Profile,
    pub two_letters: bool,
    pub restricted: RestrictedRights,
    pub agreement_version: i16,
    pub agreement_text: Option<String>,
    pub company: String,
}

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManageSettings>, AppError> {
    Ok(viewer()?.may()?)
}

/// The settings as they are.
#[server(prefix = "/fn", endpoint = "configuration/sign-in")]
pub async fn read_sign_in_settings() -> Result<SignInSettings, AppError> {
    may()?;
    let company = visit()?.company;
    Ok(SignInSettings {
        password: company.password,
        two_letters: company.two_letters,
        restricted: company.restricted,
        agreement_version: company.agreement.version,
        agreement_text: company.agreement.text,
        company: company.name,
    })
}

#[cfg(feature = "ssr")]
const PAGE: &str = "/configuration/sign-in";

/// Chooses whose rules passwords follow, and how an invitation comes.
#[server(prefix = "/fn", endpoint = "configuration/set-sign-in")]
pub async fn set_sign_in(password: String, invitation: String) -> Result<String, AppError> {
    let may = may()?;
    let password = Profile::named(&password).ok_or_else(|| unknown(Field::Password))?;
    let two_letters = match &*invitation {
        "link" => false,
        "two-letters" => true,
        _ => return Err(unknown(Field::Password)),
    };
    backend()?.set_sign_in(may, password, two_letters).await?;
    Ok(go(&format!("{PAGE}?saved=sign-in")))
}

/// Chooses what a Restricted user may do besides listening.
#[server(prefix = "/fn", endpoint = "configuration/set-restricted")]
pub async fn set_restricted(
    comment: Option<String>,
    tag: Option<String>,
    evaluate: Option<String>,
    download: Option<String>,
    share: Option<String>,
) -> Result<String, AppError> {
    let may = may()?;
    let rights = RestrictedRights {
        comment: comment.is_some(),
        tag: tag.is_some(),
        evaluate: evaluate.is_some(),
        download: download.is_some(),
        share: share.is_some(),
    };
    backend()?.set_restricted_rights(may, rights).await?;
    Ok(go(&format!("{PAGE}?saved=restricted")))
}

/// Gives the agreement other words; Hark's own where none are given.
#[server(prefix = "/fn", endpoint = "configuration/set-agreement")]
pub async fn set_agreement(agreement: String) -> Result<String, AppError> {
    let may = may()?;
    backend()?.set_agreement(may, Some(agreement)).await?;
    Ok(go(&format!("{PAGE}?saved=agreement")))
}

#[cfg(feature = "ssr")]
fn unknown(field: Field) -> AppError {
    Problem::invalid(field, Invalid::Unknown).into()
}
