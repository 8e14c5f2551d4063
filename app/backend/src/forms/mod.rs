//! Evaluation forms: building them, their versions, and whose calls they are for (checklist 119, 124).
//!
//! A form is worked on as a draft. What is published is a version, and an evaluation keeps the version it was made with.

pub(crate) mod entity;
mod fitting;

use entity::form;
#[expect(unused_imports, reason = "judging a call asks for them")]
pub(crate) use fitting::Fitting;
use model::{evaluation::Form, forms::Audience};

use crate::Error;

/// A form as its row holds it.
fn parsed(body: &str) -> Result<Form, Error> {
    serde_json::from_str(body).map_err(Error::internal)
}

fn audience_of(row: &form::Model) -> Result<Audience, Error> {
    Ok(Audience {
        departments: serde_json::from_str(&row.departments).map_err(Error::internal)?,
        groups: serde_json::from_str(&row.groups).map_err(Error::internal)?,
    })
}
