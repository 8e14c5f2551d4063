//! The files that the build made, inside the binary: names that hold their content's hash, so that a browser may keep
//! them for ever.

use std::collections::BTreeMap;

use app::Assets;
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

/// `target/site`, which `cargo run -p bundle` writes. A debug build reads it from there as it is at the moment.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// One entry of the build's list.
#[derive(serde::Deserialize)]
struct Made {
    path: String,
}

/// Where each file lies.
///
/// # Errors
/// When the build has not been run.
pub fn assets() -> Result<Assets, String> {
    let manifest = Site::get("manifest.json").ok_or("the pages have not been built: run `make build`")?;
    let made: BTreeMap<String, Made> =
        serde_json::from_slice(&manifest.data).map_err(|error| format!("manifest.json: {error}"))?;
    let path = |name: &str| {
        let file = made
            .get(name)
            .ok_or_else(|| format!("the build has made no {name}: run `make build`"))?;
        Ok::<_, String>(format!("/assets/{}", file.path.trim_start_matches('/')))
    };
    Ok(Assets {
        style: path("main.css")?,
        start: path("start.js")?,
        icons: path("icons.svg")?,
        waves: path("waves.svg")?,
        favicon: path("favicon.svg")?,
        letters: path("fonts/inter-latin.woff2")?,
    })
}

/// `GET /assets/{name}`: the file, compressed as the browser likes it best.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let accepts = |coding: &str| {
        accepted.split(',').any(|part| {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            name.trim() == coding && weight.trim() != "q=0"
        })
    };
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(coding)
            && let Some(file) = Site::get(&format!("{name}{ending}"))
        {
            return answer(&name, file, Some(coding));
        }
    }
    match Site::get(&name) {
        Some(file) if name != "manifest.json" => answer(&name, file, None),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(name: &str, file: EmbeddedFile, coding: Option<&'static str>) -> Response {
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}
