//! Changing one's own password, whether one wants to or must (checklist 22–27, 30).

use model::{
    id::AccountId,
    problem::{Field, Invalid, Problem},
};

use super::{Newcomer, by_id};
use crate::{Backend, Error, Viewer, error::Faults};

/// What the form asks for. Cannot be printed: it holds passwords.
#[derive(Clone)]
pub struct ChangePassword {
    /// The present one.
    pub old: String,
    pub new: String,
    /// The new one again.
    pub again: String,
}

impl Backend {
    /// Changes the viewer's own password, and signs the account out everywhere.
    ///
    /// # Errors
    /// What is wrong with the fields, or [`Problem::Throttled`] after too many wrong tries.
    pub async fn change_password(&self, viewer: &Viewer, asked: ChangePassword) -> Result<(), Error> {
        self.change_own(viewer.account(), asked).await
    }

    /// The same for someone who owes a new password before anything else.
    ///
    /// # Errors
    /// As [`Self::change_password`].
    pub async fn change_owed_password(&self, newcomer: &Newcomer, asked: ChangePassword) -> Result<(), Error> {
        self.change_own(newcomer.account(), asked).await
    }

    async fn change_own(&self, id: AccountId, asked: ChangePassword) -> Result<(), Error> {
        let account = by_id(self.db(), id).await?.ok_or(Problem::SignedOut)?;
        let company = self.company().await?;
        let mut faults = Faults::default();
        if asked.old.is_empty() {
            faults.add(Field::OldPassword, Invalid::Missing);
        } else {
            // Someone who has found the browser open is not to guess without end.
            let tries = super::limits::Subject::change(id);
            self.count(&tries).await?;
            let checked = self.hasher().check(&asked.old, account.password.as_deref()).await;
            if checked.is_err() {
                self.uncount(&tries).await?;
            }
            if checked? {
                self.forgive(self.db(), &tries).await?;
            } else {
                faults.add(Field::OldPassword, Invalid::Wrong);
            }
        }
        let new = self
            .prepare_password(&company, &account, &asked.new, &asked.again, faults)
            .await?;
        let transaction = self.writing().await?;
        // Read again: what was checked may have changed while it was hashed.
        let now = by_id(&transaction, id).await?;
        let account = now
            .filter(|now| now.password == account.password && now.active)
            .ok_or(Problem::Changed)?;
        self.put_password(&transaction, account, new).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}
