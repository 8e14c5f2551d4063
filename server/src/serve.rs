//! What happens to a request: the router, read from top to bottom.

use std::{ops::Deref, sync::Arc, time::Duration};

use app::Assets;
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::{Method, StatusCode},
    middleware::{from_fn, from_fn_with_state},
    response::Response,
    routing::{MethodRouter, delete, get, post, put},
};
use backend::{Backend, mail::Way};
use ipnet::IpNet;
use leptos::prelude::LeptosOptions;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
    trace::TraceLayer,
};

use url::Url;

use crate::{assets, files, forms, ingest, media, pages, people, problem::problem, security, visit};

/// How long a form may take to come in and to be answered.
const FORM_WITHIN: Duration = Duration::from_secs(30);

/// What every handler can reach. Every layer of every request has a copy, and a copy is one count more.
#[derive(Clone)]
pub struct Hark(Arc<Reach>);

/// See [`Hark`].
pub struct Reach {
    pub backend: Backend,
    pub assets: Assets,
    pub options: LeptosOptions,
    /// The address people use, without a slash at its end; none where nobody has said it.
    pub public_url: Option<String>,
    /// Whether they come over HTTPS.
    pub secure: bool,
    /// Whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Where letters go, for those who look after them.
    pub way: Option<Way>,
}

impl Deref for Hark {
    type Target = Reach;

    fn deref(&self) -> &Reach {
        &self.0
    }
}

impl FromRef<Hark> for LeptosOptions {
    fn from_ref(hark: &Hark) -> Self {
        hark.options.clone()
    }
}

/// What the settings say of the outside.
#[derive(Default)]
pub struct Outside<'a> {
    /// The address people use.
    pub public_url: Option<&'a str>,
    /// Whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// Where letters go.
    pub way: Option<Way>,
}

impl Hark {
    /// Everything a router needs.
    #[must_use]
    pub fn new(backend: Backend, assets: Assets, outside: Outside<'_>) -> Self {
        let public_url = outside.public_url.map(origin);
        Self(Arc::new(Reach {
            backend,
            assets,
            options: LeptosOptions::builder().output_name("hark").build(),
            secure: public_url.as_deref().is_some_and(|url| url.starts_with("https:")),
            public_url,
            trusted_proxies: outside.trusted_proxies,
            way: outside.way,
        }))
    }
}

/// An address as browsers name where a form comes from: scheme, host in small letters, and a port that says something.
fn origin(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.origin().ascii_serialization())
}

/// What lies outside pages and functions: method, address, who answers. The access test reads this list too.
fn outside() -> [(Method, &'static str, MethodRouter<Hark>); 17] {
    [
        // Sound: who comes is asked for each range.
        (Method::GET, "/media/{id}", get(media::play)),
        (Method::GET, "/media/{id}/download", get(media::download)),
        (Method::GET, "/media/{id}/peaks", get(media::peaks)),
        // Machines: a key each, and as long a body as a call is.
        (
            Method::POST,
            "/api/v1/recordings",
            post(ingest::recordings).layer(DefaultBodyLimit::disable()),
        ),
        (Method::GET, "/api/v1/people", get(people::list)),
        (Method::GET, "/api/v1/people/{external_id}", get(people::one)),
        (Method::PUT, "/api/v1/people/{external_id}", put(people::put)),
        (Method::DELETE, "/api/v1/people/{external_id}", delete(people::leave)),
        // Tables of people, for those who may manage them.
        (Method::GET, "/configuration/people.csv", get(people::csv)),
        (Method::GET, "/configuration/people.xlsx", get(people::xlsx)),
        // Lists of recordings as files.
        (Method::GET, "/recordings.csv", get(files::csv)),
        (Method::GET, "/recordings.xlsx", get(files::xlsx)),
        (Method::GET, "/recordings.zip", get(files::zip)),
        // Evaluation forms as files, for those who may build them.
        (Method::GET, "/evaluation-forms/{file}", get(forms::json)),
        // What everyone may have.
        (Method::GET, "/assets/{*name}", get(assets::asset)),
        (
            Method::GET,
            "/robots.txt",
            get(|| async { "User-agent: *\nDisallow: /\n" }),
        ),
        (Method::GET, "/healthz", get(|| async { "ok\n" })),
    ]
}

/// Every address that answers, with its method.
#[must_use]
pub fn addresses() -> Vec<(Method, String)> {
    let outside = outside().into_iter().map(|(method, path, _)| (method, path.to_owned()));
    outside.chain(pages::addresses()).collect()
}

/// The router. The first layer named is the innermost.
pub fn router(hark: Hark) -> Router {
    // Pages and their functions: who comes is known, and forms are small. What leaves is a list again and again, and the
    // quickest way makes it small enough.
    let pages = pages::routes(&hark)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(hark.clone(), visit::layer))
        .layer(from_fn(security::bounded))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, FORM_WITHIN));
    let router = outside()
        .into_iter()
        .fold(pages, |router, (_, path, answer)| router.route(path, answer));
    // All at once, since each `layer` costs every request a box more; within one, the first named is the outermost.
    router.with_state(hark.clone()).layer((
        TraceLayer::new_for_http().make_span_with(security::span),
        from_fn_with_state(hark.clone(), security::headers),
        from_fn(security::plain_address),
        CatchPanicLayer::custom(panicked),
        from_fn_with_state(hark, security::same_site),
    ))
}

/// A panic reaches nobody: it is in the log, and the asker is told that it is our fault.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over so")]
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    let id = app::log_id();
    tracing::error!(id, panic = text.unwrap_or("without words"), "a handler panicked");
    problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        &format!("Something failed on our side; the log has it as {id}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_named_as_browsers_name_it() {
        for (said, named) in [
            ("https://Hark.Example/", "https://hark.example"),
            ("https://hark.example:443/calls", "https://hark.example"),
            ("http://hark.example:8080", "http://hark.example:8080"),
        ] {
            assert_eq!(origin(said), named);
        }
    }
}
