//! Turning an account off, and on again. Off, it opens nothing from the next request on.

use model::{account::Role, id::AccountId, letter::Letter, problem::Problem};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, IntoActiveModel};

use super::{add::role, by_id, entity::account, new_password::end_sessions, set_role::not_the_last_super, ticket};
use crate::{Authority, Backend, Error, ManageAccounts, mail};

impl Backend {
    /// Turns an account on or off.
    ///
    /// # Errors
    /// [`Problem::NotFound`] or [`Problem::LastSuper`].
    pub async fn set_active(&self, _: impl Authority<ManageAccounts>, id: AccountId, on: bool) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = by_id(&transaction, id).await?.ok_or(Problem::NotFound)?;
        if row.active != on {
            let (role, has_own): (Role, bool) = (role(&row.role)?, row.has_own_password());
            turn(self, &transaction, row, on).await?;
            if on && !has_own {
                let company = self.company_within(&transaction).await?;
                super::invite(self, &transaction, &company, id).await?;
            } else {
                let role = on.then_some(role);
                mail::post(self, &transaction, id, &Letter::AccessChanged { role }).await?;
            }
        }
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}

/// Turns it, within a transaction.
pub(crate) async fn turn(
    backend: &Backend,
    db: &DatabaseTransaction,
    row: account::Model,
    on: bool,
) -> Result<(), Error> {
    if !on {
        not_the_last_super(db, &row).await?;
    }
    let (id, version) = (row.id, row.security_version + 1);
    let disputes = backend.answerable(db, id).await?;
    let mut row = row.into_active_model();
    row.active = Set(on);
    row.invited_until = Set(None);
    row.security_version = Set(version);
    row.update(db).await?;
    backend.tell_unanswered(db, disputes).await?;
    end_sessions(db, id).await?;
    ticket::void(db, id, None).await
}
