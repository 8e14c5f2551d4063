//! What a Super-user may ask and do about letters.

use leptos::prelude::*;
use model::{id::LetterId, letter::Outbox};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        document::{locale_tag, look},
        visit::{backend, go, keep_typed, log_id, viewer},
    },
    backend::{ManageMail, May, mail::Way},
    model::problem::Problem,
};

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManageMail>, AppError> {
    Ok(viewer()?.may()?)
}

/// The newest letters, and where letters go.
#[server(prefix = "/fn", endpoint = "mail/outbox")]
pub async fn read_outbox() -> Result<Outbox, AppError> {
    let may = may()?;
    let way: Way = use_context().ok_or_else(|| {
        tracing::error!("the outbox was asked for without a way for its letters");
        AppError(Problem::Internal { id: log_id() })
    })?;
    Ok(backend()?.outbox(may, &way).await?)
}

/// Sends a letter again.
#[server(prefix = "/fn", endpoint = "mail/send-again")]
pub async fn send_again(id: LetterId) -> Result<(), AppError> {
    let may = may()?;
    Ok(backend()?.send_again(may, id).await?)
}

/// Writes a letter that only says that letters arrive.
#[server(prefix = "/fn", endpoint = "mail/test")]
pub async fn send_test(receiver: String) -> Result<String, AppError> {
    let may = may()?;
    keep_typed(&[("receiver", &receiver)]);
    backend()?.post_test(may, &receiver, locale_tag(look().locale)).await?;
    Ok(go("/configuration/mail?saved=test"))
}
