//! The forms of the company, as their settings page shows them.

use std::collections::HashMap;

use model::{
    forms::{Choosable, FormRow},
    id::FormId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

use super::{audience::choosable, audience_of, entity::form, fitting::bodies, parsed};
use crate::{Backend, Error, ManageSettings, May, evaluation::entity as evaluation};

impl Backend {
    /// Every form in the company's order, those that can no longer be chosen last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forms(&self, _: May<ManageSettings>) -> Result<Vec<FormRow>, Error> {
        let known = choosable(self.db()).await?;
        let made = made(self.db()).await?;
        let rows = form::Entity::find()
            .order_by_asc(form::COLUMN.place)
            .order_by_asc(form::COLUMN.id)
            .all(self.db())
            .await?;
        let in_use = bodies(self.db(), rows.iter().map(|row| (row.id, row.version))).await?;
        let mut forms = vec![];
        for row in rows {
            let form = parsed(&row.body)?;
            let (evaluations, begun) = made.get(&row.id).copied().unwrap_or_default();
            forms.push(FormRow {
                id: row.id,
                version: row.version,
                changed: in_use.get(&row.id).is_some_and(|in_use| *in_use != row.body),
                audience: named(&row, &known)?,
                questions: u32::try_from(form.questions().count()).unwrap_or(u32::MAX),
                evaluations,
                begun,
                retired: row.retired_at.is_some(),
                title: form.title,
            });
        }
        forms.sort_by_key(|form| form.retired);
        Ok(forms)
    }
}

/// How many evaluations by each form are finished, and how many are only begun.
async fn made(db: &impl ConnectionTrait) -> Result<HashMap<FormId, (u64, u64)>, Error> {
    let rows: Vec<(FormId, i64, i64)> = evaluation::Entity::find()
        .select_only()
        .column(evaluation::Column::FormId)
        .column_as(evaluation::Column::Id.count(), "made")
        .column_as(evaluation::Column::DoneAt.count(), "done")
        .group_by(evaluation::Column::FormId)
        .into_tuple()
        .all(db)
        .await?;
    let counted = rows.into_iter().map(|(id, made, done)| {
        let (made, done) = (made.unsigned_abs(), done.unsigned_abs());
        (id, (done, made.saturating_sub(done)))
    });
    Ok(counted.collect())
}

/// The names of those whom a form is for. A group that has no name any more goes by its number.
fn named(row: &form::Model, known: &Choosable) -> Result<Vec<String>, Error> {
    let audience = audience_of(&row.departments, &row.groups)?;
    let departments = known
        .departments
        .iter()
        .filter(|(id, _)| audience.departments.contains(id));
    let groups = audience.groups.iter().map(|number| {
        let group = known.groups.iter().find(|(known, _)| known == number);
        group.map_or_else(|| number.clone(), |(_, name)| name.clone())
    });
    Ok(departments.map(|(_, name)| name.clone()).chain(groups).collect())
}
