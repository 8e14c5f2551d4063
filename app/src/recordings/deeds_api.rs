//! What a browser may do with many recordings at once. Each function says in its first line who may.

#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "a browser waits for what the server has at hand")
)]

use leptos::prelude::*;
use model::{
    bulk::{Deed, Done, PackProgress, Progress, Selection},
    id::ChangeId,
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::visit::{backend, viewer};

/// Sets a flag or a tag on all of a selection: writes down which recordings those are, and changes the first piece of them.
/// [`carry_on`] does the next, until it has ended.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may not, or none of them is there.
#[server(prefix = "/fn", endpoint = "recordings/mark", input = leptos::server_fn::codec::Json)]
pub async fn mark(selection: Selection, deed: Deed) -> Result<Progress, AppError> {
    let viewer = viewer()?;
    let begun = backend()?.start_change(&viewer, &selection, deed).await?;
    Ok(backend()?.carry_on(&viewer, begun.id).await?)
}

/// Changes the next piece.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where it is not the asker's;
/// [`Problem::Changed`](model::problem::Problem::Changed) where it has been undone.
#[server(prefix = "/fn", endpoint = "recordings/carry-on", input = leptos::server_fn::codec::Json)]
pub async fn carry_on(id: ChangeId) -> Result<Progress, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.carry_on(&viewer, id).await?)
}

/// Undoes the next piece of a change: called until it has ended. The numbers are those of the undoing.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where it is not the asker's.
#[server(prefix = "/fn", endpoint = "recordings/undo", input = leptos::server_fn::codec::Json)]
pub async fn undo(id: ChangeId) -> Result<Progress, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.undo(&viewer, id).await?)
}

/// What the asker has done to many recordings lately and can undo, newest first.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may not.
#[server(prefix = "/fn", endpoint = "recordings/done", input = leptos::server_fn::codec::Json)]
pub async fn done_lately() -> Result<Vec<Done>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.done_lately(&viewer).await?)
}

/// How far the file has come that was asked for with this ticket; none where none has been, or it is long ago.
#[server(prefix = "/fn", endpoint = "recordings/pack-progress", input = leptos::server_fn::codec::Json)]
pub async fn packed(ticket: String) -> Result<Option<PackProgress>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.pack_progress(&viewer, &ticket))
}

/// Stops that file: its download ends as broken off. Where there is none, there is nothing to stop.
#[server(prefix = "/fn", endpoint = "recordings/pack-stop", input = leptos::server_fn::codec::Json)]
pub async fn stop_pack(ticket: String) -> Result<(), AppError> {
    let viewer = viewer()?;
    backend()?.stop_pack(&viewer, &ticket);
    Ok(())
}
