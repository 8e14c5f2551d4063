//! Accepting the licence agreement, once for each version of it (checklist 28).

use model::{id::AccountId, instant::Instant, problem::Problem};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::{
    Newcomer, by_id,
    entity::{account, session},
};
use crate::{Backend, Error, Secret};

impl Backend {
    /// Notes that the agreement was accepted, in the version that was shown. The browser carries a new token from now on:
    /// the old one opened less.
    ///
    /// # Errors
    /// [`Problem::Changed`] where there is a newer version by now.
    pub async fn agree(&self, newcomer: &Newcomer, version: i16) -> Result<Secret, Error> {
        let token = Secret::new(self.chance())?;
        let transaction = self.writing().await?;
        let company = self.company_within(&transaction).await?;
        if company.agreement.version != version {
            return Err(Problem::Changed.into());
        }
        let account = by_id(&transaction, newcomer.account())
            .await?
            .ok_or(Problem::SignedOut)?;
        let session = session::Entity::find_by_id(newcomer.session())
            .one(&transaction)
            .await?;
        let mut session = session.ok_or(Problem::SignedOut)?.into_active_model();
        session.token_hash = Set(token.hash());
        session.update(&transaction).await?;
        agreed(&transaction, account.id, version, self.now()).await?;
        transaction.commit().await?;
        Ok(token)
    }
}

/// Notes that an account has accepted a version.
pub(crate) async fn agreed(db: &impl ConnectionTrait, id: AccountId, version: i16, now: Instant) -> Result<(), Error> {
    let row = account::ActiveModel {
        id: Set(id),
        agreed_version: Set(version),
        agreed_at: Set(Some(now)),
        ..Default::default()
    };
    row.update(db).await?;
    Ok(())
}
