//! The person's own switch: recording active or not (checklist 8, 50).

use model::{id::PersonId, problem::Problem};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::entity::person;
use crate::{Authority, Backend, Error, ManagePeople};

impl Backend {
    /// Turns a person's recording on or off. Acts from the next call on.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub async fn set_recording_active(
        &self,
        _: impl Authority<ManagePeople>,
        id: PersonId,
        on: bool,
    ) -> Result<(), Error> {
        let done = person::Entity::update_many()
            .col_expr(person::Column::RecordingActive, Expr::val(on))
            .col_expr(person::Column::Version, Expr::col(person::Column::Version).add(1))
            .filter(person::COLUMN.id.eq(id))
            .filter(person::COLUMN.left_at.is_null())
            .exec(self.db())
            .await?;
        if done.rows_affected == 0 {
            return Err(Problem::NotFound.into());
        }
        Ok(())
    }
}
