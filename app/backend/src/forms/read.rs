//! One form: as it is being built, and as it was in its versions.

use std::collections::HashMap;

use model::{
    evaluation::Form,
    forms::{Built, VersionRow},
    id::FormId,
    instant::Instant,
    problem::Problem,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{audience_of, draft::used, entity::form_version, evaluations, parsed, row};
use crate::{Backend, Error, ManageSettings, May, evaluation::entity as evaluation};

impl Backend {
    /// A form as it is being built.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is none.
    pub async fn form(&self, _: May<ManageSettings>, id: FormId) -> Result<Built, Error> {
        let row = row(self.db(), id).await?;
        let mut used = used(self.db(), &row).await?;
        let mut kept = self.past_of_forms().of(id, row.revision);
        kept.past
            .iter()
            .chain(&kept.future)
            .for_each(|done| used.note_done(done));
        let all = evaluations(self.db(), id).await?;
        let finished = evaluation::Entity::find()
            .filter(evaluation::COLUMN.form_id.eq(id))
            .filter(evaluation::COLUMN.done_at.is_not_null())
            .count(self.db())
            .await?;
        Ok(Built {
            id,
            form: parsed(&row.body)?,
            revision: row.revision,
            version: row.version,
            in_use: self.form_version(self.db(), id, row.version).await?,
            evaluations: finished,
            begun: all.saturating_sub(finished),
            retired: row.retired_at.is_some(),
            audience: audience_of(&row.departments, &row.groups)?,
            used,
            arrived: serde_json::from_str(&row.arrived).map_err(Error::internal)?,
            last: kept.past.pop(),
            next: kept.future.pop(),
        })
    }

    /// The versions of a form, the newest first.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is no such form.
    pub async fn form_versions(&self, _: May<ManageSettings>, id: FormId) -> Result<Vec<VersionRow>, Error> {
        row(self.db(), id).await?;
        let calendar = self.company().await?.calendar;
        let made: HashMap<i64, i64> = evaluation::Entity::find()
            .filter(evaluation::COLUMN.form_id.eq(id))
            .filter(evaluation::COLUMN.done_at.is_not_null())
            .select_only()
            .column(evaluation::Column::Version)
            .column_as(evaluation::COLUMN.id.count(), "made")
            .group_by(evaluation::Column::Version)
            .into_tuple()
            .all(self.db())
            .await?
            .into_iter()
            .collect();
        let versions = form_version::Entity::find()
            .filter(form_version::COLUMN.form_id.eq(id))
            .order_by_desc(form_version::COLUMN.version)
            .all(self.db())
            .await?;
        let shown = versions.into_iter().map(|row| VersionRow {
            version: row.version,
            published: (row.published_at != Instant(0)).then(|| calendar.stamp(row.published_at)),
            by: row.published_by,
            evaluations: made.get(&row.version).map_or(0, |made| made.unsigned_abs()),
        });
        Ok(shown.collect())
    }

    /// A form as it is, or was, in that version.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is none.
    pub async fn old_form(&self, _: May<ManageSettings>, id: FormId, version: i64) -> Result<Form, Error> {
        let found = self.form_version(self.db(), id, version).await?;
        found.ok_or_else(|| Problem::NotFound.into())
    }
}
