//! Bringing a draft into use: as a new version where answers to it mean something else, else in the place of the old one.

use model::{id::FormId, problem::Problem};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};

use super::{
    entity::{form, form_version},
    parsed, row, usable,
};
use crate::{Backend, Error, ManageSettings, May, Viewer};

impl Backend {
    /// Publishes a draft as it was at that revision; gives the version that is in use now.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where someone else has changed it meanwhile; [`Problem::Form`] where it has
    /// faults.
    pub async fn publish_form(
        &self,
        viewer: &Viewer,
        _: May<ManageSettings>,
        id: FormId,
        revision: i64,
    ) -> Result<i64, Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        if row.revision != revision && !cut!("form-revision") {
            return Err(Problem::Changed.into());
        }
        let form = parsed(&row.body)?;
        if !cut!("form-faults") {
            usable(&form)?;
        }
        let in_use = form_version::Entity::find_by_id((id, row.version))
            .one(&transaction)
            .await?;
        if let Some(old) = in_use
            && !form.differs_in_meaning(&parsed(&old.body)?)
        {
            let mut same = old.into_active_model();
            same.body = Set(row.body);
            same.update(&transaction).await?;
            transaction.commit().await?;
            return Ok(row.version);
        }
        let version = row.version + 1;
        let turned = form::Entity::update_many()
            .col_expr(form::Column::Version, Expr::val(version))
            .filter(form::COLUMN.id.eq(id))
            .filter(form::COLUMN.version.eq(row.version))
            .exec(&transaction)
            .await?;
        if turned.rows_affected == 0 {
            return Err(Problem::Changed.into());
        }
        let new = form_version::ActiveModel {
            form_id: Set(id),
            version: Set(version),
            body: Set(row.body),
            published_at: Set(self.now()),
            published_by: Set(Some(viewer.name.clone())),
        };
        form_version::Entity::insert(new)
            .exec_without_returning(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(version)
    }
}
