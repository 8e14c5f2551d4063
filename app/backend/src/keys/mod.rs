//! Keys with which machines call the API: a scope, an end, and only the hash kept.

mod entity;

use model::{id::KeyId, instant::Instant};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{Backend, Error, Operator, Secret, chance};

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum KeyScope {
    /// Hand over recordings, and nothing else.
    Ingest,
    /// Read, add and change people, and nothing else.
    People,
}

impl KeyScope {
    /// Every scope.
    pub const ALL: [Self; 2] = [Self::Ingest, Self::People];

    /// The scope's name in the database and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::People => "people",
        }
    }
}

/// A machine that came with a good key. Made by [`Backend::machine`] alone.
#[derive(Clone, Debug)]
pub struct Machine {
    name: String,
    scope: KeyScope,
}

impl Machine {
    /// The key's name, for the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the key is good for that.
    #[must_use]
    pub fn may(&self, scope: KeyScope) -> bool {
        self.scope == scope || cut!("key-scope")
    }

    /// Goes on only where the key is good for that.
    pub(crate) fn must(&self, scope: KeyScope) -> Result<(), Error> {
        if self.may(scope) {
            Ok(())
        } else {
            Err(model::problem::Problem::NotFound.into())
        }
    }
}

/// One key, as its owner sees it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct KeyRow {
    pub id: KeyId,
    pub name: String,
    pub scope: String,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

impl Backend {
    /// Makes a key; what is returned is shown once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_key(
        &self,
        _: Operator,
        name: &str,
        scope: KeyScope,
        expires_at: Option<Instant>,
    ) -> Result<Secret, Error> {
        let secret = Secret::new(self.chance())?;
        let row = entity::ActiveModel {
            id: Set(KeyId(self.new_id()?)),
            name: Set(name.to_owned()),
            token_hash: Set(secret.hash()),
            scope: Set(scope.name().to_owned()),
            created_at: Set(self.now()),
            expires_at: Set(expires_at),
            revoked_at: Set(None),
        };
        entity::Entity::insert(row).exec_without_returning(self.db()).await?;
        Ok(secret)
    }

    /// Every key, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keys(&self, _: Operator) -> Result<Vec<KeyRow>, Error> {
        let rows = entity::Entity::find()
            .order_by_desc(entity::COLUMN.id)
            .all(self.db())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| KeyRow {
                id: row.id,
                name: row.name,
                scope: row.scope,
                created_at: row.created_at,
                expires_at: row.expires_at,
                revoked_at: row.revoked_at,
            })
            .collect())
    }

    /// Takes a key's power away, from the next request on. Says whether there was such a key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revoke_key(&self, _: Operator, id: KeyId) -> Result<bool, Error> {
        let done = entity::Entity::update_many()
            .col_expr(entity::Column::RevokedAt, Expr::val(self.now().0))
            .filter(entity::COLUMN.id.eq(id))
            .filter(entity::COLUMN.revoked_at.is_null())
            .exec(self.db())
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// The machine that carries this key; none when the key is unknown, over or revoked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn machine(&self, token: &str) -> Result<Option<Machine>, Error> {
        let now = self.now();
        let found = entity::Entity::find()
            .filter(entity::COLUMN.token_hash.eq(chance::hash(token)))
            .one(self.db())
            .await?;
        let good = found.filter(|key| key.revoked_at.is_none() && key.expires_at.is_none_or(|end| now < end));
        Ok(good.and_then(|key| {
            let scope = KeyScope::ALL.into_iter().find(|scope| scope.name() == key.scope)?;
            Some(Machine { name: key.name, scope })
        }))
    }
}
