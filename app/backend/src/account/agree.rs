//! Accepting the licence agreement, once for each version of it (checklist 28).

use model::problem::Problem;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{Newcomer, by_id, entity::session};
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
        let mut account = account.into_active_model();
        account.agreed_version = Set(version);
        account.agreed_at = Set(Some(self.now()));
        account.update(&transaction).await?;
        transaction.commit().await?;
        Ok(token)
    }
}
