//! Problems as machines read them (RFC 9457): a status, a code that does not change, and a sentence.

use app::words;
use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::Error;
use model::problem::{Problem, Refusal};
use serde_json::json;

/// The answer to an error behind the wall. What is our own fault goes to the log; its number to the asker.
pub fn fault(error: &Error) -> Response {
    match error {
        Error::Refused(why) => refused(why),
        Error::Problem(Problem::NotFound) => problem(StatusCode::NOT_FOUND, "not-found", "There is no such thing."),
        Error::Problem(why @ Problem::Invalid(_)) => explained(StatusCode::UNPROCESSABLE_ENTITY, "invalid", why),
        Error::Problem(why @ Problem::LastSuper) => explained(StatusCode::CONFLICT, "last-super", why),
        Error::Problem(why @ Problem::Busy { retry_s }) => {
            let mut response = explained(StatusCode::SERVICE_UNAVAILABLE, "busy", why);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(*retry_s));
            response
        }
        other => {
            let id = app::log_id();
            tracing::error!(id, error = %other, "a request failed");
            problem(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                &format!("Something failed on our side; the log has it as {id}."),
            )
        }
    }
}

fn explained(status: StatusCode, code: &str, why: &Problem) -> Response {
    problem(status, code, &words::problem(words::Locale::en, why))
}

/// The answer to a recording that was not taken.
pub fn refused(why: &Refusal) -> Response {
    let (status, code) = match why {
        Refusal::Sound(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "sound"),
        Refusal::Facts { .. } | Refusal::NameMismatch => (StatusCode::UNPROCESSABLE_ENTITY, "facts"),
        Refusal::Unreadable { .. } => (StatusCode::BAD_REQUEST, "unreadable"),
        Refusal::Conflict => (StatusCode::CONFLICT, "conflict"),
        Refusal::NotRecorded { .. } => (StatusCode::ACCEPTED, "not-recorded"),
        Refusal::TooLarge { .. } | Refusal::LongHead { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        Refusal::Storage { .. } => (StatusCode::INSUFFICIENT_STORAGE, "storage"),
    };
    problem(status, code, &words::refusal(words::Locale::en, why))
}

/// The key that a machine carries.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let carried = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    Some(carried.strip_prefix("Bearer ")?.trim())
}

/// The answer to a machine without a key that is good for what it asks.
pub fn unknown_key(detail: &str) -> Response {
    let mut response = problem(StatusCode::UNAUTHORIZED, "key", detail);
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// One problem document.
pub fn problem(status: StatusCode, code: &str, detail: &str) -> Response {
    let body = json!({ "type": format!("urn:hark:problem:{code}"), "title": code, "status": status.as_u16(), "detail": detail });
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    response
}
