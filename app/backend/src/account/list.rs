//! Every account, for the one at the command line.

use model::{account::Role, id::AccountId};
use sea_orm::{EntityTrait, QueryOrder};

use super::{add::role, entity::account};
use crate::{Backend, Error, Operator};

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AccountRow {
    /// Which account.
    pub id: AccountId,
    /// The address to sign in with.
    pub email: String,
    /// What it may reach.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
}

impl Backend {
    /// Every account, by address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn accounts(&self, _: Operator) -> Result<Vec<AccountRow>, Error> {
        let rows = account::Entity::find()
            .order_by_asc(account::COLUMN.email_key)
            .all(self.db())
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(AccountRow {
                    role: role(&row.role)?,
                    id: row.id,
                    email: row.email,
                    active: row.active,
                })
            })
            .collect()
    }
}
