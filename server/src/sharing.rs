//! The press that opens a link to a recording ([ADR 10](../../docs/adr/0010-links-are-opened-by-a-press.md)).

use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::Error;
use model::{
    address::{SHARED, encode},
    problem::{Field, Invalid, Problem, Wrong},
};

use crate::{problem::fault, serve::Hark};

/// What the form of the page sends.
#[derive(serde::Deserialize)]
pub struct Press {
    /// Empty where none is asked for.
    #[serde(default)]
    passcode: String,
}

/// `POST /shared/{token}`: opens the link, and leads to the page of the recording, whose address holds no secret. What does not
/// open leads back to the page of the link, which says why.
pub async fn open(State(hark): State<Hark>, Path(token): Path<String>, Form(press): Form<Press>) -> Response {
    let back = |why: &str| to(&format!("{SHARED}/{}{why}", encode(&token)));
    match hark.backend.open_link(&token, &press.passcode).await {
        Ok(opening) => {
            let cookie = app::guest_cookie(&opening.token, opening.lasts_ms, hark.secure);
            match HeaderValue::from_str(&cookie) {
                Ok(cookie) => ([(header::SET_COOKIE, cookie)], to(SHARED)).into_response(),
                Err(error) => fault(&Error::internal(error)),
            }
        }
        Err(Error::Problem(Problem::LinkDead)) => back(""),
        Err(Error::Problem(Problem::Invalid(wrong))) => match wrong.first() {
            Some(Wrong {
                field: Field::Passcode,
                why: Invalid::Missing,
            }) => back("?passcode=missing"),
            _ => back("?passcode=wrong"),
        },
        Err(Error::Problem(Problem::Busy { .. })) => back("?passcode=busy"),
        Err(error) => fault(&error),
    }
}

fn to(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(address) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
