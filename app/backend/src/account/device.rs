//! Browsers in which an account has signed in before.

use model::id::AccountId;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::{account, device};
use crate::{Backend, Error, Secret, chance};

/// Who does not come for so long is a stranger again.
const LASTS_MS: i64 = 400 * 24 * 3_600_000;

impl Backend {
    /// Which account has signed in before from the browser that carries this token.
    pub(super) async fn known_device(&self, token: &str) -> Result<Option<AccountId>, Error> {
        let found = device::Entity::find_by_id(chance::hash(token)).one(self.db()).await?;
        let alive = found.filter(|device| self.now().since(device.seen_at) < LASTS_MS);
        Ok(alive.map(|device| device.account_id))
    }

    /// Remembers the browser in which the account has just signed in.
    pub(super) async fn meet_device(
        &self,
        db: &impl ConnectionTrait,
        account: &account::Model,
    ) -> Result<Secret, Error> {
        let (now, token) = (self.now(), Secret::new(self.chance())?);
        let row = device::ActiveModel {
            token_hash: Set(token.hash()),
            account_id: Set(account.id),
            seen_at: Set(now),
        };
        device::Entity::insert(row).exec_without_returning(db).await?;
        device::Entity::delete_many()
            .filter(device::COLUMN.seen_at.lt(now.plus_ms(-LASTS_MS)))
            .exec(db)
            .await?;
        Ok(token)
    }

    /// A known browser has come again.
    pub(super) async fn greet_device(&self, db: &impl ConnectionTrait, token: &str) -> Result<(), Error> {
        device::Entity::update_many()
            .col_expr(device::Column::SeenAt, self.now().0.into())
            .filter(device::COLUMN.token_hash.eq(chance::hash(token)))
            .exec(db)
            .await?;
        Ok(())
    }
}
