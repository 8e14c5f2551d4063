//! Inviting: the letter, or the two letters, with which an account comes to its first password (checklist 16, 78, 88).

use model::{id::AccountId, letter::Letter, problem::Problem};
use sea_orm::ConnectionTrait;

use super::{add::role, by_id};
use crate::{Authority, Backend, Error, ManageAccounts, company::Company, mail};

/// Writes the letters of an invitation.
pub(crate) async fn invite(
    backend: &Backend,
    db: &impl ConnectionTrait,
    company: &Company,
    id: AccountId,
) -> Result<(), Error> {
    let account = by_id(db, id).await?.ok_or(Problem::NotFound)?;
    let role = role(&account.role)?;
    if company.two_letters {
        mail::post(backend, db, id, &Letter::Welcome { role }).await?;
        mail::post(backend, db, id, &Letter::OneTimePassword).await
    } else {
        mail::post(backend, db, id, &Letter::Invitation { role }).await
    }
}

impl Backend {
    /// Invites an account anew: what the earlier letters opened opens nothing any more.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is no such account, or it is turned off.
    pub async fn invite_again(&self, _: impl Authority<ManageAccounts>, id: AccountId) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let company = self.company_within(&transaction).await?;
        let account = by_id(&transaction, id).await?;
        account.filter(|account| account.active).ok_or(Problem::NotFound)?;
        invite(self, &transaction, &company, id).await?;
        transaction.commit().await?;
        self.ring();
        Ok(())
    }
}
