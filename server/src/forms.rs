//! An evaluation form as a file, to be carried to another company (checklist 119).

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use backend::Error;
use model::{id::FormId, problem::Problem};
use serde::Deserialize;

use crate::{media::disposition, problem::fault, serve::Hark, visit::signed};

/// Which of its versions; as it is being built where none is said.
#[derive(Deserialize)]
pub struct Which {
    version: Option<i64>,
}

/// `GET /evaluation-forms/{id}.json`.
pub async fn json(
    State(hark): State<Hark>,
    headers: HeaderMap,
    Path(file): Path<String>,
    Query(Which { version }): Query<Which>,
) -> Response {
    let made = async {
        let (viewer, _) = signed(&hark, &headers).await?;
        let may = viewer.may()?;
        let id = file.strip_suffix(".json").and_then(|id| id.parse::<FormId>().ok());
        let id = id.ok_or(Problem::NotFound)?;
        hark.backend.export_form(may, id, version).await
    };
    let made: Result<(String, Vec<u8>), Error> = made.await;
    match made {
        Ok((title, bytes)) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            if let Ok(value) = HeaderValue::from_str(&disposition(&format!("{}.json", name(&title)))) {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(error) => fault(&error),
    }
}

/// A title as a file can be called on every system.
fn name(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|sign| {
            if sign.is_alphanumeric() || " -_.()".contains(sign) {
                sign
            } else {
                ' '
            }
        })
        .collect();
    let words = plain.split_whitespace().map(|word| word.trim_matches('.'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        "form".to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_the_form_is() {
        assert_eq!(name("Kundsamtal, grundmall"), "Kundsamtal grundmall");
        assert_eq!(name("../../etc/passwd\r\n\"x\""), "etc passwd x");
        assert_eq!(name("…"), "form");
    }
}
