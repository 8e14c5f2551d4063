//! What a Super-user may ask and change of accounts.

use leptos::prelude::*;
use model::{
    account::{Role, Status},
    id::{AccountId, UnitId},
    people::AccountRow,
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        people::api::unknown_role,
        visit::{backend, go, keep_typed, viewer},
    },
    backend::{
        ManageAccounts, May,
        account::{AccountFilter, FirstPassword, NewAccount, NewRole},
    },
    model::problem::Problem,
};

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManageAccounts>, AppError> {
    Ok(viewer()?.may()?)
}

/// Which accounts are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSearch {
    pub email: String,
    pub role: Option<Role>,
    pub status: Option<Status>,
}

/// The accounts that a search finds.
#[server(prefix = "/fn", endpoint = "roles/list", input = leptos::server_fn::codec::Json)]
pub async fn accounts(query: AccountSearch) -> Result<Vec<AccountRow>, AppError> {
    let may = may()?;
    let filter = AccountFilter {
        email: Some(query.email),
        role: query.role,
        status: query.status,
    };
    Ok(backend()?.accounts(may, &filter).await?)
}

/// One account.
#[server(prefix = "/fn", endpoint = "roles/detail", input = leptos::server_fn::codec::Json)]
pub async fn account(id: AccountId) -> Result<AccountRow, AppError> {
    let may = may()?;
    backend()?
        .account(may, id)
        .await?
        .ok_or_else(|| Problem::NotFound.into())
}

/// Invites someone who is no recorded person, or not yet.
#[server(prefix = "/fn", endpoint = "roles/add")]
pub async fn add_account(
    email: String,
    role: String,
    #[server(default)] departments: Vec<UnitId>,
) -> Result<String, AppError> {
    let may = may()?;
    keep_typed(&[("email", &email)]);
    let new = NewAccount {
        email,
        password: FirstPassword::None,
        role: role.parse().map_err(|()| unknown_role())?,
        departments,
        agreed: false,
    };
    let id = backend()?.add_account(may, new).await?;
    Ok(go(&format!("/configuration/roles/{id}?saved=invited")))
}

/// Gives an account another role, or other departments.
#[server(prefix = "/fn", endpoint = "roles/set")]
pub async fn set_role(
    id: AccountId,
    role: String,
    #[server(default)] departments: Vec<UnitId>,
) -> Result<String, AppError> {
    let may = may()?;
    let role = role.parse().map_err(|()| unknown_role())?;
    backend()?.set_role(may, id, NewRole { role, departments }).await?;
    Ok(go(&format!("/configuration/roles/{id}?saved=role")))
}

/// Sends the letters of an invitation again.
#[server(prefix = "/fn", endpoint = "roles/invite")]
pub async fn invite(id: AccountId) -> Result<(), AppError> {
    let may = may()?;
    Ok(backend()?.invite_again(may, id).await?)
}

/// Turns an account on or off.
#[server(prefix = "/fn", endpoint = "roles/turn")]
pub async fn turn(id: AccountId, on: bool) -> Result<(), AppError> {
    let may = may()?;
    Ok(backend()?.set_active(may, id, on).await?)
}

/// Removes an account. The person stays, and goes on being recorded.
#[server(prefix = "/fn", endpoint = "roles/remove")]
pub async fn remove(id: AccountId) -> Result<String, AppError> {
    let may = may()?;
    backend()?.remove_account(may, id).await?;
    Ok(go("/configuration/roles?saved=removed"))
}
