//! What a browser may ask of the server. Each function says in its first line who may: [`viewer`] or nobody in
//! particular. Names are set by hand, so that logs, limits and the table of who may do what stay readable.

use leptos::prelude::*;
use model::{
    filter::Filter,
    id::RecordingId,
    list::{Before, Choices, ListQuery, Page, Total},
    recording::{RecordingDetail, RecordingRow},
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, viewer, visit},
    model::columns::Columns,
    model::problem::Problem,
};

/// A page of recordings.
#[server(prefix = "/fn", endpoint = "recordings/list", input = leptos::server_fn::codec::Json)]
pub async fn list_recordings(query: ListQuery) -> Result<Page, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.list(&viewer, query).await?)
}

/// The page before the one that a query asks for; none where that is the first.
#[server(prefix = "/fn", endpoint = "recordings/page-before", input = leptos::server_fn::codec::Json)]
pub async fn page_before(query: ListQuery) -> Result<Option<Before>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.page_before(&viewer, query).await?)
}

/// Chooses the columns of the account's lists; all of them when none.
#[server(prefix = "/fn", endpoint = "recordings/set-columns", input = leptos::server_fn::codec::Json)]
pub async fn set_columns(columns: Option<String>) -> Result<(), AppError> {
    let viewer = viewer()?;
    let columns = columns.as_deref().and_then(Columns::parse);
    Ok(backend()?.set_columns(&viewer, columns).await?)
}

/// What a filter finds, counted to the end.
#[server(prefix = "/fn", endpoint = "recordings/total", input = leptos::server_fn::codec::Json)]
pub async fn total_recordings(filter: Filter) -> Result<Total, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.total(&viewer, &filter).await?)
}

/// What a filter can be made of.
#[server(prefix = "/fn", endpoint = "recordings/choices", input = leptos::server_fn::codec::Json)]
pub async fn filter_choices() -> Result<Choices, AppError> {
    let viewer = viewer()?;
    Ok(std::sync::Arc::unwrap_or_clone(backend()?.choices(&viewer).await?))
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

/// What the list shows of one recording.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker.
#[server(prefix = "/fn", endpoint = "recordings/row", input = leptos::server_fn::codec::Json)]
pub async fn read_row(id: RecordingId) -> Result<RecordingRow, AppError> {
    let viewer = viewer()?;
    let found = backend()?.row(&viewer, id).await?;
    found.ok_or_else(|| Problem::NotFound.into())
}

/// Sets what the browser prefers: `locale`, `theme` or `density`. Goes back to the page it was asked from.
#[server(prefix = "/fn", endpoint = "preferences/set")]
pub async fn set_preference(name: String, value: String, back: Option<String>) -> Result<(), AppError> {
    let visit = visit()?;
    let cookie = crate::cookie::preference(&name, &value, visit.secure);
    crate::visit::set_cookie(&cookie.ok_or(Problem::NotFound)?);
    // The language is the account's: its letters are written in it, and other browsers speak it.
    if let (backend::account::Visitor::Signed(viewer), "locale") = (&visit.visitor, &*name) {
        backend()?.set_locale(viewer, &value).await?;
    }
    if let Some(back) = back {
        crate::visit::redirect(&back);
    }
    Ok(())
}
