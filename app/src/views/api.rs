//! What a browser may ask and set of views.

use leptos::prelude::*;
use model::{id::ViewId, view::View};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, go, viewer},
    backend::views::Become,
    model::{columns::Columns, filter::query_string, list::ListQuery},
};

/// The views that the one who asks finds.
#[server(prefix = "/fn", endpoint = "views/list", input = leptos::server_fn::codec::Json)]
pub async fn list_views() -> Result<Vec<View>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.views(&viewer).await?)
}

/// The words of an address.
#[cfg(feature = "ssr")]
fn read(query: &str) -> ListQuery {
    let words: Vec<_> = form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).collect();
    ListQuery::read(words.iter().map(|(name, value)| (&**name, &**value)))
}

/// The address of a view.
#[cfg(feature = "ssr")]
fn address(mut query: ListQuery, view: ViewId) -> String {
    query.view = Some(view);
    format!("/recordings{}", query_string(&query.first().words()))
}

/// Keeps what is looked at under a name, and goes there.
#[server(prefix = "/fn", endpoint = "views/save")]
pub async fn save_view(
    view: String,
    query: String,
    columns: Option<String>,
    shared: Option<String>,
) -> Result<String, AppError> {
    let viewer = viewer()?;
    let (query, columns) = (read(&query), columns.as_deref().and_then(Columns::parse));
    let id = backend()?
        .save_view(&viewer, &view, &query, columns, shared.is_some())
        .await?;
    Ok(go(&address(query, id)))
}

/// Makes a view what is looked at now.
#[server(prefix = "/fn", endpoint = "views/update")]
pub async fn update_view(id: ViewId, version: i64, query: String, columns: Option<String>) -> Result<String, AppError> {
    let viewer = viewer()?;
    let (query, columns) = (read(&query), columns.as_deref().and_then(Columns::parse));
    backend()?
        .change_view(&viewer, id, version, Become::Shown(Box::new(query.clone()), columns))
        .await?;
    Ok(go(&address(query, id)))
}

/// Gives a view another name, or shares it, or keeps it to oneself again.
#[server(prefix = "/fn", endpoint = "views/name")]
pub async fn name_view(id: ViewId, version: i64, view: String, shared: Option<String>) -> Result<(), AppError> {
    let viewer = viewer()?;
    backend()?
        .change_view(&viewer, id, version, Become::Named(view, shared.is_some()))
        .await?;
    Ok(())
}

/// Lets go of a view. What it showed stays in sight.
#[server(prefix = "/fn", endpoint = "views/remove")]
pub async fn remove_view(id: ViewId) -> Result<String, AppError> {
    let viewer = viewer()?;
    backend()?.remove_view(&viewer, id).await?;
    Ok(go("/recordings"))
}

/// Begins with a view, or as at first.
#[server(prefix = "/fn", endpoint = "views/start")]
pub async fn start_with(id: Option<ViewId>) -> Result<(), AppError> {
    let viewer = viewer()?;
    Ok(backend()?.start_with(&viewer, id).await?)
}
