//! Pages and their functions.

use std::convert::Infallible;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method},
    response::IntoResponse,
    routing::post,
};
use leptos::{nonce::use_nonce, prelude::*, server_fn::axum::server_fn_paths};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, handle_server_fns_with_context,
};
use tokio::runtime::{Builder, Runtime};

use crate::{security::page_policy, serve::Hark, sharing};

/// Where the button of the page behind a link to a recording leads: a plain form, so that nothing but a press opens it, and
/// no script is needed.
const LINK: &str = "/shared/{token}";

/// The pages. To find them the app is made once, for nobody: what it would ask for meanwhile is asked in a runtime that nothing
/// runs, for by its turn the app would be gone, and the question would panic.
fn pages() -> Vec<AxumRouteListing> {
    let idle = Builder::new_current_thread().build();
    let entered = idle
        .as_ref()
        .inspect_err(|error| tracing::warn!(%error, "no runtime stands idle"))
        .ok();
    let entered = entered.map(Runtime::enter);
    let pages = generate_route_list(app::App);
    drop(entered);
    if let Ok(idle) = idle {
        idle.shutdown_background();
    }
    pages
}

/// One route a page, one for all functions, and one for the press that opens a link.
pub fn routes(hark: &Hark) -> Router<Hark> {
    let pages = pages();
    let (context, house) = (provide(hark), hark.clone());
    Router::new()
        .route("/fn/{*name}", post(function))
        .route(LINK, post(sharing::open))
        .leptos_routes_with_context(hark, pages, context, move || app::document(house.assets.clone()))
        .fallback(not_found)
}

/// Every page, and every function that a browser may call.
pub fn addresses() -> Vec<(Method, String)> {
    let pages = pages().into_iter().map(|page| (Method::GET, page.path().to_owned()));
    let functions = server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    let link = (Method::POST, LINK.to_owned());
    pages.chain(functions).chain([link]).collect()
}

/// What pages and functions find in their context: the house, the files, and this answer's policy.
fn provide(hark: &Hark) -> impl Fn() + Clone + Send + use<> {
    let hark = hark.clone();
    move || {
        provide_context(hark.backend.clone());
        provide_context(hark.assets.clone());
        if let Some(way) = hark.way.clone() {
            provide_context(way);
        }
        let policy = use_nonce().and_then(|nonce| HeaderValue::from_str(&page_policy(&nonce)).ok());
        if let (Some(response), Some(policy)) = (use_context::<ResponseOptions>(), policy) {
            response.insert_header(HeaderName::from_static("content-security-policy"), policy);
        }
    }
}

async fn function(State(hark): State<Hark>, request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(provide(&hark), request).await
}

/// An address that leads nowhere is answered by the page that says so.
async fn not_found(State(hark): State<Hark>, request: Request<Body>) -> Result<impl IntoResponse, Infallible> {
    let context = provide(&hark);
    let render = leptos_axum::render_app_async_with_context(context, move || app::document(hark.assets.clone()));
    Ok(render(request).await)
}
