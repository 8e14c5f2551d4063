//! Who comes with a request: asked once, outside every page and function.

use app::{Visit, read_preferences, session_token};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::account::Visitor;

use crate::{problem::fault, serve::Hark};

/// Finds out who comes, and keeps strangers at the door: an unclaimed instance answers every page with its setup, and
/// a page that is not for strangers sends them to sign in and back.
pub async fn layer(State(hark): State<Hark>, mut request: Request, next: Next) -> Response {
    let company = match hark.backend.company().await {
        Ok(company) => company,
        Err(error) => return fault(&error),
    };
    let path = request.uri().path().to_owned();
    let is_page = request.method() == Method::GET;
    if !company.claimed && path != "/setup" && is_page {
        return to("/setup");
    }
    if company.claimed && path == "/setup" && is_page {
        return to("/");
    }
    let token = session_token(request.headers(), hark.secure);
    let visitor = match hark.backend.visitor(token, company.clone()).await {
        Ok(visitor) => visitor,
        Err(error) => return fault(&error),
    };
    let open = ["/signin", "/setup"].contains(&&*path);
    match (&visitor, is_page) {
        (Visitor::Nobody, true) if !open => {
            let wanted = request.uri().path_and_query().map_or("/", |address| address.as_str());
            // No page of ours has so long an address, and some browsers would not follow it.
            let wanted = if wanted.len() > 2_000 { "/" } else { wanted };
            return to(&format!("/signin?next={}", encode(wanted)));
        }
        (Visitor::Signed(_), true) if path == "/signin" => return to("/"),
        _ => {}
    }
    let preferences = read_preferences(request.headers());
    request.extensions_mut().insert(Visit {
        visitor,
        company,
        preferences,
        secure: hark.secure,
    });
    next.run(request).await
}

fn to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// An address as the value of a query: all but the plainest signs escaped.
fn encode(address: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    address
        .bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
