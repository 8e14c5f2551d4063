//! People over HTTP: for a switch or a directory that keeps them (`/api/v1/people`), and as a table for whoever manages
//! them.

use app::words;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::{
    Error,
    keys::{KeyScope, Machine},
    people::Sheet,
};
use model::{
    people::{PersonForm, Provisioned},
    problem::Problem,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    problem::{fault, problem, unknown_key},
    serve::Hark,
    visit::signed,
};

/// The largest description of a person.
const MOST: usize = 64 << 10;

/// Where a page of the list begins.
#[derive(Deserialize)]
pub struct After {
    after: Option<String>,
}

/// The machine that asks; who has no key for it is told so.
async fn machine(hark: &Hark, headers: &HeaderMap) -> Result<Machine, Response> {
    let found = crate::problem::bearer(headers);
    let machine = match found {
        Some(token) => hark.backend.machine(token).await.map_err(|error| fault(&error))?,
        None => None,
    };
    machine
        .filter(|machine| machine.may(KeyScope::People))
        .ok_or_else(|| unknown_key("A key that may manage people is needed: Authorization: Bearer …"))
}

/// `GET /api/v1/people`: those that have an external id, 200 at a time, in its order; `?after=` the last of a page gives the
/// next.
pub async fn list(
    State(hark): State<Hark>,
    headers: HeaderMap,
    Query(After { after }): Query<After>,
) -> Result<Response, Response> {
    let machine = machine(&hark, &headers).await?;
    let people = hark.backend.all_provisioned(&machine, after.as_deref()).await;
    let people = people.map_err(|error| fault(&error))?;
    let next = people.last().map(|person| person.external_id.clone());
    Ok(Json(json!({ "people": people, "next": next })).into_response())
}

/// `GET /api/v1/people/{external_id}`.
pub async fn one(
    State(hark): State<Hark>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Provisioned>, Response> {
    let machine = machine(&hark, &headers).await?;
    let found = hark.backend.provisioned(&machine, &id).await;
    let found = found.and_then(|person| person.ok_or_else(|| Problem::NotFound.into()));
    found.map(Json).map_err(|error| fault(&error))
}

/// `PUT /api/v1/people/{external_id}`: makes the person what the body says, 201 where there was none. The same twice is the
/// same once.
pub async fn put(
    State(hark): State<Hark>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    let machine = machine(&hark, &headers).await?;
    if body.len() > MOST {
        let words = "A person is described in 64 KiB at most.";
        return Err(problem(StatusCode::PAYLOAD_TOO_LARGE, "too-large", words));
    }
    let form = serde_json::from_slice::<PersonForm>(&body)
        .map_err(|error| problem(StatusCode::BAD_REQUEST, "unreadable", &error.to_string()))?;
    let done = async {
        let new = hark.backend.provision(&machine, &id, form).await?;
        Ok::<_, Error>((new, hark.backend.provisioned(&machine, id.trim()).await?))
    };
    let (new, person) = done.await.map_err(|error| fault(&error))?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(person)).into_response())
}

/// `DELETE /api/v1/people/{external_id}`: the person leaves the company. Recordings keep the name.
pub async fn leave(
    State(hark): State<Hark>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<StatusCode, Response> {
    let machine = machine(&hark, &headers).await?;
    let left = hark.backend.deprovision(&machine, &id).await;
    left.map(|_| StatusCode::NO_CONTENT).map_err(|error| fault(&error))
}

/// `GET /configuration/people.csv`.
pub async fn csv(State(hark): State<Hark>, headers: HeaderMap) -> Response {
    table(&hark, &headers, Sheet::Csv).await
}

/// `GET /configuration/people.xlsx`.
pub async fn xlsx(State(hark): State<Hark>, headers: HeaderMap) -> Response {
    table(&hark, &headers, Sheet::Xlsx).await
}

/// What a kind of sheet is called where it travels, and how its name ends.
pub(crate) const fn kind(sheet: Sheet) -> (&'static str, &'static str) {
    match sheet {
        Sheet::Csv => ("text/csv; charset=utf-8", "csv"),
        Sheet::Xlsx => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    }
}

async fn table(hark: &Hark, headers: &HeaderMap, sheet: Sheet) -> Response {
    let made = async {
        let (viewer, locale) = signed(hark, headers).await?;
        let may = viewer.may()?;
        let bytes = hark
            .backend
            .export_people(
                may,
                sheet,
                |column| words::column(locale, column),
                |yes| words::yes_no(locale, yes).to_owned(),
            )
            .await?;
        Ok::<_, Error>((bytes, words::people_file(locale)))
    };
    match made.await {
        Ok((bytes, name)) => {
            let (kind, end) = kind(sheet);
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            if let Ok(value) = HeaderValue::from_str(&crate::media::disposition(&format!("{name}.{end}"))) {
                headers.insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(error) => fault(&error),
    }
}
