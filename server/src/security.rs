//! What holds for every request and every answer, whatever room it goes to.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use model::{address::is_shared, text::json_has_nul};

use crate::{problem::problem, serve::Hark};

/// Lets nothing that changes state through which another site has sent (Fetch Metadata; Origin where a browser sends
/// none of it). A machine has a key of its own and carries no cookie, so there is nothing in its requests for another site to misuse.
pub async fn same_site(State(hark): State<Hark>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let header = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // Where nobody has said which address people use, it is the one that they are using.
    let own_address = match (&hark.public_url, header(&header::HOST)) {
        (Some(url), _) => url.clone(),
        (None, host) => format!("http://{}", host.unwrap_or_default()),
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let machine = request.uri().path().starts_with("/api/") && !headers.contains_key(header::COOKIE);
    let own = match header(&HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => header(&header::ORIGIN).is_some_and(|origin| origin == own_address),
    };
    let upgrade = headers.contains_key(header::UPGRADE);
    // A page behind a link says nobody where it is, so that a browser which sends no Fetch Metadata names no origin. What
    // opens a link is the secret in its address alone: there is nothing else in the request for another site to misuse.
    let opens = request.uri().path().starts_with("/shared/")
        && !headers.contains_key("sec-fetch-site")
        && header(&header::ORIGIN) == Some("null");
    if (!reads || upgrade) && !own && !machine && !opens {
        return problem(
            StatusCode::FORBIDDEN,
            "cross-site",
            "The request did not come from Hark's own pages.",
        );
    }
    // The framework answers a form by going back to where the browser says it was: that must be one of our own pages.
    let foreign = header(&header::REFERER).is_some_and(|from| !is_own_page(from, &own_address));
    if foreign {
        request.headers_mut().remove(header::REFERER);
    }
    next.run(request).await
}

/// What the log calls a request: method and path. What is looked for is nobody's business, and the secret of a link is no
/// one's but its receiver's.
pub fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    let path = told(request.uri().path());
    tracing::debug_span!("request", method = %request.method(), path)
}

/// A path as the log may have it.
fn told(path: &str) -> &str {
    match path {
        path if path.starts_with("/set-password/") => "/set-password/…",
        path if path.starts_with("/shared/") => "/shared/…",
        path => path,
    }
}

/// The largest form a page sends, and the largest file.
const FORM_BYTES: usize = 1 << 20;
const TABLE_BYTES: usize = 8 << 20;

/// Reads no more of a form than forms have, whether it says how long it is or comes in pieces, and hands on none that the
/// rooms behind could not read.
pub async fn bounded(request: Request, next: Next) -> Response {
    let in_parts = match request.uri().path() {
        "/fn/people/upload" | "/fn/forms/import" => Some(TABLE_BYTES),
        "/fn/forms/turn" => Some(FORM_BYTES),
        _ => None,
    };
    let most = in_parts.unwrap_or(FORM_BYTES);
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|length| length > most) {
        return too_large(most);
    }
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if in_parts.is_some() {
        if multer::parse_boundary(kind).is_err() {
            return problem(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "no-form",
                "This is sent as multipart/form-data; a file in the field `table`.",
            );
        }
        return next.run(request.map(|body| Body::new(Limited::new(body, most)))).await;
    }
    let in_json = kind
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, most).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return too_large(most),
        Err(error) => return problem(StatusCode::BAD_REQUEST, "broken-off", &error.to_string()),
    };
    // The rooms behind read what they expect, whatever it is called. A text in JSON may say `%00`, as long as no form could be
    // read in it.
    let no_form = in_json && !body.contains(&b'=');
    if json_has_nul(&body) || (!no_form && form_has_nul(&body)) {
        return nul();
    }
    next.run(Request::from_parts(head, Body::from(body))).await
}

fn too_large(most: usize) -> Response {
    let words = format!("A form may have {} MiB at most.", most >> 20);
    problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large", &words)
}

/// No text has U+0000 in it, and not every database can keep one.
fn nul() -> Response {
    problem(StatusCode::BAD_REQUEST, "nul", "Text may not hold U+0000.")
}

/// Whether there is a U+0000 as forms and addresses write it.
fn form_has_nul(sent: &[u8]) -> bool {
    sent.windows(3).any(|bytes| bytes == b"%00")
}

/// Refuses an address that could mean one thing to us and another to a proxy, or to a database.
pub async fn plain_address(request: Request, next: Next) -> Response {
    if request.uri().path().contains("//") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    if form_has_nul(address.as_bytes()) {
        return nul();
    }
    next.run(request).await
}

fn is_own_page(address: &str, public_url: &str) -> bool {
    address
        .strip_prefix(public_url)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Adds what every answer carries.
pub async fn headers(State(hark): State<Hark>, request: Request, next: Next) -> Response {
    let shared = is_shared(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if shared {
        // The address of a link is a secret, and nothing behind one is for those who search.
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow, noarchive"));
    }
    let mut add = |name: &'static str, value: &'static str| {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    };
    add("x-content-type-options", "nosniff");
    add("referrer-policy", "same-origin");
    add("cross-origin-opener-policy", "same-origin");
    add("cross-origin-resource-policy", "same-origin");
    add("permissions-policy", "camera=(), microphone=(), geolocation=()");
    add("cache-control", "no-store");
    add(
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    if hark.secure {
        add("strict-transport-security", "max-age=63072000; includeSubDomains");
    }
    response
}

/// What a page may load and run: our own files, and the inline scripts that carry this answer's nonce.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; media-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; object-src 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_found_however_it_is_written() {
        assert!(form_has_nul(b"a=b%00c"));
        assert!(!form_has_nul(b"a=b%2500c&d=%0"));
    }

    #[test]
    fn no_secret_of_a_link_is_in_the_log() {
        for (path, log) in [
            ("/shared/abc", "/shared/…"),
            ("/set-password/abc", "/set-password/…"),
            ("/shared", "/shared"),
        ] {
            assert_eq!(told(path), log);
        }
    }

    #[test]
    fn a_neighbour_is_not_our_own() {
        let own = "https://hark.example";
        assert!(is_own_page("https://hark.example/recordings", own));
        assert!(is_own_page("https://hark.example", own));
        assert!(!is_own_page("https://hark.example.evil.example/x", own));
        assert!(!is_own_page("http://hark.example/x", own));
    }
}
