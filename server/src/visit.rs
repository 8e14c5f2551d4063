//! Who comes with a request: asked once, outside every page and function.

use std::net::{IpAddr, SocketAddr};

use app::{Visit, guest_token, read_preferences, session_token, words::Locale};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{Error, Viewer, account::Visitor, sharing::Guest};
use model::{
    address::{SHARED, encode, is_gate, is_open, is_shared},
    problem::Problem,
};

use crate::{problem::fault, serve::Hark};

/// Finds out who comes, and keeps strangers at the door: an unclaimed instance answers every page with its setup, and
/// a page that is not for strangers sends them to sign in and back.
pub async fn layer(State(hark): State<Hark>, mut request: Request, next: Next) -> Response {
    let token = session_token(request.headers(), hark.secure);
    let (company, visitor) = match hark.backend.visitor(token).await {
        Ok(found) => found,
        Err(error) => return fault(&error),
    };
    let path = request.uri().path().to_owned();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD);
    if !company.claimed && path != "/setup" && is_page {
        return to("/setup");
    }
    if company.claimed && path == "/setup" && is_page {
        return to("/");
    }
    if is_page && let Some(elsewhere) = elsewhere(&visitor, request.uri(), &path) {
        return to(&elsewhere);
    }
    let from = from(&hark, &request);
    let mut preferences = read_preferences(request.headers());
    // That someone has opened a link counts on the page behind it and in what that page calls, and nowhere else.
    let token =
        guest_token(request.headers(), hark.secure).filter(|_| path == SHARED || path.starts_with("/fn/sharing/"));
    let guest = match hark.backend.guest(token).await {
        Ok(guest) => guest,
        Err(error) => return fault(&error),
    };
    if preferences.locale.is_none() && is_page && is_shared(&path) {
        preferences.locale = match language(&hark, guest.as_ref(), &path).await {
            Ok(locale) => locale,
            Err(error) => return fault(&error),
        };
    }
    request.extensions_mut().insert(Visit {
        visitor,
        guest,
        company,
        preferences,
        secure: hark.secure,
        from,
    });
    next.run(request).await
}

/// The language the sender has chosen for who comes by a link; none where the link is dead, which is the same for everyone.
async fn language(hark: &Hark, guest: Option<&Guest>, path: &str) -> Result<Option<String>, Error> {
    match path.strip_prefix(SHARED).and_then(|rest| rest.strip_prefix('/')) {
        Some(token) => hark.backend.language_of_link(token).await,
        None => Ok(guest.map(|guest| guest.locale().to_owned())),
    }
}

/// Who comes to what is no page, and the language they read; to all others it is not there.
///
/// # Errors
/// [`Problem::NotFound`] where nobody is signed in, or something is owed first.
pub async fn signed(hark: &Hark, headers: &HeaderMap) -> Result<(Viewer, Locale), Error> {
    let token = session_token(headers, hark.secure);
    let (company, Visitor::Signed(viewer)) = hark.backend.visitor(token).await? else {
        return Err(Problem::NotFound.into());
    };
    let fallback = company.locale;
    let chosen = viewer.locale().map(ToOwned::to_owned);
    let chosen = chosen.or(read_preferences(headers).locale).unwrap_or(fallback);
    Ok((*viewer, chosen.parse().unwrap_or(Locale::sv)))
}

/// Where a page leads instead that is not for this visitor, or not yet.
fn elsewhere(visitor: &Visitor, uri: &Uri, path: &str) -> Option<String> {
    let next = || {
        let wanted = uri.path_and_query().map_or("/", |address| address.as_str());
        // No page of ours has so long an address, and some browsers would not follow it.
        encode(if wanted.len() > 2_000 { "/" } else { wanted })
    };
    match visitor {
        // Whoever comes may open a link, and is who they were before.
        _ if is_shared(path) => None,
        Visitor::Nobody if is_open(path) => None,
        // What is owed is owed by someone: a stranger is not sent back there.
        Visitor::Nobody if is_gate(path) => Some("/signin".to_owned()),
        Visitor::Nobody => Some(format!("/signin?next={}", next())),
        Visitor::Newcomer(newcomer) if path == newcomer.step().address() || path.starts_with("/set-password/") => None,
        Visitor::Newcomer(newcomer) if is_gate(path) => Some(newcomer.step().address().to_owned()),
        Visitor::Newcomer(newcomer) => Some(format!("{}?next={}", newcomer.step().address(), next())),
        Visitor::Signed(_) if is_gate(path) && !path.starts_with("/set-password/") => Some("/".to_owned()),
        Visitor::Signed(_) => None,
    }
}

/// Where on the net the asker is: the peer itself, or what the proxies say that are ours to believe, read from the right,
/// since whoever asks can write anything further left.
fn from(hark: &Hark, request: &Request) -> Option<IpAddr> {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()?
        .0
        .ip()
        .to_canonical();
    let trusted = |address: &IpAddr| hark.trusted_proxies.iter().any(|net| net.contains(address));
    let said = request.headers().get_all("x-forwarded-for");
    if !trusted(&peer) {
        // A proxy that nobody has named speaks for everyone who comes through it: nobody is to be shut out for another.
        let speaks_for_others = is_private(&peer) && said.iter().next().is_some();
        return (!speaks_for_others).then_some(peer);
    }
    let said: Vec<&str> = said
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let mut nearest = peer;
    for word in said.into_iter().rev() {
        let Some(address) = address(word.trim()) else { break };
        nearest = address.to_canonical();
        if !trusted(&nearest) {
            break;
        }
    }
    Some(nearest)
}

fn to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Whether an address is of this machine or of a network behind it.
fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// An address as proxies write it, some of them with a port.
fn address(word: &str) -> Option<IpAddr> {
    word.parse()
        .ok()
        .or_else(|| word.parse::<SocketAddr>().ok().map(|address| address.ip()))
}
