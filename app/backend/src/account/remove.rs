//! Removing an account: the person stays, and goes on being recorded (checklist 10, 115).

use model::{id::AccountId, problem::Problem};
use sea_orm::EntityTrait;

use super::{by_id, entity::account, set_role::not_the_last_super};
use crate::{Authority, Backend, Error, ManageAccounts, evaluation::discard_drafts_of};

impl Backend {
    /// Removes an account with everything that is its own: sessions, links, earlier passwords, letters,
    /// evaluations that are not finished.
    ///
    /// # Errors
    /// [`Problem::NotFound`] or [`Problem::LastSuper`].
    pub async fn remove_account(&self, _: impl Authority<ManageAccounts>, id: AccountId) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = by_id(&transaction, id).await?.ok_or(Problem::NotFound)?;
        not_the_last_super(&transaction, &row).await?;
        discard_drafts_of(&transaction, id).await?;
        account::Entity::delete_by_id(id).exec(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }
}
