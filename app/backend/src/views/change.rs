//! Changing a view, beginning with it, and letting go of it.

use model::{columns::Columns, id::ViewId, list::ListQuery, problem::Problem};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{entity, kept, may_change, of, save::checked};
use crate::{Backend, Error, Viewer, account::entity::account};

/// What becomes of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Become {
    /// What is looked at now.
    Shown(Box<ListQuery>, Option<Columns>),
    /// Another name, for oneself or for everyone.
    Named(String, bool),
}

impl Backend {
    /// Changes a view that nobody has changed since it was seen.
    ///
    /// # Errors
    /// When it is not there for the viewer, may not be changed, or has been changed meanwhile.
    pub async fn change_view(&self, viewer: &Viewer, id: ViewId, version: i64, into: Become) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = changeable(&transaction, viewer, id).await?;
        if row.version != version {
            return Err(Problem::Changed.into());
        }
        let owner = row.account_id;
        let mut row = row.into_active_model();
        match into {
            Become::Shown(query, columns) => {
                row.query = Set(kept(&query));
                row.columns = Set(columns.map(|columns| columns.word()));
            }
            Become::Named(name, shared) => {
                row.name = Set(checked(&transaction, owner, &name, Some(id)).await?);
                row.shared = Set(shared);
            }
        }
        row.version = Set(version + 1);
        row.changed_at = Set(self.now());
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Lets go of a view; who began with it begins as before.
    ///
    /// # Errors
    /// When it is not there for the viewer, or may not be changed.
    pub async fn remove_view(&self, viewer: &Viewer, id: ViewId) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = changeable(&transaction, viewer, id).await?;
        account::Entity::update_many()
            .col_expr(
                account::Column::StartViewId,
                sea_orm::sea_query::Expr::val(Option::<i64>::None),
            )
            .filter(account::COLUMN.start_view_id.eq(row.id))
            .exec(&transaction)
            .await?;
        entity::Entity::delete_by_id(row.id).exec(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Begins with a view from now on; with none as at first.
    ///
    /// # Errors
    /// When it is not there for the viewer.
    pub async fn start_with(&self, viewer: &Viewer, view: Option<ViewId>) -> Result<(), Error> {
        if let Some(view) = view {
            let there = of(viewer).filter(entity::COLUMN.id.eq(view)).one(self.db()).await?;
            there.ok_or(Problem::NotFound)?;
        }
        let row = account::ActiveModel {
            id: Set(viewer.account),
            start_view_id: Set(view),
            ..Default::default()
        };
        row.update(self.db()).await?;
        Ok(())
    }
}

async fn changeable(db: &impl ConnectionTrait, viewer: &Viewer, id: ViewId) -> Result<entity::Model, Error> {
    let row = of(viewer).filter(entity::COLUMN.id.eq(id)).one(db).await?;
    row.filter(|row| may_change(viewer, row))
        .ok_or_else(|| Problem::NotFound.into())
}
