//! Evaluation forms: building them, their versions, and whose calls they are for (checklist 119, 124).
//!
//! A form is worked on as a draft. What is published is a version, and an evaluation keeps the version it was made with.

mod audience;
mod create;
mod draft;
pub(crate) mod entity;
mod fate;
mod fitting;
mod list;
mod order;
mod past;
mod publish;
mod read;
mod starter;

pub use create::Begin;
pub use draft::{Deed, Turned};
use entity::form;
pub(crate) use fitting::Fitting;
use model::{
    evaluation::{Form, ImportFault},
    forms::Audience,
    id::FormId,
    problem::Problem,
};
pub(crate) use past::Past;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
pub(crate) use {audience::departments_named, starter::begin_in_english};

use crate::{Error, evaluation};

/// The form that every company begins with.
const FIRST: FormId = FormId(1);

/// A form as its row holds it.
fn parsed(body: &str) -> Result<Form, Error> {
    serde_json::from_str(body).map_err(Error::internal)
}

/// And as it is written there.
fn written(form: &Form) -> Result<String, Error> {
    serde_json::to_string(form).map_err(Error::internal)
}

/// Whom a form is for, as its row holds it.
fn audience_of(departments: &str, groups: &str) -> Result<Audience, Error> {
    Ok(Audience {
        departments: serde_json::from_str(departments).map_err(Error::internal)?,
        groups: serde_json::from_str(groups).map_err(Error::internal)?,
    })
}

async fn row(db: &impl ConnectionTrait, id: FormId) -> Result<form::Model, Error> {
    let row = form::Entity::find_by_id(id).one(db).await?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// How many evaluations there are by a form, finished or not.
async fn evaluations(db: &impl ConnectionTrait, id: FormId) -> Result<u64, Error> {
    let made = evaluation::entity::Entity::find().filter(evaluation::entity::COLUMN.form_id.eq(id));
    Ok(made.count(db).await?)
}

/// Goes on only with a form that can be used.
fn usable(form: &Form) -> Result<(), Error> {
    let faults = form.check();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Problem::Form(ImportFault::Faults { faults }).into())
    }
}
