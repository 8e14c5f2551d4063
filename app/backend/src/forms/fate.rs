//! Taking a form out of use, and back into it. What was judged by one keeps it.

use model::{forms::Fate, id::FormId, problem::Problem};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{entity::form, evaluations, row};
use crate::{Backend, Error, ManageSettings, May};

impl Backend {
    /// Retires a form, takes it back, or deletes it.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where one that is to be deleted has been used meanwhile.
    pub async fn turn_form(&self, _: May<ManageSettings>, id: FormId, fate: Fate) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        let retired_at = match fate {
            Fate::Retired => Some(row.retired_at.unwrap_or_else(|| self.now())),
            Fate::Restored => None,
            Fate::Deleted => {
                if evaluations(&transaction, id).await? > 0 && !cut!("form-in-use") {
                    return Err(Problem::Changed.into());
                }
                form::Entity::delete_by_id(id).exec(&transaction).await?;
                return Ok(transaction.commit().await?);
            }
        };
        let mut row = row.into_active_model();
        row.retired_at = Set(retired_at);
        row.update(&transaction).await?;
        Ok(transaction.commit().await?)
    }
}
