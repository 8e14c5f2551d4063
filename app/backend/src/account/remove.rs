//! Removing an account: the person stays, and goes on being recorded (checklist 10, 115).

use model::{id::AccountId, problem::Problem};
use sea_orm::{DatabaseTransaction, EntityTrait};

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
        go(self, &transaction, id).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}

/// Removes it, within a transaction: what it leaves unanswered is told to those who answer for the company.
pub(crate) async fn go(backend: &Backend, db: &DatabaseTransaction, id: AccountId) -> Result<(), Error> {
    let disputes = backend.answerable(db, id).await?;
    discard_drafts_of(db, id).await?;
    account::Entity::delete_by_id(id).exec(db).await?;
    backend.tell_unanswered(db, disputes).await
}
