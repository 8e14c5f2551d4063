//! What a Super-user may ask and set of the company's own lists of values.

use leptos::prelude::*;
use model::{
    id::OutcomeId,
    review::{Outcome, OutcomeKind},
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::visit::{backend, viewer},
    backend::{ManageSettings, May, review::Turn},
    model::problem::{Field, Invalid, Problem},
};

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManageSettings>, AppError> {
    Ok(viewer()?.may()?)
}

/// A list, with how many recordings have each of its values.
#[server(prefix = "/fn", endpoint = "review/outcomes", input = leptos::server_fn::codec::Json)]
pub async fn read_outcomes(kind: OutcomeKind) -> Result<Vec<Outcome>, AppError> {
    let may = may()?;
    Ok(backend()?.outcomes(may, kind).await?)
}

/// Adds a value.
#[server(prefix = "/fn", endpoint = "review/add-outcome")]
pub async fn add_outcome(kind: String, outcome: String) -> Result<(), AppError> {
    let may = may()?;
    let kind = OutcomeKind::named(&kind).ok_or_else(|| Problem::invalid(Field::Outcome, Invalid::Unknown))?;
    backend()?.add_outcome(may, kind, &outcome).await?;
    Ok(())
}

/// Gives a value another name.
#[server(prefix = "/fn", endpoint = "review/name-outcome")]
pub async fn name_outcome(id: OutcomeId, outcome: String) -> Result<(), AppError> {
    let may = may()?;
    Ok(backend()?.turn_outcome(may, id, Turn::Named(outcome)).await?)
}

/// Moves a value (`up`, `down`), takes it away (`retire`) or back (`restore`).
#[server(prefix = "/fn", endpoint = "review/turn-outcome")]
pub async fn turn_outcome(id: OutcomeId, turn: String) -> Result<(), AppError> {
    let may = may()?;
    let turn = match &*turn {
        "up" => Turn::Moved { up: true },
        "down" => Turn::Moved { up: false },
        "retire" => Turn::Retired,
        "restore" => Turn::Restored,
        _ => return Err(Problem::Malformed.into()),
    };
    Ok(backend()?.turn_outcome(may, id, turn).await?)
}
