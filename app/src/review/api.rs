//! What a browser may ask and say of one recording. Each function says in its first line who may.

use leptos::prelude::*;
use model::{
    history::Chapter,
    id::{CommentId, EventId, RecordingId},
    review::{Review, Saved},
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, is_plain_form, keep_typed, viewer},
    backend::review::Said,
    model::{
        problem::{Field, Invalid, Problem},
        recording::Flag,
        review::{Notes, Tags},
    },
};

/// What has been said of a recording.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker.
#[server(prefix = "/fn", endpoint = "review/read", input = leptos::server_fn::codec::Json)]
pub async fn read_review(id: RecordingId) -> Result<Review, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.review(&viewer, id).await?)
}

/// Keeps the notes of a recording. `base` is what they were when one began, as JSON.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker, or the asker may not.
#[server(prefix = "/fn", endpoint = "review/save-notes")]
pub async fn save_notes(
    id: RecordingId,
    base: String,
    call_result: String,
    customer_response: String,
    flag: String,
    tag: String,
) -> Result<Saved, AppError> {
    let viewer = viewer()?;
    let chosen = |text: &str, field| match text {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| malformed(field)),
    };
    keep_typed(&[(Field::Tag.name(), &tag)]);
    let base: Notes = serde_json::from_str(&base).map_err(|_| AppError::from(Problem::Malformed))?;
    let flag = match &*flag {
        "" => None,
        name => Some(Flag::named(name).ok_or_else(|| AppError::from(Problem::Malformed))?),
    };
    let notes = Notes {
        result: chosen(&call_result, Field::CallResult)?,
        response: chosen(&customer_response, Field::CustomerResponse)?,
        flag,
        tags: Tags::read(&tag),
    };
    let saved = backend()?.save_notes(&viewer, id, &base, notes).await?;
    // Where nothing wakes, the page that comes next shows what the other has changed, and says why.
    if !saved.disputed.is_empty() && is_plain_form() {
        return Err(Problem::Changed.into());
    }
    Ok(saved)
}

/// What no page of ours sends.
#[cfg(feature = "ssr")]
fn malformed(field: Field) -> AppError {
    Problem::invalid(field, Invalid::Form).into()
}

#[cfg(feature = "ssr")]
fn said(at: &str, comment: String, private: bool) -> Result<Said, AppError> {
    keep_typed(&[(Field::Comment.name(), &comment), (Field::Moment.name(), at)]);
    let at_ms = match at.trim() {
        "" => None,
        at => Some(crate::player::moment(at).ok_or_else(|| malformed(Field::Moment))?),
    };
    Ok(Said {
        at_ms,
        text: comment,
        private,
    })
}

/// Says something of a recording: at a moment as people write it (`1:05`), or of the whole where none is said.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker, or the asker may not.
#[server(prefix = "/fn", endpoint = "review/add-comment")]
pub async fn add_comment(
    id: RecordingId,
    at: String,
    comment: String,
    private: Option<String>,
) -> Result<(), AppError> {
    let viewer = viewer()?;
    let said = said(&at, comment, private.is_some())?;
    backend()?.add_comment(&viewer, id, said).await?;
    Ok(())
}

/// Says it otherwise.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not the asker's.
#[server(prefix = "/fn", endpoint = "review/change-comment")]
pub async fn change_comment(
    id: CommentId,
    at: String,
    comment: String,
    private: Option<String>,
) -> Result<(), AppError> {
    let viewer = viewer()?;
    let said = said(&at, comment, private.is_some())?;
    Ok(backend()?.change_comment(&viewer, id, said).await?)
}

/// Takes it away.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when the asker may not.
#[server(prefix = "/fn", endpoint = "review/remove-comment")]
pub async fn remove_comment(id: CommentId) -> Result<(), AppError> {
    let viewer = viewer()?;
    Ok(backend()?.remove_comment(&viewer, id).await?)
}

/// What has happened to a recording, newest first: a page of it, from a place on.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker.
#[server(prefix = "/fn", endpoint = "history/read", input = leptos::server_fn::codec::Json)]
pub async fn read_history(id: RecordingId, before: Option<EventId>) -> Result<Chapter, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.history(&viewer, id, before).await?)
}

/// Adds what the asker has heard since the last time, in milliseconds of the sound.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker, or is not being heard.
#[server(prefix = "/fn", endpoint = "history/heard", input = leptos::server_fn::codec::Json)]
pub async fn heard(id: RecordingId, ms: i64) -> Result<(), AppError> {
    let viewer = viewer()?;
    Ok(backend()?.add_heard(&viewer, id, ms).await?)
}
