//! The forms of the company, as their settings page shows them.

use std::collections::HashMap;

use model::{
    forms::{Choosable, FormRow},
    id::FormId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryOrder, QuerySelect};

use super::{
    audience::choosable,
    audience_of,
    entity::{form, form_version},
    parsed,
};
use crate::{Backend, Error, ManageSettings, May, evaluation::entity as evaluation};

impl Backend {
    /// Every form, the oldest first, those that can no longer be chosen last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forms(&self, _: May<ManageSettings>) -> Result<Vec<FormRow>, Error> {
        let known = choosable(self.db()).await?;
        let made: HashMap<FormId, i64> = evaluation::Entity::find()
            .select_only()
            .column(evaluation::Column::FormId)
            .column_as(evaluation::COLUMN.id.count(), "made")
            .group_by(evaluation::Column::FormId)
            .into_tuple()
            .all(self.db())
            .await?
            .into_iter()
            .collect();
        let mut forms = vec![];
        for row in form::Entity::find()
            .order_by_asc(form::COLUMN.id)
            .all(self.db())
            .await?
        {
            let in_use = form_version::Entity::find_by_id((row.id, row.version))
                .one(self.db())
                .await?;
            let form = parsed(&row.body)?;
            forms.push(FormRow {
                id: row.id,
                version: row.version,
                changed: in_use.is_some_and(|in_use| in_use.body != row.body),
                audience: named(&row, &known)?,
                questions: u32::try_from(form.questions().count()).unwrap_or(u32::MAX),
                evaluations: made.get(&row.id).map_or(0, |made| made.unsigned_abs()),
                retired: row.retired_at.is_some(),
                title: form.title,
            });
        }
        forms.sort_by_key(|form| form.retired);
        Ok(forms)
    }
}

/// The names of those whom a form is for. A group that has no name any more goes by its number.
fn named(row: &form::Model, known: &Choosable) -> Result<Vec<String>, Error> {
    let audience = audience_of(row)?;
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
