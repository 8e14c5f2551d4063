//! What a Super-user may ask and change of people.

#![expect(
    clippy::too_many_arguments,
    reason = "a form has its fields, and each is an argument"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use model::{
    id::{PersonId, UnitId},
    people::{Import, PeoplePage, PersonDetail, Unit},
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, go, keep_typed, viewer},
    backend::{ManageAccounts, ManagePeople, May, account::NewRole, people::PeopleQuery},
    model::{
        account::Role,
        people::PersonForm,
        problem::{Field, Invalid, Problem},
    },
};

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManagePeople>, AppError> {
    Ok(viewer()?.may()?)
}

/// Which people are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleSearch {
    /// Words, each of which must be found.
    pub search: String,
    pub department: Option<UnitId>,
    /// How many are passed over.
    pub skip: u32,
}

/// A page of people.
#[server(prefix = "/fn", endpoint = "people/list", input = leptos::server_fn::codec::Json)]
pub async fn list_people(query: PeopleSearch) -> Result<PeoplePage, AppError> {
    let may = may()?;
    let query = PeopleQuery {
        search: query.search,
        department: query.department,
        skip: query.skip.into(),
    };
    Ok(backend()?.people(may, &query).await?)
}

/// One person.
#[server(prefix = "/fn", endpoint = "people/detail", input = leptos::server_fn::codec::Json)]
pub async fn person(id: PersonId) -> Result<PersonDetail, AppError> {
    let may = may()?;
    backend()?
        .person(may, id)
        .await?
        .ok_or_else(|| Problem::NotFound.into())
}

/// Every district, department, cost centre and office.
#[server(prefix = "/fn", endpoint = "people/units")]
pub async fn units() -> Result<Vec<Unit>, AppError> {
    let may: May<ManageAccounts> = viewer()?.may()?;
    Ok(backend()?.units(may).await?)
}

/// Adds a person, or changes one who was read at that version.
#[server(prefix = "/fn", endpoint = "people/save")]
pub async fn save_person(
    id: Option<PersonId>,
    version: Option<i64>,
    first_name: String,
    last_name: String,
    email: String,
    title: String,
    extension: String,
    numbers: String,
    recording_active: Option<String>,
    dashboard_active: Option<String>,
    district: String,
    department: String,
    cost_center: String,
    office: String,
) -> Result<String, AppError> {
    let may = may()?;
    keep_typed(&[
        ("first_name", &first_name),
        ("last_name", &last_name),
        ("email", &email),
        ("title", &title),
        ("extension", &extension),
        ("numbers", &numbers),
        ("district", &district),
        ("department", &department),
        ("cost_center", &cost_center),
        ("office", &office),
    ]);
    let form = PersonForm {
        first_name,
        last_name,
        email: Some(email),
        title: Some(title),
        extension: Some(extension),
        numbers: numbers.split([',', ';', '\n']).map(ToOwned::to_owned).collect(),
        recording_active: recording_active.is_some(),
        dashboard_active: dashboard_active.is_some(),
        district: Some(district),
        department: Some(department),
        cost_center: Some(cost_center),
        office: Some(office),
    };
    let id = match (id, version) {
        (Some(id), Some(version)) => {
            backend()?.change_person(may, id, version, form).await?;
            id
        }
        _ => backend()?.add_person(may, form).await?,
    };
    Ok(go(&format!("/configuration/people/{id}?saved=person")))
}

/// Turns a person's recording on or off.
#[server(prefix = "/fn", endpoint = "people/set-recording")]
pub async fn set_recording(id: PersonId, on: bool) -> Result<(), AppError> {
    let may = may()?;
    Ok(backend()?.set_recording_active(may, id, on).await?)
}

/// Gives a person a role, or takes it away: none is no role at all. Who has no account yet is invited.
#[server(prefix = "/fn", endpoint = "people/set-role")]
pub async fn set_person_role(
    id: PersonId,
    role: String,
    #[server(default)] departments: Vec<UnitId>,
) -> Result<String, AppError> {
    let may: May<ManageAccounts> = viewer()?.may()?;
    let role = if role == "none" {
        None
    } else {
        let role: Role = role.parse().map_err(|()| unknown_role())?;
        Some(NewRole { role, departments })
    };
    backend()?.set_person_role(may, id, role).await?;
    Ok(go(&format!("/configuration/people/{id}?saved=role")))
}

/// Lets a person leave the company: recorded no more, gets in no more. The recordings keep the name.
#[server(prefix = "/fn", endpoint = "people/leave")]
pub async fn let_person_leave(id: PersonId) -> Result<String, AppError> {
    let may = may()?;
    backend()?.let_person_leave(may, id).await?;
    Ok(go("/configuration/people?saved=left"))
}

/// Takes a file of people in. Nothing changes yet: the answer leads to what would.
#[server(prefix = "/fn", endpoint = "people/upload", input = MultipartFormData)]
pub async fn upload_people(data: MultipartData) -> Result<String, AppError> {
    let may = may()?;
    let broken = || AppError::from(Problem::invalid(Field::Table, Invalid::Form));
    let mut form = data.into_inner().ok_or_else(broken)?;
    // A piece that does not come is no end of the file: whatever came before is thrown away.
    while let Some(mut part) = form.next_field().await.map_err(|_| broken())? {
        if part.name() != Some("table") {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let mut bytes = vec![];
        while let Some(chunk) = part.chunk().await.map_err(|_| broken())? {
            bytes.extend_from_slice(&chunk);
        }
        let id = backend()?.upload_people(may, &name, bytes).await?;
        return Ok(go(&format!("/configuration/people/import/{id}")));
    }
    Err(broken())
}

/// What a file that was taken in would change.
#[server(prefix = "/fn", endpoint = "people/plan", input = leptos::server_fn::codec::Json)]
pub async fn plan_import(id: i64) -> Result<Import, AppError> {
    let may = may()?;
    backend()?
        .plan_import(may, id)
        .await?
        .ok_or_else(|| Problem::NotFound.into())
}

/// Does it, if it still is what was shown.
#[server(prefix = "/fn", endpoint = "people/import")]
pub async fn import_people(id: i64, digest: String) -> Result<String, AppError> {
    let may = may()?;
    backend()?.import_people(may, id, &digest).await?;
    Ok(go("/configuration/people?saved=import"))
}

#[cfg(feature = "ssr")]
pub(crate) fn unknown_role() -> AppError {
    Problem::invalid(Field::Role, Invalid::Unknown).into()
}
